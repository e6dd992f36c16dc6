import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, type DocumentNode } from 'graphql';
import { configurationRefusal } from '#access';
import { readQuestions } from './questions.js';

/** Documents that are answered where no others are, however they are laid out and whatever their variables. */
export class TrustedDocuments {
  private readonly texts: ReadonlySet<string>;

  constructor(documents: readonly DocumentNode[]) {
    this.texts = new Set(documents.map(print));
  }

  has(document: DocumentNode): boolean {
    return this.texts.has(print(document));
  }
}

/**
 * The ready-made questions, and every `.graphql` file of a folder.
 *
 * @throws Refusal `CONFIGURATION` naming the file that is not one operation, or the folder that cannot be read.
 */
export const readTrustedDocuments = (folder?: string): TrustedDocuments =>
  new TrustedDocuments([
    ...readQuestions().map(({ query }) => parse(query)),
    ...(folder === undefined ? [] : filesOf(folder).map((file) => documentOf(join(folder, file)))),
  ]);

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  } catch {
    throw refused(`${JSON.stringify(folder)}, which cannot be read`, 'a folder of .graphql files');
  }
}

function documentOf(file: string): DocumentNode {
  try {
    const document = parse(readFileSync(file, 'utf8'));
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operations.length === 1) return document;
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused(`a folder whose ${file} cannot be read (${why})`, 'one GraphQL operation in each file');
  }
  throw refused(`a folder whose ${file} is not one operation`, 'one GraphQL operation in each file');
}

const refused = (found: string, needed: string): Error =>
  configurationRefusal('TRUSTED_DOCUMENTS', `TRUSTED_DOCUMENTS is ${found}: needed ${needed}`);
