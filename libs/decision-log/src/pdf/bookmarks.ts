import { refIn, type PdfObjects } from './pdf-objects.js';
import type { PdfWriter } from './pdf-writer.js';

interface Bookmark {
  readonly level: number;
  /** A string of a PDF, as the part had it. */
  readonly title: string;
  readonly destination: number;
  readonly parent: Bookmark | undefined;
  readonly children: Bookmark[];
  /** Among all, and among those under the same. */
  readonly index: number;
  readonly place: number;
}

/** The bookmarks of a document that is made of parts: under one another by the levels of their headings. */
export class Bookmarks {
  private readonly all: Bookmark[] = [];
  private readonly top: Bookmark[] = [];
  /** The last of each level that what comes next may stand under, outermost first. */
  private above: Bookmark[] = [];

  /**
   * @param found the part's own, in order.
   * @param levels of the headings of the part, in order.
   * @param numberOf what an object of the part is called in the whole.
   * @throws Error where the part has other bookmarks than headings: a fault.
   */
  add(
    part: PdfObjects,
    found: readonly number[],
    levels: readonly number[],
    numberOf: (number: number) => number,
  ): void {
    if (found.length !== levels.length)
      throw new Error(`the PDF has ${found.length} bookmarks, and ${levels.length} headings were set`);
    for (const [at, number] of found.entries()) {
      const object = part.get(number);
      const level = levels[at] ?? 1;
      const title = /\/Title (<[^>]*>|\([\s\S]*\))\n {2}\/Dest/.exec(object)?.[1] ?? '()';
      this.above = this.above.filter((one) => one.level < level);
      const parent = this.above.at(-1);
      const siblings = parent?.children ?? this.top;
      const destination = numberOf(refIn(object, 'Dest'));
      const [index, place] = [this.all.length, siblings.length];
      const bookmark = { level, title, destination, parent, children: [], index, place };
      siblings.push(bookmark);
      this.all.push(bookmark);
      this.above.push(bookmark);
    }
  }

  /** @param first number of the first of them; the others follow. */
  write(writer: PdfWriter, root: number, first: number): void {
    const ref = (bookmark: Bookmark | undefined): string =>
      `${bookmark === undefined ? root : first + bookmark.index} 0 R`;
    const ends = (those: readonly Bookmark[]): string =>
      those.length === 0 ? '' : `  /First ${ref(those[0])}\n  /Last ${ref(those.at(-1))}\n`;
    for (const bookmark of this.all) {
      const { parent, children, place, title, destination } = bookmark;
      const siblings = parent?.children ?? this.top;
      const [before, after] = [siblings[place - 1], siblings[place + 1]];
      writer.add(
        first + bookmark.index,
        `<<\n  /Parent ${ref(parent)}\n` +
          (before ? `  /Prev ${ref(before)}\n` : '') +
          (after ? `  /Next ${ref(after)}\n` : '') +
          (children.length > 0 ? `${ends(children)}  /Count -${children.length}\n` : '') +
          `  /Title ${title}\n  /Dest ${destination} 0 R\n>>\n`,
      );
    }
    writer.add(root, `<<\n  /Type /Outlines\n${ends(this.top)}  /Count ${this.top.length}\n>>\n`);
  }
}

/** Numbers of the bookmarks below an object, in the order in which they are read. */
export function bookmarksIn(part: PdfObjects, root: number): readonly number[] {
  const found: number[] = [];
  const open = childrenOf(part, root).toReversed();
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    found.push(number);
    open.push(...childrenOf(part, number).toReversed());
  }
  return found;
}

function childrenOf(part: PdfObjects, number: number): number[] {
  const children: number[] = [];
  for (let child = /\/First (\d+) 0 R/.exec(part.get(number))?.[1]; child !== undefined;) {
    children.push(Number(child));
    child = /\/Next (\d+) 0 R/.exec(part.get(Number(child)))?.[1];
  }
  return children;
}
