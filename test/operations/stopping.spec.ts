import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStore } from '#event-store';
import { newDatabase } from '#testing/postgres';
import { Programs, type Environment } from './programs.js';

const programs = new Programs();
let database: { readonly url: string; drop(): Promise<void> };
beforeAll(async () => {
  database = await newDatabase();
});
afterAll(async () => {
  await programs.end();
  await database?.drop();
});

interface Sent {
  readonly id: string;
  readonly status: number;
  readonly body: string;
}

/** One request over a connection that is kept, as clients do. */
const post = (url: string, query: string, agent: Agent): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sending = request(`${url}/graphql`, { method: 'POST', headers, agent }, (response) => {
      let body = '';
      response.on('data', (bytes: Buffer) => (body += bytes.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    sending.on('error', (fault) => reject(Object.assign(fault, { reused: sending.reusedSocket })));
    sending.end(JSON.stringify({ query }));
  });

const WRITERS = 12;
const READERS = 6;

const stores = async (): Promise<readonly (readonly [string, Environment])[]> => [
  ['the embedded stores', {}],
  ['EventStoreDB and PostgreSQL', { EVENT_STORE_URL: await programs.eventStoreDb(), READ_MODEL_URL: database.url }],
];

describe('SIGTERM while much is under way', () => {
  it.each([0, 1])(
    'lets everything that was begun finish, and readiness goes first (stores %p)',
    async (which) => {
      const [, chosen] = (await stores())[which] as readonly [string, Environment];
      // Nobody is sent away for having waited for a turn on a machine that has just begun, and is busy.
      const patient = { LIMIT_IN_FLIGHT: '2000', LIMIT_ANSWER_SECONDS: '60' };
      const environment = { PORT: '0', DATA_DIR: await programs.folder(), ...patient, ...chosen };
      const api = programs.start('api', environment);
      const url = await api.address();
      const agent = new Agent({ keepAlive: true });
      const answered: Sent[] = [];
      let [broken, stopping] = [0, false];
      const sendUntilRefused = async (name: string, query: (id: string) => string): Promise<void> => {
        for (let round = 0; ; round++) {
          const id = `${name}-${round}`;
          try {
            answered.push({ id, ...(await post(url, query(id), agent)) });
          } catch (fault) {
            const { code, reused } = fault as { code?: string; reused?: boolean };
            // Nobody listens any more, or an idle connection was ended as it was taken up again: nothing was begun.
            if (code !== 'ECONNREFUSED' && !(stopping && reused && code === 'ECONNRESET')) broken++;
            return;
          }
        }
      };
      const record = (id: string): string =>
        `mutation { registerPerson(id: "${id}", recording: { effectiveOn: "2024-01-01", commandId: "${id}" }, data: { name: "N" }) { position } }`;
      const read = (): string =>
        '{ people(first: 50) { edges { node { name appointments(first: 5) { edges { node { role } } } } } } }';
      const load = Promise.all([
        ...Array.from({ length: WRITERS }, (_, n) => sendUntilRefused(`w${n}`, record)),
        ...Array.from({ length: READERS }, (_, n) => sendUntilRefused(`r${n}`, read)),
      ]);
      await pause(1_500);
      api.child.kill('SIGTERM');
      stopping = true;
      const began = performance.now();
      await pause(100);
      const ready = await fetch(`${url}/health/ready`);
      expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([503, 'draining']);
      expect(await api.ended).toBe(0);
      expect(performance.now() - began).toBeLessThan(20_000);
      await load;
      agent.destroy();

      expect(broken).toBe(0);
      expect(answered.filter(({ status }) => status !== 200)).toEqual([]);
      const written = answered.filter(({ id }) => id.startsWith('w'));
      expect(written.length).toBeGreaterThan(WRITERS);
      expect(written.filter(({ body }) => /"errors"/.test(body)).slice(0, 3)).toEqual([]);
      const store = await openEventStore(environment['EVENT_STORE_URL' as never] ?? 'sqlite:', environment.DATA_DIR, {
        readOnly: true,
      });
      const lost: string[] = [];
      for (const { id } of written) if ((await store.readStream(`person/${id}`)).length !== 1) lost.push(id);
      await store.close();
      expect(lost).toEqual([]);
    },
    90_000,
  );
});

describe('SIGTERM while somebody has connected and asked nothing', () => {
  it.each(['api', 'projector'] as const)('does not wait for them (%p)', async (program) => {
    const stores = program === 'projector' && {
      EVENT_STORE_URL: await programs.eventStoreDb(),
      READ_MODEL_URL: `${database.url}?schema=${program}`,
    };
    const running = programs.start(program, { PORT: '0', DATA_DIR: await programs.folder(), ...stores });
    const { hostname, port } = new URL(await running.address());
    const connection = connect(Number(port), hostname);
    await once(connection, 'connect');
    // So that the program has taken it up.
    await fetch(`${await running.address()}/health/live`);
    const [began, over] = [performance.now(), once(connection.resume(), 'close')];
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    await over;
  });
});

/** A request sent in two halves over one connection, and what came back. */
const sent = async (url: string, ...texts: readonly string[]): Promise<{ socket: Socket; said: () => string }> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let said = '';
  socket.on('data', (bytes: Buffer) => (said += bytes.toString())).on('error', () => undefined);
  await once(socket, 'connect');
  for (const text of texts) socket.write(text);
  await pause(100);
  return { socket, said: () => said };
};

const GET_HEALTH = 'GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';
const question = (query: string): string => {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};

describe('SIGTERM while connections are kept open', () => {
  const SOON_MS = 8_000;

  it.each(['the embedded log', 'EventStoreDB'])(
    'ends an api with its last answer, whatever is left half-sent or unasked (%s)',
    async (log) => {
      const stores = {
        READ_MODEL_URL: `${database.url}?schema=kept${log.length}`,
        ...(log === 'EventStoreDB' && { EVENT_STORE_URL: await programs.eventStoreDb() }),
      };
      const environment = { PORT: '0', DATA_DIR: await programs.folder(), ...stores };
      const first = programs.start('api', environment);
      await first.address();
      first.child.kill('SIGTERM');
      expect(await first.ended).toBe(0);
      // Nobody follows: what is asked for after a receipt is in flight for five seconds.
      const api = programs.start('api', { ...environment, FOLLOW: 'off' });
      const url = await api.address();
      const agent = new Agent({ keepAlive: true });
      const written = await post(
        url,
        'mutation { registerPerson(id: "p", recording: { effectiveOn: "2024-01-01" }, data: { name: "N" }) { after } }',
        agent,
      );
      const receipt = /"after":"([^"]+)"/.exec(written.body)?.[1];
      const [idle, half, page] = [
        await sent(url, GET_HEALTH),
        await sent(url, GET_HEALTH, question('{ __typename }').slice(0, -5)),
        await sent(url, 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'),
      ];
      const waiting = await sent(url, question(`{ people(afterReceipt: "${receipt}") { edges { node { id } } } }`));
      const [begun, ahead] = [question('{ __typename }'), await sent(url, '')];
      ahead.socket.write(begun.slice(0, -5));
      await pause(100);
      expect([half.said(), page.said(), waiting.said()]).toEqual([
        expect.stringContaining('200 OK'),
        expect.stringContaining('200 OK'),
        '',
      ]);
      api.child.kill('SIGTERM');
      const began = performance.now();
      await pause(700);
      // The rest of one, and another behind it.
      ahead.socket.write(begun.slice(-5) + begun);
      expect(await api.ended).toBe(0);
      expect(performance.now() - began).toBeLessThan(SOON_MS);
      expect(waiting.said()).toMatch(/^HTTP\/1\.1 \d+ /);
      expect(waiting.said()).toMatch(/\r\nconnection: close\r\n/i);
      expect(ahead.said()).toMatch(/200 OK[^]*"__typename":"Query"/);
      for (const { socket } of [idle, half, page, ahead, waiting]) socket.destroy();
      agent.destroy();
    },
    60_000,
  );

  it('ends a projector at once', async () => {
    const projector = programs.start('projector', {
      PORT: '0',
      DATA_DIR: await programs.folder(),
      EVENT_STORE_URL: await programs.eventStoreDb(),
      READ_MODEL_URL: `${database.url}?schema=keptbyprojector`,
    });
    const url = await projector.address();
    const open = [
      await sent(url, GET_HEALTH),
      await sent(url, `${GET_HEALTH}GET /met`),
      await sent(url, 'GET /metrics'),
    ];
    expect(open.map(({ said }) => said().includes('200 OK'))).toEqual([true, true, false]);
    projector.child.kill('SIGTERM');
    const began = performance.now();
    expect(await projector.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(SOON_MS);
    for (const { socket } of open) socket.destroy();
  });
});

describe('SIGTERM to an import', () => {
  it('ends it between two commands, and the same import goes on from there', async () => {
    const environment = { DATA_DIR: await programs.folder() };
    const source = join(process.cwd(), 'examples', 'uk-ministers');
    const args = ['import', join(source, 'person.csv.gz'), '--mapping', join(source, 'person.yaml'), '--json'];
    const cut = programs.start('cli', environment, args);
    const store = async () =>
      openEventStore('sqlite:', environment.DATA_DIR, { readOnly: true }).catch(() => undefined);
    let begun = false;
    for (let tries = 0; tries < 600 && !begun && cut.child.exitCode === null; tries++, await pause(5)) {
      const log = await store();
      begun = ((await log?.head()) ?? -1) > 10;
      await log?.close();
    }
    cut.child.kill('SIGTERM');
    await cut.ended;
    const again = await programs.register(environment, ...args);
    expect(again.code).toBeLessThan(2);
    const fresh = { DATA_DIR: await programs.folder() };
    await programs.register(fresh, ...args);
    const [one, other] = [
      await openEventStore('sqlite:', environment.DATA_DIR, { readOnly: true }),
      await openEventStore('sqlite:', fresh.DATA_DIR, { readOnly: true }),
    ];
    expect(await one.head()).toBe(await other.head());
    await one.close();
    await other.close();
    expect(await programs.register(environment, 'replay', '--as-at', '2020-01-01')).toMatchObject({ code: 0 });
  }, 90_000);
});
