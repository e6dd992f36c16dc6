import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDatabase } from '#testing/postgres';
import { Dice } from '../chaos/dice.js';
import { StandIn } from '../chaos/stand-in.js';
import { Programs, type Environment, type Program } from '../operations/programs.js';
import { ask, record } from './asked-program.js';

const ACCEPT = '--accept-older-log';
const ENDED = 2;
const REPLACED = 3;

const programs = new Programs();
let database: Awaited<ReturnType<typeof newDatabase>>;
let server: StandIn;
let schemas = 0;

beforeAll(async () => {
  database = await newDatabase();
  server = await StandIn.start(await programs.folder(), new Dice('restored'));
}, 90_000);
afterAll(async () => {
  await programs.end();
  await server.stop();
  await database.drop();
});

const names = async (api: Program): Promise<readonly string[]> => {
  const answer = (await ask(api, '{ people(first: 50) { edges { node { name } } } }')) as {
    people: { edges: { node: { name: string } }[] };
  };
  return answer.people.edges.map(({ node }) => node.name).toSorted();
};
const shows = async (api: Program, wanted: readonly string[]): Promise<readonly string[]> => {
  for (let tries = 0; tries < 100; tries++, await pause(100)) {
    const shown = await names(api).catch(() => []);
    if (shown.join() === [...wanted].join()) return shown;
  }
  return names(api);
};

/** A register of an api and a projector, each in its own data directory, with three people after a backup of two. */
const restored = async (register: string): Promise<Record<'api' | 'projector', Environment>> => {
  const shared = {
    EVENT_STORE_URL: `${server.url}&register=${register}`,
    READ_MODEL_URL: `${database.url}?schema=restored_${++schemas}`,
    PORT: '0',
  };
  const api = { ...shared, FOLLOW: 'off', DATA_DIR: await programs.folder() };
  const projector = { ...shared, DATA_DIR: await programs.folder() };
  const follows = programs.start('projector', projector);
  await follows.address();
  const door = programs.start('api', api);
  for (const id of ['a', 'b']) await record(door, id);
  await server.keep();
  for (const id of ['lost1', 'lost2', 'lost3']) expect(await record(door, id)).toMatchObject({ registerPerson: {} });
  expect(await shows(door, ['a', 'b', 'lost1', 'lost2', 'lost3'])).toHaveLength(5);
  // Step 1 of the guide is to stop every program; whoever forgets is told, and nothing is acknowledged.
  await server.putBack();
  expect(await door.ended).toBe(REPLACED);
  expect(await follows.ended).toBe(REPLACED);
  expect(door.said.err).toMatch(/"level":"fatal".*the log was replaced while this program had it open/);
  return { api, projector };
};
const refused = async (program: 'api' | 'projector', environment: Environment): Promise<string> => {
  const started = programs.start(program, environment);
  expect(await started.ended).toBe(ENDED);
  return started.said.err;
};

describe('an EventStoreDB that is put back from a backup', () => {
  it('is gone on with when it is accepted, apis first: nothing lost is shown, and what is recorded then is', async () => {
    const { api, projector } = await restored('apis-first');
    expect(await refused('api', api)).toMatch(
      /knows register apis-first up to position 5, .*events that were acknowledged/,
    );
    const door = programs.start('api', api, [ACCEPT]);
    const waits = /waiting for a projector to make them/;
    for (let tries = 0; tries < 300 && !waits.test(door.said.err); tries++) await pause(100);
    expect(door.said).toMatchObject({ out: '', err: expect.stringMatching(waits) });
    expect(await refused('projector', projector)).toMatch(/events that were acknowledged are missing/);
    await programs.start('projector', projector, [ACCEPT]).address();
    expect(await record(door, 'new')).toMatchObject({ registerPerson: {} });
    expect(await shows(door, ['a', 'b', 'new'])).toEqual(['a', 'b', 'new']);
  }, 180_000);

  it('and projectors first', async () => {
    const { api, projector } = await restored('projectors-first');
    expect(await refused('projector', projector)).toMatch(/events that were acknowledged are missing/);
    await programs.start('projector', projector, [ACCEPT]).address();
    expect(await refused('api', api)).toMatch(/events that were acknowledged are missing/);
    const door = programs.start('api', api, [ACCEPT]);
    expect(await record(door, 'new')).toMatchObject({ registerPerson: {} });
    expect(await shows(door, ['a', 'b', 'new'])).toEqual(['a', 'b', 'new']);
  }, 180_000);

  it('is refused also where a program has no index of its own any more: the views know', async () => {
    const { api, projector } = await restored('no-index');
    for (const environment of [api, projector]) Object.assign(environment, { DATA_DIR: await programs.folder() });
    expect(await refused('projector', projector)).toMatch(/restored_3_0001 knows it up to position 5/);
    expect(await refused('api', api)).toMatch(/restored_3_0001 knows it up to position 5/);
  }, 180_000);
});

describe('the data directory of one register', () => {
  it('is refused by another on the same server, empty or not, until it is given its own again', async () => {
    const of = (register: string, DATA_DIR: string): Environment => ({
      EVENT_STORE_URL: `${server.url}&register=${register}`,
      DATA_DIR,
      PORT: '0',
    });
    const [mine, others] = [await programs.folder(), await programs.folder()];
    const one = programs.start('api', of('one', mine));
    await record(one, 'a');
    one.child.kill('SIGTERM');
    await one.ended;
    expect(await refused('api', of('two', mine))).toMatch(
      /the log is empty, and .*views-0001.sqlite knows it up to position 1/,
    );
    const two = programs.start('api', of('two', others));
    for (const id of ['x', 'y', 'z']) await record(two, id);
    expect(await refused('api', of('two', mine))).toMatch(/views-0001.sqlite is of another log, up to position 1/);
    expect(await shows(programs.start('api', of('one', mine)), ['a'])).toEqual(['a']);
  }, 180_000);
});
