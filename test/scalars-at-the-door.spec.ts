import { describe, expect, it } from '@jest/globals';
import { ApolloServer } from '@apollo/server';
import { GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { pino } from 'pino';
import { errorFormatter } from '../apps/api/src/graphql/errors.js';
import { DateScalar, InstantScalar, KnownAtScalar, PenceScalar } from '#schema';

const FIELDS = {
  effectiveOn: { type: DateScalar },
  statedAt: { type: InstantScalar },
  asKnownAt: { type: KnownAtScalar },
  value: { type: PenceScalar },
};
const Input = new GraphQLInputObjectType({ name: 'Input', fields: FIELDS });
const echo = {
  type: GraphQLString,
  args: { ...FIELDS, input: { type: Input } },
  resolve: (_: unknown, args: object) => JSON.stringify(args),
};
const server = new ApolloServer({
  schema: new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { echo } }) }),
  formatError: errorFormatter(pino({ level: 'silent' })),
});

const ask = async (query: string, variables: Record<string, unknown> = {}) => {
  const { body } = await server.executeOperation({ query, variables });
  if (body.kind !== 'single') throw new Error('one answer was expected');
  const { data, errors } = body.singleResult;
  return { echo: data?.['echo'], error: errors?.[0] };
};

describe('dates, instants, moments of knowledge and money at the door', () => {
  it('are taken from the query and from variables alike', async () => {
    const { echo: found } = await ask(
      'query ($k: KnownAt) { echo(effectiveOn: "2024-02-29", asKnownAt: $k, value: 80354800) }',
      { k: 17 },
    );
    expect(JSON.parse(String(found))).toEqual({ effectiveOn: '2024-02-29', asKnownAt: 17, value: 80_354_800 });
  });

  it.each([
    ['effectiveOn', '"31/03/2025"', 'NOT_A_DATE'],
    ['effectiveOn', '"2025-02-29"', 'NOT_A_DATE'],
    ['effectiveOn', '20250331', 'NOT_A_DATE'],
    ['statedAt', '"2025-03-31T17:00:00"', 'NOT_AN_INSTANT'],
    ['asKnownAt', '-1', 'NOT_A_KNOWN_AT'],
    ['asKnownAt', '"yesterday"', 'NOT_A_KNOWN_AT'],
    ['value', '0.5', 'NOT_PENCE'],
    ['value', '9007199254740993', 'NOT_PENCE'],
  ])('%s: %s is refused by the name of its argument', async (name, literal, code) => {
    const { error } = await ask(`{ echo(${name}: ${literal}) }`);
    expect(error).toMatchObject({
      message: expect.stringMatching(new RegExp(`^${name} is not `)),
      extensions: { code, field: name },
    });
  });

  it('are refused by the path of their field inside a variable', async () => {
    const { error } = await ask('query ($in: Input) { echo(input: $in) }', { in: { effectiveOn: '31/03/2025' } });
    expect(error).toMatchObject({
      message: expect.stringMatching(/^\$in\.effectiveOn is not a date: found "31\/03\/2025", needed /),
      extensions: { code: 'NOT_A_DATE', field: '$in.effectiveOn' },
    });
    const whole = await ask('query ($on: Date) { echo(effectiveOn: $on) }', { on: 'x' });
    expect(whole.error).toMatchObject({ extensions: { code: 'NOT_A_DATE', field: '$on' } });
  });
});
