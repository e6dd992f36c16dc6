import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDatabase } from '#testing/postgres';
import { Programs, type Environment, type Program } from '../operations/programs.js';
import { ask, record } from './asked-program.js';

const programs = new Programs();
let database: Awaited<ReturnType<typeof newDatabase>>;
beforeAll(async () => {
  database = await newDatabase();
}, 90_000);
afterAll(async () => {
  await programs.end();
  await database.drop();
});

const started = async (environment: Environment): Promise<Program> => {
  const api = programs.start('api', { PORT: '0', ...environment });
  await api.address();
  return api;
};
const people = (api: Program): Promise<unknown> => ask(api, '{ people { totalCount } }');

describe('a log that is replaced under a running program', () => {
  it('is written to no more: the program says so, ends with 3, and is refused when it is started again', async () => {
    const [dir, aside] = [await programs.folder(), await programs.folder()];
    const first = await started({ DATA_DIR: dir });
    await record(first, 'a');
    first.child.kill('SIGTERM');
    await first.ended;
    cpSync(join(dir, 'log.sqlite'), join(aside, 'older.sqlite'));
    const api = await started({ DATA_DIR: dir });
    for (const id of ['b', 'c']) expect(await record(api, id)).toMatchObject({ registerPerson: {} });
    for (const beside of ['-wal', '-shm']) rmSync(join(dir, `log.sqlite${beside}`));
    renameSync(join(aside, 'older.sqlite'), join(dir, 'log.sqlite'));
    expect(await record(api, 'd')).toBe('STORE_REPLACED');
    const health = await fetch(`${await api.address()}/health/ready`);
    expect([health.status, await health.json()]).toMatchObject([
      503,
      { ending: expect.stringMatching(/the log was replaced while this program had it open/) },
    ]);
    expect(await (await fetch(`${await api.address()}/metrics`)).text()).toMatch(/^register_log_replaced 1$/m);
    expect(await api.ended).toBe(3);
    expect(api.said.err).toMatch(/"level":"fatal".*its file is another one now.*ends to be started again/);
    const again = programs.start('api', { PORT: '0', DATA_DIR: dir });
    expect(await again.ended).toBe(2);
    expect(again.said.err).toMatch(/the log ends at position 1.* knows it up to position 3/);
  }, 120_000);
});

describe('two registers on one PostgreSQL', () => {
  it('keep apart: the second reads nothing of the first, ends, and is told why when it is started again', async () => {
    const READ_MODEL_URL = `${database.url}?schema=shared`;
    const [one, two] = [
      { DATA_DIR: await programs.folder(), READ_MODEL_URL },
      { DATA_DIR: await programs.folder(), READ_MODEL_URL },
    ];
    const [mine, other] = [await started(one), await started(two)];
    await record(mine, 'a');
    await record(mine, 'b');
    expect(await record(other, 'x')).toMatchObject({ registerPerson: {} });
    for (let tries = 0; (await people(other).catch(() => 'gone')) !== 'gone' && tries < 200; tries++) await pause(50);
    expect(await other.ended).toBe(3);
    const again = programs.start('api', { PORT: '0', ...two });
    expect(await again.ended).toBe(2);
    expect(again.said.err).toMatch(/shared_0001 is of another log/);
    expect(await people(mine)).toEqual({ people: { totalCount: 2 } });
    const apart = await started({ ...two, READ_MODEL_URL: `${database.url}?schema=another` });
    const whole = JSON.stringify({ people: { totalCount: 1 } });
    // Ready it is before, while it catches up with what was recorded a moment ago.
    for (let tries = 0; tries < 200 && JSON.stringify(await people(apart)) !== whole; tries++) await pause(50);
    expect(await people(apart)).toEqual({ people: { totalCount: 1 } });
  }, 120_000);
});
