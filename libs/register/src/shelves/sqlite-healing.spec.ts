import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { follow, type MemoryEventStore } from '#event-store';
import { seatView } from '../engine/engine.contract.js';
import { openRegister, openRegisterToRead } from '../open.js';
import { logOf, readEvent, seat } from '../register.contract.js';

const EVENTS = 40;

let directory: string;
let store: MemoryEventStore;
const file = (name: string): string => join(directory, name);

const followed = async (): Promise<readonly string[]> => {
  const notes: string[] = [];
  const onNote = (note: string): void => void notes.push(note);
  const house = await openRegister({ directory, store, views: [seatView], readEvent, onNote });
  const following = follow(store, house.follower);
  expect(await following.whenAt(EVENTS - 1, { timeoutMs: 10_000 })).toBe('reached');
  await following.stop();
  expect(await house.register.position()).toBe(EVENTS - 1);
  await house.close();
  return notes;
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'healing-'));
  const lines = Array.from({ length: EVENTS }, (_, at) => seat(`s${at}`, 'Appointed', '2025-03-02', { holder: 'Ann' }));
  store = await logOf(lines);
  expect(await followed()).toEqual([]);
});
afterEach(() => rmSync(directory, { recursive: true }));

const garbled = (name: string, from: number): void => {
  const bytes = readFileSync(file(name));
  bytes.fill('garbage', Math.floor(bytes.length * from), Math.floor(bytes.length * from) + 6_000);
  writeFileSync(file(name), bytes);
};

describe('views on SQLite that are damaged or gone', () => {
  it.each<[string, () => void, RegExp]>([
    ['an empty pointer', () => truncateSync(file('views.json'), 0), /views\.json is damaged/],
    [
      'a pointer that is garbage',
      () => writeFileSync(file('views.json'), '{"generation":"x"}'),
      /views\.json is damaged/,
    ],
    ['a pointer to nothing', () => writeFileSync(file('views.json'), '{"generation":7}'), /views-0007\.sqlite is gone/],
    ['no file', () => rmSync(file('views-0001.sqlite')), /views-0001\.sqlite is gone/],
    ['an empty file', () => truncateSync(file('views-0001.sqlite'), 0), /views-0001\.sqlite is damaged/],
    ['garbage', () => writeFileSync(file('views-0001.sqlite'), 'garbage '.repeat(9_000)), /is damaged \(/],
    ['garbage at the front', () => garbled('views-0001.sqlite', 0), /is damaged \(/],
    ['garbage in the middle', () => garbled('views-0001.sqlite', 0.5), /is damaged \(/],
    [
      'half a file',
      () => truncateSync(file('views-0001.sqlite'), statSync(file('views-0001.sqlite')).size >> 1),
      /is damaged \(/,
    ],
  ])('are made anew, with a sentence: %s', async (_, damage, sentence) => {
    damage();
    await expect(openRegisterToRead(directory, [seatView], undefined, store)).rejects.toMatchObject({
      code: 'REGISTER_NO_VIEWS',
      message: expect.stringMatching(/start the register on it once, or rebuild/),
    });
    expect(await followed()).toEqual([expect.stringMatching(sentence)]);
    const beside = await openRegisterToRead(directory, [seatView], undefined, store);
    expect(await beside.register.position()).toBe(EVENTS - 1);
    await beside.close();
  });

  it('are taken for none where the pointer is gone, and nothing of them is left', async () => {
    rmSync(file('views.json'));
    await followed();
    expect(existsSync(file('views-0001.sqlite'))).toBe(false);
  });
});
