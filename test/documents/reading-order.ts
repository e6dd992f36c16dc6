import type { Block, DecisionLog, Detail, Table } from '#decision-log';

/** Headings of the log with their levels, in order: what a reader who jumps from heading to heading meets. */
export const headingsOf = (log: DecisionLog): readonly { readonly level: number; readonly text: string }[] => [
  { level: 1, text: log.head.title },
  ...['Summary', 'What changed since the last log', 'About this log', 'Contents'].map((text) => ({ level: 2, text })),
  ...log.sections.flatMap((section) => [
    { level: 2, text: `${section.number}. ${section.title}` },
    ...section.blocks.flatMap((block) => {
      if (block.kind === 'heading') return [{ level: 3, text: block.text }];
      if (block.kind === 'chart') return [{ level: 3, text: block.title }];
      if (block.kind !== 'decisions') return [];
      return [{ level: 3, text: block.title }, ...block.entries.map((entry) => ({ level: 4, text: entry.heading }))];
    }),
  ]),
];

/** Every text of the log, in the order in which it is read; charts by their tables, without the list of contents. */
export const readingOrderOf = ({ head, sections }: DecisionLog): readonly string[] => [
  head.handling,
  head.title,
  head.subtitle,
  ...head.notices,
  'Summary',
  ...head.summary,
  'What changed since the last log',
  ...head.changes,
  'About this log',
  ...details(head.particulars),
  'Contents',
  ...sections.flatMap((section) => [
    `${section.number}. ${section.title}`,
    section.lead,
    section.nothing ?? '',
    ...section.blocks.flatMap(texts),
  ]),
];

function texts(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items.map((item) => item.text);
    case 'definitions':
      return details(block.items);
    case 'table':
      return table(block);
    case 'chart':
      return [
        block.title,
        block.title,
        block.labelColumn,
        block.valueColumn,
        ...block.bars.flatMap((bar) => [bar.label, bar.text]),
      ];
    case 'picture':
      return [block.title, block.alternative, ...table(block.table)];
    case 'entries':
    case 'decisions':
      return [
        block.title,
        ...table(block.table),
        ...block.entries.flatMap((entry) => [entry.heading, ...details(entry.details)]),
      ];
  }
}

const details = (items: readonly Detail[]): readonly string[] =>
  items.flatMap(({ label, values }) => [label, ...values.map((value) => value.text)]);

const table = ({ caption, columns, rows, note }: Table): readonly string[] => [
  caption,
  ...columns.map((column) => column.title),
  ...rows.flat().map((cell) => cell.text),
  note ?? '',
];

/** All tables of a log, those of its charts included. */
export const tablesOf = (log: DecisionLog): readonly { readonly columns: number; readonly rows: number }[] =>
  log.sections.flatMap((section) =>
    section.blocks.flatMap((block) => {
      if (block.kind === 'chart') return [{ columns: 2, rows: block.bars.length }];
      const found = block.kind === 'table' ? block : block.kind === 'decisions' ? block.table : undefined;
      return found ? [{ columns: found.columns.length, rows: found.rows.length }] : [];
    }),
  );
