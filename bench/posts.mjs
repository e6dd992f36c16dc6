// A toy view and logs of it, for benches that are about the views and not about the rooms.
import { addDays, canonicalJson, instantOf } from '../dist/libs/kernel/src/index.js';

/** Days of a log are counted from here. */
export const FIRST_DAY = '1700-01-01';

export const postView = {
  aggregate: 'post',
  initial: {},
  project: (_state, { data }) => data,
  turns: () => [],
  show: (state) => state,
  title: ({ holder }) => `post of ${holder}`,
  order: ({ holder }) => holder ?? '',
  columns: { holder: ({ holder }) => holder, body: ({ body }) => body },
  lists: { identifier: ({ reference }) => (reference === undefined ? [] : [reference]) },
};

export const readEvent = ({ payload, envelope: text, schemaVersion: _, ...event }) => {
  const envelope = JSON.parse(text);
  return { ...event, effectiveOn: envelope.effectiveOn, envelope, data: JSON.parse(payload) };
};

/** Repeatable numbers in [0, 1): mulberry32. */
export const randomness = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

/** An event that a post has another holder, of about the size that the ministers' register has. */
export const postEvent = (subject, revision, number, day, links = {}) => {
  const effectiveOn = addDays(FIRST_DAY, day);
  const actor = { id: 'bench', roles: ['officer'], vouchedBy: 'bench' };
  const commandId = `bench:${subject}:${revision}`;
  const source = { system: 'bench', document: 'generated', locator: `row ${number}` };
  const rest = { actor, commandId, commandDigest: 'a'.repeat(64), count: 1, effectiveOn, index: 0, source, ...links };
  return {
    id: `post/${subject}#${revision}`,
    type: 'HolderNamed',
    schemaVersion: 1,
    payload: canonicalJson({
      body: `body-${number % 500}`,
      holder: `person ${number % 9973}`,
      reference: `R/${subject}`,
    }),
    envelope: canonicalJson(rest),
  };
};

/** A log in memory, for what is not about the log. */
export const logInMemory = () => {
  const events = [];
  const streams = new Map();
  return {
    events,
    add(subject, day, links) {
      const stream = `post/${subject}`;
      const own = streams.get(stream) ?? [];
      streams.set(stream, own);
      const position = events.length;
      const event = { ...postEvent(subject, own.length, position, day, links), stream, revision: own.length, position };
      events.push({ ...event, recordedAt: instantOf(position) });
      own.push(events.at(-1));
      return events.at(-1);
    },
    store: {
      head: async () => events.length - 1,
      readAll: async (from, limit) => events.slice(from, from + limit),
      readStream: async (stream) => streams.get(stream) ?? [],
      readStreams: async (named) => new Map(named.map((stream) => [stream, streams.get(stream) ?? []])),
    },
  };
};

/** Where the days of `mixedLog` begin, and over how many the events of most subjects lie. */
export const MIXED_DAYS = { first: 74_000, span: 200 };

/** Five events a subject, some of them recorded late; and one subject with a long history, a twentieth of the log. */
export const mixedLog = (count) => {
  const log = logInMemory();
  const random = randomness(1);
  const subjects = Math.ceil(count / 5);
  const revisions = new Int32Array(subjects);
  for (let position = 0; position < count; position++) {
    const subject = position < subjects ? position : random() < 0.05 ? 0 : Math.floor(random() * subjects);
    log.add(subject, MIXED_DAYS.first + revisions[subject]++ * 30 + Math.floor(random() * 40));
  }
  return { ...log, subjects };
};
