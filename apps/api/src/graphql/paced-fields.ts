import {
  defaultFieldResolver,
  getNamedType,
  isCompositeType,
  isIntrospectionType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { mustWait, takeTurn, workNow, type Work } from '#register';
import { measured } from './answer-size.js';

type Resolve = GraphQLFieldResolver<unknown, unknown>;

/**
 * The same schema, each of whose fields asks first whether the work on the answer is over, and gives way to others where
 * its turn is. Values that are read off count towards the size of the answer.
 */
export const paced = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      if (type === schema.getMutationType()) field.resolve = command(resolve);
      else if (type === schema.getQueryType()) field.resolve = untilOver(step(resolve));
      else field.resolve = isCompositeType(getNamedType(field.type)) ? step(resolve) : value(resolve, field.name);
    }
  }
  return schema;
};

const step =
  (resolve: Resolve): Resolve =>
  (...asked) => {
    const work = workNow();
    if (!work) return resolve(...asked);
    work.check();
    return mustWait() ? afterTurn(work, () => resolve(...asked)) : resolve(...asked);
  };

const afterTurn = async (work: Work, resolve: () => unknown): Promise<unknown> => {
  await takeTurn(work);
  return resolve();
};

/** The answer comes when the work is over, also while a database or another server is still silent. */
const untilOver =
  (resolve: Resolve): Resolve =>
  (...asked) => {
    const work = workNow();
    return work ? Promise.race([work.over, Promise.resolve(resolve(...asked))]) : resolve(...asked);
  };

const command =
  (resolve: Resolve): Resolve =>
  (...asked) => {
    workNow()?.checkBetweenCommands();
    return resolve(...asked);
  };

const value =
  (resolve: Resolve, name: string): Resolve =>
  (...asked) => {
    const work = workNow();
    if (!work) return resolve(...asked);
    work.check();
    const found = resolve(...asked);
    measured(work, name, found);
    return found;
  };
