import type { CivilDate } from '#kernel';
import { dayInWords } from '#governance';
import type { DelegationView, HoldingView, InstrumentView, ReservationView } from '#register';
import type { Detail, LogBasis } from '../document.js';
import { namesFor } from '../context.js';
import { onOneLine } from '../plain.js';
import type { LogSource } from '../source.js';
import { called } from './parties.js';
import { functionOf } from './gather-scheme.js';
import type { Called, Scheme, SchemeEntry, SchemeHead } from './scheme.js';

export const DIFFERENCE_KINDS = {
  ADDED: 'It was not in the scheme on the first day.',
  REMOVED: 'It is not in the scheme any more on the second.',
  CHANGED: 'It says something else.',
} as const;
export type DifferenceKind = keyof typeof DIFFERENCE_KINDS;

/** One thing that an entry says otherwise. */
export interface FieldChange {
  /** As the entry calls it: `Limit`. */
  readonly field: string;
  /** Empty where nothing was said. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly sentence: string;
}

export interface SchemeChange {
  readonly kind: DifferenceKind;
  readonly subject: string;
  /** By which function it is listed. */
  readonly title: string;
  readonly before: SchemeEntry | undefined;
  readonly after: SchemeEntry | undefined;
  /** Of what changed; none for what was added or removed. */
  readonly fields: readonly FieldChange[];
  /** Of what was removed, how it ended, where its own record says that. */
  readonly why?: string;
  /** Decisions that made it so: of the delegation itself, and of the document that makes it. */
  readonly decisions: readonly Called[];
  /** All of it in sentences. */
  readonly text: string;
}

/** What a scheme says on a day that it did not say on another, both as known at one moment. */
export interface SchemeDifference {
  readonly head: Omit<SchemeHead, 'basis'> & {
    readonly basis: LogBasis;
    readonly from: CivilDate;
    readonly to: CivilDate;
  };
  readonly changes: readonly SchemeChange[];
}

/** @param before the scheme on the earlier day. @param after on the later, as known at the same position. */
export const differenceOf = async (source: LogSource, before: Scheme, after: Scheme): Promise<SchemeDifference> => {
  const { organisation, reader, basis } = after.head;
  const was = new Map(before.entries.map((entry) => [entry.subject, entry]));
  const is = new Map(after.entries.map((entry) => [entry.subject, entry]));
  const made = await decisionsBehind(source, after.head, [...before.entries, ...after.entries]);
  const changes: SchemeChange[] = [];
  for (const entry of after.entries) {
    const earlier = was.get(entry.subject);
    const fields = earlier ? fieldsChanged(earlier.details, entry.details) : [];
    if (earlier && fields.length === 0) continue;
    changes.push(changeOf(earlier, entry, fields, made));
  }
  const gone = before.entries.filter(({ subject }) => !is.has(subject));
  const why = await endsOf(source, gone, basis);
  for (const entry of gone) changes.push(changeOf(entry, undefined, [], made, why.get(entry.subject)));
  const from = before.head.basis.asAt;
  return { head: { organisation, reader, basis, from, to: basis.asAt }, changes };
};

type DecisionsOf = (entry: SchemeEntry) => readonly Called[];

function changeOf(
  before: SchemeEntry | undefined,
  after: SchemeEntry | undefined,
  fields: readonly FieldChange[],
  decisionsOf: DecisionsOf,
  why?: string,
): SchemeChange {
  const shown = (after ?? before) as SchemeEntry;
  const kind: DifferenceKind = before ? (after ? 'CHANGED' : 'REMOVED') : 'ADDED';
  const known = kind === 'CHANGED' && before ? new Set(decisionsOf(before).map(({ subject }) => subject)) : new Set();
  const decisions = kind === 'REMOVED' ? [] : decisionsOf(shown).filter(({ subject }) => !known.has(subject));
  return {
    ...{ kind, subject: shown.subject, title: functionOf(shown), before, after, fields, decisions },
    ...(why !== undefined && { why }),
    text: [textOf(kind, shown, fields, decisions), ...(why === undefined ? [] : [why])].join(' '),
  };
}

/** Label by label: what stands there before and after. */
export const fieldsChanged = (before: readonly Detail[], after: readonly Detail[]): readonly FieldChange[] => {
  const texts = (details: readonly Detail[]) =>
    new Map(details.map(({ label, values }) => [label, values.map(({ text }) => text)]));
  const [was, is] = [texts(before), texts(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const [old, now] = [was.get(field) ?? [], is.get(field) ?? []];
    if (old.join('\n') === now.join('\n')) return [];
    return [{ field, before: old, after: now, sentence: sentenceOf(field, old, now) }];
  });
};

