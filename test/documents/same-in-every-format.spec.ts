import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { rm } from 'node:fs/promises';
import { pounds } from '#governance';
import {
  docxParts,
  logAsRead,
  piecesOfDocx,
  piecesOfHtml,
  squeezed,
  type LogAsRead,
  type SectionAsRead,
} from '../decision-log/read-back.js';
import { LOGS_TRIED, YEAR_2025 } from '../decision-log/logs-tried.js';
import { madeLog, type MadeLog } from '../decision-log/made-log.js';

type Row = Readonly<Record<string, string>>;

interface JsonLog {
  readonly head: {
    readonly title: string;
    readonly summary: string[];
    readonly changes: string[];
    readonly figures: object;
  };
  readonly sections: { readonly number: number; readonly title: string; readonly nothing?: string }[];
  readonly decisions: { readonly reference: string; readonly group: string; readonly place: number }[];
  readonly delegations: object[];
  readonly appointments: object[];
  readonly corrections: { readonly reference: string; readonly sentence: string }[];
}

const count = (rows: readonly Row[], holds: (row: Row) => boolean): number => rows.filter(holds).length;
const isTrue = (column: string) => (row: Row) => row[column] === 'true';
const penceOf = ({ amount = '' }: Row): number => Math.round(Number(amount) * 100);
const DAY = 86_400_000;

const by = <Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> => {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
};

