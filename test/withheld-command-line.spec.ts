import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { diffCommand } from '../apps/cli/src/asking/diff-command.js';
import { exportCommand } from '../apps/cli/src/asking/export-command.js';
import { historyCommand } from '../apps/cli/src/asking/history-command.js';
import { queryCommand } from '../apps/cli/src/asking/query-command.js';
import { showCommand } from '../apps/cli/src/asking/show-command.js';
import { logCommand } from '../apps/cli/src/log-command.js';
import { migrate } from '../apps/cli/src/migrate.js';
import { rebuildCommand } from '../apps/cli/src/rebuild-command.js';
import { replayCommand } from '../apps/cli/src/replay-command.js';
import { status } from '../apps/cli/src/status-command.js';
import { runApi } from './running-api.js';
import { Place, type PlaceEnvironment } from './stores/place.js';
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

interface Told {
  readonly said: string;
  /** The logs that are made of it for the public. */
  readonly logs: string;
  /** What it answers to questions of the public, and to those of officers. */
  readonly asked: Readonly<Record<'public' | 'officers', string>>;
}

/** Questions at the command line, in every form. */
const askedAs = async (reader: string, dataDir: string): Promise<string> => {
  const texts: string[] = [];
  for (const format of ['table', 'csv', 'json']) {
    const options = { dataDir, json: false, reader, format, var: [] };
    for (const asAt of ['2024-06-30', '2025-12-31']) {
      const basis = { ...options, asAt };
      texts.push(await printed(() => showCommand('decision/d1', basis)));
      texts.push(await printed(() => historyCommand('decision/d1', basis)));
    }
    texts.push(await printed(() => showCommand('decision/d2', options)));
    for (const subject of ['decision/d1', undefined]) {
      const differing = { ...options, all: subject === undefined };
      const days = { from: '2020-01-01', to: '2025-12-31' };
      texts.push(await printed(() => diffCommand(subject, { ...differing, ...days })));
      texts.push(await printed(() => diffCommand(subject, { ...differing, knownFrom: 'p0', asAt: '2025-12-31' })));
    }
    const list =
      '{ decisions(asAt: "2025-12-31", first: 50) { totalCount edges { node { subject title summary reasons } } } }';
    texts.push(await printed(() => queryCommand(list, options)));
  }
  for (const format of ['csv', 'ndjson']) {
    const to = join(dataDir, `open-${reader}-${format}`);
    const exporting = { dataDir, json: false, reader, format, to, asAt: '2025-12-31' };
    texts.push(await printed(() => exportCommand(exporting)));
    for (const name of await readdir(to)) texts.push(await readFile(join(to, name), 'utf8'));
  }
  return texts.join('\n');
};

const askedOfServer = async (environment: PlaceEnvironment): Promise<Told['asked']> => {
  const { DATA_DIR: dataDir } = environment;
  const api = await runApi(environment);
  try {
    await api.openLocalDoor();
    return { public: await askedAs('public', dataDir), officers: await askedAs('officers', dataDir) };
  } finally {
    await api.close();
  }
};

/** What the command line says of a register in which a story has happened. */
const toldAtTheCommandLine = async ({ store, events }: Happened): Promise<Told> => {
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
    const asked = await askedOfServer(place.environment);
    return { said: told.join('\n'), logs: logs.join('\n'), asked };
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
      const { said, logs, asked } = await toldAtTheCommandLine(log);
      expect(nthsIn(said + logs + asked.public).filter((nth) => closed.has(nth))).toEqual([]);
      expect(said).toContain('sha256');
      expect(nthsIn(logs).some((nth) => told.has(nth))).toBe(true);
      // Whoever runs the register sees when something was recorded; whoever is given a log does not.
      expect([...unheard].filter((trace) => logs.includes(trace))).toEqual([]);
      expect([...unheard].filter((trace) => asked.public.includes(trace))).toEqual([]);
      expect(nthsIn(asked.public).some((nth) => told.has(nth))).toBe(true);
      expect(nthsIn(asked.officers).some((nth) => closed.has(nth))).toBe(true);
      expect(closed.size).toBeGreaterThan(0);
    },
    60_000,
  );
});
