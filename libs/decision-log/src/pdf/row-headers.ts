import { arrayIn, byBytes, refIn, refsIn, type PdfObjects } from './pdf-objects.js';

/**
 * Makes the cells that name their rows headers of those rows, with their scope, and lists them among the headers of the
 * other cells. Typst 0.14 can say so itself only with its feature `a11y-extras`, which the compiler for Node does not
 * let in (`pdf.header-cell` is not in its module `pdf`).
 *
 * @param heads for each table of the document, in order, the column that names the row.
 * @throws Error where the document has other tables: a fault.
 */
export function addRowHeaders(pdf: PdfObjects, heads: readonly number[]): void {
  const root = refIn(pdf.get(pdf.root), 'StructTreeRoot');
  const tables = elementsBelow(pdf, root).filter((number) => isElement(pdf.get(number), 'Table'));
  if (tables.length !== heads.length)
    throw new Error(`the PDF has ${tables.length} tables, and ${heads.length} were set`);
  const ids: string[] = [];
  for (const [index, table] of tables.entries()) {
    const bodies = refsIn(pdf.get(table), 'K').filter((number) => isElement(pdf.get(number), 'TBody'));
    const rows = bodies.flatMap((body) => refsIn(pdf.get(body), 'K'));
    for (const [at, row] of rows.entries()) {
      ids.push(headRow(pdf, refsIn(pdf.get(row), 'K'), heads[index] ?? 0, at + 1));
    }
  }
  const names = [...arrayIn(pdf.get(root), 'Names').matchAll(/\(\w+\) \d+ 0 R/g)].map(([name]) => name);
  const sorted = [...names, ...ids].toSorted(byBytes).join(' ');
  pdf.objects.set(
    root,
    pdf.get(root).replace(/\/IDTree <<\s*\/Names \[[^\]]*\]/, `/IDTree <<\n    /Names [${sorted}]`),
  );
}

/** @returns the name of the new header and its number, as the tree of names has it. */
function headRow(pdf: PdfObjects, cells: readonly number[], head: number, row: number): string {
  const header = cells[head];
  const above = header === undefined ? undefined : /\/Headers \[\(U(\d+)x(\d+)y\d+\)\]/.exec(pdf.get(header));
  if (header === undefined || !above) throw new Error('the PDF has a row without the cell that names it');
  const id = `(U${above[1]}x${above[2]}y${row})`;
  for (const cell of cells) {
    const object = pdf.get(cell);
    pdf.objects.set(
      cell,
      cell === header
        ? object.replace('/S /TD\n', `/S /TH\n  /ID ${id}\n`).replace(/\/Headers \[/, '/Scope /Row\n    /Headers [')
        : object.replace(/\/Headers \[([^\]]*)\]/, `/Headers [$1 ${id}]`),
    );
  }
  return `${id} ${header} 0 R`;
}

/** Structure elements in the order of reading, from those below an element. */
function elementsBelow(pdf: PdfObjects, number: number): readonly number[] {
  const found: number[] = [];
  const open = [...refsIn(pdf.get(number), 'K')].toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const object = pdf.get(next);
    if (!object.includes('/Type /StructElem')) continue;
    found.push(next);
    if (!isElement(object, 'Table')) open.push(...[...refsIn(object, 'K')].toReversed());
  }
  return found;
}

const isElement = (object: string, type: string): boolean => object.includes(`/S /${type}\n`);
