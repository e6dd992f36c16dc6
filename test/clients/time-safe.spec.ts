import { readFileSync } from 'node:fs';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { buildSchema, isObjectType } from 'graphql';
import { recordAll } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';
import { inRelaysStore } from './relays-store.js';

/** One document that asks for one record at four times: then, now, as once known, and in a list. */
const DOCUMENT = `query Versions {
  before: instrument(id: "constitution", asAt: "2024-06-01") { instrument { __typename id subject version } }
  now: instrument(id: "constitution") { instrument { __typename id subject version } }
  onceKnown: instrument(id: "constitution", asKnownAt: 1) { instrument { __typename id subject version } }
  listed: instruments(asAt: "2024-06-01") { edges { node { __typename id subject version } } }
}`;

const ID = 'instrument/constitution';
const record = (id: string, version: string) => ({ __typename: 'Instrument', id, subject: ID, version });
const THEN = record(`${ID}?asAt=2024-06-01`, '2.0');
const ANSWERED = {
  before: { instrument: THEN },
  now: { instrument: record(ID, '3.0') },
  onceKnown: { instrument: record(`${ID}?asKnownAt=p1`, '1.0') },
  listed: { edges: [{ node: THEN }] },
};

/** What has no id stands in what it was asked with: Graphcache wants to be told so by name. */
const EMBEDDED = Object.fromEntries(
  Object.values(buildSchema(readFileSync('apps/api/schema.graphql', 'utf8')).getTypeMap())
    .filter((type) => isObjectType(type) && !('id' in type.getFields()))
    .map(({ name }) => [name, () => null]),
);

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, [
    ['AdoptInstrument', 'constitution', '2023-01-01', { title: 'Constitution', kind: 'CONSTITUTION', version: '1.0' }],
    ['IssueVersion', 'constitution', '2024-01-01', { version: '2.0' }],
    ['IssueVersion', 'constitution', '2025-01-01', { version: '3.0' }],
  ]);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

/** Asks one time after another, as pages of a program do, and reads all of it from the cache in the end. */
describe('what was answered at one time is not shown for another', () => {
  it('by Apollo Client with its default cache', async () => {
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: `${api.url}/graphql` }) });
    const then = gql`
      {
        instrument(id: "constitution", asAt: "2024-06-01") {
          instrument {
            id
            version
          }
        }
      }
    `;
    const now = gql`
      {
        instrument(id: "constitution") {
          instrument {
            id
            version
          }
        }
      }
    `;
    const versionIn = (data: unknown) =>
      (data as { instrument: { instrument: { version: string } } }).instrument.instrument.version;
    expect(versionIn((await client.query({ query: then })).data)).toBe('2.0');
    expect(versionIn((await client.query({ query: now })).data)).toBe('3.0');
    expect([versionIn(client.readQuery({ query: then })), versionIn(client.readQuery({ query: now }))]).toEqual([
      '2.0',
      '3.0',
    ]);
    await client.query({ query: gql(DOCUMENT) });
    expect(client.readQuery({ query: gql(DOCUMENT) })).toMatchObject(ANSWERED);
  });

  it('by urql with Graphcache', async () => {
    const client = new Client({
      url: `${api.url}/graphql`,
      preferGetMethod: false,
      exchanges: [cacheExchange({ keys: EMBEDDED }), fetchExchange],
    });
    expect((await client.query(DOCUMENT, {}).toPromise()).data).toMatchObject(ANSWERED);
    const kept = await client.query(DOCUMENT, {}, { requestPolicy: 'cache-only' }).toPromise();
    expect(kept.data).toMatchObject(ANSWERED);
  });

  it("by Relay's store", async () => {
    const { data } = await api.ask(DOCUMENT);
    expect(inRelaysStore(DOCUMENT, data ?? {})).toEqual(ANSWERED);
  });
});

describe('an id', () => {
  const ask = async (query: string) => (await api.ask(query)).data;

  it('answers at its own time, alone and among others, and is told from an id that there is not', async () => {
    const shown = '{ id ... on Instrument { version } }';
    expect(await ask(`{ node(id: "${ID}?asAt=2024-06-01") ${shown} }`)).toEqual({
      node: { id: THEN.id, version: '2.0' },
    });
    const ids = [
      ID,
      `${ID}?asKnownAt=p1`,
      `${ID}?asAt=2022-01-01`,
      'instrument/none',
      'nothing',
      `${ID}?asAt=2024-02-30`,
    ];
    expect(await ask(`{ nodes(ids: ${JSON.stringify(ids)}) ${shown} }`)).toEqual({
      nodes: [{ id: ID, version: '3.0' }, { id: `${ID}?asKnownAt=p1`, version: '1.0' }, null, null, null, null],
    });
  });

  it('names its subject wherever one is named, whatever its time', async () => {
    const now = await ask(`{ instrument(id: "${THEN.id}") { instrument { id version } } }`);
    expect(now).toEqual({ instrument: { instrument: { id: ID, version: '3.0' } } });
    const told = await ask(`{ history(of: "${THEN.id}") { totalCount } }`);
    expect(told).toEqual({ history: { totalCount: 3 } });
  });

  it('refuses a state of knowledge that is not there yet, and more ids than a page has entries', async () => {
    const beyond = await api.ask(`{ node(id: "${ID}?asKnownAt=p999") { id } }`);
    expect(beyond.errors).toMatchObject([{ extensions: { code: 'BASIS_BEYOND_HEAD' } }]);
    const many = await api.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(101).fill(ID) });
    expect(many.errors).toMatchObject([{ extensions: { code: 'PAGE_SIZE', field: 'ids' } }]);
  });

  it('is never made that reads as another one at another time', async () => {
    const { errors } = await api.ask(
      `mutation { adoptInstrument(id: "${THEN.id.slice('instrument/'.length)}x", recording: { effectiveOn: "2023-01-01" }, data: { title: "T", kind: CONSTITUTION }) { subject } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_A_KEY' } }]);
  });
});
