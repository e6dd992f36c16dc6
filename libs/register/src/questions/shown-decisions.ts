import type { Classed } from '#governance';
import type { Place } from '../engine/answer.js';
import type { Restriction } from './restriction.js';

/**
 * That a decision is of none of these classes: on the basis that is asked about, on others, or by a recording.
 *
 * @param now today, as known now; where nothing holds then, whatever it ever was counts.
 * @param closed keys of decisions of which a recording is withheld that what is shown is made of.
 * @param also other days on which it must not be of them.
 */
export const noneOf = (
  classes: readonly Classed['disclosure'][],
  now: Place,
  closed: readonly string[],
  also: readonly Place[] = [],
): Restriction => {
  const isThem = { column: 'disclosure', oneOf: classes };
  const elsewhere = [{ ...now, orEver: true }, ...also].map((at) => ({ ...isThem, at }));
  return { not: { any: [isThem, ...elsewhere, { ids: closed }] } };
};
