import { dayInWords, daysInWords, named, type Aggregate, type NameOf } from '#governance';
import type { CivilDate } from '#kernel';
import type { LapsingEntry } from './lapsing-entry.js';
import type { WhatLapses } from './what-lapses.js';

const NOUNS: Readonly<Partial<Record<Aggregate, string>>> = {
  delegation: 'the delegation ',
  reservation: 'the reservation ',
  appointment: 'the appointment ',
  instrument: 'the document ',
  scrutiny: 'the scrutiny matter ',
};

const called = (nameOf: NameOf, aggregate: Aggregate, id: string): string =>
  `${NOUNS[aggregate] ?? ''}${named(nameOf, aggregate, id)}`;

/** What became of one thing with one successor, as a sentence. */
export const lapsingInWords = (entry: LapsingEntry, nameOf: NameOf): string => {
  const { aggregate, id, condition, successor, by, since } = entry;
  const thing = called(nameOf, aggregate, id);
  const what = condition === undefined ? thing : `the condition “${condition}” of ${thing}`;
  const to = successor === undefined ? '' : ` to ${named(nameOf, 'organisation', successor)}`;
  const from = since === undefined ? '' : ` from ${dayInWords(since)}`;
  switch (entry.outcome) {
    case 'CARRIED': {
      const as = by ? `, as ${called(nameOf, by.aggregate, by.id)} says` : '';
      return told(`${what} went over${to}${from}${as}`, between(entry));
    }
    case 'RE_GRANTED': {
      const there = by ? called(nameOf, by.aggregate, by.id) : 'another';
      const where = successor === undefined ? '' : ` with ${named(nameOf, 'organisation', successor)}`;
      return told(`${what} has ${there} in its place${where}${from}`, between(entry));
    }
    case 'ENDED': {
      const on = entry.lastDay === undefined ? ', on a day that nobody knows' : ` on ${dayInWords(entry.lastDay)}`;
      return told(`${what} ended${on}`, entry.gapDays === 0 ? undefined : between(entry));
    }
    case 'IN_THE_GAP': {
      const where = successor === undefined ? '' : ` with ${named(nameOf, 'organisation', successor)}`;
      const days = entry.gapDays;
      const long = days === undefined ? 'nobody knows since when' : `for ${daysInWords(days)} so far`;
      return told(`${what} has nothing in its place${where}`, long);
    }
  }
};

function between({ gapDays }: LapsingEntry): string | undefined {
  if (gapDays === undefined) return 'how many days were without it is not known';
  return gapDays === 0 ? undefined : `after ${daysInWords(gapDays)} without it`;
}

const told = (sentence: string, more: string | undefined): string => {
  const text = `${sentence}${more === undefined ? '' : `, ${more}`}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const COUNTED = [
  ['CARRIED', 'went over'],
  ['RE_GRANTED', 'granted again'],
  ['ENDED', 'ended'],
  ['IN_THE_GAP', 'in the gap'],
] as const;

/**
 * The whole answer as lines: since when and to whom, how many of each, and each that is given.
 *
 * @param given of the entries those that are told one by one.
 */
export const whatLapsesInWords = (
  { handovers, entries }: WhatLapses,
  given: readonly LapsingEntry[],
  { organisation, asAt, nameOf }: { readonly organisation: string; readonly asAt: CivilDate; readonly nameOf: NameOf },
): string => {
  const name = named(nameOf, 'organisation', organisation);
  const day = dayInWords(asAt);
  if (handovers.length === 0) return `By ${day} nothing of ${name} has ended or gone over.`;
  const heads = handovers.map(({ on, isKnown, isWhole, successors }) => {
    const what = isWhole ? `What ${name} had` : `A share of what ${name} has`;
    const when = isKnown ? `on ${dayInWords(on)}` : `on a day that nobody knows, ${dayInWords(on)} at the earliest`;
    const whom = successors.map((one) => named(nameOf, 'organisation', one.organisation)).join(', ');
    return `${what} was its own no longer ${when}; after it came: ${whom || 'nobody who is recorded'}.`;
  });
  const counts = COUNTED.map(([outcome, words]) => {
    const some = entries.filter((entry) => entry.outcome === outcome);
    return `${some.length} ${words}`;
  });
  return [...heads, `By ${day}: ${counts.join(', ')}.`, ...given.map((one) => lapsingInWords(one, nameOf))].join('\n');
};
