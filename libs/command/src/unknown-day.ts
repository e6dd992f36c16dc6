import { boundsOf, partIn, type UnknownDay } from '#governance';
import { Refusal, UNKNOWN_START, addDays, isPeriod, parseCivilDate, said, type CivilDate } from '#kernel';
import type { Recording, RecordStep } from './intent.js';
import type { Judged } from './standing.js';

/** What somebody says of a day, as far as it is said at all. */
export type DaySaid = { readonly [Name in 'effectiveOn' | 'startKnown' | keyof UnknownDay]?: unknown };

/** A day that nobody knows, as a step says it. */
export type UnknownDayOfStep = Pick<RecordStep, 'effectiveOn' | 'startKnown' | keyof UnknownDay>;

/** What a step says of its day, and nothing else. */
export const dayOfStep = ({
  effectiveOn,
  startKnown,
  effectiveIn,
  notBefore,
  notAfter,
}: UnknownDayOfStep): UnknownDayOfStep => said({ effectiveOn, startKnown, effectiveIn, notBefore, notAfter });

const BOUNDS = ['effectiveIn', 'notBefore', 'notAfter'] as const;

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * What a step holds of a day that is said not to be known, or to be known to the month or the year only.
 *
 * @returns undefined where the day is known.
 * @throws Refusal naming the field behind `at`.
 */
export const unknownDay = (given: DaySaid, at: string): UnknownDayOfStep | undefined => {
  const { effectiveOn, startKnown } = given;
  const bound = BOUNDS.find((name) => isSaid(given[name]));
  if (startKnown !== false && bound === undefined) return undefined;
  if (startKnown === true) {
    throw refusal(`${at}startKnown`, `is true beside ${at}${bound}`, 'leave one of them out');
  }
  if (bound !== undefined && isSaid(effectiveOn)) {
    throw refusal(`${at}effectiveOn`, `stands beside ${at}${bound}`, 'give the day, or what is known of it');
  }
  const unknown = Object.fromEntries(BOUNDS.filter((name) => isSaid(given[name])).map((name) => [name, given[name]]));
  checkUnknownDay({ startKnown: false, ...unknown }, at);
  const day = isSaid(effectiveOn)
    ? parseCivilDate(effectiveOn, `${at}effectiveOn`)
    : (boundsOf(unknown, 'begins').earliest ?? UNKNOWN_START);
  return { effectiveOn: day, startKnown: false, ...unknown };
};

/** Looks that what a step says of a day can be so. @throws Refusal naming the field behind `at`. */
export const checkUnknownDay = (step: Omit<UnknownDayOfStep, 'effectiveOn'>, at: string): void => {
  const bound = BOUNDS.find((name) => step[name] !== undefined);
  if (bound === undefined) return;
  if (step.startKnown !== false) throw refusal(`${at}${bound}`, 'stands beside a known day', 'leave it out');
  const { effectiveIn, notBefore, notAfter } = step;
  if (effectiveIn !== undefined && !isPeriod(effectiveIn)) {
    throw new Refusal(
      'NOT_A_PERIOD',
      `${at}effectiveIn is neither a year nor a month: found ${JSON.stringify(effectiveIn)}, needed for example 2018 or 2018-05`,
      { field: `${at}effectiveIn` },
    );
  }
  if (notBefore !== undefined) parseCivilDate(notBefore, `${at}notBefore`);
  if (notAfter !== undefined) parseCivilDate(notAfter, `${at}notAfter`);
  const { earliest, latest } = boundsOf(step, 'begins');
  if (earliest !== undefined && latest !== undefined && earliest > latest) {
    throw refusal(`${at}${bound}`, `leaves no day: not before ${earliest} and not after ${latest}`, 'put one right');
  }
};

/**
 * The day on which a step's event is placed. An end on a day that nobody knows stands on the first day on which it may
 * have come: after the last on which the thing is known to have held. Where nothing is said of that day, its event says
 * at least that: a day that stands in for an end is told apart from one that the door found.
 *
 * @param earlier the live events of the subject, the last first.
 * @throws Refusal where the thing neither begins nor ends, and where no such day is left.
 */
export const dayPlaced = (
  aggregate: string,
  step: Recording,
  earlier: Iterable<Judged>,
  at: string,
): UnknownDayOfStep => {
  const effectiveOn = placeFor(aggregate, step, earlier, at);
  const isFound = BOUNDS.every((name) => step[name] === undefined) && effectiveOn !== step.effectiveOn;
  return { ...dayOfStep(step), effectiveOn, ...(isFound && { notBefore: effectiveOn }) };
};

function placeFor(aggregate: string, step: Recording, earlier: Iterable<Judged>, at: string): CivilDate {
  const { effectiveOn, startKnown, command } = step;
  const part = partIn(aggregate, command.type);
  const bound = BOUNDS.find((name) => step[name] !== undefined);
  if (bound !== undefined && part === undefined) {
    throw refusal(
      `${at}${bound}`,
      `is said of ${command.type}, which neither begins nor ends something that lasts`,
      'give the day as effectiveOn, or startKnown: false',
    );
  }
  if (startKnown !== false || part !== 'ends') return effectiveOn;
  if (bound === undefined && effectiveOn !== UNKNOWN_START) return effectiveOn;
  const { begins, ends, seen } = lifeIn(aggregate, earlier);
  if (ends) return latestOf(effectiveOn, ends.effectiveOn);
  if (!begins) return effectiveOn;
  const { latest } = boundsOf(step, part);
  const first = begins.startKnown === false ? begins.effectiveOn : addDays(begins.effectiveOn, 1);
  const afterStart = latest === begins.effectiveOn ? latest : first;
  const day = latestOf(effectiveOn, afterStart, seen && addDays(seen, 1));
  if (latest === undefined || day <= latest) return day;
  throw new Refusal(
    'ENDS_BEFORE_START',
    `the ${aggregate} would end by ${addDays(latest, -1)} and is known to have held on ${addDays(day, -1)}`,
    { field: `${at}${bound}`, rule: 'T4', remedy: 'put the bounds of the end right, or what was recorded before' },
  );
}

/** The last beginning, the end behind it where there is one, and the last day on which the source shows it. */
function lifeIn(
  aggregate: string,
  earlier: Iterable<Judged>,
): { readonly begins?: Judged; readonly ends?: Judged; readonly seen?: CivilDate } {
  let seen: CivilDate | undefined;
  for (const event of earlier) {
    const part = partIn(aggregate, event.type);
    if (part === 'ends') return { ends: event };
    const { seenOn } = event.data as { readonly seenOn?: readonly CivilDate[] | null };
    seen ??= seenOn?.toSorted().at(-1);
    if (part === 'begins') return { begins: event, ...(seen !== undefined && { seen }) };
  }
  return {};
}

const latestOf = (...days: readonly (CivilDate | undefined)[]): CivilDate =>
  days.filter((day) => day !== undefined).reduce((a, b) => (a > b ? a : b));

const refusal = (field: string, found: string, remedy: string): Refusal =>
  new Refusal('UNKNOWN_DAY', `${field} ${found}`, { field, rule: 'T1', remedy });
