import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';

import { MemoryEventStore, type EventStore } from '#event-store';
import {
  canonicalJson,
  epochMsOf,
  instantOf,
  parseInstant,
  type CivilDate,
  type DomainEvent,
  type Envelope,
  type StoredEvent,
} from '#kernel';
import { newDatabase } from '#testing/postgres';

import { eventsOf, FIRST_DAY, seatView, type Happening } from './engine/engine.contract.js';
import type { Generation } from './shelves/generation.js';
import { openRegister, type OpenRegister } from './open.js';
import { openGenerations, type ReadModelPlace } from './shelves/read-model.js';
import { stateJson } from './engine/timeline.js';
import type { View } from './engine/view.js';

export const readEvent = (stored: StoredEvent): DomainEvent => {
  const { id, type, stream, revision, position, recordedAt } = stored;
  const envelope = JSON.parse(stored.envelope) as Envelope;
  const data: unknown = JSON.parse(stored.payload);
  return { id, type, stream, revision, position, recordedAt, effectiveOn: envelope.effectiveOn, envelope, data };
};

let directory = '';
let database: Awaited<ReturnType<typeof newDatabase>> | undefined;
let opened: OpenRegister[] = [];
let made = 0;

/** Holds facts to both read models, each spec with a place of its own for its registers, which it closes after it. */
export const onEachReadModel = (facts: () => void): void => {
  describe.each(['SQLite', 'PostgreSQL'])('on %s', (name) => {
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'register-'));
      database = name === 'PostgreSQL' ? await newDatabase() : undefined;
    }, 90_000);
    afterEach(async () => {
      for (const register of opened) await register.close();
      opened = [];
    });
    afterAll(async () => {
      await rm(directory, { recursive: true, force: true });
      await database?.drop();
    });
    facts();
  });
};

/** How often a property is tried: on PostgreSQL each register costs a third of a second before anything is in it. */
export const runs = (times: number): number => (database ? Math.ceil(times / 4) : times);

/** Where no register is yet. */
export const newPlace = (): ReadModelPlace => {
  const number = made++;
  const place = { directory: join(directory, String(number)) };
  return database ? { ...place, readModelUrl: `${database.url}?schema=v${number}` } : place;
};

/** Closes one before its spec is over. */
export const closeNow = async (house: OpenRegister): Promise<void> => {
  opened = opened.filter(({ register }) => register !== house.register);
  await house.close();
};

export interface Opening {
  readonly place?: ReadModelPlace;
  readonly longFrom?: number;
  readonly views?: readonly View[];
}

/** A register of seats on a log, small in what it keeps so that much is loaded again. */
export const openOn = async (
  store: EventStore,
  { place = newPlace(), longFrom = 128, views = [seatView] }: Opening = {},
): Promise<OpenRegister & { readonly place: ReadModelPlace }> => {
  const house = await openRegister({ ...place, store, views, readEvent, longFrom, keptEvents: 8 });
  opened.push(house);
  return { ...house, place };
};

/** Works on the live generation behind the register's back. */
export const tamper = async (place: ReadModelPlace, work: (live: Generation) => Promise<unknown>): Promise<void> => {
  const generations = await openGenerations(place, [seatView]);
  try {
    await work(generations.current);
  } finally {
    await generations.close();
  }
};

/** One thing to append: to a stream, of a command; by default each event is a command of its own. */
export interface Line {
  readonly stream: string;
  readonly type: string;
  readonly effectiveOn: CivilDate;
  readonly data?: object;
  readonly links?: Partial<Envelope>;
  readonly of?: readonly [index: number, count: number];
}

const START = epochMsOf(parseInstant('2025-03-29T12:00:00Z', 'start'));

/** A log in which each command is recorded a minute after the one before. */
export const logOf = async (lines: readonly Line[], minutes = 1): Promise<MemoryEventStore> => {
  const store = new MemoryEventStore();
  const revisions = new Map<string, number>();
  let command = -1;
  for (const { stream, type, effectiveOn, data = {}, links = {}, of = [0, 1] } of lines) {
    if (of[0] === 0) command++;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const actor = { id: 'clerk', roles: [], vouchedBy: 'spec' };
    const envelope = {
      effectiveOn,
      actor,
      commandId: `c${command}`,
      commandDigest: '',
      index: of[0],
      count: of[1],
      ...links,
    };
    const event = {
      id: `${stream}#${revision}`,
      type,
      schemaVersion: 1,
      payload: canonicalJson(data),
      envelope: canonicalJson(envelope),
    };
    const expected = revision === 0 ? ('no stream' as const) : { revision: revision - 1 };
    const recordedAt = instantOf(START + command * minutes * 60_000);
    const outcome = await store.append([{ stream, expected, events: [event] }], { recordedAt });
    if (outcome.kind !== 'appended') throw new Error(outcome.kind);
  }
  return store;
};

/** The stories of several seats, their events taking turns in the log after one that no view reads. */
export const linesOf = (stories: readonly (readonly Happening[])[]): Line[] => {
  const queues = stories.map((story, index) =>
    eventsOf(story, `seat/${index}`).map(({ stream, type, effectiveOn, data, envelope }): Line => {
      const { corrects, annuls, again, startKnown } = envelope;
      const links = Object.fromEntries(
        Object.entries({ corrects, annuls, again, startKnown }).filter(([, value]) => value !== undefined),
      );
      return { stream, type, effectiveOn, data: data as object, links };
    }),
  );
  const lines: Line[] = [{ stream: 'series/1', type: 'Reserved', effectiveOn: FIRST_DAY }];
  for (let round = 0; queues.some((queue) => queue.length > 0); round++) {
    const line = queues[round % queues.length]?.shift();
    if (line) lines.push(line);
  }
  return lines;
};

export const follow = async (
  { follower }: Pick<OpenRegister, 'follower'>,
  store: EventStore,
  batch = 256,
): Promise<void> => {
  for (;;) {
    const page = await store.readAll((await follower.checkpoint()) + 1, batch);
    if (page.length === 0) return;
    await follower.handle(page);
  }
};

export const everything = async (store: EventStore): Promise<DomainEvent[]> =>
  (await store.readAll(0, 10_000)).filter(({ stream }) => stream.startsWith('seat/')).map(readEvent);

/** What the oracle and the register both say of a subject, as text. */
export const bare = (answer: object): string => {
  const { kind, state, from, to, startKnown, position } = answer as Record<string, unknown>;
  return stateJson({ kind, state, from, to, startKnown, position });
};

export const seat = (
  id: string,
  type: string,
  date: string,
  data: object = {},
  links: Partial<Envelope> = {},
): Line => ({
  stream: `seat/${id}`,
  type,
  effectiveOn: date as CivilDate,
  data,
  links,
});
