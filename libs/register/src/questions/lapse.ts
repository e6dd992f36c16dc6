import { dayInWords, type Aggregate } from '#governance';
import type { CivilDate } from '#kernel';
import type { BoundDayView, Holding } from '../rooms/holding.view.js';

/** That what something hangs on has ended, so that it has ended with it: a join, never a turn (T8). */
export interface Lapse {
  readonly aggregate: Aggregate;
  readonly id: string;
  /** What it was called. */
  readonly name: string;
  /** The last day of both; null where nobody knows it. */
  readonly lastDay: CivilDate | null;
  /** Id of the recording that ended it; null where none says so. */
  readonly event: string | null;
  /** False where it has ended on a day that nobody knows, which may be yet to come. */
  readonly isKnown: boolean;
}

/** What is read of a record that others hang on. */
export interface Carrier {
  readonly state: object;
  readonly name: string;
}

/** Reads, as at and as known at one place. */
export interface CarrierReads {
  readonly one: (aggregate: Aggregate, id: string) => Promise<Carrier | undefined>;
  /** Whether some organisation came after this one: what was its own may have gone over. */
  readonly hasSuccessor: (organisation: string) => Promise<boolean>;
}

/** By which fields a record hangs on others, of whichever aggregate. */
interface Hanging {
  readonly holds?: Holding;
  readonly end?: BoundDayView | null;
  readonly seat?: string;
  readonly function?: string;
  readonly body?: string;
  readonly organisation?: string;
  readonly owners?: readonly string[];
  readonly mergedInto?: string;
  readonly grantedByBody?: string;
  readonly grantedByOrganisation?: string;
  readonly grantedBySeat?: string;
  readonly delegateBodies?: readonly string[];
  readonly delegateOrganisations?: readonly string[];
  readonly delegateSeats?: readonly string[];
  readonly delegatePersons?: readonly string[];
  readonly delegateNames?: readonly string[];
  readonly instrument?: string;
  readonly partOf?: string;
  readonly replacedBy?: string;
  readonly committee?: string;
  readonly council?: string;
  readonly heldOn?: CivilDate;
}

/** How many instruments are looked at, one part of the other: as many as a statement asks about. */
export const INSTRUMENTS_DEEP = 3;

/**
 * What a shown record has lapsed with, where it has, or where nobody knows whether it has already.
 *
 * @param deep how many instruments are still looked at.
 */
export const lapseOf = async (
  aggregate: string,
  state: object,
  reads: CarrierReads,
  deep = INSTRUMENTS_DEEP,
): Promise<Lapse | undefined> => {
  const of = state as Hanging;
  const ended = (kind: Aggregate, id: string | undefined): Promise<Lapse | undefined> => endOf(kind, id, reads);
  const instrument = async (id: string | undefined): Promise<Lapse | undefined> => {
    const found = id === undefined || deep === 0 ? undefined : await reads.one('instrument', id);
    const { replacedBy } = (found?.state ?? {}) as Hanging;
    // What was in the place of it may say the same.
    if (!found || (replacedBy !== undefined && (await reads.one('instrument', replacedBy)))) return undefined;
    return endOf('instrument', id, reads, deep - 1);
  };
  switch (aggregate) {
    case 'appointment':
      return first([
        await ended('seat', of.seat),
        await ended('body', of.body),
        await ended('organisation', of.organisation),
      ]);
    case 'seat':
      return first([await ended('body', of.body), await ended('organisation', of.organisation)]);
    case 'body':
      return lastOf(of.owners ?? [], 'organisation', reads);
    case 'delegation':
      return first([
        await passedOn(await ended('body', of.grantedByBody), reads),
        await ended('organisation', of.grantedByOrganisation),
        await ended('seat', of.grantedBySeat),
        await delegatesGone(of, reads),
        await instrument(of.instrument),
      ]);
    case 'instrument':
      return first([
        await passedOn(await ended('body', of.body), reads),
        await ended('organisation', of.organisation),
        await instrument(of.partOf),
      ]);
    case 'reservation':
      return first([
        await passedOn(await ended('body', of.body), reads),
        await ended('organisation', of.organisation),
        await instrument(of.instrument),
      ]);
    case 'budget':
      return first([await passedOn(await ended('body', of.body), reads), await ended('organisation', of.organisation)]);
    case 'functionHolding':
      return first([await ended('function', of.function), await ended('organisation', of.organisation)]);
    case 'interest':
      return ended('organisation', of.organisation);
    case 'standingOrder':
      return first([await ended('body', of.committee), await ended('organisation', of.council)]);
    case 'meeting': {
      const lapse = await ended('body', of.body);
      const isAhead = lapse?.isKnown === true && lapse.lastDay !== null && (of.heldOn ?? '') > lapse.lastDay;
      return isAhead ? lapse : undefined;
    }
    default:
      return undefined;
  }
};

