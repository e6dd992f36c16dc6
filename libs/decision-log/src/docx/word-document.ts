import {
  AlignmentType,
  Bookmark,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  InternalHyperlink,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table as WordTable,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Detail, DocumentHead, Line, RegisterDocument, Section, Table } from '../document.js';
import { visible } from '../plain.js';
import { figuresOf } from '../chart-figures.js';
import { docxStyles, HEADER_ROW, PAGE, TABLE_WIDTH } from './styles.js';
import { settled } from './settled.js';

/**
 * The log as a Word document: built-in heading styles, real lists and tables whose header rows repeat, no text boxes,
 * nothing hidden, no fields that ask to be updated. A chart is its sentence and its table. Blocks its thread for about a
 * millisecond a decision: call it in a worker.
 */
export async function makeDocx(log: RegisterDocument): Promise<Uint8Array> {
  const writer = new Writer(bookmarksOf(log));
  const { head } = log;
  const page = { properties: { page: PAGE }, footers: { default: footerOf(head) } };
  const document = new Document({
    title: visible(head.title),
    creator: 'Decision register',
    lastModifiedBy: 'Decision register',
    description: visible(head.footer),
    styles: docxStyles,
    sections: [
      {
        ...page,
        ...(head.handling === '' ? {} : { headers: { default: headerOf(head) } }),
        children: [...writer.frontPage(log), ...log.sections.flatMap((section) => writer.section(section))],
      },
    ],
  });
  return settled(await Packer.toBuffer(document), head.basis.asAt);
}

/** Word takes no hyphens in the names of bookmarks, and forty characters at most. */
function bookmarksOf(log: RegisterDocument): ReadonlyMap<string, string> {
  const bookmarks = new Map(log.sections.map((section) => [section.id, `section_${section.number}`]));
  const groups = log.sections.flatMap((section) => section.blocks).filter(isOfEntries);
  for (const [index, entry] of groups.flatMap((group) => group.entries).entries()) {
    bookmarks.set(entry.anchor, `decision_${index + 1}`);
  }
  return bookmarks;
}

const isOfEntries = (block: Block) => block.kind === 'decisions' || block.kind === 'entries';

const headerOf = (head: DocumentHead): Header =>
  new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [bold(head.handling)] })] });

