import { Refusal, addDays, type CivilDate } from '#kernel';
import { UNBORN, lifeAfter, standsInLife, type Life, type Part } from './lifecycle.js';

/** The life of a subject whose end may be known in advance. */
export interface TermedLife extends Life {
  /** First day without, where the term is known. */
  readonly to?: CivilDate;
}

/** What an event says of the term: nothing, a new first day without, or null: that its end is open. */
export interface SaysTerm {
  readonly to?: CivilDate | null;
}

export const NO_TERM: TermedLife = UNBORN;

/**
 * As `standsInLife`, with terms. A term that lapsed by itself leaves room for a new beginning; an end recorded after it
 * stands, because whichever comes first ends the subject.
 *
 * @param effectiveOn day of the event; a term it states ends on or after it (T4). One that ends on it covers no day.
 */
export const standsInTerm = (
  life: TermedLife,
  part: Part,
  says: SaysTerm,
  effectiveOn: CivilDate,
  noun: string,
): Refusal | undefined => {
  if (says.to !== undefined && says.to !== null && says.to < effectiveOn) {
    return new Refusal(
      'ENDS_BEFORE_START',
      `the ${noun} would end before it starts: the first day without it is ${says.to}, the first day with it ${effectiveOn}`,
      { field: 'until', rule: 'T4', remedy: 'give a last day on or after the day it takes effect' },
    );
  }
  const lapsed = part === 'begins' && life.to !== undefined && life.to <= effectiveOn;
  return standsInLife(lapsed ? { begun: life.begun, ended: true } : life, part, noun);
};

export const termAfter = (life: TermedLife, part: Part, says: SaysTerm): TermedLife => {
  const next = lifeAfter({ begun: life.begun, ended: life.ended }, part);
  const kept = part === 'begins' ? undefined : life.to;
  const to = says.to === undefined ? kept : says.to;
  return to === undefined || to === null ? next : { ...next, to };
};

/** What an event says of the term, of the data of any event. */
export const termIn = ({ data }: { readonly data: object }): SaysTerm =>
  'to' in data ? { to: data.to as CivilDate | null } : {};

/** Events keep the first day without, where people give the last day (T4). */
export const firstDayWithout = <Absent extends null | undefined>(until: CivilDate | Absent): CivilDate | Absent =>
  until ? addDays(until, 1) : until;
