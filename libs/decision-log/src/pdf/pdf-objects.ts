import { PdfWriter } from './pdf-writer.js';

/**
 * The objects of a PDF as Typst writes one: a table of their places at the end, each object by itself, dictionaries as
 * text. All of it as Latin-1, so that a character is a byte. No reader of other PDFs.
 */
export class PdfObjects {
  /** By number: what stands between `obj` and `endobj`, a stream included. */
  readonly objects: Map<number, string>;
  readonly root: number;
  readonly trailer: string;

  /** @throws Error for bytes that are not such a PDF: a fault. */
  constructor(bytes: Uint8Array) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN);
    const places = [...text.slice(table).matchAll(/(\d{10}) \d{5} n/g)].map(([, at]) => Number(at));
    this.trailer = text.slice(text.indexOf('trailer', table), text.lastIndexOf('startxref'));
    this.root = refIn(this.trailer, 'Root');
    const ends = [...places, table].toSorted((a, b) => a - b);
    const endOf = new Map(ends.map((place, index) => [place, ends[index + 1] ?? table]));
    this.objects = new Map(places.map((at) => objectIn(text.slice(at, endOf.get(at)))));
  }

  /** All of it as a file again. */
  bytes(): Uint8Array {
    const writer = new PdfWriter();
    for (const number of [...this.objects.keys()].toSorted((a, b) => a - b)) writer.add(number, this.get(number));
    const [, ...trailer] = this.trailer.split('/Size ');
    return writer.end(trailer.join('').replace(/^\d+\n|>>\s*$/g, ''));
  }

  /** @throws Error where there is none of that number: a fault. */
  get(number: number): string {
    const found = this.objects.get(number);
    if (found === undefined) throw new Error(`the PDF has no object ${number}`);
    return found;
  }
}

function objectIn(text: string): [number: number, object: string] {
  const begin = /^(\d+) 0 obj\n/.exec(text);
  const end = text.lastIndexOf('endobj');
  if (!begin || end === -1) throw new Error(`the PDF has no object where its table says: ${text.slice(0, 40)}`);
  return [Number(begin[1]), text.slice(begin[0].length, end)];
}

/** The number of the object that a dictionary names under a key. @throws Error where it names none. */
export const refIn = (dictionary: string, key: string): number => {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1];
  if (found === undefined) throw new Error(`the PDF has no ${key} where one is needed: ${dictionary.slice(0, 200)}`);
  return Number(found);
};

/** Numbers of the objects in an array of references; what else is in it is left out. */
export const refsIn = (dictionary: string, key: string): readonly number[] =>
  [...arrayIn(dictionary, key).matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number));

/** What stands in the brackets of an array that has no other in it; empty where there is none. */
export const arrayIn = (dictionary: string, key: string): string =>
  new RegExp(`/${key} \\[([^\\]]*)\\]`).exec(dictionary)?.[1] ?? '';

/** What an object says, without the bytes of its stream. */
export const dictionaryOf = (object: string): string => {
  const stream = object.indexOf('stream\n');
  return stream === -1 ? object : object.slice(0, stream);
};

/** An object with the numbers of the objects that it names changed. Strings and streams stay as they are. */
export const renumbered = (object: string, numberOf: (number: number) => number): string => {
  const dictionary = dictionaryOf(object);
  const rest = object.slice(dictionary.length);
  const refs = (text: string): string =>
    text.replaceAll(/(\d+) 0 R/g, (_, number) => `${numberOf(Number(number))} 0 R`);
  if (!dictionary.includes('(')) return refs(dictionary) + rest;
  return (
    apartFromStrings(dictionary)
      .map((part) => (part.startsWith('(') ? part : refs(part)))
      .join('') + rest
  );
};

/** A text in pieces, of which those that begin with `(` are strings. Brackets in a string are in pairs or escaped. */
function apartFromStrings(text: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf('('); at !== -1; at = text.indexOf('(', from)) {
    pieces.push(text.slice(from, at));
    from = endOfString(text, at);
    pieces.push(text.slice(at, from));
  }
  return [...pieces, text.slice(from)];
}

function endOfString(text: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at + 1;
  }
  throw new Error(`the PDF has a string without an end: ${text.slice(begin, begin + 40)}`);
}

/** The order of names in a tree of names. */
export const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A text as a string of a PDF: UTF-16, in hexadecimal. */
export const pdfString = (text: string): string =>
  `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