const footerOf = (head: DocumentHead): Footer =>
  new Footer({
    children: [
      new Paragraph({ style: 'Footer', children: runs(head.footer) }),
      new Paragraph({
        style: 'Footer',
        alignment: AlignmentType.RIGHT,
        children: [new TextRun({ children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  });

/** A text as runs: line breaks kept, what cannot be seen shown by its code point. */
const runs = (text: string, options: { readonly bold?: boolean; readonly style?: string } = {}): TextRun[] =>
  visible(text)
    .split('\n')
    .map((part, index) => new TextRun({ ...options, text: part, ...(index === 0 ? {} : { break: 1 }) }));

const bold = (text: string): TextRun => new TextRun({ text: visible(text).replaceAll('\n', ' '), bold: true });

class Writer {
  constructor(private readonly bookmarks: ReadonlyMap<string, string>) {}

  frontPage({ head, sections }: RegisterDocument): (Paragraph | WordTable)[] {
    return [
      ...(head.handling === '' ? [] : [new Paragraph({ children: [bold(head.handling)] })]),
      new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(head.title) }),
      ...(head.subtitle === '' ? [] : [paragraph(head.subtitle)]),
      ...head.notices.map((notice) => new Paragraph({ style: 'Notice', children: runs(notice) })),
      heading('Summary', HeadingLevel.HEADING_2),
      ...this.list(head.summary.map((text) => ({ text }))),
      ...(head.changes
        ? [
            heading('What changed since the last log', HeadingLevel.HEADING_2),
            ...this.list(head.changes.map((text) => ({ text }))),
          ]
        : []),
      heading(`About this ${head.called ?? 'log'}`, HeadingLevel.HEADING_2),
      ...this.details(head.particulars),
      heading('Contents', HeadingLevel.HEADING_2),
      ...this.list(sections.map((section) => ({ text: inContents(section), href: `#${section.id}` }))),
    ];
  }

  section(section: Section): (Paragraph | WordTable)[] {
    return [
      this.target(section.id, numbered(section), HeadingLevel.HEADING_2),
      ...(section.lead === '' ? [] : [paragraph(section.lead)]),
      ...(section.nothing === undefined ? [] : [paragraph(section.nothing)]),
      ...section.blocks.flatMap((block) => this.block(block)),
    ];
  }

  private block(block: Block): (Paragraph | WordTable)[] {
    switch (block.kind) {
      case 'heading':
        return [heading(block.text, HeadingLevel.HEADING_3)];
      case 'paragraph':
        return [paragraph(block.text)];
      case 'list':
        return this.list(block.items);
      case 'definitions':
        return this.details(block.items);
      case 'table':
        return this.table(block);
      case 'chart':
        return [
          heading(block.title, HeadingLevel.HEADING_3),
          paragraph(block.alternative),
          ...this.table(figuresOf(block)),
        ];
      case 'picture':
        return [heading(block.title, HeadingLevel.HEADING_3), paragraph(block.alternative), ...this.table(block.table)];
      case 'entries':
      case 'decisions':
        return [
          heading(block.title, HeadingLevel.HEADING_3),
          ...this.table(block.table),
          ...block.entries.flatMap((entry) => [
            this.target(entry.anchor, entry.heading, HeadingLevel.HEADING_4),
            ...this.details(entry.details),
          ]),
        ];
      default:
        throw new Error(`a decision log has a block of a kind that DOCX cannot show: ${JSON.stringify(block)}`);
    }
  }

  private list(items: readonly Line[]): Paragraph[] {
    return items.map((item) => new Paragraph({ bullet: { level: 0 }, children: this.line(item) }));
  }

  private details(details: readonly Detail[]): Paragraph[] {
    return details.flatMap(({ label, values: [first = { text: '' }, ...others] }) => [
      new Paragraph({ style: 'Detail', children: [bold(`${label}: `), ...this.line(first)] }),
      ...others.map((value) => new Paragraph({ style: 'DetailMore', children: this.line(value) })),
    ]);
  }

  private table(table: Table): (Paragraph | WordTable)[] {
    const whole = table.columns.reduce((sum, column) => sum + column.width, 0);
    const widths = table.columns.map((column) => Math.floor((TABLE_WIDTH * column.width) / whole));
    const row = (cells: readonly (readonly ParagraphChild[])[], header: boolean) =>
      new TableRow({
        ...(header ? { tableHeader: true, cantSplit: true } : {}),
        children: cells.map(
          (children, at) =>
            new TableCell({
              width: { size: widths[at] ?? 0, type: WidthType.DXA },
              ...(header ? { shading: HEADER_ROW } : {}),
              children: [
                new Paragraph({
                  style: 'TableText',
                  ...(table.columns[at]?.numeric ? { alignment: AlignmentType.RIGHT } : {}),
                  children,
                }),
              ],
            }),
        ),
      });
    return [
      ...(table.caption === ''
        ? []
        : [new Paragraph({ style: 'Caption', keepNext: true, children: runs(table.caption) })]),
      new WordTable({
        width: { size: TABLE_WIDTH, type: WidthType.DXA },
        layout: TableLayoutType.FIXED,
        columnWidths: widths,
        tableLook: { firstRow: true, firstColumn: table.columns[0]?.heads === true, noVBand: true },
        rows: [
          row(
            table.columns.map((column) => [bold(column.title)]),
            true,
          ),
          ...table.rows.map((cells) =>
            row(
              cells.map((cell) => this.line(cell)),
              false,
            ),
          ),
        ],
      }),
      paragraph(table.note ?? ''),
    ];
  }

  private target(anchor: string, text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]): Paragraph {
    const id = this.bookmarks.get(anchor);
    const children = id === undefined ? runs(text) : [new Bookmark({ id, children: runs(text) })];
    return new Paragraph({ heading: level, children });
  }

  private line({ text, href = '' }: Line): ParagraphChild[] {
    const anchor = href.startsWith('#') ? this.bookmarks.get(href.slice(1)) : undefined;
    if (text === '') return [];
    if (anchor !== undefined) return [new InternalHyperlink({ anchor, children: runs(text, { style: 'Hyperlink' }) })];
    if (!/^https?:\/\//u.test(href)) return runs(text);
    return [new ExternalHyperlink({ link: href, children: runs(text, { style: 'Hyperlink' }) })];
  }
}

const numbered = (section: Section): string => `${section.number}. ${section.title}`;

const inContents = (section: Section): string =>
  `${numbered(section)}${section.nothing === undefined ? '' : ' (nothing to report)'}`;

const paragraph = (text: string): Paragraph => new Paragraph({ children: runs(text) });

const heading = (text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]): Paragraph =>
  new Paragraph({ heading: level, children: runs(text) });
