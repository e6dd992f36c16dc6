import { unzlibSync, zlibSync } from 'fflate';
import { refIn, type PdfObjects } from './pdf-objects.js';
import { ShownGlyphs, type Shown } from './shown-glyphs.js';

/**
 * Gives every letter with its marks to those who copy or search the text once. Where a mark is raised or lowered, Typst
 * draws it by itself and says the whole cluster of both pieces: `é` would be read as `éé`. The characters of the cluster
 * are shared out among its pieces, so that together they say it.
 *
 * @throws Error where the pages are not written as Typst writes them: a fault.
 */
export function settleSplitClusters(pdf: PdfObjects): void {
  const texts = new Map<number, ReadonlyMap<number, string>>();
  const textsOf = (font: number): ReadonlyMap<number, string> => {
    const known = texts.get(font) ?? textsByGlyph(streamOf(pdf.get(refIn(pdf.get(font), 'ToUnicode'))));
    texts.set(font, known);
    return known;
  };
  for (const page of pdf.objects.values()) {
    if (!/\/Type \/Page\s/.test(page)) continue;
    const fonts = new Map([...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, font]) => [name, Number(font)]));
    if (![...fonts.values()].some((font) => [...textsOf(font).values()].some((text) => WITH_MARKS.test(text))))
      continue;
    const contents = refIn(page, 'Contents');
    const content = new ShownGlyphs(
      streamOf(pdf.get(contents)),
      (name, glyph) => textsOf(fonts.get(name) ?? 0).get(glyph) ?? '',
    );
    const split = clustersIn(content.shown).filter((pieces) => pieces.length > 1);
    for (const pieces of split) shareOut(pieces);
    if (split.length > 0) pdf.objects.set(contents, asStream(content.written()));
  }
}

const WITH_MARKS = /.[\p{M}\u200c\u200d]/u;

/** Pieces that follow each other, of one font, drawn apart, that say the same: one cluster, or several alike. */
function clustersIn(shown: readonly Shown[]): readonly (readonly Shown[])[] {
  const groups: Shown[][] = [];
  for (const piece of shown) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const goesOn =
      before !== undefined &&
      before.text === piece.text &&
      before.font === piece.font &&
      before.run !== piece.run &&
      Array.from(piece.text).length > 1;
    if (goesOn) group?.push(piece);
    else groups.push([piece]);
  }
  return groups.flatMap(apart);
}

/** The same cluster several times over is drawn with the same pieces each time. */
function apart(group: readonly Shown[]): readonly (readonly Shown[])[] {
  for (let length = 2; length <= group.length / 2; length += 1) {
    if (group.length % length !== 0) continue;
    if (!group.every((piece, at) => piece.glyphs === group[at % length]?.glyphs)) continue;
    return Array.from({ length: group.length / length }, (_, at) => group.slice(at * length, (at + 1) * length));
  }
  return [group];
}

/** The letter's piece says what the marks do not; from right to left it is the last. */
function shareOut(pieces: readonly Shown[]): void {
  const characters = Array.from(pieces[0]?.text ?? '');
  const inOrder = FROM_THE_RIGHT.test(characters[0] ?? '') ? pieces.toReversed() : pieces;
  const forLetter = Math.max(1, characters.length - (pieces.length - 1));
  for (const [at, piece] of inOrder.entries())
    piece.says = at === 0 ? characters.slice(0, forLetter).join('') : (characters[forLetter + at - 1] ?? '');
}

const FROM_THE_RIGHT = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** What the glyphs of a font say, as its table for readers has it, which Typst writes glyph by glyph. */
function textsByGlyph(table: string): ReadonlyMap<number, string> {
  const lines = [...table.matchAll(/^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>$/gm)];
  return new Map(
    lines.map(([, glyph = '', text = '']) => [
      Number.parseInt(glyph, 16),
      Buffer.from(text, 'hex').swap16().toString('utf16le'),
    ]),
  );
}

function streamOf(object: string): string {
  const begin = object.indexOf('stream\n') + 'stream\n'.length;
  const bytes = Buffer.from(object.slice(begin, object.lastIndexOf('\nendstream')), 'latin1');
  return object.includes('/Filter /FlateDecode')
    ? Buffer.from(unzlibSync(bytes)).toString('latin1')
    : bytes.toString('latin1');
}

function asStream(content: string): string {
  const bytes = Buffer.from(zlibSync(Buffer.from(content, 'latin1'))).toString('latin1');
  return `<<\n  /Length ${bytes.length}\n  /Filter /FlateDecode\n>>\nstream\n${bytes}\nendstream\n`;
}
