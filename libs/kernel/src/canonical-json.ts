import { Refusal } from './refusal.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text of a value: RFC 8785 (JCS), in a stricter profile. Its UTF-8 bytes are what is stored, hashed and
 * compared. Keys are sorted by UTF-16 code unit; there is no white space.
 *
 * @throws TypeError for what JSON cannot hold exactly: `undefined`, functions, class instances, holes in arrays,
 *   numbers that are not finite or are integers beyond 2⁵³−1, strings with a lone surrogate, a `__proto__` key.
 */
export const canonicalJson = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError(`text with a lone surrogate: ${JSON.stringify(value)}`);
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
        throw new TypeError(`a number that JSON cannot hold exactly: ${value}`);
      }
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value);
    default:
      throw new TypeError(`JSON cannot hold a value of type ${typeof value}`);
  }
};

function canonicalArray(values: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < values.length; index++) {
    text += (index === 0 ? '' : ',') + canonicalJson(values[index]);
  }
  return `${text}]`;
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has that realm's Object.prototype, whose own prototype is null.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError(`JSON cannot hold an instance of ${value.constructor.name}`);
  }
  const entries = value as Record<string, unknown>;
  let text = '{';
  for (const key of keysInOrder(entries)) {
    if (key === '__proto__') throw new TypeError('a key named __proto__');
    text += (text === '{' ? '' : ',') + labelOf(key) + canonicalJson(entries[key]);
  }
  return `${text}}`;
}

/** Keys as they stand in front of their values. They are few and come again and again: names of fields. */
const LABELS = new Map<string, string>();

/** Most that are kept: where data brings keys of its own, there is no end of them. */
const MOST_LABELS = 1_000;

/** A key as canonical JSON has it in front of its value, with the colon. @throws TypeError for a lone surrogate. */
export function labelOf(key: string): string {
  const known = LABELS.get(key);
  if (known !== undefined) return known;
  const label = `${canonicalJson(key)}:`;
  if (LABELS.size < MOST_LABELS) LABELS.set(key, label);
  return label;
}

/** The keys of an object by UTF-16 code unit. They are few, and often stand in order already. */
export const keysInOrder = (value: object): readonly string[] => {
  const keys = Object.keys(value);
  if (keys.length > FEW) return keys.toSorted();
  for (let next = 1; next < keys.length; next++) {
    const key = keys[next] as string;
    let at = next;
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
};

/** Whether two values, which JSON can hold, have the same canonical text: found without making it, at the first difference. */
export const sameJson = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at++) if (!sameJson(one[at], other[at])) return false;
    return true;
  }
  const [ours, theirs] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = Object.keys(ours);
  if (keys.length !== Object.keys(theirs).length) return false;
  return keys.every((key) => Object.hasOwn(theirs, key) && sameJson(ours[key], theirs[key]));
};

/** As many keys as are put in order one by one. */
const FEW = 32;

/** Deepest nesting that `parseJson` follows. */
const DEEPEST = 64;

/**
 * Reads JSON from outside: refuses what `JSON.parse` lets pass in silence, a key given twice or `__proto__`,
 * and nesting deeper than 64.
 *
 * @throws Refusal `NOT_JSON` naming `field` and the place.
 */
export const parseJson = (text: string, field: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new Refusal('NOT_JSON', `${field} is not JSON: ${(fault as Error).message}`, { field });
  }
  const trouble = keyTrouble(text);
  if (trouble) throw new Refusal('NOT_JSON', `${field} is not usable JSON: ${trouble}`, { field });
  return value;
};

/** What JSON allows between its signs. */
const WHITE: ReadonlySet<string | undefined> = new Set([' ', '\t', '\n', '\r']);

/** Walks valid JSON text once; finds keys that `JSON.parse` would have merged. */
function keyTrouble(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      if (open.length > DEEPEST) return `nested deeper than ${DEEPEST}`;
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const start = at;
      for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
      const keys = open.at(-1);
      let behind = at + 1;
      while (WHITE.has(text[behind])) behind++;
      if (!keys || text[behind] !== ':') continue;
      const key = JSON.parse(text.slice(start, at + 1)) as string;
      if (key === '__proto__') return 'a key named __proto__';
      if (keys.has(key)) return `the key ${JSON.stringify(key)} is given twice`;
      keys.add(key);
    }
  }
  return undefined;
}
