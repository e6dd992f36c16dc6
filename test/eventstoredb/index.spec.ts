import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import type { StoredEvent } from '#kernel';
import type { Server } from './server.mjs';
import { allOf, said, Trial, write } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

const FILE = 'eventstoredb-main.sqlite';

let server: Server;
let dir: string;
let events: readonly StoredEvent[];
const notes: string[] = [];
const onNote = (sentence: string): void => void notes.push(sentence);

beforeEach(async () => {
  notes.length = 0;
  server = await trial.server();
  dir = trial.dir();
  const store = await trial.store(server, { dir });
  for (let turn = 0; turn < 40; turn++) {
    await store.append(
      write(`s${turn % 4}`, Math.floor(turn / 4) * 2 - 1, said(`c${turn}`, 0, 2), said(`c${turn}`, 1, 2)),
    );
  }
  events = await allOf(store);
  await store.close();
});

const file = (): string => join(dir, FILE);
const changed = (sql: string): void => {
  const db = new Database(file());
  db.exec(sql);
  db.close();
};
const flipped = (at: number): void => {
  const bytes = readFileSync(file());
  const place = Math.floor(bytes.length * at);
  bytes[place] = (bytes[place] ?? 0) ^ 0x10;
  writeFileSync(file(), bytes);
};
const aside = (): string[] => readdirSync(dir).filter((name) => /^eventstoredb-main\.sqlite\.damaged-\w+$/.test(name));

describe('an index that is damaged', () => {
  it.each([
    ['garbage', () => writeFileSync(file(), Buffer.alloc(20_000, 'garbage'))],
    ['a few bytes of it', () => truncateSync(file(), 100)],
    ['half of it', () => truncateSync(file(), Math.floor(readFileSync(file()).length / 2))],
    ['all but its last page', () => truncateSync(file(), readFileSync(file()).length - 4_096)],
    ['nothing at all', () => truncateSync(file(), 0)],
    ['no table of entries', () => changed('DROP TABLE entry')],
    ['no mark', () => changed('DROP TABLE mark')],
    ['an empty mark', () => changed('DELETE FROM mark')],
    ['another table', () => changed('DROP TABLE entry; CREATE TABLE entry (position INTEGER PRIMARY KEY)')],
    ['a row less', () => changed('DELETE FROM entry WHERE position = 7')],
    ['the last rows less', () => changed('DELETE FROM entry WHERE position > 70; UPDATE mark SET commit_position = 1')],
    ['another id', () => changed(`UPDATE entry SET id = 'x' WHERE position = 7`)],
    ['a wild instant', () => changed('UPDATE entry SET recorded_at = 9007199254740993 WHERE position = 7')],
    ['the format of another release', () => changed('PRAGMA user_version = 1')],
  ])('is put aside and made anew from the log, with a line that says so: %s', async (_, damage) => {
    damage();
    const store = await trial.store(server, { dir, onNote });
    expect(await allOf(store)).toEqual(events);
    expect(await store.append(write('new', -1, said('c-new')))).toMatchObject({ positions: [events.length] });
    expect(notes).toEqual([expect.stringMatching(/eventstoredb-main\.sqlite .*made anew from the log$/)]);
    await store.close();
    expect(await allOf(await trial.store(server, { dir, onNote }))).toHaveLength(events.length + 1);
    expect(notes).toHaveLength(1);
    if (aside().length === 0) expect(notes[0]).toContain('is empty');
  });

  it('is noticed wherever a bit was changed, or the bit says nothing', async () => {
    for (let at = 0.01; at < 1; at += 0.19) {
      flipped(at);
      const store = await trial.store(server, { dir, onNote });
      expect(await allOf(store)).toEqual(events);
      for (const stream of ['s0', 's1', 's2', 's3']) expect(await store.readStream(stream)).toHaveLength(20);
      await store.close();
    }
    expect(notes.length).toBeGreaterThan(1);
  });

  it.each([
    ['a row of it', `UPDATE entry SET id = 'x'`],
    ['a table of it', 'DROP TABLE entry'],
  ])('heals while the program runs: %s', async (_, damage) => {
    const store = await trial.store(server, { dir, onNote });
    changed(damage);
    const begun = await store.readStream('s1').catch((thrown: unknown) => thrown);
    expect(begun).toMatchObject({ code: 'STORE_BEHIND', message: expect.stringContaining('made anew from the log') });
    for (const until = performance.now() + 5_000; performance.now() < until;) {
      if (
        await store
          .answers()
          .then(() => true)
          .catch(() => false)
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await allOf(store)).toEqual(events);
    expect(await store.append(write('new', -1, said('c-new')))).toMatchObject({ positions: [events.length] });
    expect(notes).toEqual([expect.stringContaining('is damaged; it was put aside')]);
    expect(aside()).toHaveLength(1);
  });

  it('is not blamed for what something else throws, which keeps its own words', async () => {
    rmSync(file());
    expect(existsSync(file())).toBe(false);
    const onNoteThrows = (): never => {
      throw new RangeError('Invalid time value');
    };
    writeFileSync(file(), 'garbage'.repeat(1_000));
    await expect(trial.store(server, { dir, onNote: onNoteThrows })).rejects.toThrow(RangeError);
  });
});
