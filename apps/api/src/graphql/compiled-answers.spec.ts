import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  execute,
  GraphQLObjectType,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import { Refusal } from '#kernel';
import { requestContext } from '../request-context.js';
import { compiledAnswers, isWorthCompiling } from './compiled-answers.js';

/** What each field of a thing gives, by the thing's number: at once or later, nothing, a fault. */
const schema = buildSchema(`
  interface Named { name: String }
  type Thing implements Named { name: String later: String must: String! lateMust: String! number: Int kind: Kind things(first: Int = 2): [Thing!] maybe: [Thing] one: Thing named: Named }
  type Other implements Named { name: String other: Int! }
  enum Kind { A B }
  type Query { thing(id: Int!): Thing things(first: Int): [Thing!]! }`);

const thing = (id: number): object => ({ __typename: 'Thing', id });
const RESOLVERS: Record<string, (id: number, args: { first?: number }) => unknown> = {
  name: (id) => `thing ${id}`,
  later: async (id) => (id % 5 === 0 ? null : `later ${id}`),
  must: (id) => (id % 3 === 0 ? null : `must ${id}`),
  lateMust: async (id) => {
    if (id % 4 === 0) throw new Refusal('NOT_FOUND', `nothing at ${id}`);
    return `late ${id}`;
  },
  number: (id) => (id % 7 === 0 ? 'no number' : id),
  kind: (id) => ['A', 'B', 'C'][id % 3],
  things: async (id, { first = 2 }) => Array.from({ length: first }, (_, at) => thing(id + at + 1)),
  maybe: (id) => [thing(id + 1), null, Promise.resolve(thing(id + 2))],
  one: (id) => (id % 6 === 0 ? new Error('none') : thing(id + 1)),
  named: (id) => (id % 2 === 0 ? { __typename: 'Other', name: 'other', other: id % 4 === 0 ? null : id } : thing(id)),
};
for (const [name, resolve] of Object.entries(RESOLVERS)) {
  const field = (schema.getType('Thing') as GraphQLObjectType).getFields()[name];
  if (field) field.resolve = (source: { id: number }, args) => resolve(source.id, args);
}
const roots = schema.getQueryType()?.getFields() ?? {};
if (roots['thing']) roots['thing'].resolve = (_source, { id }) => thing(id as number);
if (roots['things'])
  roots['things'].resolve = (_source, { first }) => Array.from({ length: first as number }, (_, at) => thing(at));

/** Fields of a thing, in a document: some twice, under other names, in fragments. */
const selections = fc.letrec<{ fields: string }>((tie) => ({
  fields: fc
    .array(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(
          'name',
          'later',
          'must',
          'lateMust',
          'number',
          'kind',
          '__typename',
          'a: name',
          '... on Named { name }',
          '...Few',
        ),
        fc
          .tuple(fc.constantFrom('things', 'things(first: 3)', 'maybe', 'one', 'b: one', '... on Thing'), tie('fields'))
          .map(([field, inside]) => `${field} { ${inside} }`),
        tie('fields').map((inside) => `named { __typename ... on Other { other } ... on Thing { ${inside} } }`),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((fields) => fields.join(' ')),
})).fields;

const FEW = 'fragment Few on Thing { kind c: later one { name } }';

const CONTEXT = requestContext({ id: 'ann', roles: ['reader'], vouchedBy: 'development' }, 0);

const answer = async (
  answers: ReturnType<typeof compiledAnswers>,
  document: ReturnType<typeof parse>,
  variables: Record<string, unknown>,
): Promise<ExecutionResult> => {
  const operation = document.definitions[0] as OperationDefinitionNode;
  return answers({ document, operation, operationName: null, request: { variables }, context: CONTEXT });
};

/** Whose field was null that must not be: a fault that clients see no words of. */
const MISSING = / for non-nullable field [^"]*"/;

/** As a client sees it: the data, and each error by where it stands and what it says. */
const shown = ({ data, errors }: ExecutionResult): { readonly data: unknown; readonly errors: readonly string[] } => ({
  data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
  errors: (errors ?? []).map((error) => JSON.stringify(error).replace(MISSING, '"')),
});

describe('answers by compiled documents', () => {
  it('say what graphql-js says: values, nothing, faults and where they stand', async () => {
    await fc.assert(
      fc.asyncProperty(selections, fc.nat(30), async (fields, id) => {
        const document = parse(
          `query Ask($id: Int!) { thing(id: $id) { ${fields} } } ${fields.includes('...Few') ? FEW : ''}`,
        );
        fc.pre(validate(schema, document).length === 0);
        const answers = compiledAnswers(schema);
        const expected = shown((await execute({ schema, document, variableValues: { id } })) as ExecutionResult);
        for (let time = 0; time < 3; time++) {
          const found = shown(await answer(answers, document, { id }));
          expect(found.data).toEqual(expected.data);
          // Beside a fault that leaves nothing, graphql-js does not look whether there are others below the same place.
          expect(found.errors).toEqual(expect.arrayContaining([...expected.errors]));
          expect(found.errors.length > 0).toBe(expected.errors.length > 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['left out', {}],
    ['of another kind', { id: 'seven' }],
    ['null', { id: null }],
    ['not asked for', { id: 1, more: 2 }],
  ])('tell of variables that are %s as graphql-js does', async (_, variables) => {
    const document = parse('query Ask($id: Int!) { thing(id: $id) { name } }');
    const answers = compiledAnswers(schema);
    const expected = (await execute({ schema, document, variableValues: variables })) as ExecutionResult;
    for (let time = 0; time < 3; time++) expect(await answer(answers, document, variables)).toEqual(expected);
  });

  it('keep what was thrown, for whoever words it', async () => {
    const document = parse('{ thing(id: 4) { lateMust } }');
    const answers = compiledAnswers(schema);
    for (let time = 0; time < 3; time++) {
      const { errors } = await answer(answers, document, {});
      expect(errors?.[0]?.originalError).toMatchObject({ code: 'NOT_FOUND' });
      expect(errors?.[0]?.extensions).toEqual({});
    }
  });

  it('are made for no document with a directive, and for none that is large once its fragments are spelt out', async () => {
    const twice = (at: number): string =>
      `fragment F${at} on Thing { a: one { ...F${at + 1} } b: one { ...F${at + 1} } }`;
    const doubling = (times: number) =>
      parse(
        `{ thing(id: 1) { ...F0 } } ${Array.from({ length: times }, (_, at) => twice(at)).join(' ')} fragment F${times} on Thing { name }`,
      );
    const directed = parse('query Ask($no: Boolean!) { thing(id: 1) { name @skip(if: $no) must } }');
    const isCompiled = (document: DocumentNode): boolean =>
      isWorthCompiling(document, document.definitions[0] as OperationDefinitionNode);
    expect([doubling(3), doubling(12), doubling(60), directed].map(isCompiled)).toEqual([true, false, false, false]);
    const answers = compiledAnswers(schema);
    for (let time = 0; time < 3; time++) {
      expect((await answer(answers, directed, { no: true })).data).toEqual({ thing: { must: 'must 1' } });
    }
  });
});
