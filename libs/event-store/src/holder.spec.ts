import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holdRegister, whoHolds } from './holder.js';

const program = fileURLToPath(new URL('../../../test/crash/holding.mjs', import.meta.url));

describe('holding a data directory', () => {
  let dir: string;
  const children: ChildProcess[] = [];

  /** Starts a child that wants the directory; gives it with its first line. */
  const child = async (name: string): Promise<{ readonly process: ChildProcess; readonly said: string }> => {
    const started = spawn(process.execPath, [program, dir, name], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(started);
    const [said] = (await once(started.stdout.setEncoding('utf8'), 'data')) as [string];
    return { process: started, said: said.trim() };
  };
  const kill = async (victim: ChildProcess): Promise<void> => {
    const gone = once(victim, 'exit');
    victim.kill('SIGKILL');
    await gone;
  };

  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'register-holder-')), 'data');
  });
  afterEach(async () => {
    for (const one of children.splice(0)) if (one.exitCode === null && one.signalCode === null) await kill(one);
    rmSync(join(dir, '..'), { recursive: true });
  });

  it('is nobody’s before, ours meanwhile and nobody’s after', () => {
    expect(whoHolds(dir)).toBeUndefined();
    const holder = holdRegister(dir, 'a spec');
    expect(whoHolds(dir)).toMatchObject({ program: 'a spec', pid: process.pid, host: hostname() });
    holder.release();
    holder.release();
    expect(whoHolds(dir)).toBeUndefined();
    holdRegister(dir, 'again').release();
  });

  it('is refused to a second of the same process', () => {
    const holder = holdRegister(dir, 'a spec');
    expect(() => holdRegister(dir, 'another')).toThrow(/is held by a spec/);
    expect(whoHolds(dir)).toMatchObject({ program: 'a spec' });
    holder.release();
  });

  it('is refused to a second process, which hears who holds it', async () => {
    const first = await child('register import');
    expect(first.said).toBe('held');
    const second = await child('api');
    expect(second.said).toMatch(/^REGISTER_HELD /);
    expect(second.said).toContain(`is held by register import, process ${first.process.pid} on ${hostname()} since 20`);
    expect(() => holdRegister(dir, 'a spec')).toThrow(`process ${first.process.pid}`);
    expect(whoHolds(dir)).toMatchObject({ program: 'register import', pid: first.process.pid });
  });

  it('ends with a kill -9', async () => {
    const first = await child('api');
    await kill(first.process);
    expect(whoHolds(dir)).toBeUndefined();
    const holder = holdRegister(dir, 'a spec');
    expect(whoHolds(dir)).toMatchObject({ program: 'a spec' });
    expect((await child('api')).said).toContain('is held by a spec');
    holder.release();
  });

  it('goes to exactly one of several that start at once', async () => {
    const said = (await Promise.all(['a', 'b', 'c', 'd'].map(child))).map((one) => one.said.split(' ')[0]);
    expect(said.toSorted()).toEqual(['REGISTER_HELD', 'REGISTER_HELD', 'REGISTER_HELD', 'held']);
  });
});
