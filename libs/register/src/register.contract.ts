import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll } from '@jest/globals';

import { MemoryEventStore } from '#event-store';
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

import { eventsOf, FIRST_DAY, seatView, type Happening } from './engine.contract.js';
import { openRegister, type OpenRegister } from './open.js';
import { stateJson } from './timeline.js';
import type { View } from './view.js';

export const readEvent = (stored: StoredEvent): DomainEvent => {
  const { id, type, stream, revision, position, recordedAt } = stored;
  const envelope = JSON.parse(stored.envelope) as Envelope;
  const data: unknown = JSON.parse(stored.payload);
  return { id, type, stream, revision, position, recordedAt, effectiveOn: envelope.effectiveOn, envelope, data };
};

let directory = '';
let opened: OpenRegister[] = [];
let made = 0;

/** Gives each spec of a file a place for its registers, and closes them after it. */
export const inADirectory = (): void => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'register-'));
  });
  afterEach(async () => {
    for (const register of opened) await register.close();
    opened = [];
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
};

/** Closes one before its spec is over. */
export const closeNow = async (house: OpenRegister): Promise<void> => {
  opened = opened.filter(({ register }) => register !== house.register);
  await house.close();
};

/** A register of seats on a log, small in what it keeps so that much is loaded again. */
export const openOn = async (
  store: MemoryEventStore,
  {
    at = join(directory, String(made++)),
    longFrom = 128,
    views = [seatView],
  }: { at?: string; longFrom?: number; views?: readonly View[] } = {},
): Promise<OpenRegister & { readonly directory: string }> => {
  const house = await openRegister({ directory: at, store, views, readEvent, longFrom, keptEvents: 8 });
  opened.push(house);
  return { ...house, directory: at };
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

export const follow = async ({ follower }: OpenRegister, store: MemoryEventStore, batch = 256): Promise<void> => {
  for (;;) {
    const page = await store.readAll((await follower.checkpoint()) + 1, batch);
    if (page.length === 0) return;
    await follower.handle(page);
  }
};

export const everything = async (store: MemoryEventStore): Promise<DomainEvent[]> =>
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
