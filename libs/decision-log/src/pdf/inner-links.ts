import { bookmarksIn } from './bookmarks.js';
import { byBytes, pdfString, refIn, type PdfObjects } from './pdf-objects.js';

/**
 * Addresses that stand for places in the document until it is whole. Typst would have to set every table with a link a
 * second time, when it knows the place, and knows none in another part.
 */
export const INNER = 'decision-log:#';

const ACTION = /\/A <<\s*\/Type \/Action\s*\/S \/URI\s*\/URI \(decision-log:#([A-Za-z0-9-]+)\)\s*>>/;
const CONTENTS = /\/Contents (?:\(decision-log:#[A-Za-z0-9-]+\)|<[0-9A-F]*>)/;

/** Turns them into links to the places of those names, described by the headings there. */
export function settleInnerLinks(pdf: PdfObjects, headingOf: (anchor: string) => string): void {
  for (const [number, object] of pdf.objects) {
    if (!object.includes(INNER)) continue;
    const anchor = ACTION.exec(object)?.[1];
    if (anchor === undefined) continue;
    pdf.objects.set(
      number,
      object.replace(ACTION, `/Dest (${anchor})`).replace(CONTENTS, `/Contents ${pdfString(headingOf(anchor))}`),
    );
  }
}

/**
 * Names the places of headings, for those links. Typst itself names only what it led to.
 *
 * @param anchors of the headings of the document, in order; undefined for one that nothing leads to.
 */
export function nameHeadings(pdf: PdfObjects, anchors: readonly (string | undefined)[]): void {
  const root = pdf.get(pdf.root);
  const bookmarks = root.includes('/Outlines ') ? bookmarksIn(pdf, refIn(root, 'Outlines')) : [];
  const places = bookmarks.flatMap((bookmark, at): string[] => {
    const anchor = anchors[at];
    return anchor === undefined ? [] : [`(${anchor}) ${refIn(pdf.get(bookmark), 'Dest')} 0 R`];
  });
  pdf.objects.set(pdf.root, withPlaces(root, places));
}

/** A catalogue with these names of places, each with the number of its object, and no others. */
export const withPlaces = (catalogue: string, places: readonly string[]): string =>
  catalogue.replace(
    /\s*(?:\/Names <<\s*\/Dests <<[^>]*>>\s*>>\s*)?>>\s*$/,
    `\n  /Names <<\n    /Dests <<\n      /Names [${places.toSorted(byBytes).join(' ')}]\n    >>\n  >>\n>>\n`,
  );
