import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, Kind, parse, validate, type GraphQLSchema } from 'graphql';
import { readQuestions } from '../questions.js';
import { DEEPEST_FIELD } from './billed.plugin.js';
import { costOf, type Cost } from './cost.js';
import { schemaText } from './schema.js';
import { READ_OFF } from './weights.js';

const SMALLEST_BUDGET = 5_000;

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = buildSchema(await schemaText());
});

const costed = (query: string, variables: Record<string, unknown> = {}): Cost => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the operation has to stand first');
  const cost = costOf(schema, document, operation, variables);
  if (!cost) throw new Error('the variables do not fit');
  return cost;
};
const points = (query: string, variables?: Record<string, unknown>): number => costed(query, variables).requested;

describe('what a question costs', () => {
  it('is the same, however a page size is said', () => {
    const said = points('{ people(first: 50) { edges { node { name } } } }');
    expect(said).toBe(Math.ceil(2 + 1 + 50 + 50 * READ_OFF));
    expect(points('query ($n: Int!) { people(first: $n) { edges { node { name } } } }', { n: 50 })).toBe(said);
    expect(points('query ($n: Int! = 50) { people(first: $n) { edges { node { name } } } }')).toBe(said);
    expect(points('{ people { edges { node { name } } } }')).toBe(
      points('{ people(first: 20) { edges { node { name } } } }'),
    );
  });

  it('multiplies what is in pages within pages, and not what stands beside their entries', () => {
    const inner = '{ edges { node { name } } }';
    const one = points(
      `{ person(id: "x") { person { appointments(first: 10) { edges { node { body { name } } } } } } }`,
    );
    const many = points(
      `{ people(first: 100) { edges { node { appointments(first: 10) { edges { node { body { name } } } } } } } }`,
    );
    expect(many).toBeGreaterThan(90 * (one - 10));
    expect(points(`{ people(first: 100) ${inner} }`)).toBe(
      points(`{ people(first: 100) { pageInfo { hasNextPage } edges { node { name } } } }`) - 2,
    );
  });

  it('counts a page that is refused for its size as the largest or the smallest, never as less than nothing', () => {
    expect(points('{ people(first: 1000000000) { edges { node { name } } } }')).toBe(
      points('{ people(first: 100) { edges { node { name } } } }'),
    );
    expect(points('{ people(first: -1000) { edges { node { name } } } }')).toBe(
      points('{ people(first: 1) { edges { node { name } } } }'),
    );
  });

  it.each([
    ['under aliases', '{ a: people { edges { node { id } } } b: people { edges { node { id } } } }', 2],
    ['in a fragment', '{ ...f } fragment f on Query { people { edges { node { id } } } }', 1],
    [
      'in a fragment twice, which is taken once',
      '{ ...f ...f } fragment f on Query { people { edges { node { id } } } }',
      1,
    ],
    ['in a fragment without a name', '{ ... on Query { people { edges { node { id } } } } }', 1],
    ['kept by a literal', '{ people @include(if: true) @skip(if: false) { edges { node { id } } } }', 1],
    ['left out by a literal', '{ people @skip(if: true) { edges { node { id } } } }', 0],
    ['left out as a fragment', '{ ... @include(if: false) { people { edges { node { id } } } } }', 0],
  ])('is the sum of what is asked for %s', (_, query, times) => {
    expect(costed(query).requested).toBe(times * points('{ people { edges { node { id } } } }'));
  });

  it.each([1, 5, 40])('is drawn up at once, however often fragments stand on one another under %i names', (names) => {
    const below = (inner: string): string =>
      Array.from({ length: names }, (_, index) => `p${index}: parentBody { ...${inner} } ...${inner} `).join('');
    const fragments = Array.from(
      { length: 9 },
      (_, index) => `fragment f${index} on Body { ${below(`f${index + 1}`)} }`,
    );
    const query = `{ body(id: "x") { body { ...f0 } } } ${fragments.join(' ')} fragment f9 on Body { name }`;
    const { isWhole, requested } = costed(query);
    expect([isWhole, requested > 5_000]).toEqual(names === 1 ? [true, false] : [false, true]);
  });

  it('follows @include and @skip by their variables', () => {
    const query = 'query ($on: Boolean!) { register { name } people @include(if: $on) { edges { node { id } } } }';
    expect(points(query, { on: true })).toBeGreaterThan(points(query, { on: false }) + 20);
  });

  it.each([
    ['a count', '{ decisions { totalCount } }', 50],
    ['a search', '{ decisions(search: "urology") { pageInfo { hasNextPage } } }', 50],
    ['what changed', '{ changesBetween(from: 0) { pageInfo { hasNextPage } } }', 200],
    ['a history', '{ history(of: "body/x") { pageInfo { hasNextPage } } }', 50],
    ['a decision log', '{ decisionLog(for: "x", from: "2025-01-01", to: "2025-12-31") { title } }', 1_000],
    ['which logs are due', '{ dueDecisionLogs { reason } }', 300],
    ['a command', 'mutation { annul(subject: "x", events: ["a"], why: { kind: ERROR, reason: "no" }) { after } }', 50],
    [
      'a list of ids',
      `{ decisionLog(for: "x", about: [${'"y" '.repeat(30)}], from: "2025-01-01", to: "2025-12-31") { title } }`,
      7_000,
    ],
  ])('is more for %s', (_, query, least) => {
    expect(points(query)).toBeGreaterThanOrEqual(least);
    expect(points(query)).toBeLessThan(least * 1.2 + 10);
  });

  it('names the dearest field by its path, with the pages above it', () => {
    const { dearest } = costed(
      '{ them: people(first: 30) { edges { node { appointments(first: 40) { edges { node { body { name } } } } } } } register { name } }',
    );
    expect(dearest.times).toBe(1_200);
    expect(dearest.path).toMatch(/^them\.edges\.node\.appointments\.edges/);
    expect(dearest.pages).toEqual([
      { path: 'them', first: 30 },
      { path: 'them.edges.node.appointments', first: 40 },
    ]);
  });

  it('knows how deep a question is, through fragments, and leaves the schema’s description of itself out', () => {
    expect(costed('{ register { basis { ...b } } } fragment b on Basis { position }').depth).toBe(3);
    expect(costed(getIntrospectionQuery()).depth).toBe(0);
  });

  it('is within the smallest budget for the whole schema, once', () => {
    expect(points(getIntrospectionQuery())).toBeLessThan(SMALLEST_BUDGET);
    const thirty = Array.from(
      { length: 30 },
      (__, at) => `s${at}: __schema { types { name fields { name args { name type { name } } } } }`,
    );
    expect(points(`{ ${thirty.join(' ')} }`)).toBeGreaterThan(SMALLEST_BUDGET);
  });
});

describe('the ready-made questions', () => {
  it.each(readQuestions().map(({ name, query, variables }) => [name, query, variables] as const))(
    '%s costs a quarter of the smallest budget at most',
    (_, query, variables) => {
      const { requested, depth } = costed(query, { ...variables });
      expect(requested).toBeLessThanOrEqual(SMALLEST_BUDGET / 4);
      expect(depth).toBeLessThanOrEqual(DEEPEST_FIELD);
    },
  );
});
