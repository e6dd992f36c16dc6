// A page of 20 decisions with their bodies over HTTP, by the register and by peers over the same rows.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { median } from '../appends.bench.mjs';
import { BODIES, dayOf, titleOf } from '../decisions.mjs';
import { filledRegister, handMade, page } from '../page.bench.mjs';
import { asked, REGISTER, started, stopped } from '../servers.mjs';

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** PostGraphile's own words for the page: it has no basis, and orders where it is told to. */
const POSTGRAPHILE = `{ allDecisions(first: 20, orderBy: [DATED_ON_ASC]) {
  edges { node { id title datedOn recordedAt bodyByBody { id name } } cursor } pageInfo { endCursor hasNextPage } } }`;

const inPostgres = async (connectionString, decisions) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`CREATE TABLE body (id text PRIMARY KEY, name text NOT NULL);
    CREATE TABLE decision (id text PRIMARY KEY, title text NOT NULL, dated_on date, amount int, recorded_at timestamptz NOT NULL,
      body text NOT NULL REFERENCES body);
    CREATE INDEX by_day ON decision (dated_on, id); CREATE INDEX by_body ON decision (body)`);
  const rows = Array.from({ length: decisions }, (_, index) => index);
  await client.query('INSERT INTO body SELECT * FROM unnest($1::text[], $2::text[])', [
    Array.from({ length: BODIES }, (_, index) => `body-${index}`),
    Array.from({ length: BODIES }, (_, index) => `Board number ${index}`),
  ]);
  await client.query(
    `INSERT INTO decision SELECT id, title, day, amount, '2025-03-01T12:00:00Z', body
     FROM unnest($1::text[], $2::text[], $3::date[], $4::int[], $5::text[]) AS r(id, title, day, amount, body)`,
    [
      rows.map((index) => `bench:${index}`),
      rows.map(titleOf),
      rows.map(dayOf),
      rows.map((index) => index * 100),
      rows.map((index) => `body-${index % BODIES}`),
    ],
  );
  await client.query('ANALYZE');
  await client.end();
};

/** @returns by what was asked: the register's pages a second, and those of each peer. */
export const pages = async (folder, url, { quick, rounds }) => {
  const decisions = quick ? 5_000 : 50_000;
  const settings = await filledRegister(folder, decisions);
  const file = join(folder, 'by-hand.sqlite');
  handMade(file, decisions);
  await inPostgres(url, decisions);
  const apollo = fileOf('../page.server.mjs');
  const peers = fileOf('page.server.mjs');
  const sides = {
    ours: await started([REGISTER], { ...settings, PORT: '0' }),
    'Apollo Server over SQLite by hand': await started([apollo, 'by-hand', file]),
    'Apollo Server, a constant': await started([apollo, 'constant']),
    'mercurius with graphql-jit over SQLite by hand': await started([peers, 'mercurius', file]),
    'PostGraphile 5 over PostgreSQL 18': await started([peers, 'postgraphile', url]),
  };
  const ms = quick ? 1_500 : 4_000;
  try {
    const measured = {};
    for (const [what, args] of [
      ['a page of 20 decisions with bodies, today', ''],
      ['the same at a past basis, beside peers today', ', asAt: "2020-06-01", asKnownAt: "p5000"'],
    ]) {
      const taken = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
      for (let round = -1; round < rounds; round++) {
        for (const [name, side] of Object.entries(sides)) {
          const query = name.startsWith('PostGraphile') ? POSTGRAPHILE : page(name === 'ours' ? args : '');
          const { perSecond } = await asked(side, ms, query);
          if (round >= 0) taken[name].push(perSecond);
        }
      }
      const { ours, ...others } = Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, median(all)]));
      measured[what] = { ours, peers: others };
    }
    return measured;
  } finally {
    await Promise.all(Object.values(sides).map(({ child }) => stopped(child)));
  }
};
