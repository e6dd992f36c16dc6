import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { follow, MemoryEventStore, type LogLoss } from '#event-store';
import type { StoredEvent } from '#kernel';
import { newDatabase } from '#testing/postgres';
import { seatView } from './engine/engine.contract.js';
import { openRegister, openRegisterToRead, type OpenRegister } from './open.js';
import { logOf, readEvent, seat } from './register.contract.js';

const EVENTS = 10;
const READ_BY_THEN = 7;

let database: Awaited<ReturnType<typeof newDatabase>>;
let opened: OpenRegister[] = [];

const openOn = async (
  store: MemoryEventStore,
  schema: string,
  notes: string[] = [],
  acceptLoss?: (loss: LogLoss) => Promise<void>,
): Promise<OpenRegister> => {
  const readModelUrl = `${database.url}?schema=${schema}`;
  const onNote = (note: string): void => void notes.push(note);
  const more = { views: [seatView], readEvent, lateLogMs: 300, onNote, acceptLoss };
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

  it('refuses a log whose rest does not come: it is an older copy', async () => {
    const events = await followed('older');
    const older = new MemoryEventStore();
    await arrive(older, events.slice(0, READ_BY_THEN));
    await expect(openOn(older, 'older')).rejects.toMatchObject({
      code: 'LOG_OLDER_THAN_KNOWN',
      message: expect.stringMatching(/the log ends at position 6, .* older_0001 knows it up to position 9.*: 3 events/),
    });
  });

  it('makes them anew from it where somebody accepts that, and is told of what is lost', async () => {
    const events = await followed('accepted');
    const older = new MemoryEventStore();
    await arrive(older, events.slice(0, READ_BY_THEN));
    const [notes, losses]: [string[], LogLoss[]] = [[], []];
    const house = await openOn(older, 'accepted', notes, async (loss) => void losses.push(loss));
    expect(losses).toEqual([expect.objectContaining({ found: READ_BY_THEN - 1 })]);
    expect(notes).toEqual([expect.stringMatching(/which was accepted: making them anew/)]);
    expect(await house.register.position()).toBe(READ_BY_THEN - 1);
  });
});

describe('opening views of another log', () => {
  it.each([
    ['as long', EVENTS, 0],
    ['longer', EVENTS, 4],
  ])('is refused where it is %s, whoever opens them', async (name, _, more) => {
    const schema = `another_${name.replace(' ', '_')}`;
    const events = await followed(schema);
    const another = await logOf(
      Array.from({ length: events.length + more }, (_unused, at) =>
        seat(`other${at}`, 'Appointed', '2025-03-02', { holder: 'Eve' }),
      ),
    );
    const refused = {
      code: 'LOG_OLDER_THAN_KNOWN',
      message: expect.stringMatching(/is of another log, up to position 9/),
    };
    await expect(openOn(another, schema)).rejects.toMatchObject(refused);
    const url = `${database.url}?schema=${schema}`;
    await expect(openRegisterToRead('', [seatView], url, another)).rejects.toMatchObject(refused);
  });

  it('tells an older copy that went on from the log that it was', async () => {
    const events = await followed('went_on');
    const copy = new MemoryEventStore();
    await arrive(copy, events.slice(0, READ_BY_THEN));
    const more = await logOf(Array.from({ length: 6 }, (_, at) => seat(`new${at}`, 'Appointed', '2025-03-02', {})));
    await arrive(copy, await more.readAll(0, 9));
    await expect(openOn(copy, 'went_on')).rejects.toMatchObject({
      message: expect.stringMatching(/at position 9 the log has event .* older copy that went on/),
    });
  });
});

describe('views of which something is gone', () => {
  it.each([
    ['a table', (schema: string) => `DROP TABLE ${schema}_0001.seat_slice`],
    ['what made them', (schema: string) => `DELETE FROM ${schema}_0001.meta`],
    ['the schema', (schema: string) => `DROP SCHEMA ${schema}_0001 CASCADE`],
    ['the pointer', (schema: string) => `DROP TABLE ${schema}.control`],
    ['everything', (schema: string) => `DROP SCHEMA ${schema} CASCADE`],
  ])('are made anew: %s', async (what, statement) => {
    const schema = `gone_${what.replaceAll(' ', '_')}`;
    const store = new MemoryEventStore();
    await arrive(store, await followed(schema));
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(statement(schema));
    await client.end();
    const notes: string[] = [];
    const house = await openOn(store, schema, notes);
    const following = follow(store, house.follower);
    expect(await following.whenAt(EVENTS - 1, { timeoutMs: 10_000 })).toBe('reached');
    await following.stop();
    if (what !== 'the pointer' && what !== 'everything') {
      expect(notes).toEqual([
        expect.stringMatching(/(_0001 is damaged \(.*\)|made by another release): .*anew from the log/),
      ]);
    }
  });
});