function sentenceOf(field: string, before: readonly string[], after: readonly string[]): string {
  const [was, is] = [before.join('; '), after.join('; ')].map((text) => text.replace(/\.$/, ''));
  if (before.length === 0) return `${field}: now ${is}; nothing was said before.`;
  if (after.length === 0) return `${field}: nothing is said any more; it was ${was}.`;
  return `${field}: now ${is}; it was ${was}.`;
}

const BEGINNINGS = { ADDED: 'Added', REMOVED: 'Removed', CHANGED: 'Changed' } as const;

function textOf(
  kind: DifferenceKind,
  entry: SchemeEntry,
  fields: readonly FieldChange[],
  decisions: readonly Called[],
): string {
  const by =
    decisions.length === 0 ? '' : ` By ${decisions.map(({ name }) => `the decision “${name}”`).join(' and ')}.`;
  const what =
    kind === 'CHANGED' ? [`${functionOf(entry)}.`, ...fields.map(({ sentence }) => sentence)].join(' ') : entry.text;
  return `${BEGINNINGS[kind]}: ${what}${by}`;
}

type Ended = HoldingView &
  Partial<Pick<DelegationView & ReservationView, 'status' | 'statusBecause' | 'endedBecause' | 'inForceUntil'>>;

/** How what is not there any more ended: revoked, with its term over, or otherwise. */
async function endsOf(
  { register }: LogSource,
  gone: readonly SchemeEntry[],
  basis: LogBasis,
): Promise<ReadonlyMap<string, string>> {
  const ends = new Map<string, string>();
  for (const aggregate of ['delegation', 'reservation'] as const) {
    const ids = gone.flatMap(({ subject }) =>
      subject.startsWith(`${aggregate}/`) ? [subject.slice(aggregate.length + 1)] : [],
    );
    for (const [id, answer] of await register.pointMany<Ended>(aggregate, ids, basis)) {
      if (answer.kind !== 'found' || answer.state.holds !== 'NO') continue;
      const { status, statusBecause, endedBecause, inForceUntil, end } = answer.state;
      const day = end?.day ?? inForceUntil;
      const how = status === 'REVOKED' ? 'It was revoked' : status === 'EXPIRED' ? 'Its term was over' : 'It ended';
      const because = statusBecause ?? endedBecause;
      const last = day === undefined ? ', on a day that nobody knows' : `; its last day was ${dayInWords(day)}`;
      ends.set(`${aggregate}/${id}`, `${how}${last}${because === undefined ? '' : `: ${onOneLine(because)}`}.`);
    }
  }
  return ends;
}

/** Decisions that whoever reads may know of: that of an entry itself, and the one that adopted the document, or its version, that makes it. */
async function decisionsBehind(
  source: LogSource,
  { basis, reader }: Pick<SchemeHead, 'basis' | 'reader'>,
  entries: readonly SchemeEntry[],
): Promise<DecisionsOf> {
  const names = namesFor(source, basis, reader);
  const instruments = [...new Set(entries.flatMap(({ instrument }) => instrument?.subject ?? []))];
  const adopted = await names.tellEach(instruments, (subject, lookups) => {
    const state = lookups.stateOf<InstrumentView>('instrument', subject.slice('instrument/'.length));
    const shown = (decision: string | undefined): Called | undefined =>
      decision === undefined || lookups.isWithheld(decision) ? undefined : called('decision', decision, lookups);
    // Of a version the decision that adopted it; of what was issued without one, that of the document.
    return {
      version: state?.version,
      ofVersion: shown(state?.versionAdoptedByDecision),
      ofDocument: shown(state?.adoptedByDecision),
    };
  });
  const by = new Map(instruments.map((subject, at) => [subject, adopted[at]]));
  return ({ madeByDecision, instrument, version }) => {
    const of = by.get(instrument?.subject ?? '');
    const made = of?.version === version ? (of?.ofVersion ?? of?.ofDocument) : of?.ofDocument;
    const both = [madeByDecision, made].filter((one) => one !== null && one !== undefined);
    return [...new Map(both.map((one) => [one.subject, one])).values()];
  };
}

/** `1 April 2025 to 1 April 2026`. */
export const daysOf = ({ from, to }: Pick<SchemeDifference['head'], 'from' | 'to'>): string =>
  `${dayInWords(from)} to ${dayInWords(to)}`;
