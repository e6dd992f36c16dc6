import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type EventStore, readPages, type StreamWrite } from '#event-store';

/** An event of which a child said that it is in the log. */
export interface Acknowledged {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
}

/** What a child said before it was killed. */
export interface LastWords {
  readonly acknowledged: readonly Acknowledged[];
  /** The last write that each writer tried, acknowledged or not, by stream. */
  readonly tried: ReadonlyMap<string, StreamWrite>;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

export interface KillAfter {
  /** Milliseconds after the child started to write, or after it was spawned. */
  readonly ms: number;
  readonly from: 'first write' | 'spawn';
  /** Variables of the child's environment beside this program's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Path of a child program beside this file. */
export const childProgram = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Runs a child that prints `ready`, `try` and `ack` lines, kills it with SIGKILL, and gives what it said until then. */
export const runAndKill = (
  program: string,
  args: readonly string[],
  { ms, from, env }: KillAfter,
): Promise<LastWords> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let errors = '';
    let timer: NodeJS.Timeout | undefined;
    const kill = (): void => {
      timer ??= setTimeout(() => child.kill('SIGKILL'), ms);
    };
    if (from === 'spawn') kill();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!timer && said.includes('\ntry ')) kill();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      resolve({ ...heard(said), signal, errors });
    });
  });

function heard(said: string): Pick<LastWords, 'acknowledged' | 'tried'> {
  const acknowledged: Acknowledged[] = [];
  const tried = new Map<string, StreamWrite>();
  // What follows the last line break is a line that the kill cut off.
  for (const line of said.split('\n').slice(0, -1)) {
    const [word, json] = [line.slice(0, 3), line.slice(4)];
    if (word === 'ack') acknowledged.push(...(JSON.parse(json) as Acknowledged[]));
    if (word !== 'try') continue;
    const write = JSON.parse(json) as StreamWrite;
    tried.set(write.stream, write);
  }
  return { acknowledged, tried };
}

/** What is wrong with a log after a kill, as sentences: a hole, half a command, or something acknowledged and gone. */
export const troubleIn = async (store: EventStore, acknowledged: readonly Acknowledged[]): Promise<string[]> => {
  const trouble: string[] = [];
  const places = new Map<string, string>();
  const lengths = new Map<string, number>();
  let open: { commandId: string; next: number } | undefined;
  let next = 0;
  for await (const page of readPages(store)) {
    for (const { id, position, stream, revision, envelope } of page) {
      if (position !== next) trouble.push(`position ${position} where ${next} is due`);
      next = position + 1;
      const length = lengths.get(stream) ?? 0;
      if (revision !== length) trouble.push(`${stream}: revision ${revision} where ${length} is due`);
      lengths.set(stream, revision + 1);
      places.set(id, `${position} ${stream} ${revision}`);
      const { commandId, index, count } = JSON.parse(envelope) as { commandId: string; index: number; count: number };
      if (index !== (open?.next ?? 0) || (open && open.commandId !== commandId)) {
        trouble.push(`half a command: ${commandId} ${index} at position ${position}`);
      }
      open = index + 1 < count ? { commandId, next: index + 1 } : undefined;
    }
  }
  if (open) trouble.push(`half a command at the end: ${open.commandId}`);
  for (const { id, position, stream, revision } of acknowledged) {
    if (places.get(id) === `${position} ${stream} ${revision}`) continue;
    trouble.push(`acknowledged at ${position} and not there: ${id} of ${stream}, revision ${revision}`);
  }
  return trouble;
};

/** Sends every last try again, as its client would, and gives how each was answered. */
export const retryAll = async (store: EventStore, { tried }: Pick<LastWords, 'tried'>): Promise<string[]> => {
  const outcomes = await Promise.all([...tried.values()].map((write) => store.append([write])));
  return outcomes.map(({ kind }) => kind);
};

/** Rounds to run: the environment's `CRASH_ROUNDS`, or as many as the suite can afford. */
export const roundsWanted = (affordable = 20): number => Number(process.env['CRASH_ROUNDS'] ?? affordable);

export const between = (least: number, most: number): number => least + Math.random() * (most - least);
