import { hostname } from 'node:os';

import type { FollowerState } from '#event-store';
import { instantOf, type Instant, type Position } from '#kernel';

import type { Generation } from './generation.js';

/** How a follower fares, as it said last. */
export interface KeptState {
  /** Of the follower: `register` keeps the views, `rebuild` makes them anew. */
  readonly name: string;
  readonly state: FollowerState['state'] | 'rebuilding';
  /** Last position kept, or −1; of a rebuild, how many steps are done. */
  readonly position: Position;
  /** Why it failed; or, while it goes on trying, what stood in its way last. */
  readonly lastError: string | null;
  /** When it said so; one that runs says so every few seconds. */
  readonly heartbeat: Instant;
  /** Process and host that run it. */
  readonly holder: string;
}

/** How often a running follower says how it fares, and after how long its silence means that it is gone: milliseconds. */
export const HEARTBEAT_MS = 2_000;
export const SILENT_MS = 10_000;

const HOLDER = `process ${process.pid} on ${hostname()}`;

const COLUMNS = ['name', 'state', 'position', 'last_error', 'heartbeat', 'holder'] as const;

export const keepFollowerState = async (
  { writes }: Generation,
  { name, state, position, lastError }: Omit<KeptState, 'heartbeat' | 'holder'>,
): Promise<void> => {
  const [, ...said] = COLUMNS;
  await writes.run(
    `INSERT INTO follower (${COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET ${said.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [name, state, position, lastError, instantOf(Date.now()), HOLDER],
  );
};

export const followerStates = ({ reads }: Generation): Promise<readonly KeptState[]> =>
  reads.all<KeptState>(
    `SELECT name, state, position, last_error AS "lastError", heartbeat, holder FROM follower ORDER BY name`,
  );

/** True where the views are being made anew by a program that is still there. */
export const isRebuilding = (states: readonly KeptState[]): boolean =>
  states.some(({ state, heartbeat }) => state === 'rebuilding' && Date.now() - Date.parse(heartbeat) < SILENT_MS);
