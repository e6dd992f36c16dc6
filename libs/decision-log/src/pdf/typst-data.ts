import type { Block, Chart, Detail, Line, PrintedEntry, RegisterDocument, Section, Table } from '../document.js';
import { figuresOf } from '../chart-figures.js';
import { INNER } from './inner-links.js';
import type { Printable } from './printable.js';
import { layoutOf } from './table-layout.js';

/** Room on a line in characters of the body text (12 pt) and of a bar's label (10 pt), wide letters counted. */
const BODY_ROOM = 58;
const LABEL_ROOM = 24;

/** Blocks of a log that is long. */
const LONG = 400;

/** Decisions of one body that begin a page of their own after their table: Typst sets the two side by side then. */
const MANY = 100;

/** A text in one line, or one with breaks or with an address: one inside the document only where it has that place. */
type PrintedLine = string | { readonly lines: readonly string[]; readonly href?: string };

interface PrintedDetail {
  readonly label: string;
  readonly values: readonly PrintedLine[];
}

export interface PrintedTable {
  readonly kind: 'table';
  readonly caption: string;
  /** Points. */
  readonly widths: readonly number[];
  readonly numeric: readonly boolean[];
  readonly titles: readonly string[];
  /** The column that names the row. */
  readonly heads: number;
  readonly rows: readonly (readonly PrintedLine[])[];
  readonly note: string;
}

export type PrintedBlock =
  | { readonly kind: 'section'; readonly anchor: string; readonly title: string; readonly lead: string }
  | { readonly kind: 'heading'; readonly text: string; /** Begins a page in a long log. */ readonly apart?: boolean }
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly PrintedLine[] }
  | { readonly kind: 'definitions'; readonly items: readonly PrintedDetail[] }
  | PrintedTable
  | { readonly kind: 'bars'; readonly alternative: string; readonly bars: readonly PrintedBar[] }
  | { readonly kind: 'entry'; readonly anchor: string; readonly heading: string; readonly apart?: boolean };

interface PrintedBar {
  readonly label: string;
  readonly text: string;
  /** Of the longest bar, 0 to 1. */
  readonly share: number;
}

/** What `typst/log.typ` reads: texts that can be printed as they stand, and nothing that it would have to work out. */
export interface TypstData {
  readonly title: string;
  readonly subtitle: string;
  readonly handling: string;
  readonly notices: readonly string[];
  readonly particulars: readonly PrintedDetail[];
  readonly summary: readonly string[];
  /** Null in a document that follows on no other. */
  readonly changes: readonly string[] | null;
  /** What the document calls itself: `log`. */
  readonly called: string;
  readonly footer: string;
  /** Year, month, day of the basis: the date in the file's metadata. */
  readonly date: readonly [number, number, number];
  /** Sections, in order; whether there is nothing to report in one. */
  readonly contents: readonly { readonly anchor: string; readonly title: string; readonly nothing: boolean }[];
  readonly blocks: readonly PrintedBlock[];
  /** Whether the front page stands apart: it does in a long log, as Typst sets what follows with less memory then. */
  readonly apart: boolean;
  /** Empty where every character could be printed. */
  readonly codePointNote: string;
}

/** The log as data for Typst. Pure: the same log and the same fonts give the same data. */
export function typstDataOf(log: RegisterDocument, printable: Printable): TypstData {
  const { head } = log;
  const printer = new Printer(printable, anchorsOf(log));
  const one = (text: string) => printable.line(text, BODY_ROOM);
  const [year = 1, month = 1, day = 1] = head.basis.asAt.split('-').map(Number);
  const data = {
    title: one(head.title),
    subtitle: one(head.subtitle),
    handling: one(head.handling),
    notices: head.notices.map(one),
    particulars: printer.details(head.particulars),
    summary: head.summary.map(one),
    changes: head.changes?.map(one) ?? null,
    called: head.called ?? 'log',
    footer: one(head.footer),
    date: [year, month, day] as const,
    contents: log.sections.map((section) => ({
      anchor: section.id,
      title: one(titleOf(section)),
      nothing: section.nothing !== undefined,
    })),
    blocks: log.sections.flatMap((section): PrintedBlock[] => [
      { kind: 'section', anchor: section.id, title: one(titleOf(section)), lead: one(section.lead) },
      ...printer.blocksOf(section),
    ]),
  };
  const apart = data.blocks.length - data.contents.length > LONG;
  return { ...data, apart, codePointNote: noteOn(printable.replaced) };
}

const titleOf = (section: Section): string => `${section.number}. ${section.title}`;

