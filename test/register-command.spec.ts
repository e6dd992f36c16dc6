import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { holdRegister } from '#event-store';
import { filesIn } from './importing.js';
import { Place } from './stores/place.js';

const SCRIPT = fileURLToPath(new URL('../scripts/register.mjs', import.meta.url));

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'register-cli-'));

const EMBEDDED = { EVENT_STORE_URL: 'sqlite:', READ_MODEL_URL: 'sqlite:' };

/** @param where a folder for the embedded stores, or what the program is told of its stores. */
const register = async (
  where: string | Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<Answer> =>
  new Promise((resolve) => {
    const stores = typeof where === 'string' ? { ...EMBEDDED, DATA_DIR: where } : where;
    const env = { ...process.env, ...stores, NODE_OPTIONS: '' };
    execFile(process.execPath, [SCRIPT, ...words], { env, cwd: tmpdir() }, (fault, out, err) => {
      resolve({ code: fault ? Number(fault.code) : 0, out, err });
    });
  });

const LINES = [
  '{"aggregate":"organisation","id":"x:a","command":"RegisterOrganisation","data":{"name":"A","kind":"OTHER"},"effectiveOn":"2020-01-01"}',
  '{"aggregate":"organisation","id":"x:b","command":"RegisterOrganisation","data":{"name":"B","kind":"OTHER"},"effectiveOn":"soon"}',
].join('\n');

let place: Place | undefined;
afterAll(async () => place?.remove());

describe('the register command', () => {
  it('imports, replays, rebuilds and says how it stands; exit code 1 where a row was refused', async () => {
    place = await Place.find();
    const told = place.environment;
    const { 'c.ndjson': file = '' } = filesIn({ 'c.ndjson': LINES });
    const imported = await register(told, 'import', file, '--json');
    expect(imported.err).toBe('');
    expect(imported.code).toBe(1);
    expect(JSON.parse(imported.out)).toMatchObject({ total: { rows: 2, recorded: 1, refused: 1 }, position: 1 });

    const again = await register(told, 'import', file);
    expect(again.out).toContain('c.ndjson line 2, field effectiveOn: effectiveOn is not a date: found "soon"');
    expect(again.out).toMatch(/total +2 +0 +0 +0 +1 +1/);

    const skipped = await register(told, 'follower', 'skip', 'projector', '--position', '1', '--reason', 'as tried');
    expect(skipped.code).toBe(2);
    expect(skipped.err).toMatch(
      /no follower called "projector" has run here: (and none has run here yet|needed register)/,
    );

    const replayed = await register(told, 'replay', '--as-at', '2021-01-01');
    expect(replayed).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^the log of 2 events is whole, .* up to position 1; chain sha256 [0-9a-f]{64}\n {2}organisation: 1 found\nas at 2021-01-01, as known at position 1: 1 subjects, 1 events, no difference\n$/,
      ),
    });
    const rebuilt = await register(told, 'rebuild', '--json');
    expect(JSON.parse(rebuilt.out)).toMatchObject({ position: 1, events: 2 });
    const status = await register(told, 'status', '--json');
    expect(JSON.parse(status.out)).toMatchObject({
      position: 1,
      subjects: { organisation: 1 },
      views: [{ position: 1, lag: 0 }],
      holder: null,
    });
  }, 120_000);

  it('refuses to write while another holds the register, and names it; reading goes on', async () => {
    const dir = folder();
    const { 'c.ndjson': file = '' } = filesIn({ 'c.ndjson': LINES });
    await register(dir, 'import', file);
    const holder = holdRegister(dir, 'register api');
    try {
      const answers = await Promise.all([
        register(dir, 'import', file),
        register(dir, 'demo'),
        register(dir, 'rebuild'),
      ]);
      for (const { code, err } of answers) {
        expect(code).toBe(2);
        expect(err).toMatch(/^register: the register in .* is held by register api, process \d+/);
      }
      expect((await register(dir, 'status')).out).toContain('held by register api');
      expect((await register(dir, 'replay', '--as-at', '2021-01-01')).code).toBe(0);
    } finally {
      holder.release();
    }
  }, 120_000);

  it.each([
    ['an unknown command', ['opne'], /unknown command 'opne'/],
    ['no file', ['import'], /missing required argument 'file'/],
    ['a file that is not there', ['import', 'nowhere.csv'], /there is no file nowhere\.csv/],
    ['a date that is none', ['replay', '--as-at', '2021-13-01'], /there is no log|asAt is not a date/],
  ])(
    'exits with 2 and a sentence on standard error for %s',
    async (_what, words, sentence) => {
      const { code, out, err } = await register(folder(), ...words);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toMatch(sentence);
    },
    60_000,
  );

  it('says for programs what the API says of a refusal', async () => {
    const { code, out, err } = await register(folder(), 'import', 'nowhere.csv', '--json');
    expect([code, out]).toEqual([2, '']);
    expect(JSON.parse(err)).toEqual({
      message: 'there is no file nowhere.csv',
      extensions: { code: 'FILE', field: expect.any(String) },
    });
  }, 60_000);
});
