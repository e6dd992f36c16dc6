import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import type { CivilDate } from '#kernel';

/** The earliest time that a zip file can hold, in its own clock without a zone: made from local parts, read as local parts. */
const NO_TIME = new Date(1980, 0, 1, 0, 0, 0);

/** Ids that `docx` draws at random for relationships, and numbers that it goes on counting from document to document. */
const RANDOM_ID = /(<[^<>]*\b(?:r:id|Id)=")(rId[a-z0-9_-]{21})(?=")/gu;
const BOOKMARK_NUMBER = /(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")(-?\d+)(")/gu;
const TIME_IN_PROPERTIES = /(<dcterms:(?:created|modified)[^>]*>)[^<]*(<\/dcterms:)/gu;

/**
 * A Word file without what differs from one making to the next: random ids become running numbers, times the day of the
 * basis, parts are sorted and undated.
 */
export function settled(docx: Uint8Array, asAt: CivilDate): Uint8Array {
  const parts = Object.entries(unzipSync(docx)).sort(([a], [b]) => (inOrder(a) < inOrder(b) ? -1 : 1));
  const ids = new Running();
  const bookmarks = new Running();
  const settledParts = parts.map(([name, bytes]): [string, Uint8Array] => {
    if (!/\.(?:xml|rels)$/u.test(name)) return [name, bytes];
    const text = strFromU8(bytes)
      .replaceAll(RANDOM_ID, (_, before: string, id: string) => `${before}rIdLink${ids.of(id)}`)
      .replaceAll(
        BOOKMARK_NUMBER,
        (_, before: string, id: string, after: string) => `${before}${bookmarks.of(id)}${after}`,
      )
      .replaceAll(TIME_IN_PROPERTIES, (_, before: string, after: string) => `${before}${asAt}T00:00:00Z${after}`);
    return [name, strToU8(text)];
  });
  const files: Zippable = Object.fromEntries(settledParts);
  return zipSync(files, { level: 6, mtime: NO_TIME });
}

/** The list of parts comes first, as readers expect; the text before its relationships, so that links count in reading order. */
const inOrder = (name: string): string =>
  name === '[Content_Types].xml' ? `0${name}` : name === 'word/document.xml' ? `1${name}` : `2${name}`;

/** Numbers for names, from 1, in the order in which they are first asked for. */
class Running {
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, known);
    return known;
  }
}
