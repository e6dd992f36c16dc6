import { CellRefusal } from './row.js';

/** Digits alone, or in threes from the right with commas or with spaces between, never both; then decimals behind a point. */
const NUMBER =
  /^(?<minus>[-−]?)\s?£?\s?(?<whole>\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00A0\u202F]\d{3})+)(?:\.(?<decimals>\d+))?$/;

/** Digits that a number may have without one of them being lost. */
const EXACT_DIGITS = 15;

/** True for a number that JSON and every program that reads it keep as it is. */
export const isExact = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

interface Digits {
  readonly minus: string;
  readonly whole: string;
  readonly decimals: string;
}

/** A number in a cell. A comma parts thousands and nothing else. @throws CellRefusal `NOT_A_NUMBER` */
export const numberIn = (cell: string, column: string): number => {
  const { minus, whole, decimals } = digitsIn(cell, column);
  const value = Number(`${minus}${whole}.${decimals}0`);
  const digits = `${whole}${decimals}`.replace(/^0+/, '').length;
  if (isExact(value) && (decimals === '' || digits <= EXACT_DIGITS)) return value;
  throw new CellRefusal('NUMBER_TOO_LARGE', {
    column,
    found: cell,
    needed: `a number that can be kept exactly, of at most ${EXACT_DIGITS} digits`,
  });
};

/** Pounds in a cell, as pence. @throws CellRefusal `NOT_A_NUMBER`, `NOT_MONEY`, `NUMBER_TOO_LARGE` */
export const penceIn = (cell: string, column: string): number => {
  const { minus, whole, decimals } = digitsIn(cell, column);
  if (decimals.length > 2) {
    throw new CellRefusal('NOT_MONEY', { column, found: cell, needed: 'pounds with at most two decimals' });
  }
  const pence = Number(`${minus}${whole}${decimals.padEnd(2, '0')}`);
  if (isExact(pence)) return pence;
  throw new CellRefusal('NUMBER_TOO_LARGE', { column, found: cell, needed: 'at most £90 trillion' });
};

function digitsIn(cell: string, column: string): Digits {
  const { minus, whole, decimals } = NUMBER.exec(cell)?.groups ?? {};
  if (whole === undefined) {
    throw new CellRefusal('NOT_A_NUMBER', {
      column,
      found: cell,
      needed: 'a number such as 1250, 1,250.00 or £1,250: a comma parts thousands, a point the decimals',
    });
  }
  return {
    minus: minus === '' ? '' : '-',
    whole: whole.replaceAll(/\D/g, ''),
    decimals: decimals ?? '',
  };
}
