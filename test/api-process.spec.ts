import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PROJECT_FOLDER } from '../apps/api/src/project.js';
import { Place } from './stores/place.js';

const MAIN = join(PROJECT_FOLDER, 'dist/apps/api/src/main.js');
const folders: string[] = [];
const places: Place[] = [];
const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  for (const place of places.splice(0)) await place.remove();
});

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'register-'));
  folders.push(folder);
  return folder;
};

/** The built program as its own process, with nothing in its environment but what is given. */
const start = (environment: Record<string, string>) => {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'] ?? '', SAMPLE: 'off', ...environment },
  });
  running.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const address = async (): Promise<string> => {
    for (let tries = 0; tries < 400 && child.exitCode === null; tries++, await pause(50)) {
      const found = /^The register is running at (http:\S+)\//m.exec(said.out)?.[1];
      if (found) return found;
    }
    throw new Error(`it did not start: ${said.out}${said.err}`);
  };
  return { child, said, ended, address };
};

describe('the program', () => {
  it('prints its address as the last line, and stops on SIGTERM with readiness going first', async () => {
    const place = await Place.find();
    places.push(place);
    const { child, said, ended, address } = start({ PORT: '0', ...place.environment });
    const url = await address();
    expect(said.out.trimEnd().split('\n').at(-1)).toBe(
      `The register is running at ${url}/ (playground: ${url}/playground)`,
    );
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);

    child.kill('SIGTERM');
    await pause(150);
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([503, 'draining']);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(await ended).toBe(0);
  });

  it('exits with 2 and one sentence where the port is taken or the register held by another', async () => {
    const folder = await newFolder();
    const first = start({ PORT: '0', DATA_DIR: folder });
    const port = new URL(await first.address()).port;

    const samePort = start({ PORT: port, DATA_DIR: await newFolder() });
    expect(await samePort.ended).toBe(2);
    expect(samePort.said).toEqual({
      out: '',
      err: `PORT is ${port} and another program listens there: needed a free one, for example PORT=${Number(port) + 1}\n`,
    });

    const sameFolder = start({ PORT: '0', DATA_DIR: folder });
    expect(await sameFolder.ended).toBe(2);
    expect(sameFolder.said.err).toMatch(/^the register in .* is held by register api, process \d+ on [^\n]*\n$/);
  });

  it.each([
    [{ PORT: 'abc' }, /^PORT is "abc": needed a whole number from 0 to 65535, for example PORT=3000\n$/],
    [{ HOST: '0.0.0.0' }, /^OIDC_ISSUER is not set and HOST is "0\.0\.0\.0", [^\n]*HOST=127\.0\.0\.1\n$/],
    [{ NODE_ENV: 'production' }, /^OIDC_ISSUER is not set and NODE_ENV is production: [^\n]*\n$/],
    [{ OIDC_ISSUER: 'https://login.example.org' }, /^OIDC_AUDIENCE is not set though OIDC_ISSUER is: [^\n]*\n$/],
    [{ EVENT_STORE_URL: 'postgres://x' }, /^EVENT_STORE_URL is "postgres:\/\/x": [^\n]*\n$/],
    [{ OIDC_ISUER: 'x' }, /^OIDC_ISUER is not a variable of the register: [^\n]*\n$/],
  ])('exits with 2 and one sentence for %p', async (environment, sentence) => {
    const { ended, said } = start({ DATA_DIR: await newFolder(), ...environment } as Record<string, string>);
    expect(await ended).toBe(2);
    expect(said.err).toMatch(sentence);
  });
});
