import type { EventStore } from '#event-store';
import { Refusal, type CivilDate, type DomainEvent, type Position, type StoredEvent } from '#kernel';

import type { Absence, Found } from '../engine/answer.js';
import { oracleAt } from '../engine/oracle.js';
import { subjectOf } from '../shelves/register.follower.js';
import type { Answer, Register } from './register.js';
import { stateJson } from '../engine/timeline.js';
import type { ReadEvent } from '../engine/timelines.js';
import type { View } from '../engine/view.js';

export interface ReplayQuestion {
  readonly asAt: CivilDate;
  readonly position: Position;
  /** Stream of the one subject to look at; default all. */
  readonly subject?: string | undefined;
  /** Told now and then: subjects compared, of all there are. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface Difference {
  readonly subject: string;
  /** What the events say, and what the views say, as canonical JSON. */
  readonly oracle: string;
  readonly register: string;
}

/** How many subjects of each kind the events say what of, by the answer's kind: found, withdrawn, not yet begun. */
export type Stood = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface ReplayReport {
  readonly subjects: number;
  readonly events: number;
  readonly stood: Stood;
  /** Of the one subject that was asked for: what the events say, as canonical JSON. */
  readonly answer?: string;
  readonly differences: readonly Difference[];
}

const PAGE = 2_000;
const LOT = 200;

/**
 * Answers a question about every subject twice, by folding the raw events with the oracle and by asking the views,
 * and compares (T10). The events are read stream by stream, so memory holds one lot of subjects at a time.
 *
 * @throws Refusal `NOTHING_TO_REPLAY` where nothing is recorded by then, of anything or of the subject.
 */
export const replay = async (
  store: EventStore,
  register: Register,
  views: readonly View[],
  readEvent: ReadEvent,
  question: ReplayQuestion,
): Promise<ReplayReport> => {
  const byAggregate = new Map(views.map((view) => [view.aggregate, view]));
  const streams = question.subject === undefined ? await allStreams(store, question.position) : [question.subject];
  const subjects = streams.filter((stream) => byAggregate.has(subjectOf(stream).aggregate)).toSorted();
  const differences: Difference[] = [];
  const stood: Record<string, Record<string, number>> = {};
  let [events, answer]: [number, string | undefined] = [0, undefined];
  if (subjects.length === 0) throw nothingToReplay(question);
  for (let at = 0; at < subjects.length; at += LOT) {
    const lot = subjects.slice(at, at + LOT);
    const answers = await answersOf(register, lot, question);
    for (const subject of lot) {
      const view = byAggregate.get(subjectOf(subject).aggregate) as View;
      const raw = await eventsOf(store, subject, readEvent, question.position);
      events += raw.length;
      if (raw.length === 0) throw nothingToReplay({ ...question, subject });
      const said = oracleAt(view, raw, question.asAt, question.position);
      const ofKind = (stood[view.aggregate] ??= {});
      ofKind[said.kind] = (ofKind[said.kind] ?? 0) + 1;
      const expected = stateJson(comparable(said));
      if (question.subject !== undefined) answer = expected;
      const found = stateJson(comparable(answers.get(subject) ?? { kind: 'never-recorded' }));
      if (expected !== found) differences.push({ subject, oracle: expected, register: found });
    }
    question.onProgress?.(Math.min(at + LOT, subjects.length), subjects.length);
  }
  return { subjects: subjects.length, events, stood, ...(answer !== undefined && { answer }), differences };
};

function nothingToReplay({ position, subject }: ReplayQuestion): Refusal {
  if (position < 0) return new Refusal('NOTHING_TO_REPLAY', 'there is nothing to replay: nothing was recorded by then');
  const what = subject === undefined ? 'no subject' : `nothing of ${JSON.stringify(subject)}`;
  return new Refusal(
    'NOTHING_TO_REPLAY',
    `there is nothing to replay: ${what} was recorded up to position ${position}`,
    {
      field: 'subject',
      remedy: 'a subject is named by its kind and id, for example body/glos:772',
    },
  );
}

async function answersOf(
  register: Register,
  lot: readonly string[],
  { asAt, position }: ReplayQuestion,
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const named = lot.map(subjectOf);
  for (const aggregate of new Set(named.map((subject) => subject.aggregate))) {
    const ids = named.filter((subject) => subject.aggregate === aggregate).map(({ id }) => id);
    for (const [id, answer] of await register.pointMany(aggregate, ids, { asAt, position })) {
      answers.set(`${aggregate}/${id}`, answer);
    }
  }
  return answers;
}

async function eventsOf(
  store: EventStore,
  subject: string,
  readEvent: ReadEvent,
  position: Position,
): Promise<DomainEvent[]> {
  const stored = await store.readStream(subject);
  return stored.filter((event) => event.position <= position).map((event) => readEvent(event));
}

async function allStreams(store: EventStore, position: Position): Promise<string[]> {
  const streams = new Set<string>();
  for (let from = 0; from <= position;) {
    const page: readonly StoredEvent[] = await store.readAll(from, PAGE);
    for (const event of page) if (event.position <= position && event.revision === 0) streams.add(event.stream);
    const last = page.at(-1);
    if (!last) break;
    from = last.position + 1;
  }
  return [...streams];
}

/** What both sides know: the oracle does not say where an answer stands in the register. */
function comparable(answer: Found | Absence): object {
  if (answer.kind !== 'found') return answer;
  const { kind, state, from, to, startKnown } = answer;
  return { kind, state, from, to, startKnown };
}
