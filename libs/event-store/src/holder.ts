import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { instantOf, Refusal } from '#kernel';
import { makeDataDirectory } from './data-directory.js';
import { storeFaultOf } from './store-fault.js';

/** Who has a data directory to themselves. */
export interface HeldBy {
  readonly program: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

export interface Holder {
  /** Lets go of the directory. A second call does nothing. */
  release(): void;
}

/** Locked as long as its holder lives: the system itself lets go when the process ends, however it ends. */
const LOCK = 'register.lock';

/** The holder's name stands in a file of its own: nobody else can read the locked one. */
const NAME = 'register.holder.json';

/** The locks of this process: one that nobody refers to would be collected, and let go of the directory. */
const held = new Set<Database.Database>();

/** Longest wait for somebody who only looks who holds the directory, in milliseconds. */
const LOOK_MS = 100;

/**
 * Holds a data directory, so that one program at a time writes there. Made if it is not there.
 *
 * @param program what the holder is called in the refusal of others, for example `register import`.
 * @throws Refusal `REGISTER_HELD` naming the holder; StoreFault where the directory cannot be written.
 */
export const holdRegister = (dir: string, program: string): Holder => {
  makeDataDirectory(dir);
  const file = join(dir, LOCK);
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file, { timeout: LOOK_MS });
    lock.exec('BEGIN EXCLUSIVE');
    const holder: HeldBy = { program, pid: process.pid, host: hostname(), since: instantOf(Date.now()) };
    writeFileSync(join(dir, `${NAME}.new`), `${JSON.stringify(holder)}\n`);
    renameSync(join(dir, `${NAME}.new`), join(dir, NAME));
    held.add(lock);
    return holderOf(dir, lock);
  } catch (thrown) {
    lock?.close();
    throw isBusy(thrown) ? heldRefusal(dir) : storeFaultOf(thrown, file);
  }
};

const holderOf = (dir: string, lock: Database.Database): Holder => ({
  release: () => {
    if (!lock.open) return;
    rmSync(join(dir, NAME), { force: true });
    held.delete(lock);
    lock.close();
  },
});

/** Who holds a data directory now; undefined where nobody does, or where there is no such directory. */
export const whoHolds = (dir: string): HeldBy | undefined => {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(join(dir, LOCK), { readonly: true, timeout: 0 });
    lock.prepare('SELECT count(*) FROM sqlite_schema').get();
    return undefined;
  } catch (thrown) {
    if (isBusy(thrown)) return nameIn(dir);
    if ((thrown as { code?: unknown }).code === 'SQLITE_CANTOPEN' || lock === undefined) return undefined;
    throw storeFaultOf(thrown, join(dir, LOCK));
  } finally {
    lock?.close();
  }
};

const isBusy = (thrown: unknown): boolean => String((thrown as { code?: unknown }).code).startsWith('SQLITE_BUSY');

function heldRefusal(dir: string): Refusal {
  const { program, pid, host, since } = nameIn(dir);
  return new Refusal(
    'REGISTER_HELD',
    `the register in ${dir} is held by ${program}, process ${pid} on ${host} since ${since}; one program writes at a time`,
    { remedy: `stop ${program} (process ${pid}), or wait until it has finished` },
  );
}

function nameIn(dir: string): HeldBy {
  const unnamed: HeldBy = { program: 'another program', pid: 0, host: 'an unknown host', since: 'just now' };
  try {
    return { ...unnamed, ...(JSON.parse(readFileSync(join(dir, NAME), 'utf8')) as Partial<HeldBy>) };
  } catch {
    // Between its lock and its name a holder has none yet.
    return unnamed;
  }
}
