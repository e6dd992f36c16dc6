import { isDeepStrictEqual } from 'node:util';
import type { Answers } from './answers.js';
import { historyOf, type BasisOptions, type Recorded } from './history-command.js';
import { toldOf, type Fields, type Named } from './one-subject.js';
import { fieldsOf, OF_THE_PLACE } from './selections.js';
import { BEFORE_ALL } from './settled-basis.js';
import { inForce, stretchesOf } from './since-when.js';
import { allOf, wholeList } from './whole-list.js';

/** Two days as known at one moment. */
interface Days {
  readonly from: string;
  readonly to: string;
  readonly knownAt: string;
}

/** Two moments of knowing, by their positions; fields are compared on a day. */
interface Moments {
  readonly knownFrom: string;
  readonly knownTo: string;
  readonly asAt: string;
}

export type Between = Days | Moments;

/** One thing that changed, in a sentence. */
export interface Changed {
  readonly subject: string;
  /** Null for what changed by itself, as when a term runs out. */
  readonly position: number | null;
  readonly effectiveOn: string | null;
  readonly recordedAt: string | null;
  readonly recordedBy: string | null;
  readonly change: 'recorded' | 'corrected' | 'annulled' | 'by itself';
  readonly sentence: string;
  readonly why: string | null;
}

export interface FieldChanged {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What changed of one subject. */
export const changesOf = async (answers: Answers, { id }: Named, between: Between): Promise<readonly Changed[]> => {
  if ('knownFrom' in between) {
    const { knownFrom, knownTo } = between;
    const after = positionIn(knownFrom);
    const all = await allOf(historyOf(answers, id, { knownAt: knownTo }));
    return all.filter(({ position }) => position > after).map((entry) => changed(id, entry));
  }
  const { from, to, knownAt } = between;
  const said = await inForce(answers, id, { knownAt });
  const byItself = (await stretchesOf(answers, id, knownAt)).filter(({ sentences }) => sentences.length === 0);
  return inOrder([
    ...said.filter(({ effectiveOn }) => isWithin(effectiveOn, from, to)).map((entry) => changed(id, entry)),
    ...byItself.flatMap(({ stretchFrom }) => (isWithin(stretchFrom, from, to) ? [ofItself(id, stretchFrom)] : [])),
  ]);
};

/** Fields of a record that say something else at the end than at the beginning. */
export const fieldsChanged = async (
  answers: Answers,
  named: Named,
  between: Between,
): Promise<readonly FieldChanged[]> => {
  const [earlier, later] = endsOf(between);
  const before = (await toldOf(answers, named, earlier)).record;
  const after = (await toldOf(answers, named, later)).record;
  return fieldsOf(named.room.type).flatMap(({ name }) => {
    const [was, is] = [valueOf(before, name), valueOf(after, name)];
    return isDeepStrictEqual(was, is) || OF_THE_PLACE.has(name) ? [] : [{ field: name, before: was, after: is }];
  });
};

/** Null also for a list of nothing. */
function valueOf(record: Fields | null, name: string): unknown {
  const value = record?.[name] ?? null;
  return Array.isArray(value) && value.length === 0 ? null : value;
}

function endsOf(between: Between): readonly [BasisOptions, BasisOptions] {
  if ('knownFrom' in between) {
    const { knownFrom, knownTo, asAt } = between;
    return [
      { asAt, knownAt: knownFrom },
      { asAt, knownAt: knownTo },
    ];
  }
  const { from, to, knownAt } = between;
  return [
    { asAt: from, knownAt },
    { asAt: to, knownAt },
  ];
}

const CHANGES = `query Changes($from: KnownAt!, $to: KnownAt, $asAt: Date, $first: Int!, $after: String) {
  changesBetween(from: $from, to: $to, asAt: $asAt, first: $first, after: $after) {
    edges { node {
      position eventId subject effectiveOn recordedAt recordedBy kind sentence why { reason } earlier { eventId }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Change {
  readonly position: number;
  readonly eventId: string;
  readonly subject: string;
  readonly effectiveOn: string | null;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly kind: 'RECORDED' | 'CORRECTED' | 'ANNULLED';
  readonly sentence: string;
  readonly why: { readonly reason: string } | null;
  readonly earlier: { readonly eventId: string } | null;
}

/**
 * What changed of anything. Between two days: what was recorded to take effect after the first, up to the second, and
 * counts; what changes by itself is told of one subject only.
 */
export const changesOfAll = async (answers: Answers, between: Between): Promise<readonly Changed[]> => {
  if ('knownFrom' in between) {
    const { knownFrom: from, knownTo: to, asAt } = between;
    return (await allOf(wholeList<Change>(answers, CHANGES, { from, to, asAt }))).map(told);
  }
  const { from, to, knownAt } = between;
  const found = new Map<string, Changed>();
  for await (const change of wholeList<Change>(answers, CHANGES, { from: BEFORE_ALL, to: knownAt, asAt: to })) {
    // What is brought back stands again by the recording that does so.
    if (change.kind !== 'RECORDED' && change.earlier) found.delete(change.earlier.eventId);
    if (change.kind !== 'ANNULLED' && isWithin(change.effectiveOn, from, to)) found.set(change.eventId, told(change));
  }
  return inOrder([...found.values()]);
};

const isWithin = (day: string | null, from: string, to: string): day is string =>
  day !== null && day > from && day <= to;

const inOrder = (changes: readonly Changed[]): readonly Changed[] =>
  changes.toSorted(
    (a, b) => compared(a.effectiveOn ?? '', b.effectiveOn ?? '') || (a.position ?? 0) - (b.position ?? 0),
  );

const compared = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const told = ({ subject, position, effectiveOn, recordedAt, recordedBy, kind, sentence, why }: Change): Changed => ({
  subject,
  position,
  effectiveOn,
  recordedAt,
  recordedBy,
  change: kind.toLowerCase() as Changed['change'],
  sentence,
  why: why?.reason ?? null,
});

const changed = (subject: string, entry: Recorded): Changed => ({
  subject,
  position: entry.position,
  effectiveOn: entry.effectiveOn,
  recordedAt: entry.recordedAt,
  recordedBy: entry.recordedBy,
  change: entry.annuls ? 'annulled' : entry.corrects ? 'corrected' : 'recorded',
  sentence: entry.sentence,
  why: entry.why?.reason ?? null,
});

const ofItself = (subject: string, effectiveOn: string | null): Changed => ({
  subject,
  position: null,
  effectiveOn,
  recordedAt: null,
  recordedBy: null,
  change: 'by itself',
  sentence: 'It changed by itself: a term or a period ended or began.',
  why: null,
});

const positionIn = (knownAt: string): number => (knownAt === BEFORE_ALL ? -1 : Number(knownAt.slice(1)));