describe.each(LOGS_TRIED)('%s', (_name, make, words) => {
  let folder: string;
  let made: MadeLog;
  let rows: readonly Row[];
  let json: JsonLog;
  let html: LogAsRead;
  let docx: LogAsRead;
  beforeAll(async () => {
    folder = await make();
    made = await madeLog(folder, [...words, ...YEAR_2025, '--format', 'html,csv,docx,json']);
    const csv = (name: string) => parse(made.text(name), { columns: true }) as Row[];
    rows = csv('decisions.csv');
    json = JSON.parse(made.text('decision-log.json')) as JsonLog;
    html = logAsRead(piecesOfHtml(made.text('decision-log.html')));
    docx = logAsRead(piecesOfDocx(made.files.get('decision-log.docx') ?? new Uint8Array()));
  }, 60_000);
  afterAll(async () => {
    for (const gone of [folder, made?.folder]) if (gone) await rm(gone, { recursive: true, force: true });
  });

  const section = (number: number): SectionAsRead => {
    const found = html.sections[number - 1];
    if (!found) throw new Error(`there is no section ${number}`);
    return found;
  };
  const table = (number: number, caption: RegExp) =>
    section(number).tables.find((each) => caption.test(each.caption)) ?? { rows: [], columns: [] };
  const firstCells = (number: number, caption: RegExp) => table(number, caption).rows.map(([cell]) => cell);
  const references = (chosen: readonly Row[]) => chosen.map(({ reference = '' }) => squeezed(reference));

  it('has the same decisions in the same order in CSV, its copy for spreadsheets and JSON', () => {
    expect(rows.length).toBeGreaterThan(5);
    const inJson = json.decisions.map(({ reference, group, place }) => [reference, group, String(place)]);
    expect(inJson).toEqual(rows.map((row) => [row['reference'], row['group'], row['place']]));
    expect(rows.map(({ place }) => Number(place))).toEqual(rows.map((_, at) => at + 1));
    const spreadsheet = parse(made.text('decisions-for-spreadsheets.csv'), { columns: true, bom: true }) as Row[];
    expect(spreadsheet.map(({ reference }) => reference)).toEqual(rows.map(({ reference }) => reference));
  });

  it('has them body by body in HTML, in that order, as a table and as headings', () => {
    // Those of which no day is known are named apart: they are in no period.
    const decisions = { ...section(2), groups: section(2).groups.filter((group) => group.decisions.length > 0) };
    expect(new Map(decisions.groups.map(({ title, decisions: { length } }) => [title, length]))).toEqual(
      new Map([...by(rows, ({ group = '' }) => squeezed(group))].map(([title, { length }]) => [title, length])),
    );
    for (const [at, { title, decisions: listed }] of decisions.groups.entries()) {
      const own = references(rows.filter(({ group = '' }) => squeezed(group) === title));
      expect(listed.map(({ heading }, nth) => heading.startsWith(`${own[nth]}:`))).toEqual(own.map(() => true));
      expect(decisions.tables[at]?.rows.map(([reference]) => reference)).toEqual(own);
    }
  });

  it('says in a Word document what it says in HTML, text by text and cell by cell', () => {
    expect(docx.front).toEqual(html.front);
    expect(docx.sections).toEqual(html.sections);
    const word = docxParts(made.files.get('decision-log.docx') ?? new Uint8Array()).get('word/document.xml') ?? '';
    const tables = html.sections.flatMap((each) => each.tables);
    expect(word.match(/<w:tbl>/g)).toHaveLength(tables.length);
    expect(word.match(/<w:tbl>(?:(?!<w:tr>).)*<w:tr><w:trPr>(?:(?!<\/w:trPr>).)*<w:tblHeader\/>/gs)).toHaveLength(
      tables.length,
    );
  });

  it('adds up to the same figures wherever they stand', () => {
    const stubs = count(rows, ({ shown }) => shown === 'stub');
    const pence = rows.reduce((sum, row) => sum + penceOf(row), 0);
    const figures = {
      decisions: rows.length,
      withheld: stubs,
      inPrivate: stubs + count(rows, isTrue('in_private')),
      urgent: count(rows, isTrue('urgent')),
      calledIn: count(rows, ({ status }) => status === 'CALLED_IN'),
      publishedLate: count(rows, isTrue('made_known_late')),
      recordedLate: count(rows, (row) => {
        const recorded = row['first_recorded_at']?.slice(0, 10) ?? '';
        return row['shown'] === 'full' && Date.parse(recorded) - Date.parse(row['date'] ?? '') > 28 * DAY;
      }),
      amountShown: pence,
      withAmount: count(rows, (row) => row['amount_is'] === 'shown'),
    };
    expect(json.head.figures).toEqual(figures);
    expect(html.front).toContain(squeezed(json.head.summary.join('')));
    expect(html.front).toContain(squeezed(json.head.changes.join('')));
    expect(json.head.summary.join(' ')).toContain(pounds(pence));
    expect(json.head.summary[0]).toContain(`${rows.length} decisions`);
  });

  it('counts and adds up the same by body and by month', () => {
    const counted = (caption: RegExp) => new Map(table(4, caption).rows.map(([label, value]) => [label, value]));
    const bodies = [...by(rows, ({ group = '' }) => squeezed(group))];
    const months = [...by(rows, ({ date = '' }) => date.slice(0, 7))].map(([month, own]) => {
      const name = new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' });
      return [`${name}${month.slice(0, 4)}`, own] as const;
    });
    for (const [word, groups] of [
      ['who', bodies],
      ['month', months],
    ] as const) {
      const numbers = groups.map(([label, own]) => [label, String(own.length)] as const);
      expect(counted(new RegExp(`^Decisionsby${word}`))).toEqual(new Map(numbers));
      const sums = groups.map(
        ([label, own]) => [label, pounds(own.reduce((sum, row) => sum + penceOf(row), 0))] as const,
      );
      expect(counted(new RegExp(`^Amountsshown,by${word}`))).toEqual(new Map(sums));
    }
  });

  it('has in each section what its kind of rows is in the files for machines', () => {
    const isPrivate = (row: Row) => row['shown'] === 'stub' || row['in_private'] === 'true';
    const isBought = (row: Row) =>
      [row['procurement_route'], row['supplier'], row['notice']].some(Boolean) || row['type'] === 'AWARD_CONTRACT';
    expect(firstCells(5, /private/)).toEqual(references(rows.filter(isPrivate)));
    expect(firstCells(3, /procurement/)).toEqual(references(rows.filter(isBought)));
    const attention = new Set(firstCells(1, /attention/));
    expect(references(rows.filter(isTrue('urgent'))).filter((reference) => !attention.has(reference))).toEqual([]);

    const companion = (name: string) => parse(made.text(name), { columns: true }) as Row[];
    const corrections = companion('corrections.csv');
    expect(firstCells(9, /correction/)).toEqual(references(corrections));
    expect(json.corrections.map(({ reference, sentence }) => [reference, sentence])).toEqual(
      corrections.map(({ reference, sentence }) => [reference, sentence]),
    );
    const told = [section(6).text, ...section(6).tables.flatMap((each) => each.rows.flat())].join('\n');
    for (const name of ['delegations', 'appointments'] as const) {
      const changes = companion(`${name}.csv`);
      expect(changes).toHaveLength(json[name].length);
      for (const { sentence = '' } of changes) expect(told).toContain(squeezed(sentence));
    }
  });

  it('says of the same sections that there is nothing to report', () => {
    expect(html.sections.map(({ title }) => title)).toEqual(
      json.sections.map(({ number, title }) => squeezed(`${number}. ${title}`)),
    );
    for (const { number, nothing } of json.sections) {
      if (nothing === undefined) continue;
      expect(section(number)).toMatchObject({ tables: [], groups: [] });
      expect(section(number).text.endsWith(squeezed(nothing))).toBe(true);
    }
  });
});
