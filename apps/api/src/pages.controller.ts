import { Controller, Get, Header } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { printSchema } from 'graphql';
import { homePage } from './home-page.js';
import { VERSION } from './project.js';
import { readQuestions, type Question } from './questions.js';
import { RegisterRuntime } from './register.runtime.js';

/** Pages that show the program, not the record. */
@Controller()
export class PagesController {
  private readonly questions = readQuestions();

  constructor(
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly runtime: RegisterRuntime,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  home(): string {
    return homePage({ version: VERSION, questions: this.questions, signIn: this.runtime.signIn });
  }

  @Get('questions.json')
  questionsAsJson(): readonly Question[] {
    return this.questions;
  }

  @Get('schema.graphql')
  @Header('content-type', 'text/plain; charset=utf-8')
  schema(): string {
    return printSchema(this.schemaHost.schema);
  }
}
