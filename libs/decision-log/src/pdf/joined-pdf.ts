import { createHash } from 'node:crypto';
import { Bookmarks, bookmarksIn } from './bookmarks.js';
import { withPlaces } from './inner-links.js';
import { arrayIn, byBytes, dictionaryOf, refIn, refsIn, renumbered, type PdfObjects } from './pdf-objects.js';
import { PdfWriter } from './pdf-writer.js';

/** Numbers of the objects that every part gives something to; the first part begins after them. */
const CATALOGUE = 1;
const PAGES = 2;
const OUTLINES = 3;
const STRUCTURE = 4;
const DOCUMENT = 5;
const RESERVED = 6;

/**
 * Several PDFs that Typst made of the parts of one document, as one: its pages, its structure, its bookmarks and its
 * named places one after the other. What is said once, its title, language and date, is said as the first part has it.
 */
export class JoinedPdf {
  private readonly writer = new PdfWriter();
  private next = RESERVED;
  private parts = 0;
  private catalogue = '';
  private about = '';
  private roleMap = '';
  private pageCount = 0;
  private readonly pageTrees: number[] = [];
  private readonly inOrder: number[] = [];
  private readonly parents: string[] = [];
  private readonly ids: string[] = [];
  private readonly places: string[] = [];
  private readonly bookmarks = new Bookmarks();
  private readonly hash = createHash('sha256');

  /** @param levels of the headings of the part, in order. */
  add(part: PdfObjects, levels: readonly number[]): void {
    const root = part.get(part.root);
    const structure = refIn(root, 'StructTreeRoot');
    const [document = 0] = refsIn(part.get(structure), 'K');
    const pages = refIn(root, 'Pages');
    const ids = this.numbersFor(part, document);
    const keys = this.parents.length;
    this.parts++;
    this.hash.update(arrayIn(part.trailer, 'ID'));

    this.inOrder.push(...refsIn(part.get(document), 'K').map(ids));
    this.pageTrees.push(ids(pages));
    this.pageCount += Number(/\/Count (\d+)/.exec(part.get(pages))?.[1] ?? 0);
    const outlines = root.includes('/Outlines ') ? refIn(root, 'Outlines') : undefined;
    const outline = outlines === undefined ? [] : bookmarksIn(part, outlines);
    this.bookmarks.add(part, outline, levels, ids);
    const tree = part.get(structure);
    for (const [, key, value] of arrayIn(tree, 'Nums').matchAll(/(\d+) (\d+) 0 R/g)) {
      if (Number(key) + keys !== this.parents.length)
        throw new Error('the PDF leaves out a number in its tree of parents');
      this.parents.push(`${this.parents.length} ${ids(Number(value))} 0 R`);
    }
    const mark = this.parts === 1 ? '' : `P${this.parts}`;
    for (const [, id, element] of arrayIn(tree, 'Names').matchAll(ID)) {
      this.ids.push(`(${mark}${id}) ${ids(Number(element))} 0 R`);
    }
    for (const [, name, place] of arrayIn(root, 'Names').matchAll(PLACE)) {
      this.places.push(`(${name}) ${ids(Number(place))} 0 R`);
    }
    if (this.parts === 1) this.addFirst(part, root, tree, ids);
    const again = this.parts === 1 ? [] : [refIn(root, 'Metadata'), refIn(part.trailer, 'Info')];
    const leftOut = new Set([part.root, structure, document, ...outline, ...again, outlines ?? 0]);
    this.addObjects(part, leftOut, pages, { ids, keys, mark });
  }

  bytes(): Uint8Array {
    const { writer } = this;
    writer.add(PAGES, `<<\n  /Type /Pages\n  /Count ${this.pageCount}\n  /Kids [${refs(this.pageTrees)}]\n>>\n`);
    this.bookmarks.write(writer, OUTLINES, this.next);
    writer.add(
      STRUCTURE,
      `<<\n  /Type /StructTreeRoot\n  ${this.roleMap}\n  /K [${DOCUMENT} 0 R]\n  /ParentTree <<\n    /Nums [${this.parents.join(' ')}]\n  >>\n` +
        `  /IDTree <<\n    /Names [${this.ids.toSorted(byBytes).join(' ')}]\n  >>\n  /ParentTreeNextKey ${this.parents.length}\n>>\n`,
    );
    writer.add(
      DOCUMENT,
      `<<\n  /Type /StructElem\n  /S /Document\n  /P ${STRUCTURE} 0 R\n  /K [${refs(this.inOrder)}]\n>>\n`,
    );
    writer.add(CATALOGUE, withPlaces(this.catalogue, this.places));
    const id = this.hash.digest('hex').slice(0, 32);
    return writer.end(`  /Root ${CATALOGUE} 0 R\n  ${this.about}\n  /ID [<${id}> <${id}>]\n`);
  }

  /** What its objects are called in the whole. */
  private numbersFor(part: PdfObjects, document: number): (number: number) => number {
    const first = this.next;
    for (const number of part.objects.keys()) this.next = Math.max(this.next, first + number);
    return (number) => (number === document ? DOCUMENT : first + number - 1);
  }

  private addFirst(part: PdfObjects, root: string, tree: string, ids: (number: number) => number): void {
    const own: Readonly<Record<number, number>> = {
      [refIn(root, 'Pages')]: PAGES,
      [refIn(root, 'Outlines')]: OUTLINES,
      [refIn(root, 'StructTreeRoot')]: STRUCTURE,
    };
    this.catalogue = renumbered(root, (number) => own[number] ?? ids(number));
    this.about = `/Info ${ids(refIn(part.trailer, 'Info'))} 0 R`;
    this.roleMap = /\/RoleMap <<[^>]*>>/.exec(tree)?.[0] ?? '';
  }

  private addObjects(
    part: PdfObjects,
    leftOut: ReadonlySet<number>,
    pages: number,
    { ids, keys, mark }: { ids: (number: number) => number; keys: number; mark: string },
  ): void {
    for (const [number, object] of [...part.objects].toSorted(([a], [b]) => a - b)) {
      if (leftOut.has(number)) continue;
      let text = renumbered(object, ids);
      if (number === pages) text = text.replace('/Type /Pages\n', `/Type /Pages\n  /Parent ${PAGES} 0 R\n`);
      if (/\/StructParents? /.test(dictionaryOf(text)))
        text = text.replace(/\/(StructParents?) (\d+)/, (_, key: string, at: string) => `/${key} ${Number(at) + keys}`);
      if (mark !== '' && text.includes('/Type /StructElem') && /\(U\d+x\d+y\d+\)/.test(text))
        text = text.replaceAll(/\(U(\d+x\d+y\d+)\)/g, `(${mark}U$1)`);
      this.writer.add(ids(number), text);
    }
  }
}

const ID = /\((\w+)\) (\d+) 0 R/g;
const PLACE = /\(([\w-]+)\) (\d+) 0 R/g;

const refs = (numbers: readonly number[]): string => numbers.map((number) => `${number} 0 R`).join(' ');
