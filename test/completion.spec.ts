import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

const MAIN = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');

const register = async (...words: readonly string[]): Promise<string> =>
  // A setting that cannot work keeps nobody from completing.
  (await run(process.execPath, [MAIN, ...words], { env: { ...process.env, NODE_OPTIONS: '', PORT: 'none' } })).stdout;

let script: string;
beforeAll(async () => {
  script = join(mkdtempSync(join(tmpdir(), 'register-completion-')), 'register.bash');
  writeFileSync(script, await register('completion', 'bash'));
}, 60_000);

/** What bash itself offers behind these words, the last of which is not finished. */
const offered = async (...words: readonly string[]): Promise<readonly string[]> => {
  const asked = `source "$0"; COMP_WORDS=(register "$@"); COMP_CWORD=$#; _register; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p register`;
  const { stdout } = await run('bash', ['-uc', asked, script, ...words]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.pop()).toBe('complete -o default -F _register register');
  return lines.filter((line) => line !== '');
};

describe('what bash offers', () => {
  it('is every command that is declared, as help lists them', async () => {
    const help = (
      await promisify(execFile)(process.execPath, [MAIN, '--help'], { env: { ...process.env, NODE_OPTIONS: '' } })
    ).stdout;
    const listed = [...(help.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
    const commands = (await offered('')).filter((word) => !word.startsWith('-'));
    expect(commands.toSorted()).toEqual(listed.filter((name) => name !== 'help').toSorted());
    expect(commands).toContain('completion');
  }, 60_000);

  it.each<[readonly string[], readonly string[]]>([
    [['sh'], ['show']],
    [['re'], ['replay', 'rebuild', 'restore']],
    [['--js'], ['--json']],
    [['show', '--as'], ['--as-at']],
    [['--json', 'import', 'a.csv', '--ma'], ['--mapping']],
    [['show', 'body/x', '--data'], ['--data-dir']],
    [
      ['follower', ''],
      ['skip', '--help', '--data-dir', '--json', '--accept-older-log', '--version'],
    ],
    [['follower', 'skip', 'register', '--pos'], ['--position']],
    [['completion', 'z'], ['zsh']],
    [['import', 'exam'], []],
    [['nope', '--map'], []],
  ])('behind %j is %j', async (words, expected) => {
    expect((await offered(...words)).toSorted()).toEqual(expected.toSorted());
  });
});

describe('what the other shells are given', () => {
  it.each(['zsh', 'fish'])(
    'names every command and option for %s, with what it is for',
    async (shell) => {
      const text = await register('completion', shell);
      for (const word of ['export', 'diff', 'skip', 'known-from', 'accept-older-log', 'batch-by'])
        expect(text).toContain(word);
      expect(text).toContain('load the sample register');
      // Quotes are closed: bash reads both as words.
      await run('bash', [
        '-nc',
        `: ${text.replaceAll(/^.*$/gm, (line) => ((line.match(/'/g)?.length ?? 0) % 2 ? "'" : '')).trim()}`,
      ]);
    },
    60_000,
  );
});

it('refuses another shell by name', async () => {
  await expect(register('completion', 'tcsh')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Allowed choices are bash, zsh, fish'),
  });
}, 60_000);
