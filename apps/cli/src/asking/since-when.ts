import { isDeepStrictEqual } from 'node:util';
import type { Answers } from './answers.js';
import { historyOf, type BasisOptions, type Recorded } from './history-command.js';
import { toldOf, type Fields, type Named, type Told } from './one-subject.js';
import { allOf, wholeList } from './whole-list.js';

/** A stretch of days on which a subject stood unchanged. */
export interface Stretch {
  /** Null where the first day is not known. */
  readonly stretchFrom: string | null;
  readonly sentences: readonly string[];
}

/** From when a field has said what it says, and what was recorded to take effect then. */
export interface Since {
  readonly day: string | null;
  /** Empty where it changed by itself, as a term that runs out. */
  readonly events: readonly Recorded[];
}

const TIMELINE = `query Timeline($of: ID!, $knownAt: KnownAt, $first: Int!, $after: String) {
  timeline(of: $of, asKnownAt: $knownAt, first: $first, after: $after) {
    edges { node { stretchFrom sentences } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** The stretches of a subject's days as known at a moment, the earliest first. */
export const stretchesOf = async (answers: Answers, of: string, knownAt: string): Promise<readonly Stretch[]> =>
  allOf(wholeList<Stretch>(answers, TIMELINE, { of, knownAt }));

/** A day before anything that the register holds: asks for what stands since nobody knows when. */
const BEFORE_ALL = '0001-01-01';

/**
 * For each field of a record since when it has said so: looked for from the stretch that the day is in backwards, as long
 * as something is still the same. What does not follow from the subject's own days alone, such as an end that comes from
 * another record, has no such day.
 */
export const sinceWhen = async (
  answers: Answers,
  named: Named,
  record: Fields,
  { asAt, knownAt }: { readonly asAt: string; readonly knownAt: string },
): Promise<ReadonlyMap<string, Since>> => {
  const stretches = (await stretchesOf(answers, named.id, knownAt)).filter(
    ({ stretchFrom }) => (stretchFrom ?? BEFORE_ALL) <= asAt,
  );
  const events = await inForce(answers, named.id, { asAt, knownAt });
  const since = new Map<string, Since>();
  let same = Object.keys(record);
  for (const { stretchFrom } of stretches.toReversed()) {
    const earlier = (await toldOf(answers, named, { asAt: stretchFrom ?? BEFORE_ALL, knownAt })).record;
    same = same.filter((field) => earlier !== null && isDeepStrictEqual(earlier[field], record[field]));
    if (same.length === 0) break;
    for (const field of same)
      since.set(field, { day: stretchFrom, events: events.filter((event) => isOf(event, stretchFrom)) });
  }
  return apart(answers, named, record, since);
};

/** Where several commands took effect on one day, the one with which a field came to say what it says. */
async function apart(
  answers: Answers,
  named: Named,
  record: Fields,
  since: ReadonlyMap<string, Since>,
): Promise<ReadonlyMap<string, Since>> {
  const known = new Map<string, Promise<Told>>();
  const toldAt = (day: string | null, position: number): Promise<Told> => {
    const key = `${day} ${position}`;
    const asked = known.get(key) ?? toldOf(answers, named, { asAt: day ?? BEFORE_ALL, knownAt: `p${position}` });
    known.set(key, asked);
    return asked;
  };
  const found = new Map<string, Since>();
  for (const [field, { day, events }] of since) {
    const commands = await commandsIn(events, async (position) => (await toldAt(day, position)).basis.position);
    let at = commands.length - 1;
    for (; at > 0; at--) {
      const [first] = commands[at] ?? [];
      const before = first && (await toldAt(day, first.position - 1)).record;
      if (!before || !isDeepStrictEqual(before[field], record[field])) break;
    }
    found.set(field, { day, events: commands[at] ?? [] });
  }
  return found;
}

/** @param endOf the end of the last command up to a position: the position itself where a command ends there. */
async function commandsIn(
  events: readonly Recorded[],
  endOf: (position: number) => Promise<number>,
): Promise<readonly (readonly Recorded[])[]> {
  const commands: Recorded[][] = [];
  for (const event of events) {
    const last = commands.at(-1);
    const before = last?.at(-1)?.position;
    const goesOn = before === event.position - 1 && (await endOf(before)) !== before;
    if (last && goesOn) last.push(event);
    else commands.push([event]);
  }
  return commands;
}

/** What counts of what was recorded about a subject, as known at a basis. */
export const inForce = async (answers: Answers, of: string, basis: BasisOptions): Promise<readonly Recorded[]> => {
  const all = await allOf(historyOf(answers, of, basis));
  return all.filter(({ status, annuls }) => status === 'IN_FORCE' && annuls === null);
};

const isOf = ({ effectiveOn }: Recorded, day: string | null): boolean => effectiveOn === day;
