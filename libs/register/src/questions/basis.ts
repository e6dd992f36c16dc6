import {
  endOfLondonDay,
  instantOf,
  isCivilDate,
  isInstantText,
  londonDay,
  parseCivilDate,
  parseInstant,
  Refusal,
  type CivilDate,
  type Instant,
  type Position,
} from '#kernel';

import type { Generation } from '../shelves/generation.js';
import { positionIn } from '#schema';

/** What an answer rests on (T6). The same basis, asked of the same release, gives the same bytes. */
export interface Basis {
  /** The day the answer is about; it means the end of that day. */
  readonly asAt: CivilDate;
  /** True where no day was asked about, so that it is the day of the question. */
  readonly isToday: boolean;
  /** As it was asked for; null where it was not. */
  readonly asKnownAt: string | null;
  /** The last position whose event the answer may use; −1 for none. Always the last of a command. */
  readonly position: Position;
  readonly recordedAt: Instant | null;
  /** Both null until the register has a ledger. */
  readonly treeSize: null;
  readonly rootHash: null;
  /** Where the register kept its source's recording instants: which source (T1). */
  readonly keptInstants?: string;
}

export interface BasisQuestion {
  /** Default: today in London. */
  readonly asAt?: CivilDate | string | undefined;
  /** A position (a number, or as text `p1042`), an instant with its zone, or a day. Default: now. */
  readonly asKnownAt?: Position | string | undefined;
  /** What "today" and "now" are for this request, as UTC epoch milliseconds. */
  readonly now: number;
  /**
   * Where recordings stand that whoever asks may not know of: what is known is then known up to the one before, as if
   * they had never been made. When they were is told by nothing.
   */
  readonly hidden?: ReadonlySet<Position> | undefined;
}

interface Moment {
  readonly position: Position;
  readonly recorded_at: Instant;
  /** The mark that the views keep of their log, as it stood when this was read. */
  readonly mark: string;
}

/** A basis, and the mark of the log that the views had when it was settled; none where the views hold nothing. */
export interface Settled {
  readonly basis: Basis;
  readonly mark: string | undefined;
}

/**
 * Settles what a question rests on. An instant means every event recorded at or before it; a day, its end in London;
 * a day or instant that is not over yet means now, which is how far the views have come.
 *
 * @throws Refusal `NOT_A_DATE`, `NOT_A_MOMENT`; `BASIS_BEYOND_HEAD` for a position that the views have not reached.
 */
export const settleBasis = async (generation: Generation, question: BasisQuestion): Promise<Settled> => {
  const asAt = question.asAt === undefined ? londonDay(question.now) : parseCivilDate(question.asAt, 'asAt');
  const moment = await momentOf(generation, question);
  const keptInstants = await generation.keptInstants();
  const basis: Basis = {
    asAt,
    isToday: question.asAt === undefined,
    asKnownAt: question.asKnownAt === undefined ? null : String(question.asKnownAt),
    position: moment?.position ?? -1,
    recordedAt: moment?.recorded_at ?? null,
    treeSize: null,
    rootHash: null,
    ...(keptInstants !== undefined && { keptInstants }),
  };
  return { basis, mark: moment?.mark };
};

async function momentOf(
  generation: Generation,
  { asKnownAt, now, hidden = NOTHING }: BasisQuestion,
): Promise<Moment | undefined> {
  const newest = async (): Promise<Moment | undefined> => shownUpTo(generation, '', [], hidden);
  if (asKnownAt === undefined) return newest();
  const text = String(asKnownAt);
  const position = typeof asKnownAt === 'number' ? asKnownAt : text === '-1' ? -1 : positionIn(text, 'asKnownAt');
  if (position !== undefined && Number.isSafeInteger(position) && position >= -1) {
    const asked = [newest(), shownUpTo(generation, 'WHERE position <= ?', [position], hidden)] as const;
    const [last, moment] = await Promise.all(asked);
    const head = last?.position ?? -1;
    if (position <= head) return moment;
    throw new Refusal(
      'BASIS_BEYOND_HEAD',
      `asKnownAt is position ${position}, and the register has come to position ${head}`,
      { field: 'asKnownAt', rule: 'T6', remedy: 'ask for a position that is recorded, or leave asKnownAt out for now' },
    );
  }
  const instant = endOf(text);
  if (Date.parse(instant) >= now) return newest();
  return shownUpTo(generation, 'WHERE recorded_at <= ?', [instant], hidden);
}

function endOf(text: string): Instant {
  if (isCivilDate(text)) return instantOf(endOfLondonDay(text));
  if (isInstantText(text)) return parseInstant(text, 'asKnownAt');
  throw new Refusal(
    'NOT_A_MOMENT',
    `asKnownAt is neither a position, a day nor an instant: found ${JSON.stringify(text)}, needed for example p1042, 2025-03-31 or 2025-03-31T17:00:00Z`,
    { field: 'asKnownAt' },
  );
}

const NOTHING: ReadonlySet<Position> = new Set();

/** Moments that are looked at together where some are hidden: of these mostly few stand in a row. */
const TOGETHER = 64;

/** The last moment of those asked for that is not hidden. */
async function shownUpTo(
  generation: Generation,
  where: '' | 'WHERE position <= ?' | 'WHERE recorded_at <= ?',
  parameters: readonly (string | number)[],
  hidden: ReadonlySet<Position>,
): Promise<Moment | undefined> {
  const order = where.includes('recorded_at') ? 'recorded_at DESC, position DESC' : 'position DESC';
  const limit = hidden.size === 0 ? 1 : TOGETHER;
  const mark = `(SELECT value FROM meta WHERE name = 'mark') AS mark`;
  const text = `SELECT position, recorded_at, ${mark} FROM moment ${where} ORDER BY ${order} LIMIT ${limit}`;
  const moments = await generation.reads.all<Moment>(text, parameters);
  const shown = moments.find(({ position }) => !hidden.has(position));
  const last = moments.at(-1);
  if (shown || !last || moments.length < limit) return shown;
  return shownUpTo(generation, 'WHERE position <= ?', [last.position - 1], hidden);
}
