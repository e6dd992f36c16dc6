import { digitsIn, penceOf, type Digits } from '#kernel';
import { CellRefusal } from './row.js';

/** Digits that a number may have without one of them being lost. */
const EXACT_DIGITS = 15;

/** True for a number that JSON and every program that reads it keep as it is. */
export const isExact = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** A number in a cell. A comma parts thousands and nothing else. @throws CellRefusal `NOT_A_NUMBER` */
export const numberIn = (cell: string, column: string): number => {
  const { minus, whole, decimals } = digitsOf(cell, column);
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
  const digits = digitsOf(cell, column);
  if (digits.decimals.length > 2) {
    throw new CellRefusal('NOT_MONEY', { column, found: cell, needed: 'pounds with at most two decimals' });
  }
  const pence = penceOf(digits);
  if (isExact(pence)) return pence;
  throw new CellRefusal('NUMBER_TOO_LARGE', { column, found: cell, needed: 'at most £90 trillion' });
};

function digitsOf(cell: string, column: string): Digits {
  const digits = digitsIn(cell);
  if (digits) return digits;
  throw new CellRefusal('NOT_A_NUMBER', {
    column,
    found: cell,
    needed: 'a number such as 1250, 1,250.00 or £1,250: a comma parts thousands, a point the decimals',
  });
}
