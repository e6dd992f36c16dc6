import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { follow, MemoryEventStore } from '#event-store';
import type { StoredEvent } from '#kernel';
import { newDatabase } from '#testing/postgres';
import { seatView } from './engine.contract.js';
import { openRegister, type OpenRegister } from './open.js';
import { logOf, readEvent, seat } from './register.contract.js';

const EVENTS = 10;
const READ_BY_THEN = 7;

let database: Awaited<ReturnType<typeof newDatabase>>;
let opened: OpenRegister[] = [];

const openOn = async (store: MemoryEventStore, schema: string, notes: string[] = []): Promise<OpenRegister> => {
  const readModelUrl = `${database.url}?schema=${schema}`;
  const onNote = (note: string): void => void notes.push(note);
  const more = { views: [seatView], readEvent, lateLogMs: 1_000, onNote };
  const house = await openRegister({ directory: '', readModelUrl, store, ...more });
  opened.push(house);
  return house;
};

/** As the same log comes to a program that is a little behind. */
const arrive = async (store: MemoryEventStore, events: readonly StoredEvent[]): Promise<void> => {
  for (const { stream, revision, recordedAt, position: _, ...event } of events) {
    const expected = revision === 0 ? ('no stream' as const) : { revision: revision - 1 };
    await store.append([{ stream, expected, events: [event] }], { recordedAt });
  }
};

/** Views that have come to the end of a log, kept by another program; and the log. */
const followed = async (schema: string): Promise<readonly StoredEvent[]> => {
  const names = Array.from({ length: EVENTS }, (_, at) =>
    seat(String(at), 'Appointed', '2025-03-02', { holder: 'Ann' }),
  );
  const store = await logOf(names);
  const house = await openOn(store, schema);
  const following = follow(store, house.follower);
  await following.whenAt(EVENTS - 1, { timeoutMs: 10_000 });
  await following.stop();
  return store.readAll(0, EVENTS);
};

beforeAll(async () => {
  database = await newDatabase();
}, 90_000);
afterAll(async () => {
  for (const house of opened) await house.close();
  opened = [];
  await database.drop();
});

describe('opening views that are further than the log seems to be', () => {
  it('waits for the rest of the log, which another program has read already', async () => {
    const events = await followed('late');
    const late = new MemoryEventStore();
    await arrive(late, events.slice(0, READ_BY_THEN));
    const notes: string[] = [];
    const arriving = new Promise<void>((resolve) => {
      setTimeout(() => resolve(arrive(late, events.slice(READ_BY_THEN))), 200);
    });
    const house = await openOn(late, 'late', notes);
    await arriving;
    expect(notes).toEqual([]);
    expect(await house.register.position()).toBe(EVENTS - 1);
  });

  it('makes them anew where the rest does not come: the log is an older copy', async () => {
    const events = await followed('older');
    const older = new MemoryEventStore();
    await arrive(older, events.slice(0, READ_BY_THEN));
    const notes: string[] = [];
    const house = await openOn(older, 'older', notes);
    expect(notes).toEqual([expect.stringMatching(/restored from an older copy: making them anew/)]);
    expect(await house.register.position()).toBe(READ_BY_THEN - 1);
  });
});
