import type { Generation } from '../shelves/generation.js';
import { IN_TEXT, IN_TITLE } from '../shelves/word-rows.js';
import { padded } from './restriction.js';
import { isBeginning, type Sought } from './sought.js';

/** Subjects read at a time. */
export const LOT = 64;

/** So few rows of a word are not worth looking for a rarer one. */
const FEW = LOT;

/** Beyond so many, words are as frequent as each other. */
const MANY = 1_000;

/** Different words that one statement goes along. */
const WORDS = 256;

/** After every word and every key. */
const LAST = '\u{10FFFF}';

/** Subjects in the order of their keys, a lot at a time from behind one on; the last lot is not full. */
export type Candidates = (after: string | undefined) => Promise<readonly string[]>;

/** Where words have to stand: all in titles; at least one in another text; wherever. */
export type Where = 'in titles' | 'in texts too' | 'anywhere';

/** Those that were ever called by a reference. */
export const calledBy =
  (generation: Generation, aggregate: string, { references }: Sought): Candidates =>
  async (after = '') => {
    const { view, tables } = generation.on(aggregate);
    if (!('identifier' in view.lists)) return [];
    const wanted = padded(references);
    const text = `SELECT DISTINCT id FROM ${tables.list.name} WHERE list = 'identifier'
      AND value IN (${wanted.map(() => '?').join(', ')}) AND id > ? ORDER BY id LIMIT ${LOT}`;
    return (await generation.reads.all<{ id: string }>(text, [...wanted, after])).map(({ id }) => id);
  };

/**
 * Those that were ever found by all of several words, and more that were by the rarest: what is read does not grow with how
 * many records have a word, but with how many different words begin so.
 */
export const saidIn = async (
  generation: Generation,
  aggregate: string,
  { words }: Sought,
  where: Where,
): Promise<Candidates> => {
  const table = generation.on(aggregate).tables.word.name;
  const vocabulary: string[] = [];
  for (const { letter, word } of await beginningsOf(generation, table, words, where)) {
    vocabulary.push(...(await beginningWith(generation, table, letter, word)));
  }
  return async (after = '') => {
    const ids = new Set<string>();
    for (let at = 0; at < vocabulary.length; at += WORDS) {
      const some = vocabulary.slice(at, at + WORDS);
      for (const id of await nextOf(generation, table, some, after)) ids.add(id);
    }
    return inOrder([...ids]).slice(0, LOT);
  };
};

/** Keys in the order of their bytes. */
export const inOrder = (ids: readonly string[]): string[] =>
  ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

interface Beginning {
  readonly letter: string;
  readonly word: string;
}

/** The fewest beginnings of words under which all that are looked for stand. */
async function beginningsOf(
  generation: Generation,
  table: string,
  words: readonly string[],
  where: Where,
): Promise<readonly Beginning[]> {
  const inTexts = words.map((word) => ({ letter: IN_TEXT, word }));
  const of = (word: string): readonly Beginning[] => [
    { letter: IN_TITLE, word },
    ...(where === 'in titles' ? [] : [{ letter: IN_TEXT, word }]),
  ];
  const [only, ...others] = words;
  if (only === undefined) return [];
  if (others.length === 0) return where === 'in texts too' ? inTexts : of(only);
  let [fewest, least]: [readonly Beginning[], number] = [[], Number.POSITIVE_INFINITY];
  let textsOfAll = 0;
  for (const word of words.toSorted((a, b) => b.length - a.length)) {
    let rows = 0;
    for (const one of of(word)) {
      const count = await countOf(generation, table, one);
      if (one.letter === IN_TEXT) textsOfAll += count;
      rows += count;
    }
    if (rows < least) [fewest, least] = [of(word), rows];
    if (least < FEW) return fewest;
  }
  return where === 'in texts too' && textsOfAll < least ? inTexts : fewest;
}

async function countOf(generation: Generation, table: string, { letter, word }: Beginning): Promise<number> {
  const text = `SELECT COUNT(*) AS count FROM (SELECT 1 FROM ${table} WHERE word >= ? AND word < ? LIMIT ${MANY}) c`;
  const [row] = await generation.reads.all<{ count: number }>(text, rangeOf(letter, word));
  return Number(row?.count ?? 0);
}

/** From the first word that is meant to behind the last. */
const rangeOf = (letter: string, word: string): [string, string] => [
  letter + word,
  letter + word + (isBeginning(word) ? LAST : '\u0001'),
];

/** The different words that begin so, one seek each, however often each of them stands. */
async function beginningWith(generation: Generation, table: string, letter: string, word: string): Promise<string[]> {
  const [from, to] = rangeOf(letter, word);
  if (!isBeginning(word)) return [from];
  const text = `WITH RECURSIVE found (word) AS (
      SELECT (SELECT w.word FROM ${table} w WHERE w.word >= ? AND w.word < ? ORDER BY w.word LIMIT 1)
      UNION ALL SELECT (SELECT w.word FROM ${table} w WHERE w.word > f.word AND w.word < ? ORDER BY w.word LIMIT 1)
        FROM found f WHERE f.word IS NOT NULL)
    SELECT word FROM found WHERE word IS NOT NULL`;
  return (await generation.reads.all<{ word: string }>(text, [from, to, to])).map((row) => row.word);
}

/** The next subjects of several words: of each word no more than a lot is gone along. */
async function nextOf(
  generation: Generation,
  table: string,
  words: readonly string[],
  after: string,
): Promise<readonly string[]> {
  const wanted = padded(words);
  const text = `SELECT DISTINCT w.id AS id FROM (
      SELECT b.word AS word, COALESCE((SELECT l.id FROM ${table} l WHERE l.word = b.word AND l.id > ?
        GROUP BY l.id ORDER BY l.id LIMIT 1 OFFSET ${LOT - 1}), ?) AS upto
      FROM (SELECT CAST(v.column1 AS TEXT) AS word FROM (VALUES ${wanted.map(() => '(?)').join(', ')}) v) b) b
    CROSS JOIN ${table} w
    WHERE w.word = b.word AND w.id > ? AND w.id <= b.upto
    ORDER BY id LIMIT ${LOT}`;
  const rows = await generation.reads.all<{ id: string }>(text, [after, LAST, ...wanted, after]);
  return rows.map(({ id }) => id);
}
