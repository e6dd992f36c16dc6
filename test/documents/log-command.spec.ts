import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStore } from '#event-store';
import { newFolder, register, type Ran } from '../decision-log/made-log.js';
import { recordedRegister, step, type ToRecord } from '../decision-log/recorded-register.js';

const FACTS: readonly ToRecord[] = [
  {
    aggregate: 'organisation',
    id: 'icb',
    step: step('RegisterOrganisation', '2022-07-01', { name: 'County ICB', kind: 'ICB' }),
  },
  {
    aggregate: 'body',
    id: 'board',
    step: step('EstablishBody', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }),
  },
  {
    aggregate: 'decision',
    id: 'd1',
    step: step('TakeDecision', '2025-03-03', {
      title: 'A decision',
      takenOn: '2025-03-03',
      organisation: 'icb',
      decidedBy: ['board'],
    }),
  },
];

const parent = newFolder();
const fresh = (): string => join(mkdtempSync(join(parent, 'out-')), 'new');
let dataDir: string;
let position: number;
beforeAll(async () => {
  const recorded = await recordedRegister(FACTS);
  dataDir = recorded.folder;
  position = recorded.positions.at(-1) ?? -1;
}, 60_000);
afterAll(() => {
  for (const folder of [parent, dataDir]) rmSync(folder, { recursive: true, force: true });
});

const PERIOD = ['--from', '2025-01-01', '--to', '2025-12-31'];
const BOARD = ['--for', 'board', ...PERIOD];

/** The option last given counts. */
const log = (words: readonly string[]): Promise<Ran> => register(dataDir, ['log', '--format', 'html,csv', ...words]);

const recordedSoFar = async (): Promise<number> => {
  const store = await openEventStore('sqlite:', dataDir, { readOnly: true });
  try {
    return await store.head();
  } finally {
    await store.close();
  }
};

/** One sentence on standard error, nothing on standard output. */
const refused = ({ code, out, err }: Ran, sentence: RegExp): void => {
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/\n.+\n.+\n|\bat \S+:\d+|Error:/);
};

describe('register log', () => {
  it.each([
    ['an unknown committee', ['--for', 'nobody', ...PERIOD], /no committee or council called "nobody" .*as glos:772/],
    ['a period that ends before it starts', [...BOARD, '--to', '2024-12-31'], /ends on 2024-12-31, before it starts/],
    ['a position to come', [...BOARD, '--known-at', '99999'], /known-?at is position 99999, .*come to position \d+/i],
    ['an unknown format', [...BOARD, '--format', 'html,doc'], /format is "doc": needed .*html, pdf, csv, docx, json/],
    ['a log to replace that is not there', [...BOARD, '--replaces', 'none', '--issue'], /no log was issued as "none"/],
  ])(
    'says in a sentence what is wrong with %s, makes no folder and records nothing',
    async (_what, words, sentence) => {
      const out = fresh();
      refused(await log([...words, '--out', out]), sentence);
      expect(readdirSync(join(out, '..'))).toEqual([]);
    },
    30_000,
  );

  it('says that no folder, no committee and no period were named', async () => {
    refused(await log(BOARD), /required option '--out <dir>' not specified/);
    refused(await log([...PERIOD, '--out', fresh()]), /required option '--for <committee>' not specified/);
    refused(await log([...BOARD, '--out', '']), /"" cannot be written to: .*--out/);
  }, 30_000);

  it('leaves everything as it was where the folder is a file, is in one, or can hold nothing', async () => {
    const file = join(parent, 'a file');
    writeFileSync(file, 'kept');
    for (const out of [join(file, 'in it'), '/proc/nothing/here']) {
      refused(await log([...BOARD, '--out', out, '--issue']), /cannot be written to \(E\w+\).*--out/);
    }
    expect(spawnSync('cat', [file], { encoding: 'utf8' }).stdout).toBe('kept');
    expect(await recordedSoFar()).toBe(position);
  }, 30_000);

  it('leaves nothing half written where the disk is full, keeps what was there, and records nothing', async () => {
    const disk = mkdtempSync(join(parent, 'disk-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24k', 'tmpfs', disk]).status !== 0) {
      // Not everybody may mount one; /dev/full is there for whoever may not.
      refused(await log([...BOARD, '--out', '/dev/full']), /cannot be written to/);
      return;
    }
    try {
      writeFileSync(join(disk, 'decisions.csv'), 'as it was');
      refused(
        await log([...BOARD, '--out', disk, '--issue']),
        /cannot be written to \(ENOSPC\): needed a disk with room/,
      );
      expect(readdirSync(disk)).toEqual(['decisions.csv']);
      expect(spawnSync('cat', [join(disk, 'decisions.csv')], { encoding: 'utf8' }).stdout).toBe('as it was');
    } finally {
      spawnSync('umount', [disk]);
    }
    expect(await recordedSoFar()).toBe(position);
  }, 30_000);

  it('does not make a register where there is none', async () => {
    const nowhere = join(parent, 'nowhere');
    refused(await register(nowhere, ['log', ...BOARD, '--out', fresh()]), /there is no log in .*DATA_DIR/);
    expect(readdirSync(parent)).not.toContain('nowhere');
  });

  it('makes what was asked for into a new folder, and nothing else; recorded only where it is issued', async () => {
    const out = fresh();
    const made = await log([...BOARD, '--out', out, '--json']);
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    const { files, issued } = JSON.parse(made.out) as { files: { name: string }[]; issued?: string };
    expect(readdirSync(out).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
    expect(issued).toBeUndefined();
    expect(await recordedSoFar()).toBe(position);
    const given = await log([...BOARD, '--out', out, '--issue']);
    expect(given).toMatchObject({ code: 0, err: '' });
    expect(given.out).toMatch(/issued as decisionLog\/\w+/);
    expect(await recordedSoFar()).toBeGreaterThan(position);
    expect(readdirSync(tmpdir()).filter((name) => name.endsWith('.part'))).toEqual([]);
  }, 30_000);
});
