import type { PrintedBlock, PrintedTable, TypstData } from './typst-data.js';

/** One part of a document: set by itself, so that the memory of setting it is bounded whatever the length of the log. */
export interface Part {
  /** Whether it begins with the front page, and whether it ends the document. */
  readonly front: boolean;
  readonly last: boolean;
  readonly blocks: readonly PrintedBlock[];
}

/** What a part may hold, in rows of tables and decisions: some 450 MB of memory while it is set. */
const ROOM = 2_600;

/** Rows for which a table is begun at the end of a part. */
const WORTH_BEGINNING = 200;

/** The whole log as one part where it is short enough; else the front page by itself, then parts that are full. */
export function partsOf({ blocks }: Pick<TypstData, 'blocks'>, room: number = ROOM): readonly Part[] {
  if (blocks.reduce((sum, block) => sum + weightOf(block), 0) <= room) return [{ front: true, last: true, blocks }];
  const parts: PrintedBlock[][] = [];
  let part: PrintedBlock[] = [];
  let left = room;
  const close = (): void => {
    const headings = part.splice(part.length - headingsAtEnd(part));
    if (part.length > 0) parts.push(part);
    part = headings;
    left = room;
  };
  for (const [at, block] of blocks.entries()) {
    const next = blocks[at + 1];
    const together = weightOf(block) + (block.kind === 'entry' && next ? weightOf(next) : 0);
    if (block.kind === 'table') {
      let table: PrintedTable | undefined = block;
      while (table) {
        if (left < Math.min(WORTH_BEGINNING, table.rows.length)) close();
        const [here, rest] = cut(table, left);
        part.push(here);
        left -= weightOf(here);
        table = rest;
      }
      continue;
    }
    const isBody = blocks[at - 1]?.kind === 'entry';
    if (together > left && part.length > 0 && !isBody) close();
    part.push(block);
    left -= weightOf(block);
  }
  close();
  if (part.length > 0) parts.push(part);
  const bodies = parts.map((one, at) => ({ front: false, last: at === parts.length - 1, blocks: one }));
  return [{ front: true, last: false, blocks: [] }, ...bodies];
}

/** A heading of a part: what its bookmark stands under, and the name of its place where something leads to it. */
export interface PartHeading {
  readonly level: number;
  readonly anchor?: string;
}

/** The headings of a part, in order. @param tellsChanges whether the front page says what changed since another. */
export const headingsOf = ({ front, blocks }: Part, tellsChanges = true): readonly PartHeading[] => [
  ...(front ? [1, 2, 2, 2, ...(tellsChanges ? [2] : [])].map((level) => ({ level })) : []),
  ...blocks.flatMap((block): PartHeading[] => {
    if (block.kind === 'section') return [{ level: 2, anchor: block.anchor }];
    if (block.kind === 'entry') return [{ level: 4, anchor: block.anchor }];
    return block.kind === 'heading' ? [{ level: 3 }] : [];
  }),
];

/** About alike in memory: a row, a list of fourteen details, a page of anything else. */
const weightOf = (block: PrintedBlock): number => {
  if (block.kind === 'table') return 1 + block.rows.length;
  if (block.kind === 'definitions') return block.items.length / 14;
  return block.kind === 'list' ? block.items.length / 4 : 0.1;
};

const headingsAtEnd = (blocks: readonly PrintedBlock[]): number => {
  const last = blocks.findLastIndex(({ kind }) => kind !== 'heading' && kind !== 'section');
  return blocks.length - 1 - last;
};

/** As many rows as there is room for, and the others as a table of their own that says what it continues. */
function cut(table: PrintedTable, room: number): readonly [PrintedTable, PrintedTable | undefined] {
  const rows = Math.max(1, Math.floor(room) - 1);
  if (table.rows.length <= rows) return [table, undefined];
  const caption = table.caption.replace(/ \(continued\)$/u, '');
  return [
    { ...table, rows: table.rows.slice(0, rows), note: '' },
    { ...table, caption: `${caption} (continued)`, rows: table.rows.slice(rows) },
  ];
}
