import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventOf } from '../contract/event-store.contract.js';
import { openToWrite } from './file.js';
import { LoneAppends } from './lone-appends.js';
import { SqliteEventStore } from './sqlite.event-store.js';
import { readWitness, Witness, type WitnessState } from './witness.js';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lone-'));
  file = join(dir, 'log.sqlite');
});
afterEach(() => rmSync(dir, { recursive: true }));

const NOTHING: WitnessState = { turn: 0, mark: undefined };
const append = (at: number) => ({
  writes: [{ stream: `s${at}`, expected: 'no stream' as const, events: [eventOf(`c${at}`)] }],
  count: 1,
  at: 1_700_000_000_000,
});

describe('an append that is alone', () => {
  let lone: LoneAppends;
  beforeEach(() => {
    openToWrite(file).close();
    lone = new LoneAppends(file);
  });
  afterEach(() => lone.close());

  it('is written here once the disk is known to be quick, and in the thread again as soon as it is not', () => {
    expect(lone.isBetter).toBe(false);
    lone.takeOver(NOTHING, 0.3);
    expect(lone.isBetter).toBe(true);
    lone.takeOver(NOTHING, 30);
    expect(lone.isBetter).toBe(false);
    for (let quick = 0; quick < 20; quick++) lone.takeOver(NOTHING, 0.3);
    expect(lone.isBetter).toBe(true);
  });

  it('leaves the write-ahead log to the thread from time to time', () => {
    lone.takeOver(NOTHING, 0);
    for (let at = 0; at < 100; at++) expect(lone.write(append(at))).toMatchObject({ kind: 'appended', first: at });
    expect(lone.isBetter).toBe(false);
  });

  it('is witnessed before it is answered, and the thread goes on from there', () => {
    lone.takeOver(NOTHING, 0);
    for (let at = 0; at < 3; at++) {
      lone.write(append(at));
      expect(readWitness(file)).toMatchObject({ position: at });
    }
    const state = lone.handOver() as WitnessState;
    expect(lone.handOver()).toBeUndefined();
    expect(state).toMatchObject({ turn: 3, mark: { position: 2 } });
    const thread = new Witness(file, undefined);
    thread.goOnFrom(state);
    const { mark } = state;
    if (mark) thread.write({ ...mark, position: 3 });
    expect(readWitness(file)).toMatchObject({ position: 3 });
    thread.close();
  });

  it.each([
    ['another one', () => renameSync(join(dir, 'another.sqlite'), file)],
    ['nothing', () => rmSync(file)],
  ])('is not written where %s came in the place of the file before the first of them', (_, replace) => {
    openToWrite(join(dir, 'another.sqlite')).close();
    lone.takeOver(NOTHING, 0);
    replace();
    const stood = existsSync(file);
    expect(lone.write(append(0))).toMatchObject({ kind: 'fault', code: 'STORE_REPLACED' });
    expect(existsSync(file)).toBe(stood);
    expect(lone.handOver()).toBeUndefined();
  });

  it('meets the cap of the file', () => {
    lone.cap(1);
    lone.takeOver(NOTHING, 0);
    const written = Array.from({ length: 300 }, (_, at) => lone.write(append(at)));
    expect(written.at(-1)).toMatchObject({ kind: 'fault', code: 'STORE_FULL' });
  });
});

describe('appends alone and together, in turns', () => {
  it('stand in one order, and the witness knows the last before anybody is answered', async () => {
    const store = await SqliteEventStore.open({ file });
    let at = 0;
    const one = async (): Promise<void> => {
      const name = at++;
      const { kind } = await store.append([
        { stream: `s${name}`, expected: 'no stream', events: [eventOf(`c${name}`)] },
      ]);
      expect(kind).toBe('appended');
    };
    for (let turn = 0; turn < 60; turn++) {
      await Promise.all(Array.from({ length: turn % 3 === 2 ? 4 : 1 }, one));
      expect(readWitness(file)).toMatchObject({ position: await store.head() });
    }
    await store.close();
    const again = await SqliteEventStore.open({ file });
    expect((await again.readAll(0, 1_000)).map(({ position }) => position)).toEqual(
      Array.from({ length: at }, (_, p) => p),
    );
    await again.close();
  });
});
