import type { Block, Column, DecisionLog, Detail, Line, Section, StubEntry } from '#decision-log';
import type { CivilDate } from '#kernel';

/** Texts that a renderer could take for something else, or stumble over. */
export const HOSTILE = {
  typst:
    '#import "@preview/x:1.0.0": * $sum_(i)$ _em_ *strong* @ref <label> `raw` // note /* more */ \\u{41} #eval("1")',
  html: '<script>alert(1)</script> &amp; <b>bold</b> ]]> <!-- x -->',
  formula: '=HYPERLINK("https://example.org";"here") +1 -1 @x',
  quotes: '"double" \'single\' \\ back\\slash { "json": [1] } {{ template }} ${x}',
  override: 'The sum is \u202e000,1£\u202c and no more',
  emoji: 'Approved \u{1f469}\u200d\u{1f680} with \u{1faf6} and 日本語 and Ꭳ, which no font has',
  arabic: 'مجلس and שלום and ŵ ŷ ł ș → ≤ €',
  controls: 'tab\there, bell\u0007there, soft\u00adhyphen, zero\u200bwidth',
  long: 'x'.repeat(20_000),
  wordy: 'The committee considered the matter at some length. '.repeat(380),
  breaks: 'first line\nsecond line\r\nthird line',
  empty: '',
} as const;

const bodies = ['The Board', 'A joint committee'] as const;

const entries = Object.entries(HOSTILE).map(([name, title], at): StubEntry => {
  const reference = `ICB-2025/26-${String(at + 1).padStart(4, '0')}`;
  const inShort = title.length > 200 ? `${title.slice(0, 199)}…` : title;
  return {
    kind: 'stub',
    id: `d-${name}`,
    reference,
    place: at + 1,
    anchor: `decision-${name}`,
    heading: `${reference}, 3 May 2025: ${inShort}`,
    datedOn: '2025-05-03' as CivilDate,
    dateInWords: '3 May 2025',
    group: bodies[at % 2] ?? '',
    title,
    ground: '',
    reviewOn: null,
    details: [
      { label: 'Decision', values: [{ text: title }] },
      { label: 'Reasons', values: [{ text: 'Said twice:' }, { text: inShort }] },
      { label: 'Papers', values: [{ text: `https://example.org/${name}`, href: `https://example.org/${name}` }] },
    ],
  };
});

const columns: readonly Column[] = [
  { title: 'Reference', heads: true, width: 2 },
  { title: 'Date', width: 1.4 },
  { title: 'Title', width: 4 },
  { title: 'Amount', numeric: true, width: 1.5 },
];

const groupOf = (body: string): Block => {
  const own = entries.filter((entry) => entry.group === body);
  return {
    kind: 'decisions',
    title: body,
    entries: own,
    table: {
      kind: 'table',
      caption: `${body}: ${own.length} decisions`,
      columns,
      rows: own.map((entry) => [
        { text: entry.reference, href: `#${entry.anchor}` },
        { text: entry.dateInWords },
        { text: entry.title.slice(0, 400) },
        { text: '£1,250,000.00' },
      ]),
      note: 'The details stand below.',
    },
  };
};

const section = (number: number, id: string, title: string, blocks: readonly Block[]): Section => ({
  id,
  number,
  title,
  lead: `What section ${number} holds.`,
  blocks,
  ...(blocks.length === 0 ? { nothing: 'There is nothing to report.' } : {}),
});

const detail = (label: string, text: string): Detail => ({ label, values: [{ text }] });
const lines = (...texts: readonly string[]): readonly Line[] => texts.map((text) => ({ text }));

/** A log with every kind of block, whose texts are as bad as they come. */
export const hostileLog: DecisionLog = {
  head: {
    title: 'Decision log for the Health #Overview* and $crutiny <Committee>',
    subtitle: 'A county, 1 January 2025 to 31 December 2025',
    language: 'en-GB',
    id: '00112233445566aa',
    committee: { id: 'c', name: 'Health #Overview* and $crutiny <Committee>' },
    concerning: { organisations: [], rule: 'Those named.' },
    period: { from: '2025-01-01' as CivilDate, to: '2025-12-31' as CivilDate, words: '1 January to 31 December 2025' },
    basis: { asAt: '2025-12-31' as CivilDate, position: 2402, recordedAt: null, rootHash: null },
    readerClass: 'officers',
    handling: 'For members only. Not for publication.',
    holdings: { inPeriod: 0, theirs: 0, unattributed: 0 },
    particulars: [detail('Period', '1 January 2025 to 31 December 2025'), detail('Log', '00112233445566aa')],
    summary: [`${entries.length} decisions are dated in the period.`, 'None states an amount.'],
    figures: {
      decisions: entries.length,
      withheld: 0,
      inPrivate: 0,
      urgent: 0,
      calledIn: 0,
      publishedLate: 0,
      recordedLate: 0,
      amountShown: 0,
      withAmount: 0,
    },
    changes: ['There is no earlier log to compare this one with.'],
    notices: ['This log replaces the one of 1 January 2026.'],
    footer: 'As at 31 December 2025 · as known at position 2,402 · log 00112233445566aa',
  },
  sections: [
    section(1, 'attention', 'Decisions needing attention', [
      {
        kind: 'list',
        items: [
          { text: 'The first one', href: '#decision-typst' },
          { text: 'Leads nowhere', href: '#gone' },
        ],
      },
    ]),
    section(2, 'decisions', 'All decisions', [
      {
        kind: 'chart',
        title: 'Decisions by body',
        alternative: 'Bars: six decisions of each of two bodies, none of a third.',
        labelColumn: 'Body',
        valueColumn: 'Decisions',
        bars: [...bodies.map((label) => ({ label, value: 6, text: '6' })), { label: 'Nobody', value: 0, text: '0' }],
      },
      ...bodies.map(groupOf),
    ]),
    section(3, 'procurement', 'Procurement', []),
    section(4, 'method', 'Words and method', [
      { kind: 'heading', text: 'Words' },
      {
        kind: 'definitions',
        items: [{ label: 'Exempt', values: lines('Withheld by law.', 'Not the same as confidential.') }],
      },
      { kind: 'paragraph', text: 'Made from the register.\nChecked by hand.' },
    ]),
  ],
  companions: { delegations: [], appointments: [], corrections: [] },
};
