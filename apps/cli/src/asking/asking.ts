import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Configuration } from '#access';
import { isNoAnswer, LocalServer, socketOf } from '#event-store';
import { Refusal } from '#kernel';
import { configured } from '../configured.js';
import { readOnly, viewsToRead } from '../held-register.js';
import { PROJECT_FOLDER } from '../project.js';
import type { Global } from '../terminal.js';
import { Answers, readerOf, type Post, type Reader } from './answers.js';
import { Elsewhere } from './elsewhere.js';

/** Options of every command that asks. */
export interface Asking extends Global {
  readonly reader: string;
  /** The register of another machine, asked as whoever the token in `REGISTER_TOKEN` is for. */
  readonly url?: string;
}

/**
 * Asks the register: the one at an address; or the server that holds the data directory, over its socket; or, where none
 * runs, a program that answers this one and ends with it. What may be seen is decided there, never here.
 */
export const withAnswers = async <T>(
  { dataDir, reader: named, url }: Asking,
  work: (answers: Answers) => Promise<T>,
): Promise<T> => {
  const reader = readerOf(named);
  if (url !== undefined) return work(new Answers(new Elsewhere(url, process.env.REGISTER_TOKEN)));
  const configuration = configured(dataDir);
  const running = await atServer(configuration, reader);
  if (running) return running.ended(work);
  // Views that are not there yet are made first, where nobody else would.
  await readOnly(configuration, async (store) => (await viewsToRead(configuration, store)).close());
  return (await AnsweringProgram.start(configuration, reader)).ended(work);
};

/** The server that holds the directory, where it has a door for others. */
async function atServer({ dataDirectory }: Configuration, reader: Reader): Promise<AtDoor | undefined> {
  const door = new AtDoor(socketOf(dataDirectory), reader);
  if (await door.isOpen()) return door;
  door.close();
  return undefined;
}

/** A local door. */
class AtDoor implements Post {
  private readonly server: LocalServer;

  constructor(
    socket: string,
    private readonly reader: Reader,
  ) {
    this.server = new LocalServer(socket);
  }

  async isOpen(): Promise<boolean> {
    try {
      return (await this.server.text({ method: 'GET', path: '/health/live' })).status === 200;
    } catch (thrown) {
      if (isNoAnswer(thrown)) return false;
      throw thrown;
    }
  }

  post(path: string, body: string): Promise<string> {
    return this.answer('POST', path, body);
  }

  get(path: string): Promise<string> {
    return this.answer('GET', path, '');
  }

  async ended<T>(work: (answers: Answers) => Promise<T>): Promise<T> {
    try {
      return await work(new Answers(this));
    } finally {
      this.close();
    }
  }

  close(): void {
    this.server.close();
  }

  private async answer(method: 'GET' | 'POST', path: string, body: string): Promise<string> {
    try {
      const headers = { 'x-register-reader': this.reader };
      return (await this.server.text({ method, path, body, headers })).text;
    } catch (thrown) {
      if (!isNoAnswer(thrown)) throw thrown;
      throw new Refusal('UNAVAILABLE', 'the register ended before it had answered', { remedy: 'ask again' });
    }
  }
}

const PROGRAM = join(PROJECT_FOLDER, 'dist', 'apps', 'api', 'src', 'answer.js');

/** A program that answers this one alone. */
class AnsweringProgram {
  private constructor(
    private readonly program: ChildProcess,
    private readonly exited: Promise<unknown>,
    private readonly folder: string,
    private readonly door: AtDoor,
  ) {}

  /** @throws Refusal with what it says where it cannot start. */
  static async start({ dataDirectory }: Configuration, reader: Reader): Promise<AnsweringProgram> {
    const folder = await mkdtemp(join(tmpdir(), 'register-'));
    const program = fork(PROGRAM, [folder], {
      env: { ...process.env, DATA_DIR: dataDirectory },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const exited = new Promise((resolve) => void program.once('exit', resolve).once('error', resolve));
    const said = program.stderr ? text(program.stderr) : Promise.resolve('');
    const opened = new Promise((resolve) => void program.once('message', resolve));
    if ((await Promise.race([opened, exited])) === 'open')
      return new AnsweringProgram(program, exited, folder, new AtDoor(socketOf(folder), reader));
    await rm(folder, { recursive: true, force: true });
    throw new Refusal('UNAVAILABLE', (await said).trim() || 'the program that answers could not be started');
  }

  async ended<T>(work: (answers: Answers) => Promise<T>): Promise<T> {
    try {
      return await this.door.ended(work);
    } finally {
      if (this.program.connected) this.program.disconnect();
      await this.exited;
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}
