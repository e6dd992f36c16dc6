import type { NewEvent } from '#kernel';
import type { QueuedAppend } from './appends.js';
import type { StreamWrite } from '../event-store.js';

/** Appends as one flat list of texts and numbers. */
export type Crossing = readonly (string | number)[];

/**
 * Appends on their way to another thread. So many objects are dear to copy, and as JSON every quote in their payloads is
 * escaped and read again: a flat list of the texts as they are costs about a tenth of that.
 */
export const crossing = (group: readonly QueuedAppend[]): Crossing => {
  const list: (string | number)[] = [];
  for (const { writes, count, at } of group) {
    list.push(count, at, writes.length);
    for (const { stream, expected, events } of writes) {
      list.push(stream, expected === 'no stream' ? expected : expected.revision, events.length);
      for (const { id, type, schemaVersion, payload, envelope } of events) {
        list.push(id, type, schemaVersion, payload, envelope);
      }
    }
  }
  return list;
};

/** The appends that `crossing` was given. */
export const arrived = (list: Crossing): readonly QueuedAppend[] => {
  const group: QueuedAppend[] = [];
  let next = 0;
  const number = (): number => list[next++] as number;
  const text = (): string => list[next++] as string;
  const several = <T>(many: number, one: () => T): T[] => Array.from({ length: many }, one);
  const event = (): NewEvent => ({
    id: text(),
    type: text(),
    schemaVersion: number(),
    payload: text(),
    envelope: text(),
  });
  const write = (): StreamWrite => {
    const stream = text();
    const last = list[next++] as string | number;
    const expected = typeof last === 'number' ? { revision: last } : ('no stream' as const);
    return { stream, expected, events: several(number(), event) };
  };
  while (next < list.length) {
    const [count, at] = [number(), number()];
    group.push({ count, at, writes: several(number(), write) });
  }
  return group;
};
