import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { isPassing } from '#event-store';

import type { Leadership, LeadOptions } from './leadership.js';
import { postgresSession, type PostgresPlace } from './postgres-connection.js';
import { POSTGRES_PASSING, readModelFault } from './read-model-fault.js';

/** How often whoever stands by asks again, and whoever leads looks whether it still does, in milliseconds. */
const AGAIN_MS = 500;
const LOOK_MS = 2_000;

type Session = ReturnType<typeof postgresSession>;

/**
 * Leading is a lock of a session: PostgreSQL lets go of it when the session ends, however its program ended. Where a
 * leader and PostgreSQL lose sight of each other there may be two for a while; the checkpoint keeps the second out.
 */
export class PostgresLeadership implements Leadership {
  constructor(private readonly place: PostgresPlace) {}

  async lead(
    name: string,
    work: (leading: AbortSignal) => Promise<void>,
    { signal, onLead }: LeadOptions,
  ): Promise<void> {
    for (let done = false; !done && !signal.aborted;) {
      const ended = new AbortController();
      try {
        await this.inSession(ended, async (session) => {
          if (!(await this.wonBefore(session, name, AbortSignal.any([signal, ended.signal])))) return;
          onLead?.(true);
          const looking = watch(session, ended);
          try {
            await work(AbortSignal.any([signal, ended.signal]));
            done = !ended.signal.aborted;
          } finally {
            clearInterval(looking);
            onLead?.(false);
          }
        });
      } catch (fault) {
        if (!isPassing(fault)) throw fault;
        onLead?.(false, fault);
      }
      if (!done) await sleep(AGAIN_MS, signal);
    }
  }

  async tryToLead<Result>(name: string, work: () => Promise<Result>): Promise<{ readonly result: Result } | undefined> {
    return this.inSession(new AbortController(), async (session) =>
      (await this.lock(session, name)) ? { result: await work() } : undefined,
    );
  }

  private async inSession<Result>(
    ended: AbortController,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result> {
    const session = postgresSession(this.place);
    session.on('error', () => ended.abort()).on('end', () => ended.abort());
    try {
      await session.connect();
      return await work(session);
    } catch (thrown) {
      throw readModelFault(thrown, POSTGRES_PASSING);
    } finally {
      // A session that is gone cannot be ended; the lock went with it.
      await session.end().catch(() => undefined);
    }
  }

  private async wonBefore(session: Session, name: string, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if (await this.lock(session, name)) return true;
      await sleep(AGAIN_MS * (0.75 + Math.random() / 2), signal);
    }
    return false;
  }

  private async lock(session: Session, name: string): Promise<boolean> {
    const { rows } = await session.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1) AS won', [
      this.keyOf(name),
    ]);
    return rows[0]?.won === true;
  }

  /** Locks are numbers, one set of them for a whole database. */
  private keyOf(name: string): string {
    const digest = createHash('sha256').update(`decision register ${this.place.schema} ${name}`).digest();
    return digest.readBigInt64BE().toString();
  }
}

/** A server that went without a word is noticed by asking. */
function watch(session: Session, ended: AbortController): NodeJS.Timeout {
  return setInterval(() => {
    session.query('SELECT 1').catch(() => ended.abort());
  }, LOOK_MS).unref();
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined);
