import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import { eventsOf } from '../contract/event-store.contract.js';
import { SqliteAppends, type QueuedAppend } from './appends.js';
import { openToWrite } from './file.js';
import { readWitness, Witness } from './witness.js';

let dir: string;
let db: Database.Database;
let file: string;
let witness: Witness;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'appends-'));
  file = join(dir, 'log.sqlite');
  db = openToWrite(file);
  witness = new Witness(file, undefined);
});
afterEach(() => {
  db.close();
  witness.close();
  rmSync(dir, { recursive: true });
});

const append = (stream: string): QueuedAppend => ({
  writes: [{ stream, expected: 'no stream', events: eventsOf(stream, 1) }],
  count: 1,
  at: 0,
});

describe('a commit that fails', () => {
  /** A row that points to nothing is looked at when it is committed, and only then. */
  const failOn = (stream: string): void => {
    db.pragma('foreign_keys = ON');
    db.exec(`
      CREATE TABLE one (id INTEGER PRIMARY KEY);
      CREATE TABLE other (one INTEGER REFERENCES one DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER pointing AFTER INSERT ON event WHEN new.stream = '${stream}'
        BEGIN INSERT INTO other VALUES (1); END;`);
  };

  it('has an unknown outcome for all that was in it: perhaps the disk has kept it', () => {
    failOn('b');
    const written = new SqliteAppends(db, witness).write([append('a'), append('b')]);
    expect(written.map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
    expect(readWitness(file)).toBeUndefined();
  });
  it('is told from what failed before the commit, which is not there', () => {
    db.exec(
      `CREATE TRIGGER refusing BEFORE INSERT ON event WHEN new.stream = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END;`,
    );
    const appends = new SqliteAppends(db, witness);
    expect(appends.write([append('a'), append('b')]).map(({ kind }) => kind)).toEqual(['fault', 'fault']);
    expect(appends.write([append('a')]).map(({ kind }) => kind)).toEqual(['appended']);
    expect(readWitness(file)).toMatchObject({ position: 0 });
  });
});
