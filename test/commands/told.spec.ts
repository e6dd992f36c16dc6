import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECT_FOLDER } from '../../apps/api/src/project.js';
import { Programs } from '../operations/programs.js';
import { linesOf, mentionedIn, PAGES, toldIn, unnamedIn } from './told.js';

const run = promisify(execFile);

/** What is told and not typed here, each with its reason. */
const NOT_TYPED: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'installs; scripts/try-on-nodes.mjs builds and starts the register with its sample',
  'npm ci && npm test': '.ci/run begins with it',
  'npm ci': '.ci/run begins with it',
  'npm test': '.ci/run begins with it',
  'npm run check': '.ci/run runs its parts',
  'npm run test:browser': '.ci/run runs it',
  'npm run bench -- --quick': 'takes minutes, and a machine with nothing else to do',
  'npm run --silent register -- migrate --to esdb://127.0.0.1:2113':
    'wants an EventStoreDB: test/operations/migrate.spec.ts',
  'npm run --silent register -- quarantine': 'wants an EventStoreDB: test/eventstoredb/quarantine.spec.ts',
  'npm run --silent register -- follower skip register --position 2399 --reason "of a newer release"':
    'wants a follower that stands still: test/operations/poison.spec.ts',
  'npm run --silent register -- import councillors.csv --mapping councillors.yaml':
    'the page shows both files: test/examples.spec.ts takes them in',
  'npm run --silent register -- log --for glos:772 --from 2025-01-01 --to 2025-12-31 --out ./log --issue --recipient "The clerk" --deliver-to email:clerk@council.gov.uk --deliver-to webhook:https://council.gov.uk/logs':
    'wants a mail server and a receiver: test/due-command.spec.ts, test/delivery',
  'npm run --silent register -- log --for uk:parliament --from 2001-01-01 --to 2024-12-31 --as-at 2024-12-31 --out ./commons-log':
    'takes minutes: npm run bench -- --only decision-log',
  'npm run --silent register -- log --for board --about icb --from 2025-01-01 --to 2025-12-31 --as-at 2025-12-31 --out ./generated-log':
    'takes minutes: npm run bench -- --only decision-log',
};

/** Where what is told ends otherwise than with 0, as its page says. */
const ENDS: Readonly<Record<string, number>> = { 'examples/uk-ministers/README.md': 1 };

const TOLD = PAGES.flatMap(toldIn);
const pagesWithCommands = PAGES.filter((page) => toldIn(page).some(({ block }) => typedOf(block) !== ''));

/** What of a block is typed here. */
function typedOf(block: string): string {
  return linesOf(block)
    .filter((line) => !(line in NOT_TYPED))
    .join('\n');
}

const programs = new Programs();
let sample: string;
beforeAll(async () => {
  sample = await folderLikeAClone();
  await typed('npm run --silent register -- demo', sample);
}, 60_000);
afterAll(() => programs.end());

/** A folder in which what is typed in a clone can be typed, and which keeps what comes of it. */
async function folderLikeAClone(): Promise<string> {
  const folder = await programs.folder();
  for (const part of ['apps', 'bench', 'dist', 'docs', 'examples', 'libs', 'node_modules', 'package.json', 'scripts']) {
    symlinkSync(join(PROJECT_FOLDER, part), join(folder, part));
  }
  return folder;
}

/** Types commands as somebody would in a clone. Fails where one of them does, with what it said. */
async function typed(commands: string, folder: string): Promise<string> {
  const { PATH = '', HOME = folder } = process.env;
  const env = { PATH, HOME, DATA_DIR: join(folder, 'data') };
  const { stdout } = await run('bash', ['-eo', 'pipefail', '-c', commands], { cwd: folder, env });
  return stdout;
}

describe('what the pages tell people to type', () => {
  it.each(pagesWithCommands)(
    '%s: can be typed as it stands, on the sample, and does what it says',
    async (page) => {
      const folder = await folderLikeAClone();
      cpSync(join(sample, 'data'), join(folder, 'data'), { recursive: true });
      for (const commands of toldIn(page).map(({ block }) => typedOf(block))) {
        if (commands === '') continue;
        const ends = ENDS[page] ?? 0;
        if (ends === 0) await typed(commands, folder);
        else await expect(typed(commands, folder)).rejects.toMatchObject({ code: ends });
      }
    },
    300_000,
  );

  it('says of every block what is in it, and leaves nothing out here that is not told any more', () => {
    expect(PAGES.flatMap((page) => unnamedIn(page).map((block) => `${page}: ${block}`))).toEqual([]);
    const told = new Set(TOLD.flatMap(({ block }) => linesOf(block)));
    expect(Object.keys(NOT_TYPED).filter((line) => !told.has(line))).toEqual([]);
    expect(TOLD.length).toBeGreaterThan(8);
  });

  it('names no script and no command that is not there, and no option that a command does not take', async () => {
    const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }).scripts;
    // As the command itself completes what is typed: each word with what may follow it.
    const completion = await typed('npm run --silent register -- completion bash', sample);
    const words = new Map(
      [...completion.matchAll(/^ +'([a-z ]*)'\) words='([^']*)'/gm)].map(([, come = '', after = '']) => [
        come,
        after.split(' '),
      ]),
    );
    const unknown: string[] = [];
    const told = TOLD.flatMap(({ page, block }) => linesOf(block).map((line) => ({ page, line })));
    const mentioned = PAGES.flatMap((page) => mentionedIn(page).map((line) => ({ page, line })));
    for (const { page, line } of [...told, ...mentioned]) {
      const script = /^npm run (?:--silent )?([\w:]+)/.exec(line)?.[1];
      if (script !== undefined && !(script in scripts)) unknown.push(`${page}: ${line}`);
      const [, command, rest = ''] = /^(?:npm run --silent register -- |register )([a-z]+)\b(.*)$/.exec(line) ?? [];
      if (command === undefined || command === 'help') continue;
      const below = `${command} ${/^ ([a-z]+)/.exec(rest)?.[1] ?? ''}`;
      const may = words.get(below) ?? words.get(command);
      const options = [...rest.matchAll(/\s(--[a-z][a-z-]*)/g)].map(([, option = '']) => option);
      const missing = options.filter((option) => !may?.includes(option));
      if (!may || missing.length > 0) unknown.push(`${page}: ${line}`);
    }
    expect(unknown).toEqual([]);
  }, 60_000);
});
