import { dayInWords } from '#governance';
import type { CivilDate } from '#kernel';
import { holdingWith, lapseInWords, type DelegationView, type HoldingView, type Lapse } from '#register';
import { capital, onOneLine } from '../plain.js';
import type { EntryStanding } from './scheme.js';

export interface Standing {
  readonly standing: EntryStanding;
  readonly standingInWords: string;
  /** The last day: of its term, or with what it lapsed. */
  readonly until: CivilDate | null;
}

type Held = HoldingView & Partial<Pick<DelegationView, 'status' | 'statusBecause' | 'termEnds'>>;

/**
 * Where a delegation or a reservation that its own record has not ended stands, as what it hangs on leaves it.
 *
 * @param invalid why the version of the document that makes it is not valid; undefined where nothing says so.
 */
export const standingOf = (state: Held, lapse: Lapse | undefined, invalid: string | undefined): Standing => {
  const until = state.termEnds ?? null;
  const holds = holdingWith(state.holds, lapse);
  if (holds === 'NO' && lapse) {
    const words = lapseInWords(lapse, state.start.day).replace(/^no, /, '');
    return { standing: 'LAPSED', standingInWords: told(words), until: lapse.lastDay };
  }
  if (invalid !== undefined) return { standing: 'INVALID', standingInWords: told(invalid), until };
  if (state.status === 'SUSPENDED') {
    const why = state.statusBecause === undefined ? '' : `: ${onOneLine(state.statusBecause)}`;
    return { standing: 'SUSPENDED', standingInWords: told(`suspended${why}`), until };
  }
  if (holds === 'NOT_KNOWN') {
    const words = lapse && state.holds !== 'NOT_KNOWN' ? lapseInWords(lapse, state.start.day) : state.holdsInWords;
    return { standing: 'NOT_KNOWN', standingInWords: told(words), until };
  }
  const since = state.start.day === null ? 'from a day that nobody knows' : `from ${dayInWords(state.start.day)}`;
  const to = until === null ? '' : ` until ${dayInWords(until)}`;
  return { standing: 'IN_FORCE', standingInWords: told(`in force ${since}${to}`), until };
};

const told = (words: string): string => `${capital(words)}${/[.!?…]$/.test(words) ? '' : '.'}`;
