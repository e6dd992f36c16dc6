import { isPromise } from 'node:util/types';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, UsePipes, type PipeTransform } from '@nestjs/common';
import { ExternalContextCreator, NestFactory } from '@nestjs/core';
import {
  Args,
  ArgsType,
  Context,
  Field,
  GraphQLModule,
  GraphQLSchemaHost,
  Int,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { graphql, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

import { callPlainly } from './plain-calls.js';

@ObjectType()
class Thing {
  @Field(() => Int)
  id!: number;
}

@ArgsType()
class Often {
  @Field(() => Int, { defaultValue: 1 })
  times!: number;
}

/** What a pipe does with whatever is given: something that can be seen. */
const doubled: PipeTransform = {
  transform: (value: unknown) => {
    if (typeof value === 'number') return value * 2;
    return value instanceof Object && 'times' in value ? { times: Number(value.times) * 2 } : value;
  },
};

@Resolver(() => Thing)
class ThingResolver {
  private readonly own = 'its own';

  @Query(() => Thing)
  thing(@Args() { times }: Often): Thing {
    return { id: 7 * times };
  }

  @ResolveField(() => String)
  turned(@Context() { actor }: { actor: string }, @Args() { times }: Often, @Parent() { id }: Thing): string {
    return `${id} for ${actor}, ${times} times, ${this.own}`;
  }

  @ResolveField(() => Int)
  piped(@Parent() { id }: Thing, @Args(doubled) { times }: Often): number {
    return id * times;
  }

  @ResolveField(() => Int)
  @UsePipes(doubled)
  pipedWhole(@Parent() { id }: Thing, @Args() { times }: Often): number {
    return id * times;
  }

  @ResolveField(() => Int)
  single(@Parent() { id }: Thing, @Args('times', { type: () => Int }) times: number): number {
    return id * times;
  }

  @ResolveField(() => String, { nullable: true })
  failing(@Parent() { id }: Thing): string {
    throw new Error(`nothing of ${id}`);
  }
}

@Module({
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true })],
  providers: [ThingResolver],
})
class Things {}

let app: NestFastifyApplication;
let schema: GraphQLSchema;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(Things, new FastifyAdapter(), { logger: false });
  callPlainly(app.get(ExternalContextCreator, { strict: false }));
  await app.init();
  ({ schema } = app.get(GraphQLSchemaHost));
}, 30_000);
afterAll(() => app.close());

/** Whether a field is resolved by its method alone: Nest gives a promise of whatever it calls. */
const isPlain = (type: string, name: string): boolean => {
  const field = (schema.getType(type) as GraphQLObjectType).getFields()[name];
  expect(field).toBeDefined();
  const given = [{ id: 7 }, { times: 2 }, { actor: 'a clerk' }, { fieldName: name }];
  const resolve = field?.resolve as ((...asked: unknown[]) => unknown) | undefined;
  return !isPromise(resolve?.(...given));
};

describe('fields that are resolved by a plain call', () => {
  it('are given what their method takes, in its order, and their own instance', async () => {
    const { data } = await graphql({
      schema,
      source: '{ thing { turned(times: 3) } }',
      contextValue: { actor: 'a clerk' },
    });
    expect(data).toEqual({ thing: { turned: '7 for a clerk, 3 times, its own' } });
    expect(isPlain('Thing', 'turned')).toBe(true);
  });

  it('leave what has pipes to Nest, and root fields with all that stands around them', async () => {
    const { data } = await graphql({
      schema,
      source: '{ thing { piped(times: 2) pipedWhole(times: 2) single(times: 2) } }',
    });
    expect(data).toEqual({ thing: { piped: 28, pipedWhole: 28, single: 14 } });
    expect([isPlain('Thing', 'piped'), isPlain('Thing', 'pipedWhole'), isPlain('Query', 'thing')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('fail as they do otherwise', async () => {
    const { data, errors } = await graphql({ schema, source: '{ thing { id failing } }' });
    expect(data).toEqual({ thing: { id: 7, failing: null } });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([['nothing of 7', ['thing', 'failing']]]);
  });
});
