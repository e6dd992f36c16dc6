import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holdRegister, openEventStore } from '#event-store';
import {
  type Acknowledged,
  between,
  childProgram,
  type KillAfter,
  retryAll,
  roundsWanted,
  runAndKill,
  troubleIn,
} from './kill.js';

const ROUNDS = roundsWanted();
const WRITERS = 8;

/** Rounds over one directory: each reads the whole log again, so a new one is begun before that takes long. */
const ROUNDS_A_DIRECTORY = 20;

for (let done = 0; done < ROUNDS; done += ROUNDS_A_DIRECTORY) {
  const rounds = Math.min(ROUNDS_A_DIRECTORY, ROUNDS - done);

  describe(`killing a writer with SIGKILL, rounds ${done + 1} to ${done + rounds} over one directory`, () => {
    let dir: string;
    const acknowledged: Acknowledged[] = [];

    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'register-crash-'));
    });
    afterAll(() => rmSync(dir, { recursive: true }));

    for (let round = 1; round <= rounds; round++) {
      // Every fifth dies while it starts: laying out the file, or reading it again.
      const kill: KillAfter = { ms: Math.round(between(30, 300)), from: round % 5 === 1 ? 'spawn' : 'first write' };

      it(`loses nothing acknowledged, ${kill.ms} ms after ${kill.from} (round ${done + round})`, async () => {
        const words = await runAndKill(childProgram('./appender.mjs'), [dir, String(WRITERS)], kill);
        expect(words.errors).toBe('');
        expect(words.signal).toBe('SIGKILL');
        if (kill.from === 'first write') expect(words.tried.size).toBeGreaterThan(0);
        acknowledged.push(...words.acknowledged);

        const holder = holdRegister(dir, 'crash spec');
        if (round > 1) {
          const reader = await openEventStore('sqlite:', dir, { readOnly: true });
          expect(await troubleIn(reader, acknowledged)).toEqual([]);
          await reader.close();
        }
        const store = await openEventStore('sqlite:', dir);
        const retried = await retryAll(store, words);
        expect(retried.filter((kind) => kind !== 'appended' && kind !== 'already appended')).toEqual([]);
        expect(await retryAll(store, words)).toEqual(retried.map(() => 'already appended'));
        expect(await troubleIn(store, acknowledged)).toEqual([]);
        await store.close();
        holder.release();
      });
    }

    it('has acknowledged something in all', () => {
      expect(acknowledged.length).toBeGreaterThan(rounds);
    });
  });
}
