// What an officer waits for: questions to the API over HTTP, with the views on PostgreSQL beside the views on SQLite, the
// same facts recorded in both. The two are asked turn by turn by one client. Servers and client share this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { readConfiguration } from '../dist/libs/access/src/index.js';
import { Submit, SubmitHandler } from '../dist/libs/command/src/index.js';
import { addDays } from '../dist/libs/kernel/src/index.js';
import { createApi } from '../dist/apps/api/src/api.module.js';
import { createLog } from '../dist/apps/api/src/logging.js';
import { startRegister } from '../dist/apps/api/src/register.runtime.js';
import { newDatabase, startPostgres } from '../dist/test/postgres/postgres.js';
import { quantile } from './appends.bench.mjs';
import { randomness } from './posts.mjs';

const officer = { id: 'bench', roles: ['governance-officer'], vouchedBy: 'development' };
const BODIES = 40;
const FIRST_DAY = '2020-01-01';
const DAYS = 1_000;

const DECISION = `query Decision($id: ID!, $asAt: Date, $asKnownAt: KnownAt) {
  decision(id: $id, asAt: $asAt, asKnownAt: $asKnownAt) {
    basis { asAt position } absence { kind }
    decision { id title stage amount stretchFrom stretchUntil recordedAt decidedBy { id name } organisation { id name } }
  }
}`;
const PAGE = `query Page($body: ID, $asAt: Date, $asKnownAt: KnownAt) {
  decisions(first: 20, body: $body, asAt: $asAt, asKnownAt: $asKnownAt) {
    basis { asAt position }
    edges { node { id title stage amount datedOn recordedAt decidedBy { id name } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Bodies of one organisation, and decisions of theirs: proposed, taken, then changed a few times. */
const filled = async (door, decisions) => {
  const record = (aggregate, id, number, command, day, data) =>
    door.execute(
      new Submit(
        {
          aggregate,
          id,
          commandId: `${aggregate}/${id}/${number}`,
          steps: [{ command, effectiveOn: addDays(FIRST_DAY, day), data }],
        },
        officer,
      ),
    );
  const inTurn = async (count, work) => {
    for (let at = 0; at < count; at += 100) {
      await Promise.all(Array.from({ length: Math.min(100, count - at) }, (_, index) => work(at + index)));
    }
  };
  await record('organisation', 'bench:icb', 0, 'RegisterOrganisation', 0, {
    name: 'An integrated care board',
    kind: 'ICB',
  });
  await inTurn(BODIES, (body) =>
    record('body', `bench:${body}`, 0, 'EstablishBody', 0, {
      ...{ name: `Committee ${body}`, kind: 'ICB_COMMITTEE', owners: ['bench:icb'] },
    }),
  );
  const random = randomness(5);
  const days = Array.from({ length: decisions }, () => Math.floor(random() * DAYS));
  const details = (decision, stage) => ({
    ...{ title: `Community service number ${decision}`, amount: decision * 100, stage },
    ...{ decidedBy: [`bench:${decision % BODIES}`], organisation: 'bench:icb' },
  });
  for (const [number, command, after] of [
    [0, 'TakeDecision', 0],
    [1, 'ChangeDecision', 30],
    [2, 'ChangeDecision', 60],
    [3, 'ChangeDecision', 20],
  ]) {
    await inTurn(decisions, (decision) => {
      const data = command === 'TakeDecision' ? details(decision, 'taken') : { stage: `stage ${number}` };
      return record('decision', `bench:${decision}`, number, command, days[decision] + after, data);
    });
  }
};

const started = async (settings, decisions) => {
  const log = createLog('silent');
  const configuration = readConfiguration({ SAMPLE: 'off', LOG_LEVEL: 'silent', ...settings });
  const runtime = await startRegister(configuration, log);
  const start = performance.now();
  await filled(new SubmitHandler(runtime.store), decisions);
  const recorded = performance.now() - start;
  const head = await runtime.store.head();
  await runtime.register.waitFor(head, 600_000);
  const rates = [recorded, performance.now() - start].map((ms) => ((head + 1) * 1_000) / ms);
  const api = await createApi({ configuration, runtime, log });
  await api.listen(0, '127.0.0.1');
  const { port } = new URL(await api.getUrl());
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (query, variables) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ query, variables });
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asked = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => (text += part));
        answer.on('end', () => resolve(text));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  const close = async () => {
    agent.destroy();
    await api.close();
    await runtime.close();
  };
  return { ask, head, rates, close };
};

/** Questions, each drawn at random: the same ones to both. */
const questions = (decisions, head) => {
  const random = randomness(6);
  const whole = (below) => Math.floor(random() * below);
  const asAt = () => addDays(FIRST_DAY, whole(DAYS + 60));
  // Later than when most of them were first recorded.
  const then = () => `p${Math.floor(head / 2) + whole(head / 2)}`;
  const one = (more) => [DECISION, { id: `decision/bench:${whole(decisions)}`, asAt: asAt(), ...more }];
  const page = (more) => [PAGE, { body: `body/bench:${whole(BODIES)}`, asAt: asAt(), ...more }];
  return {
    'one decision as at': () => one({}),
    'one decision as at, as known then': () => one({ asKnownAt: then() }),
    'a page of 20 as at': () => page({}),
    'a page of 20 as at, as known then': () => page({ asKnownAt: then() }),
  };
};

/** Turns of one side before the other has its turn. */
const TURNS = 10;

/**
 * @param quick 1,000 decisions instead of 10,000.
 * @param dir where the temporary files go; default the system's.
 */
export const run = async ({ quick, dir } = {}) => {
  const [decisions, times] = quick ? [1_000, 600] : [10_000, 2_000];
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-http-bench-'));
  const server = await startPostgres({ durable: true });
  const sides = {};
  try {
    const database = await newDatabase(server.url);
    sides.sqlite = await started({ DATA_DIR: join(own, 'sqlite') }, decisions);
    sides.postgres = await started({ DATA_DIR: join(own, 'postgres'), READ_MODEL_URL: database.url }, decisions);
    const results = ['recorded durably while they are followed', 'recorded, and in the views'].map((name, at) => {
      const [value, baseline] = [sides.postgres.rates[at], sides.sqlite.rates[at]];
      const note = 'the log on SQLite, 100 commands at a time; baseline: views on SQLite';
      return { name: `${name}, PostgreSQL`, unit: 'events/s', value, baseline, ratio: value / baseline, note };
    });
    for (const [what, draw] of Object.entries(questions(decisions, sides.sqlite.head))) {
      const taken = { sqlite: [], postgres: [] };
      for (let turn = -times / 4; turn < times; turn += TURNS) {
        const drawn = Array.from({ length: TURNS }, draw);
        for (const [side, { ask }] of Object.entries(sides)) {
          for (const question of drawn) {
            const start = performance.now();
            const text = await ask(...question);
            if (turn >= 0) taken[side].push(performance.now() - start);
            if (!text.startsWith('{"data"') || text.includes('"errors"')) throw new Error(text.slice(0, 500));
          }
        }
      }
      for (const q of [0.5, 0.99]) {
        const [value, baseline] = [quantile(taken.postgres, q), quantile(taken.sqlite, q)];
        const note = `${decisions} decisions, ${sides.sqlite.head + 1} events; baseline: SQLite`;
        results.push({
          name: `HTTP: ${what}, PostgreSQL, p${q * 100}`,
          unit: 'ms',
          value,
          baseline,
          ratio: value / baseline,
          note,
        });
      }
    }
    return results;
  } finally {
    for (const { close } of Object.values(sides)) await close();
    await server.stop();
    rmSync(own, { recursive: true, force: true });
  }
};

if (process.argv[1] === import.meta.filename) {
  for (const result of await run({ quick: process.argv.includes('--quick') })) console.log(JSON.stringify(result));
}
