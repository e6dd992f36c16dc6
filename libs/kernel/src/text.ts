/**
 * What is wrong with a text from outside, or `undefined`. A NUL is cut off by SQLite's own functions and refused by
 * PostgreSQL; a lone surrogate has no UTF-8 bytes. Both are refused at the door, so that what is hashed is what is stored.
 */
export const textTrouble = (text: string): string | undefined => {
  const nul = text.indexOf('\u0000');
  if (nul !== -1) return `a NUL character at place ${nul + 1}`;
  if (!text.isWellFormed()) return 'half of a surrogate pair (a broken emoji or rare character)';
  return undefined;
};

/** Every text inside `value` in Unicode normal form C, so that what looks the same is the same. */
export const normalised = <T>(value: T): T => {
  if (typeof value === 'string') return value.normalize('NFC') as T;
  if (Array.isArray(value)) return value.map(normalised) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalised(inner)])) as T;
  }
  return value;
};
