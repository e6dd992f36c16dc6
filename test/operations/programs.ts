import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** Environment of a program: nothing but what is given. */
export type Environment = Readonly<Record<string, string>>;

/** A built program as its own process. */
export interface Program {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  /** Exit code, once it has ended; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Where it listens, once it says so. */
  address(): Promise<string>;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const MAIN = { api: 'apps/api', projector: 'apps/projector', cli: 'apps/cli' } as const;

/** Programs and folders of one spec file: `await programs.end()` when it is over, whatever happened. */
export class Programs {
  private readonly children: ChildProcess[] = [];
  private readonly folders: string[] = [];

  async folder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'register-'));
    this.folders.push(made);
    return made;
  }

  start(program: keyof typeof MAIN, environment: Environment, args: readonly string[] = []): Program {
    const main = join(process.cwd(), 'dist', MAIN[program], 'src', 'main.js');
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env['PATH'] ?? '', SAMPLE: 'off', ...environment },
    });
    this.children.push(child);
    const said = { out: '', err: '' };
    child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const address = async (): Promise<string> => {
      for (
        let tries = 0;
        tries < 600 && child.exitCode === null && child.signalCode === null;
        tries++, await pause(50)
      ) {
        const found = /^The \w+ is running.* at (http:\/\/[^\s/]+)/m.exec(said.out)?.[1];
        if (found) return found;
      }
      throw new Error(`it did not start: ${said.out}${said.err}`);
    };
    return { child, said, ended, address };
  }

  /** `register …` to its end. */
  async register(environment: Environment, ...args: readonly string[]): Promise<Ran> {
    const { said, ended } = this.start('cli', environment, args);
    const code = await ended;
    return { code, ...said };
  }

  /** The stand-in for EventStoreDB, in a process of its own. */
  async eventStoreDb(...args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [join(process.cwd(), 'test/eventstoredb/server.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.children.push(child);
    const line = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the stand-in for EventStoreDB ended with ${code}`)));
      createInterface({ input: child.stdout }).once('line', resolve);
    });
    return (JSON.parse(line) as { url: string }).url;
  }

  async end(): Promise<void> {
    for (const child of this.children.splice(0)) child.kill('SIGKILL');
    for (const folder of this.folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
