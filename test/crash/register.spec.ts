import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStore, readPages } from '#event-store';
import { between, childProgram, roundsWanted, runAndKill } from './kill.js';

const WRITERS = 8;

/** Rounds over one directory: each replays the whole log again. */
const ROUNDS_A_DIRECTORY = 20;
const ROUNDS = roundsWanted(10);

/** The built command, as an operator runs it. */
const register = (...args: readonly string[]): { readonly status: number | null; readonly said: string } => {
  const program = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

for (let done = 0; done < ROUNDS; done += ROUNDS_A_DIRECTORY) {
  const rounds = Math.min(ROUNDS_A_DIRECTORY, ROUNDS - done);

  describe(`killing a register that records and follows, rounds ${done + 1} to ${done + rounds}`, () => {
    let dir: string;
    const acknowledged = new Map<string, number>();

    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'register-crash-'));
    });
    afterAll(() => rmSync(dir, { recursive: true }));

    for (let round = 1; round <= rounds; round++) {
      const ms = Math.round(between(20, 250));

      it(`keeps what was acknowledged, and views that equal the oracle (round ${done + round}, ${ms} ms)`, async () => {
        const words = await runAndKill(childProgram('./recorder.mjs'), [dir, String(WRITERS)], {
          ms,
          from: 'first write',
        });
        expect([words.errors, words.signal]).toEqual(['', 'SIGKILL']);
        for (const { id, position } of words.acknowledged) acknowledged.set(id, position);

        // As the kill left them: the views may be behind the log, never ahead of it or half of a command.
        const replayed = register('replay', '--as-at', '2025-06-15', '--data-dir', dir);

        const store = await openEventStore('sqlite:', dir, { readOnly: true });
        let next = 0;
        const there = new Map<string, number>();
        for await (const page of readPages(store)) {
          for (const { id, position } of page) {
            expect(position).toBe(next++);
            there.set(id, position);
          }
        }
        await store.close();
        // Killed before the first command was there, it has nothing to replay, and says so.
        expect(replayed).toMatchObject(
          next === 0 ? { status: 2, said: expect.stringContaining('nothing to replay') } : { status: 0 },
        );
        expect([...acknowledged].filter(([id, position]) => there.get(id) !== position)).toEqual([]);
      });
    }

    it('comes to the same when the views are made anew', () => {
      expect(acknowledged.size).toBeGreaterThan(rounds);
      expect(register('rebuild', '--data-dir', dir)).toMatchObject({ status: 0 });
      expect(register('replay', '--as-at', '2025-06-15', '--data-dir', dir)).toMatchObject({ status: 0 });
    });
  });
}
