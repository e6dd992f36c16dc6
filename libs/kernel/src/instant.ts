import { isCivilDate } from './civil-date.js';
import { Refusal } from './refusal.js';

declare const instant: unique symbol;

/** A moment in UTC with exactly three decimals, `2026-03-01T09:30:00.000Z`. Sorts as text. */
export type Instant = string & { readonly [instant]: true };

/** The instant made last: events of one commit are of one, and stand one behind the other. */
let newest: { readonly ms: number; readonly instant: Instant } | undefined;

/** @param epochMs milliseconds since 1970-01-01T00:00Z; a fraction is cut off. */
export const instantOf = (epochMs: number): Instant => {
  const ms = Math.floor(epochMs);
  if (newest?.ms !== ms) newest = { ms, instant: new Date(ms).toISOString() as Instant };
  return newest.instant;
};

export const epochMsOf = (at: Instant): number => Date.parse(at);

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const FIRST = Date.parse('0001-01-01T00:00:00Z');

/** `Date.parse` takes 30 February for 2 March; here it is no instant. Nor is what in UTC is before the calendar. */
export const isInstantText = (text: unknown): text is string =>
  typeof text === 'string' && SHAPE.test(text) && isCivilDate(text.slice(0, 10)) && Date.parse(text) >= FIRST;

/** Reads an ISO 8601 instant with any offset. @throws Refusal `NOT_AN_INSTANT` naming `field`. */
export const parseInstant = (text: unknown, field: string): Instant => {
  if (isInstantText(text)) return instantOf(Date.parse(text));
  throw new Refusal(
    'NOT_AN_INSTANT',
    `${field} is not an instant with a time zone: found ${JSON.stringify(text)}, needed for example 2025-03-31T17:00:00Z`,
    { field },
  );
};
