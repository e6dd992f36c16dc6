import { openLog, Submit, SubmitHandler, type Step } from '#command';
import { commandName, eventId, openEventStore } from '#event-store';
import type { Actor, CivilDate, Instant } from '#kernel';
import { newFolder, register } from './made-log.js';

const clerk: Actor = { id: 'clerk-1', roles: ['governance-officer'], vouchedBy: 'test' };

/** One step of one subject; recorded at an instant that goes by its place, ten minutes after the one before. */
export interface ToRecord {
  readonly aggregate: string;
  readonly id: string;
  readonly step: Step;
}

export const step = (command: string, effectiveOn: string, data: object, more: object = {}): Step => ({
  command,
  data,
  effectiveOn: effectiveOn as CivilDate,
  ...more,
});

const START = Date.parse('2025-01-02T09:00:00.000Z');
const BETWEEN = 600_000;

export interface RecordedRegister {
  readonly folder: string;
  /** Where the register stood after each fact. */
  readonly positions: readonly number[];
}

const commandOf = (nth: number): string => `c${nth}`;

/** Id of the event that the n-th fact is, from 0. */
export const eventOf = (nth: number): string => eventId(commandName(clerk, commandOf(nth)), 0);

/**
 * Facts in a register of their own, with its views, and nobody holding it: the same facts give the same log, byte for
 * byte.
 */
export const recordedRegister = async (facts: readonly ToRecord[]): Promise<RecordedRegister> => {
  const positions: number[] = [];
  const folder = newFolder();
  const store = await openEventStore('sqlite:', folder);
  try {
    await openLog(store, { recordedInstants: 'kept', source: 'test' }, clerk, new Date(START).toISOString() as Instant);
    const handler = new SubmitHandler(store);
    for (const [nth, { aggregate, id, step: one }] of facts.entries()) {
      const recordedAt = new Date(START + (nth + 1) * BETWEEN).toISOString() as Instant;
      await handler.execute(new Submit({ aggregate, id, commandId: commandOf(nth), steps: [one], recordedAt }, clerk));
      positions.push(await store.head());
    }
  } finally {
    await store.close();
  }
  const { code, err } = await register(folder, ['rebuild']);
  if (code !== 0) throw new Error(err);
  return { folder, positions };
};
