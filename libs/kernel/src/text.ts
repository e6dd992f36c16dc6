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

/**
 * Data from outside as it is going to be stored: every text in Unicode normal form C, so that what looks the same is the
 * same, and members that are null left out, since null says nothing.
 */
export const normalised = <T>(value: T): T => asStored(value) as T;

function asStored(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asStored);
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) if (inner !== null) kept[key] = asStored(inner);
  return kept;
}
