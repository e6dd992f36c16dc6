// A page of 20 decisions over HTTP, beside a constant answer from a bare Apollo server on the same adapter.
// Servers and clients share one process, so both sides carry the cost of the client alike.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { readConfiguration } from '../dist/libs/access/src/index.js';
import { Submit, SubmitHandler } from '../dist/libs/command/src/index.js';
import { createApi } from '../dist/apps/api/src/api.module.js';
import { createLog } from '../dist/apps/api/src/logging.js';
import { startRegister } from '../dist/apps/api/src/register.runtime.js';
import { median, quantile } from './appends.bench.mjs';

const officer = { id: 'bench', roles: ['governance-officer'], vouchedBy: 'development' };
const QUERY = '{ decisions(first: 20) { basis { position } edges { node { id title datedOn amount recordedAt } } } }';

const filled = async (door, decisions) => {
  const decide = (index) =>
    door.execute(
      new Submit(
        {
          aggregate: 'decision',
          id: `bench:${index}`,
          commandId: `bench/${index}`,
          steps: [
            {
              command: 'TakeDecision',
              effectiveOn: `20${String(index % 25).padStart(2, '0')}-04-01`,
              data: { title: `Community service number ${index}`, amount: index * 100, takenOn: '2025-03-01' },
            },
          ],
        },
        officer,
      ),
    );
  for (let at = 0; at < decisions; at += 200) {
    await Promise.all(Array.from({ length: Math.min(200, decisions - at) }, (_, index) => decide(at + index)));
  }
};

const bareApollo = async () => {
  const node = { id: 'decision/1', title: 'Community service', datedOn: '2025-03-01', amount: 100, recordedAt: '' };
  const page = { basis: { position: 1 }, edges: Array.from({ length: 20 }, () => ({ node })) };
  const typeDefs = `type Basis { position: Int } type Decision { id: ID title: String datedOn: String amount: Int recordedAt: String }
    type Edge { node: Decision } type Page { basis: Basis edges: [Edge] } type Query { decisions(first: Int): Page }`;
  const apollo = new ApolloServer({ typeDefs, resolvers: { Query: { decisions: () => page } } });
  await apollo.start();
  const app = new FastifyAdapter().getInstance();
  await app.register(fastifyApollo(apollo), { path: '/graphql' });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: () => app.close() };
};

const asked = async (url, { ms, clients }) => {
  const took = [];
  const end = performance.now() + ms;
  const start = performance.now();
  const client = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: QUERY }),
      });
      const body = await answer.json();
      if (body.data?.decisions.edges.length !== 20) throw new Error(JSON.stringify(body).slice(0, 500));
      took.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return {
    perSecond: (took.length * 1000) / (performance.now() - start),
    p50: median(took),
    p99: quantile(took, 0.99),
  };
};

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir }) => {
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  const decisions = quick ? 5_000 : 50_000;
  const log = createLog('silent');
  const configuration = readConfiguration({ DATA_DIR: own, SAMPLE: 'off', LOG_LEVEL: 'silent' });
  const runtime = await startRegister(configuration, log);
  await filled(new SubmitHandler(runtime.store), decisions);
  await runtime.register.waitFor(await runtime.store.head(), 60_000);
  const api = await createApi({ configuration, runtime, log });
  await api.listen(0, '127.0.0.1');
  const bare = await bareApollo();
  const measures = { ours: [], bare: [] };
  const url = await api.getUrl();
  const options = { ms: quick ? 1_000 : 3_000, clients: 8 };
  await asked(url, { ...options, ms: 500 });
  for (let round = 0; round < (quick ? 3 : 5); round++) {
    measures.ours.push(await asked(url, options));
    measures.bare.push(await asked(bare.url, options));
  }
  await bare.close();
  await api.close();
  await runtime.close();
  rmSync(own, { recursive: true });
  const of = (side, key) => median(measures[side].map((one) => one[key]));
  const row = (name, unit, key) => ({
    name,
    unit,
    value: of('ours', key),
    baseline: of('bare', key),
    ratio: of('ours', key) / of('bare', key),
    note: `${decisions} decisions held; baseline: a constant answer from a bare Apollo server`,
  });
  return [
    row('a page of 20 decisions over HTTP, 8 clients', 'pages/s', 'perSecond'),
    row('a page of 20 decisions over HTTP: p50', 'ms', 'p50'),
    row('a page of 20 decisions over HTTP: p99', 'ms', 'p99'),
  ];
};