function noteOn(characters: number): string {
  if (characters === 0) return '';
  const which = characters === 1 ? 'One character is' : `${characters} different characters are`;
  return `${which} printed by code point in Unicode, in square brackets, because the fonts of this document do not have them or they cannot be seen.`;
}

function anchorsOf(log: RegisterDocument): ReadonlySet<string> {
  const anchors = new Set(log.sections.map((section) => section.id));
  for (const block of log.sections.flatMap((section) => section.blocks)) {
    if (isOfEntries(block)) for (const entry of block.entries) anchors.add(entry.anchor);
  }
  return anchors;
}

const isOfEntries = (block: Block) => block.kind === 'decisions' || block.kind === 'entries';

class Printer {
  constructor(
    private readonly printable: Printable,
    private readonly anchors: ReadonlySet<string>,
  ) {}

  blocksOf(section: Section): PrintedBlock[] {
    const nothing = section.nothing === undefined ? [] : [{ kind: 'paragraph', text: section.nothing } as const];
    const first = section.blocks.find(isOfEntries);
    return [...nothing, ...section.blocks].flatMap((block) => this.block(block, block !== first));
  }

  details(details: readonly Detail[]): PrintedDetail[] {
    return details.map((detail) => ({
      label: this.one(detail.label),
      values: detail.values.map((value) => this.line(value, BODY_ROOM)),
    }));
  }

  private block(block: Block, apart: boolean): PrintedBlock[] {
    switch (block.kind) {
      case 'heading':
        return [{ kind: 'heading', text: this.one(block.text) }];
      case 'paragraph':
        return [{ kind: 'paragraph', lines: this.printable.lines(block.text, BODY_ROOM) }];
      case 'list':
        return [{ kind: 'list', items: block.items.map((item) => this.line(item, BODY_ROOM)) }];
      case 'definitions':
        return [{ kind: 'definitions', items: this.details(block.items) }];
      case 'table':
        return [this.table(block)];
      case 'chart':
        return [{ kind: 'heading', text: this.one(block.title) }, this.bars(block), this.table(figuresOf(block))];
      case 'picture':
        return [
          { kind: 'heading', text: this.one(block.title) },
          { kind: 'paragraph', lines: this.printable.lines(block.alternative, BODY_ROOM) },
          this.table(block.table),
        ];
      case 'entries':
      case 'decisions':
        return [
          { kind: 'heading', text: this.one(block.title), apart },
          this.table(block.table),
          ...block.entries.flatMap((entry, at) => this.entry(entry, at === 0 && block.entries.length >= MANY)),
        ];
      default:
        throw new Error(`a decision log has a block of a kind that the PDF cannot show: ${JSON.stringify(block)}`);
    }
  }

  private entry(entry: PrintedEntry, apart: boolean): PrintedBlock[] {
    return [
      { kind: 'entry', anchor: entry.anchor, heading: this.heading(entry), ...(apart && { apart }) },
      { kind: 'definitions', items: this.details(entry.details) },
    ];
  }

  /** A title keeps its own direction behind what stands before it. */
  private heading({ heading, title }: PrintedEntry): string {
    if (title === '' || !heading.endsWith(title)) return this.one(heading);
    return this.one(heading.slice(0, -title.length)) + this.one(title);
  }

  private table(table: Table): PrintedTable {
    const { widths, rooms } = layoutOf(table);
    return {
      kind: 'table',
      caption: this.one(table.caption),
      widths,
      numeric: table.columns.map((column) => column.numeric === true),
      heads: Math.max(
        0,
        table.columns.findIndex((column) => column.heads),
      ),
      titles: table.columns.map((column, at) => this.printable.line(column.title, rooms[at] ?? 1)),
      rows: table.rows.map((row) => row.map((cell, at) => this.line(cell, rooms[at] ?? 1))),
      note: this.one(table.note ?? ''),
    };
  }

  private bars(chart: Chart): PrintedBlock {
    const longest = Math.max(1, ...chart.bars.map((bar) => bar.value));
    return {
      kind: 'bars',
      alternative: this.one(chart.alternative),
      bars: chart.bars.map((bar) => ({
        label: this.printable.line(bar.label, LABEL_ROOM),
        text: this.one(bar.text),
        share: bar.value / longest,
      })),
    };
  }

  private line(line: Line, room: number): PrintedLine {
    const lines = this.printable.lines(line.text, room);
    const { href = '' } = line;
    const leads = href.startsWith('#') ? this.anchors.has(href.slice(1)) : /^https?:\/\//u.test(href);
    if (leads && line.text !== '') return { lines, href: href.replace(/^#/u, INNER) };
    return lines.length === 1 ? (lines[0] ?? '') : { lines };
  }

  private one(text: string): string {
    return this.printable.line(text, BODY_ROOM);
  }
}
