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

/** Longest key, in UTF-16 code units. */
const LONGEST_KEY = 200;

/** What nobody sees, or what changes how the rest is seen: directions, zero widths, fillers, line breaks, controls. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * What is wrong with characters of a text by which something is found or told apart, an id or a reference, or
 * `undefined`: two that look the same have to be the same.
 */
export const unseenIn = (text: string): string | undefined => {
  const found = UNSEEN.exec(text);
  if (!found) return undefined;
  const code = (found[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return `the invisible or control character U+${code} at place ${found.index + 1}`;
};

/** What is wrong with a text as a key, or `undefined`. */
export const keyTrouble = (text: unknown): string | undefined => {
  if (typeof text !== 'string' || text === '') return `needed a text, found ${JSON.stringify(text)}`;
  if (text.length > LONGEST_KEY) return `needed at most ${LONGEST_KEY} characters, found ${text.length}`;
  if (text !== text.trim()) return 'it begins or ends with a space';
  if (/\?as(At|KnownAt)=/.test(text))
    return 'it has ?asAt= or ?asKnownAt= in it, behind which ids of records say their time';
  const trouble = unseenIn(text) ?? textTrouble(text);
  return trouble && `found ${trouble}, needed text without it`;
};

/**
 * Data from outside with every text in Unicode normal form C, so that what looks the same is the same. Members that are
 * null stay: where something was said before, null takes it away.
 */
export const normalised = <T>(value: T): T => mapped(value, true) as T;

/** As `normalised`, without the members that are null: where nothing was said before, null says nothing. */
export const withoutNulls = <T>(value: T): T => mapped(value, false) as T;

/** Below U+0300 nothing is put together with what stands before it, and nothing is written otherwise in form C. */
const MAY_CHANGE = /[\u0300-\uffff]/;

function mapped(value: unknown, keepsNulls: boolean): unknown {
  if (typeof value === 'string') return MAY_CHANGE.test(value) ? value.normalize('NFC') : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => mapped(inner, keepsNulls));
  const given = value as Record<string, unknown>;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    const inner = given[key];
    if (keepsNulls || inner !== null) kept[key] = mapped(inner, keepsNulls);
  }
  return kept;
}
