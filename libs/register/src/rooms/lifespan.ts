import { addDays, type CivilDate, type DomainEvent } from '#kernel';

/**
 * The first day of the thing itself, which stays what it is through every later change; the first day of a stretch is
 * another matter (T4). Empty where nobody knows it.
 */
export const firstDay = ({ effectiveOn, envelope }: DomainEvent): CivilDate | undefined =>
  envelope.startKnown === false ? undefined : effectiveOn;

/** The last day of the thing itself, by the event that ends it on the first day without, or by a term that came first. */
export const lastDay = (event: DomainEvent, termEnds?: CivilDate): CivilDate | undefined => {
  const first = firstDay(event);
  if (first === undefined) return undefined;
  const last = addDays(first, -1);
  return termEnds !== undefined && termEnds < last ? termEnds : last;
};
