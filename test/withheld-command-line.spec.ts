import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { logCommand } from '../apps/cli/src/log-command.js';
import { migrate } from '../apps/cli/src/migrate.js';
import { rebuildCommand } from '../apps/cli/src/rebuild-command.js';
import { replayCommand } from '../apps/cli/src/replay-command.js';
import { status } from '../apps/cli/src/status-command.js';
import { Place } from './stores/place.js';
import { judged } from './withheld-oracle.js';
import { FIXED, happened, nthsIn, type Asked, type Happened } from './withheld-stories.js';

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

/** What a command prints, on either stream. */
const printed = async (work: () => Promise<void>): Promise<string> => {
  const text: string[] = [];
  const hear = (piece: unknown): boolean => text.push(String(piece)) > 0;
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation(hear),
  );
  try {
    await work();
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  return text.join('');
};

/** What the command line says of a register in which a story has happened, and the logs it makes of it for the public. */
const toldAtTheCommandLine = async ({ store, events }: Happened): Promise<{ said: string; logs: string }> => {
  const place = await Place.find();
  const out = await mkdtemp(join(tmpdir(), 'register-out-'));
  try {
    const log = await place.openLog();
    await migrate(store, log);
    await log.close();
    const { DATA_DIR: dataDir } = place.environment;
    const [plain, json] = [
      { dataDir, json: false },
      { dataDir, json: true },
    ];
    const told: string[] = [await printed(() => rebuildCommand(plain))];
    const positions = [...events.values()].flat().map(({ position }) => position);
    for (const form of [plain, json]) {
      told.push(await printed(() => status(form)));
      for (const knownAt of ['p1', `p${Math.max(...positions)}`]) {
        for (const subject of knownAt === 'p1' ? [undefined] : [undefined, 'decision/d1']) {
          const asked = { ...form, asAt: '2025-12-31', knownAt, ...(subject && { subject }) };
          told.push(await printed(() => replayCommand(asked)));
        }
      }
    }
    const period = { for: 'board', from: '2024-01-01', to: '2025-12-31', asAt: '2025-12-31' };
    const question = { ...period, about: [], reader: 'public', format: 'html,csv,json', issue: false, deliverTo: [] };
    const logs: string[] = [];
    for (const since of [undefined, '3']) {
      const folder = join(out, since ?? 'whole');
      logs.push(await printed(() => logCommand({ ...json, ...question, out: folder, ...(since && { since }) })));
      for (const name of await readdir(folder)) logs.push(name, await readFile(join(folder, name), 'utf8'));
    }
    return { said: told.join('\n'), logs: logs.join('\n') };
  } finally {
    await Promise.all([place.remove(), rm(out, { recursive: true, force: true })]);
  }
};

const [anew, , , , , , , since] = FIXED;
const open: readonly Asked[] = [{ does: 'take', id: 'd2', disclosure: 'PUBLIC', ahead: 0, instead: undefined, of: 0 }];

describe('what was withheld, at the command line', () => {
  it.each([
    ['words that were annulled and taken anew', anew ?? []],
    ['a state known since what nobody may know of', since ?? []],
  ])(
    'stays withheld, and what is open is told: %s',
    async (_, story) => {
      const log = await happened([...story, ...open]);
      const { closed, open: told, unheard } = judged(log);
      const { said, logs } = await toldAtTheCommandLine(log);
      expect(nthsIn(said + logs).filter((nth) => closed.has(nth))).toEqual([]);
      expect(said).toContain('sha256');
      expect(nthsIn(logs).some((nth) => told.has(nth))).toBe(true);
      // Whoever runs the register sees when something was recorded; whoever is given a log does not.
      expect([...unheard].filter((trace) => logs.includes(trace))).toEqual([]);
      expect(closed.size).toBeGreaterThan(0);
    },
    60_000,
  );
});
