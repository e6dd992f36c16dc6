import { canonicalJson, type NewEvent, type StoredEvent } from '#kernel';
import { eventId } from '../event-id.js';
import type { AppendOutcome, EventStore, Expectation } from '../event-store.js';
import { readPages } from '../read-pages.js';

/** The store on trial, new for each fact. */
export interface Tried {
  readonly store: EventStore;
  /** One write to one stream. */
  append(stream: string, expected: Expectation, ...events: NewEvent[]): Promise<AppendOutcome>;
  /**
   * Goes on with another new store. @param options.now UTC epoch milliseconds.
   * @returns false where the store goes by a clock that cannot be set from here.
   */
  restart(options: { readonly now?: () => number }): Promise<boolean>;
  /** The same log as another process has it open; the store itself where there is only one. Closed with it. */
  beside(): Promise<EventStore>;
  /** Closes the store and opens what it wrote; false where nothing outlives it. */
  reopen(): Promise<boolean>;
}

/** An event for specs. @param body what its payload says. */
export const eventOf = (commandId: string, index = 0, body: unknown = { says: commandId }, count = 1): NewEvent => ({
  id: eventId(commandId, index),
  type: 'Said',
  schemaVersion: 1,
  payload: canonicalJson(body),
  envelope: canonicalJson({ commandId, count, index }),
});

/** The events of one command, in order. */
export const eventsOf = (commandId: string, count: number): NewEvent[] =>
  range(0, count).map((index) => eventOf(commandId, index, { says: `${commandId} ${index}` }, count));

export const allOf = async (store: EventStore): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of readPages(store)) events.push(...page);
  return events;
};

export const positionsOf = (outcome: AppendOutcome): readonly number[] =>
  'positions' in outcome ? (outcome.positions ?? []) : [];

export const isAppended = ({ kind }: AppendOutcome): boolean => kind === 'appended';

export const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index);
