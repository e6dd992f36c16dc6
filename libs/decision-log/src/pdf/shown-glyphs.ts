import { pdfString } from './pdf-objects.js';

/** What is drawn and read together: one glyph, or those that Typst says a text of. */
export interface Shown {
  readonly font: string;
  /** Of the piece of text that is drawn at one go. */
  readonly run: number;
  /** Their numbers, as they stand in the page. */
  readonly glyphs: string;
  /** What readers of the text are given. */
  readonly text: string;
  /** What they are to be given instead. */
  says?: string;
}

/** A string of a page, its glyphs two bytes each, and what is drawn between strings. */
const STRING = String.raw`\((?:\\[^]|[^\\()])*\)|<[0-9A-Fa-f]*>`;
const OPERATIONS = new RegExp(
  String.raw`/Span <<\s*/ActualText (?<actual><[0-9A-Fa-f]*>|\([^)]*\))\s*>> BDC|(?<end>\bEMC\b)|(?<run>\bBT\b)|/(?<font>f\d+) (?<size>[\d.]+) Tf|(?<one>${STRING}) Tj|\[(?<several>(?:${STRING}|[^\]()<>])*)\] TJ`,
  'g',
);

/** The glyphs of a page in the order in which they are drawn, as Typst writes a page; and the page with other texts for them. */
export class ShownGlyphs {
  readonly #shown: Shown[] = [];
  /** The page in pieces: what stays, and what is drawn. */
  readonly #pieces: (string | readonly (string | Shown)[] | Shown)[] = [];

  constructor(content: string, textOf: (font: string, glyph: number) => string) {
    let [from, run, font] = [0, 0, ''];
    let actual: { text: string; glyphs: string; begins: string; piece: number } | undefined;
    for (const found of content.matchAll(OPERATIONS)) {
      const { groups = {} } = found;
      const drawn = groups['one'] ?? groups['several'];
      if (groups['run'] !== undefined) run += 1;
      else if (groups['font'] !== undefined) font = `${groups['font']} ${groups['size']}`;
      else if (groups['actual'] !== undefined) {
        this.#pieces.push(content.slice(from, found.index));
        actual = { text: textIn(groups['actual']), glyphs: '', begins: found[0], piece: this.#pieces.length };
        this.#pieces.push(found[0]);
        from = found.index + found[0].length;
      } else if (groups['end'] !== undefined && actual) {
        const shown = { font, run, glyphs: actual.glyphs, text: actual.text };
        this.#shown.push(shown);
        this.#pieces[actual.piece] = shown;
        actual = undefined;
      } else if (drawn !== undefined && actual) actual.glyphs += drawn;
      else if (drawn !== undefined) {
        const parts = partsOf(drawn).map((part) => {
          if (!part.startsWith('<')) return part;
          const text = textOf(font.split(' ')[0] ?? '', Number.parseInt(part.slice(1), 16));
          const shown: Shown = { font, run, glyphs: part, text };
          this.#shown.push(shown);
          return shown;
        });
        this.#pieces.push(content.slice(from, found.index), parts);
        from = found.index + found[0].length;
      }
    }
    this.#pieces.push(content.slice(from));
  }

  get shown(): readonly Shown[] {
    return this.#shown;
  }

  written(): string {
    return this.#pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        return 'glyphs' in piece ? begins(piece.says ?? piece.text) : operationsFor(piece);
      })
      .join('');
  }
}

const begins = (text: string): string => `/Span <<\n  /ActualText ${pdfString(text)}\n>> BDC`;

function operationsFor(parts: readonly (string | Shown)[]): string {
  const operations: string[] = [];
  let together: string[] = [];
  const draw = (): void => {
    if (together.length > 0) operations.push(`[${together.join(' ')}] TJ`);
    together = [];
  };
  for (const part of parts) {
    if (typeof part === 'string') together.push(part);
    else if (part.says === undefined) together.push(part.glyphs);
    else {
      draw();
      operations.push(`${begins(part.says)}\n[${part.glyphs}] TJ\nEMC`);
    }
  }
  draw();
  return operations.join('\n');
}

/** Glyph by glyph, each as four hexadecimal digits, and the distances between them. */
function partsOf(drawn: string): string[] {
  return (drawn.match(new RegExp(`${STRING}|[^\\s()<>]+`, 'g')) ?? []).flatMap((part) =>
    part.startsWith('(') || part.startsWith('<')
      ? (bytesIn(part).toString('hex').match(/.{4}/g) ?? []).map((glyph) => `<${glyph}>`)
      : [part],
  );
}

const textIn = (string: string): string => bytesIn(string).subarray(2).swap16().toString('utf16le');

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function bytesIn(string: string): Buffer {
  const inside = string.slice(1, -1);
  if (string.startsWith('<')) return Buffer.from(inside, 'hex');
  const plain = inside.replaceAll(/\\(?:([0-7]{1,3})|([^]))/g, (_, octal: string | undefined, character: string) =>
    octal === undefined ? (ESCAPED[character] ?? character) : String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(plain, 'latin1');
}
