import type { Piece } from '../decision-log/read-back.js';
import type { PdfRead } from './pdf-read.js';

/** An element of the structure tree of a PDF, with what is in it. */
interface Tagged {
  readonly name: string;
  readonly inside: (Tagged | string)[];
}

/** The structure tree, from the way in which poppler indents it. */
function treeOf(structure: string): Tagged {
  const root: Tagged = { name: '', inside: [] };
  const open: { readonly depth: number; readonly element: Tagged }[] = [{ depth: -1, element: root }];
  for (const line of structure.split('\n')) {
    const depth = line.length - line.trimStart().length;
    const text = /^\s*"(.*)"$/u.exec(line)?.[1];
    const name = /^\s*([A-Z]\w*)\b/u.exec(line)?.[1];
    if (text === undefined && name === undefined) continue;
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const top = open.at(-1)?.element ?? root;
    if (text !== undefined) top.inside.push(text);
    else {
      const element: Tagged = { name: name ?? '', inside: [] };
      top.inside.push(element);
      open.push({ depth, element });
    }
  }
  return root;
}

const wordsIn = (node: Tagged | string): string =>
  typeof node === 'string' ? node : node.inside.map(wordsIn).join('');

const elementsIn = (node: Tagged | string, ...names: readonly string[]): readonly Tagged[] =>
  typeof node === 'string'
    ? []
    : node.inside.flatMap((child) => {
        if (typeof child === 'string') return [];
        return names.includes(child.name) ? [child] : elementsIn(child, ...names);
      });

const BULLET = '•';

/** A log as PDF in the order of its structure, without its list of contents and its pictures. */
export const piecesOfPdf = ({ structure }: PdfRead): readonly Piece[] =>
  elementsIn(treeOf(structure), 'H1', 'H2', 'H3', 'H4', 'P', 'Lbl', 'LBody', 'Table', 'Figure', 'TOC').flatMap(
    (element): readonly Piece[] => {
      if (element.name === 'Figure' || element.name === 'TOC') return [];
      if (element.name === 'Table') {
        const [columns = [], ...rows] = elementsIn(element, 'TR').map((row) =>
          elementsIn(row, 'TH', 'TD').map(wordsIn),
        );
        return [{ kind: 'table', caption: elementsIn(element, 'Caption').map(wordsIn).join(''), columns, rows }];
      }
      const text = wordsIn(element);
      const level = /^H(\d)$/u.exec(element.name)?.[1];
      if (level !== undefined) return [{ kind: 'heading', level: Number(level), text }];
      return element.name === 'Lbl' && text === BULLET ? [] : [{ kind: 'text', text }];
    },
  );
