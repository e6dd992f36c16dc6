import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getVariableValues,
  isScalarType,
  Kind,
  parse,
  validate,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { DateScalar, InstantScalar, KnownAtScalar, PenceScalar } from '#schema';
import { schemaText } from '../apps/api/src/graphql/schema.js';
import { readQuestions, type Question } from '../apps/api/src/questions.js';

const QUESTIONS = readQuestions();

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = buildSchema(await schemaText());
  // A schema read from text takes any value for a scalar of its own.
  for (const { name, parseValue, parseLiteral } of [DateScalar, InstantScalar, KnownAtScalar, PenceScalar]) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) Object.assign(scalar, { parseValue, parseLiteral });
  }
});

/** What is wrong with a question as it stands in the menu; nothing where it can be asked. */
const troubles = ({ query, variables }: Pick<Question, 'query' | 'variables'>): readonly string[] => {
  const document = parse(query);
  const wrong = validate(schema, document);
  if (wrong.length > 0) return wrong.map(({ message }) => message);
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const declared = operations.flatMap(({ variableDefinitions }) => variableDefinitions ?? []);
  const names = declared.map(({ variable }) => variable.name.value);
  return [
    ...(operations.length === 1 && operations[0]?.operation === 'query' ? [] : ['it is not one query']),
    ...Object.keys(variables).filter((name) => !names.includes(name)),
    ...(getVariableValues(schema, declared, variables).errors ?? []).map(({ message }) => message),
  ];
};

describe('the ready-made questions', () => {
  it('are there, each under a name and a title of its own', () => {
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(17);
    for (const field of ['name', 'title', 'query'] as const) {
      expect(new Set(QUESTIONS.map((question) => question[field])).size).toBe(QUESTIONS.length);
    }
  });

  it.each(QUESTIONS.map((question) => [question.name, question] as const))(
    '%s is one the schema takes',
    (_, question) => expect(troubles(question)).toEqual([]),
  );

  it('are questions: each title ends so, and each description is a sentence', () => {
    for (const { title, description } of QUESTIONS) {
      expect(title).toMatch(/^[A-Z].*\?$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('a question that cannot be asked', () => {
  it('is found by its field, by a variable it lacks, and by a value that is no day', () => {
    const asked = 'query ($id: ID!, $day: Date) { decision(id: $id, asAt: $day) { decision { title } } }';
    expect(troubles({ query: asked.replace('title', 'tilte'), variables: {} })).toEqual([
      expect.stringContaining('Did you mean "title"'),
    ]);
    expect(troubles({ query: asked, variables: {} })).toEqual([expect.stringContaining('"$id"')]);
    expect(troubles({ query: asked, variables: { id: 'a', day: '2025-02-30' } })).toEqual([
      expect.stringContaining('"$day"'),
    ]);
    expect(troubles({ query: asked, variables: { id: 'a', other: 1 } })).toEqual(['other']);
  });
});