/** The end of what is named, or of what that hangs on itself. */
async function endOf(
  aggregate: Aggregate,
  id: string | undefined,
  reads: CarrierReads,
  deep?: number,
): Promise<Lapse | undefined> {
  const found = id === undefined ? undefined : await reads.one(aggregate, id);
  if (id === undefined || !found) return undefined;
  const { holds, end } = found.state as Hanging;
  const hasEnded = holds === 'NO';
  if (!hasEnded) {
    const lapse = await lapseOf(aggregate, found.state, reads, deep);
    if (lapse?.isKnown || !end) return lapse;
  }
  if (aggregate === 'organisation' && (await reads.hasSuccessor(id))) return undefined;
  const { name } = found;
  return { aggregate, id, name, lastDay: end?.day ?? null, event: end?.event ?? null, isKnown: hasEnded };
}

/** Of several that all have to be gone: the one that was the last. Those that are not there do not count. */
async function lastOf(
  ids: readonly string[],
  aggregate: Aggregate,
  reads: CarrierReads,
  also: readonly (Lapse | undefined)[] = [],
): Promise<Lapse | undefined> {
  const there: string[] = [];
  for (const id of ids) if (await reads.one(aggregate, id)) there.push(id);
  const ends = [...(await Promise.all(there.map(async (id) => endOf(aggregate, id, reads)))), ...also];
  const known = ends.filter((end) => end?.isKnown === true);
  if (known.length === 0 || known.length < ends.length) return undefined;
  return known.toSorted((a, b) => ((a?.lastDay ?? '') < (b?.lastDay ?? '') ? 1 : -1))[0];
}

async function delegatesGone(of: Hanging, reads: CarrierReads): Promise<Lapse | undefined> {
  if ((of.delegatePersons?.length ?? 0) + (of.delegateNames?.length ?? 0) > 0) return undefined;
  const others: (Lapse | undefined)[] = [];
  for (const id of of.delegateBodies ?? []) {
    if (await reads.one('body', id)) others.push(await passedOn(await endOf('body', id, reads), reads));
  }
  for (const id of of.delegateSeats ?? []) {
    if (await reads.one('seat', id)) others.push(await endOf('seat', id, reads));
  }
  return lastOf(of.delegateOrganisations ?? [], 'organisation', reads, others);
}

/** A body that became part of another passes on what it may do. */
async function passedOn(lapse: Lapse | undefined, reads: CarrierReads): Promise<Lapse | undefined> {
  const found = lapse?.aggregate === 'body' ? await reads.one('body', lapse.id) : undefined;
  const into = (found?.state as Hanging | undefined)?.mergedInto;
  return into !== undefined && (await reads.one('body', into)) ? undefined : lapse;
}

/** The first that is known to have ended; failing that, one of which nobody knows. */
function first(ends: readonly (Lapse | undefined)[]): Lapse | undefined {
  const there = ends.filter((end) => end !== undefined);
  const known = there.filter(({ isKnown }) => isKnown);
  return known.toSorted((a, b) => ((a.lastDay ?? '') < (b.lastDay ?? '') ? -1 : 1))[0] ?? there[0];
}

/** Whether something holds, with what it hangs on. */
export const holdingWith = (holds: Holding, lapse: Lapse | undefined): Holding => {
  if (!lapse || holds === 'NO') return holds;
  return lapse.isKnown ? 'NO' : 'NOT_KNOWN';
};

/** The same in words, behind "yes", "no" or "not known". @param begins the first day of what lapsed, where it is known. */
export const lapseInWords = ({ name, lastDay, isKnown }: Lapse, begins?: CivilDate | null): string => {
  if (!isKnown) return `not known whether still: ${name} has ended, on a day that nobody knows`;
  if (lastDay === null) return `no, it lapsed with ${name}, on a day that nobody knows`;
  const day = dayInWords(lastDay);
  if (begins && begins > lastDay) return `no, ${name} had ended on ${day} when it was to begin`;
  return `no, it lapsed with ${name} on ${day}`;
};
