import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { eventsOf } from '../contract/event-store.contract.js';
import { markAfter, type LogLoss, type LogMark } from '../log-mark.js';
import { SqliteEventStore } from './sqlite.event-store.js';
import { readWitness, witnessOf } from './witness.js';

const EVENTS = 6;

let dir: string;
let file: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'witness-'));
  file = join(dir, 'log.sqlite');
  await recorded('a', EVENTS);
});
afterEach(() => rmSync(dir, { recursive: true }));

const recorded = async (stream: string, count: number): Promise<void> => {
  const store = await SqliteEventStore.open({ file });
  for (const [at, event] of eventsOf(stream, count).entries()) {
    const expected = at === 0 ? ('no stream' as const) : { revision: at - 1 };
    await store.append([{ stream, expected, events: [event] }]);
  }
  await store.close();
};

const withDatabase = (work: (db: Database.Database) => void): void => {
  const db = new Database(file);
  db.exec('DROP TRIGGER IF EXISTS event_is_never_removed; DROP TRIGGER IF EXISTS event_is_never_changed');
  work(db);
  db.close();
};

const cut = (from: number): void => withDatabase((db) => db.exec(`DELETE FROM event WHERE position >= ${from}`));

const opened = async (): Promise<LogLoss | undefined> => {
  let loss: LogLoss | undefined;
  const store = await SqliteEventStore.open({ file, onLoss: (found) => (loss = found) });
  await store.close();
  return loss;
};

const refusals = async (): Promise<readonly string[]> => {
  const tries = [{ file }, { file, readOnly: true }].map((options) => SqliteEventStore.open(options));
  return Promise.all(
    tries.map((one) =>
      one.then(
        () => 'opened',
        ({ code, message }) => `${code}: ${message}`,
      ),
    ),
  );
};

describe('the witness of a log', () => {
  it('says where the log is: position, id, identity, and the chain over every event', async () => {
    const store = await SqliteEventStore.open({ file });
    let mark: LogMark | undefined;
    for (const event of await store.readAll(0, 99)) mark = markAfter(mark, event);
    await store.close();
    expect(readWitness(file)).toEqual(mark);
    expect(mark?.position).toBe(EVENTS - 1);
  });

  it.each([
    ['the tail is cut', () => cut(3), /ends at position 2, recorded at .*up to position 5.*3 events.*positions 3 to 5/],
    ['every event is gone', () => cut(0), /is empty.*6 events.*positions 0 to 5/],
    ['the file is gone', () => rmSync(file), /not there.*6 events.*positions 0 to 5/],
    ['the file is empty', () => truncateSync(file, 0), /is empty.*6 events.*positions 0 to 5/],
    [
      'the last event says something else',
      () => withDatabase((db) => db.exec(`UPDATE event SET payload = '{}' WHERE position = 5`)),
      /at position 5 the log has event .*or was changed/,
    ],
    [
      'the instant of the first is another: another log',
      () => withDatabase((db) => db.exec('UPDATE event SET recorded_at = recorded_at - 1 WHERE position = 0')),
      /of another log, up to position 5/,
    ],
  ])('refuses a log of which %s, to writers and readers', async (_, damage, sentence) => {
    damage();
    for (const refusal of await refusals()) expect(refusal).toMatch(sentence);
  });

  it('opens it for whoever accepts the loss, and refuses it again until something says so in the log', async () => {
    cut(3);
    expect(await opened()).toMatchObject({ found: 2, known: { position: 5 }, knownBy: witnessOf(file) });
    expect(await refusals()).toEqual([expect.stringMatching(/^LOG_OLDER/), expect.stringMatching(/^LOG_OLDER/)]);
    const store = await SqliteEventStore.open({ file, onLoss: () => undefined });
    await store.append([{ stream: 'b', expected: 'no stream', events: eventsOf('b', 1) }]);
    await store.close();
    expect(await refusals()).toEqual(['opened', 'opened']);
    expect(readWitness(file)).toMatchObject({ position: 3 });
  });

  it.each([
    ['in the whole', 'DELETE FROM event WHERE position = 2', /missing are position 2/],
    ['at the front', 'DELETE FROM event WHERE position < 2', /missing are positions 0 to 1/],
    ['in a stream', `UPDATE event SET revision = 9 WHERE position = 5`, /a has 6 events and its last is revision 9/],
  ])('refuses a gap %s', async (_, sql, sentence) => {
    withDatabase((db) => db.exec(sql));
    rmSync(witnessOf(file));
    await expect(SqliteEventStore.open({ file })).rejects.toMatchObject({
      code: 'LOG_HAS_GAPS',
      message: expect.stringMatching(sentence),
    });
  });

  it('is brought up where it is behind, and made anew where it is lost or damaged', async () => {
    const now = readWitness(file);
    const before = readFileSync(witnessOf(file));
    await recorded('b', 1);
    writeFileSync(witnessOf(file), before);
    expect(await opened()).toBeUndefined();
    const then = readWitness(file);
    expect(then).toMatchObject({ position: EVENTS });
    expect(now).toMatchObject({ position: EVENTS - 1 });
    rmSync(witnessOf(file));
    await opened();
    expect(readWitness(file)).toEqual(then);
    writeFileSync(witnessOf(file), 'garbage');
    const notes: string[] = [];
    await (await SqliteEventStore.open({ file, onNote: (note) => notes.push(note) })).close();
    expect(notes).toEqual([expect.stringMatching(/witness was damaged: it is made anew/)]);
    expect(readWitness(file)).toEqual(then);
  });

  it('has one place whole wherever a write was torn', async () => {
    const whole = readFileSync(witnessOf(file));
    for (const place of [0, 1_024]) {
      const torn = Buffer.from(whole);
      torn.fill('x', place + 70, place + 300);
      writeFileSync(witnessOf(file), torn);
      expect(readWitness(file)).toMatchObject({ log: expect.any(String) });
    }
  });

  it('sees that the write-ahead log was damaged after a kill', async () => {
    const store = await SqliteEventStore.open({ file });
    for (let at = 0; at < 4; at++)
      await store.append([{ stream: `w${at}`, expected: 'no stream', events: eventsOf(`w${at}`, 1) }]);
    const killed = join(dir, 'killed');
    mkdirSync(killed);
    for (const name of ['log.sqlite', 'log.sqlite-wal', 'log.witness'])
      copyFileSync(join(dir, name), join(killed, name));
    await store.close();
    file = join(killed, 'log.sqlite');
    const wal = readFileSync(`${file}-wal`);
    wal.writeUInt8(wal.readUInt8(wal.length >> 1) ^ 1, wal.length >> 1);
    writeFileSync(`${file}-wal`, wal);
    for (const refusal of await refusals())
      expect(refusal).toMatch(/LOG_OLDER_THAN_KNOWN.*events that were acknowledged/);
  });
});
