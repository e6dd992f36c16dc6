import { beforeEach, describe, expect, it } from '@jest/globals';
import { ApolloServer } from '@apollo/server';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import fastify from 'fastify';
import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { StoreFault } from '#event-store';
import { Refusal } from '#kernel';
import { errorFormatter, ThrownFilter } from './errors.js';

const lines: Record<string, unknown>[] = [];
const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
beforeEach(() => {
  lines.length = 0;
});

/** What a resolver may throw, by the argument `kind`. */
const THROWN: Readonly<Record<string, () => unknown>> = {
  refusal: () =>
    new Refusal('DECISION_ALREADY_TAKEN', 'a reason', { field: 'data.title', rule: 'T8', remedy: 'do it' }),
  several: () => Object.assign(new Refusal('INPUT', 'two things'), { problems: [{ field: 'a', message: 'needed b' }] }),
  fault: () => new Error('SQLITE_FULL: /srv/register/log.sqlite'),
  fromElsewhere: () => ({ name: 'Error', message: 'SQLITE_FULL: /srv/register/log.sqlite', stack: 'at secret.js' }),
  graphql: () => new GraphQLError('SELECT secret', { extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  text: () => 'SELECT secret',
  full: () => new StoreFault('STORE_FULL', 'no space left (/srv/register/log.sqlite: SQLITE_FULL)'),
  damaged: () => new StoreFault('STORE_CORRUPT', 'the log is damaged (/srv/secret/log.sqlite: SQLITE_FULL)'),
  foreign: () => new StoreFault('STORE_FOREIGN_EVENT', 'event 1 of secret'),
  deleted: () => new StoreFault('STORE_STREAM_DELETED', 'secret was deleted'),
  forgets: () => new StoreFault('STORE_FORGETS_EVENTS', 'secret has $maxCount 1'),
  missing: () => new StoreFault('STORE_EVENTS_MISSING', 'revision 0 of secret'),
  denied: () => new StoreFault('STORE_ACCESS_DENIED', 'the user "secret" may not write'),
  away: () => new StoreFault('STORE_UNREACHABLE', 'secret.example.org does not answer'),
  behind: () => new StoreFault('STORE_BEHIND', 'secret'),
  views: () => new Refusal('READ_MODEL_UNAVAILABLE', 'the views cannot be used at the moment'),
  unknown: () => new StoreFault('STORE_FAULT', 'SQLITE_FULL secret'),
};

const server = new ApolloServer({
  typeDefs: 'type Query { thrown(kind: String!): String, taken(on: Int): String }',
  resolvers: {
    Query: {
      thrown: (_: unknown, { kind }: { kind: string }) => {
        throw THROWN[kind]?.();
      },
    },
  },
  formatError: errorFormatter(log),
  includeStacktraceInErrorResponses: false,
});

const errorOf = async (query: string, variables: Record<string, unknown> = {}) => {
  const { body } = await server.executeOperation({ query, variables });
  const [error] = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return error ?? { message: 'none', extensions: {} };
};

describe('what a client sees of an error', () => {
  it('is the whole of a refusal, and nothing is logged', async () => {
    expect(await errorOf('{ thrown(kind: "refusal") }')).toEqual({
      message: 'a reason',
      path: ['thrown'],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'DECISION_ALREADY_TAKEN', field: 'data.title', rule: 'T8', remedy: 'do it' },
    });
    expect(lines).toEqual([]);
  });

  it('is every field of an input that is wrong in several', async () => {
    const { extensions } = await errorOf('{ thrown(kind: "several") }');
    expect(extensions).toEqual({ code: 'INPUT', problems: [{ field: 'a', message: 'needed b' }] });
  });

  it('is the code of a store that cannot write, and what to do; the log has where it lies', async () => {
    const error = await errorOf('{ thrown(kind: "full") }');
    expect(error.message).toBe('the disk of the log is full: nothing was recorded; reading goes on');
    expect(error.extensions).toEqual({ code: 'STORE_FULL', remedy: expect.stringMatching(/same command again/) });
    expect(JSON.stringify(error)).not.toMatch(/SQLITE|srv|stack/);
    expect(lines).toEqual([expect.objectContaining({ level: 50 })]);
    expect(JSON.stringify(lines)).toContain('/srv/register/log.sqlite');
  });

  it.each([
    ['damaged', 'STORE_CORRUPT', undefined],
    ['foreign', 'STORE_FOREIGN_EVENT', undefined],
    ['deleted', 'STORE_STREAM_DELETED', undefined],
    ['forgets', 'STORE_FORGETS_EVENTS', undefined],
    ['missing', 'STORE_EVENTS_MISSING', undefined],
    ['denied', 'STORE_ACCESS_DENIED', undefined],
    ['full', 'STORE_FULL', undefined],
    ['away', 'STORE_UNREACHABLE', 5],
    ['behind', 'STORE_BEHIND', 2],
    ['views', 'READ_MODEL_UNAVAILABLE', 5],
  ])('tells by code what passes by itself and what an operator has to see to: %s', async (kind, code, retryAfter) => {
    const error = await errorOf(`{ thrown(kind: "${kind}") }`);
    expect(error.extensions).toMatchObject({ code });
    expect(error.extensions?.['retryAfter']).toBe(retryAfter);
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it.each(['fault', 'fromElsewhere', 'graphql', 'text', 'unknown'])(
    'is a reference for what is ours (%s); the log has the rest',
    async (kind) => {
      const error = await errorOf(`{ thrown(kind: "${kind}") }`);
      const { reference } = error.extensions as { reference: string };
      expect(error.message).toBe(`something went wrong on our side; quote reference ${reference}`);
      expect(error.extensions).toEqual({
        code: 'INTERNAL_SERVER_ERROR',
        reference: expect.stringMatching(/^[0-9a-f]{12}$/),
      });
      expect(JSON.stringify(error)).not.toMatch(/SQLITE|srv|SELECT|secret|stack/);
      expect(lines).toEqual([expect.objectContaining({ reference, level: 50 })]);
      expect(JSON.stringify(lines)).toMatch(/SQLITE_FULL|SELECT/);
    },
  );

  it('is GraphQL’s own wording for a query that is not understood or a variable of the wrong kind', async () => {
    expect((await errorOf('{ thrown(')).extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
    expect((await errorOf('{ nothing }')).extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
    const variable = await errorOf('query ($on: Int) { taken(on: $on) }', { on: 'x' });
    expect(variable).toMatchObject({
      message: expect.stringContaining('"$on"'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(lines).toEqual([]);
  });
});

describe('what a page says instead', () => {
  it.each([
    ['away', 503, '5'],
    ['views', 503, '5'],
    ['behind', 503, '2'],
    ['denied', 503, undefined],
    ['refusal', 422, undefined],
    ['fault', 500, undefined],
  ])('has a status and a time to ask again for what passes by itself: %s', async (kind, status, retryAfter) => {
    const pages = fastify();
    const filter = new ThrownFilter(log);
    pages.get('/', (request, reply) => filter.catch(THROWN[kind]?.(), new ExecutionContextHost([request, reply])));
    const answer = await pages.inject('/');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([status, retryAfter]);
    await pages.close();
  });
});
