import { strFromU8, unzipSync } from 'fflate';
import { elementsIn, parseMarkup, wordsIn, type Marked } from './marked-up.js';

/** What somebody meets who reads a document from its beginning to its end. */
export type Piece =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | ({ readonly kind: 'table' } & TableAsRead);

export interface TableAsRead {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A decision log as it was read back from a document, whatever its format. Texts are without spaces. */
export interface LogAsRead {
  /** Everything before the first section, without the list of contents. */
  readonly front: string;
  readonly sections: readonly SectionAsRead[];
}

export interface SectionAsRead {
  /** `2.Alldecisions` */
  readonly title: string;
  readonly text: string;
  readonly tables: readonly TableAsRead[];
  /** Groups of decisions, and other headings. */
  readonly groups: readonly {
    readonly title: string;
    readonly decisions: readonly { readonly heading: string; readonly text: string }[];
  }[];
}

/** Documents break lines where they like. */
export const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '');

/** The sections of a document, each from its heading on. */
export const logAsRead = (pieces: readonly Piece[]): LogAsRead => {
  const first = pieces.findIndex(
    ({ kind, text }: { kind: string; text?: string }) => kind === 'heading' && isSection(text),
  );
  const front = pieces
    .slice(0, first)
    .map((piece) => (piece.kind === 'table' || piece.text === 'Contents' ? '' : squeezed(piece.text)))
    .join('');
  const sections: { title: string; text: string; tables: TableAsRead[]; groups: Group[] }[] = [];
  type Group = { title: string; decisions: { heading: string; text: string }[] };
  for (const piece of pieces.slice(first)) {
    const section = sections.at(-1);
    const decision = section?.groups.at(-1)?.decisions.at(-1);
    if (piece.kind === 'heading') {
      const title = squeezed(piece.text);
      if (piece.level === 2) sections.push({ title, text: '', tables: [], groups: [] });
      else if (piece.level === 3) section?.groups.push({ title, decisions: [] });
      else section?.groups.at(-1)?.decisions.push({ heading: title, text: '' });
    } else if (piece.kind === 'table') section?.tables.push(tableSqueezed(piece));
    else if (decision) decision.text += squeezed(piece.text);
    else if (section) section.text += squeezed(piece.text);
  }
  return { front, sections };
};

const isSection = (text: string | undefined): boolean => /^\d+\./u.test(text ?? '');

const tableSqueezed = ({ caption, columns, rows }: TableAsRead): TableAsRead => ({
  caption: squeezed(caption),
  columns: columns.map(squeezed),
  rows: rows.map((row) => row.map(squeezed)),
});

/** A log as HTML, without its list of contents and its pictures. */
export const piecesOfHtml = (html: string): readonly Piece[] => {
  const [main] = elementsIn(parseMarkup(html), 'main');
  if (!main) throw new Error('the page has no main part');
  return elementsIn(main, 'h1', 'h2', 'h3', 'h4', 'p', 'li', 'dt', 'dd', 'table', 'svg', 'nav').flatMap(
    (element): Piece[] => {
      if (element.name === 'svg' || element.name === 'nav') return [];
      if (element.name === 'table') return [htmlTable(element)];
      const level = /^h(\d)$/u.exec(element.name)?.[1];
      const text = wordsIn(element);
      return [level === undefined ? { kind: 'text', text } : { kind: 'heading', level: Number(level), text }];
    },
  );
};

function htmlTable(table: Marked): Piece {
  const [head = [], ...rows] = elementsIn(table, 'tr').map((row) => elementsIn(row, 'th', 'td').map(wordsIn));
  return { kind: 'table', caption: elementsIn(table, 'caption').map(wordsIn).join(''), columns: head, rows };
}

/** The XML parts of a Word document, by name. */
export const docxParts = (bytes: Uint8Array): ReadonlyMap<string, string> =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));

/** A log as a Word document, without its list of contents and what it says of its charts. */
export const piecesOfDocx = (bytes: Uint8Array): readonly Piece[] => {
  const [body] = elementsIn(parseMarkup(docxParts(bytes).get('word/document.xml') ?? ''), 'w:body');
  if (!body) throw new Error('the document has no body');
  const pieces: Piece[] = [];
  let caption = '';
  for (const element of elementsIn(body, 'w:p', 'w:tbl')) {
    if (element.name === 'w:tbl') {
      const [columns = [], ...rows] = elementsIn(element, 'w:tr').map((row) =>
        elementsIn(row, 'w:tc').map(wordsOfWord),
      );
      pieces.push({ kind: 'table', caption, columns, rows });
      continue;
    }
    const style = elementsIn(element, 'w:pStyle')[0]?.attributes['w:val'] ?? '';
    const level = /^Heading(\d)$/u.exec(style)?.[1];
    const text = wordsOfWord(element);
    const isContents = style === 'ListParagraph' && inContents(pieces);
    const isChart = text.startsWith('Bar chart of ');
    if (style === 'Caption') caption = text;
    else if (level !== undefined) pieces.push({ kind: 'heading', level: Number(level), text });
    else if (!isContents && !isChart && text !== '')
      pieces.push({ kind: 'text', text: style === 'Detail' ? text.replace(': ', '') : text });
  }
  return pieces;
};

const inContents = (pieces: readonly Piece[]): boolean => {
  const last = pieces.at(-1);
  return last?.kind === 'heading' && last.text === 'Contents';
};

const wordsOfWord = (element: Marked): string => elementsIn(element, 'w:t', 'w:br').map(wordsIn).join('');
