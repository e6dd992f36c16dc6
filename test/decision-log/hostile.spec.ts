import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { refusalOf } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';
import { HOSTILE, hostileRegister, LONG, tagOf } from './hostile-register.js';
import { elementsIn, parseMarkup, wordsIn } from './marked-up.js';
import { madeLog, type MadeLog } from './made-log.js';
import { docxParts, piecesOfDocx, piecesOfHtml, squeezed, type Piece } from './read-back.js';

let folder: string;
let made: MadeLog;
let api: RunningApi;
beforeAll(async () => {
  folder = await hostileRegister();
  const words = ['--for', 'board', '--from', '2025-01-01', '--to', '2025-12-31', '--format', 'html,csv,docx,json'];
  made = await madeLog(folder, words);
  api = await runApi({ DATA_DIR: folder });
}, 60_000);
afterAll(async () => {
  await api.close();
  for (const gone of [folder, made.folder]) await rm(gone, { recursive: true, force: true });
});

/** As people are shown it: what cannot be seen stands as its code point. */
const shown = (text: string): string =>
  squeezed(
    text.replaceAll(
      /[\u202a-\u202e\u2066-\u2069\u200b]/gu,
      (found) => `[U+${found.codePointAt(0)?.toString(16).toUpperCase()}]`,
    ),
  );

const words = (pieces: readonly Piece[]): string =>
  squeezed(
    pieces
      .map((piece) =>
        piece.kind === 'table' ? [piece.caption, ...piece.columns, ...piece.rows.flat()].join(' ') : piece.text,
      )
      .join(' '),
  );

describe('hostile text in a log', () => {
  it('comes back from CSV and JSON as it was recorded, character by character', () => {
    const rows = parse(made.text('decisions.csv'), { columns: true }) as Record<string, string>[];
    const { decisions } = JSON.parse(made.text('decision-log.json')) as { decisions: Record<string, unknown>[] };
    for (const [id, text] of Object.entries(HOSTILE)) {
      const row = rows.find((each) => each['id'] === id);
      expect(row).toMatchObject({
        title: text,
        amount_note: text,
        supplier: text,
        tags: tagOf(text),
        reasons: expect.stringContaining(text),
      });
      const decision = decisions.find((each) => each['id'] === id);
      expect(decision).toMatchObject({ title: text, amountNote: text, supplier: text, tags: [tagOf(text)] });
    }
    for (const all of [rows, decisions]) {
      expect(all.find((each) => each['id'] === 'long')).toMatchObject({ reasons: LONG });
    }
    expect(rows[0]?.['group']).toContain(HOSTILE.typst.slice(0, 100));
    const spreadsheet = parse(made.text('decisions-for-spreadsheets.csv'), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    for (const cell of spreadsheet.flatMap(Object.values)) expect(cell).not.toMatch(/^[\s]*[=+\-@](?!\d+(\.\d+)?$)/u);
  });

  it.each([
    ['HTML', () => piecesOfHtml(made.text('decision-log.html'))],
    ['a Word document', () => piecesOfDocx(made.files.get('decision-log.docx') ?? new Uint8Array())],
  ] as const)('is text in %s, whole, and only text', (_name, piecesOf) => {
    const read = words(piecesOf());
    for (const text of Object.values(HOSTILE)) expect(read).toContain(shown(text));
    expect(read).toContain(shown(LONG));
    expect(read).toContain(shown(`Board ${HOSTILE.typst}`).slice(0, 150));
    expect(read).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
  });

  it('makes nothing in a page: no script, no picture, no attribute, no address but http', async () => {
    const pages = [made.text('decision-log.html')];
    for (const id of Object.keys(HOSTILE)) pages.push(await (await fetch(`${api.url}/decisions/R-${id}`)).text());
    expect(pages).toHaveLength(9);
    for (const page of pages) {
      const root = parseMarkup(page);
      expect(elementsIn(root, 'script', 'img', 'iframe', 'object', 'form')).toEqual([]);
      const [head] = elementsIn(root, 'head');
      expect(head && elementsIn(head, 'title')).toHaveLength(1);
      expect(page).not.toMatch(/<[^>]*\son\w+\s*=/iu);
      for (const { attributes } of elementsIn(root, 'a')) expect(attributes['href']).toMatch(/^(#|https?:\/\/)/u);
      expect(elementsIn(root, 'h1').map(wordsIn)).toHaveLength(1);
    }
  });

  it('makes nothing in a Word document: every part is well-formed, nothing runs, nothing is linked but http', () => {
    const parts = docxParts(made.files.get('decision-log.docx') ?? new Uint8Array());
    for (const [name, xml] of parts) {
      expect([name, parseMarkup(xml).inside.length > 0]).toEqual([name, true]);
      expect([name, /<w:(fldSimple|instrText)[^>]*>(?!PAGE|NUMPAGES)|vbaProject|<w:object/u.test(xml)]).toEqual([
        name,
        false,
      ]);
      for (const [, target = ''] of xml.matchAll(/Target="([^"]*)" TargetMode="External"/gu))
        expect(target).toMatch(/^https?:\/\//u);
    }
  });
});

describe('text that the register does not take', () => {
  const record = (data: object) =>
    refusalOf(api, 'TakeDecision', 'bad', '2025-03-03', { takenOn: '2025-03-03', decidedBy: ['board'], ...data });

  it.each([
    ['an empty title', { title: '' }, 'title'],
    ['a title of blanks', { title: ' \t\n ' }, 'title'],
    ['NUL in a title', { title: 'a\u0000b' }, 'title'],
    ['NUL in reasons', { title: 'a', reasons: 'a\u0000b' }, 'reasons'],
    ['half a character', { title: 'a\ud800b' }, 'title'],
    ['one character more than the longest reasons', { title: 'a', reasons: 'x'.repeat(20_001) }, 'reasons'],
  ])('is refused at the door with its field: %s', async (_name, data, field) => {
    expect(await record(data)).toMatchObject({
      field: expect.stringContaining(field),
      message: expect.stringMatching(/\w+ \w+/u),
    });
  });

  it('is refused where a body or an organisation is named by it', async () => {
    for (const name of ['', 'a\u0000b']) {
      expect(await refusalOf(api, 'EstablishBody', 'x', '2025-01-01', { name, kind: 'OTHER' })).toMatchObject({
        field: expect.stringContaining('name'),
      });
      expect(await refusalOf(api, 'RegisterOrganisation', 'x', '2025-01-01', { name, kind: 'OTHER' })).toMatchObject({
        field: expect.stringContaining('name'),
      });
    }
  });
});

describe('a log or a page that cannot be made, asked for at the server', () => {
  it.each([
    ['for: "nobody", from: "2025-01-01", to: "2025-12-31"', 'LOG_COMMITTEE_UNKNOWN', 'for'],
    ['for: "board", from: "2025-12-31", to: "2025-01-01"', 'LOG_PERIOD_BACKWARDS', 'to'],
    ['for: "board", from: "2025-01-01", to: "2025-12-31", asKnownAt: 99999', 'BASIS_BEYOND_HEAD', 'asKnownAt'],
    [
      'for: "board", from: "2025-01-01", to: "2025-12-31", asKnownAt: "2999-01-01T00:00:00Z"',
      'LOG_KNOWN_AT_AHEAD',
      'asKnownAt',
    ],
    ['for: "board", from: "2025-01-01", to: "2025-12-31", about: ["nobody"]', 'LOG_ORGANISATION_UNKNOWN', 'about'],
  ])('is refused by GraphQL with its field: %s', async (given, code, field) => {
    const { errors } = await api.ask(`{ decisionLog(${given}) { logId } }`);
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(/^[a-z]/u), extensions: { code, field } });
  });

  it.each([
    ['/decision-logs/nothing.html', 404],
    ['/decision-logs/nothing.doc', 404],
    ['/decisions/nothing', 404],
    ['/decisions/R-html?asKnownAt=99999', 422],
    ['/decisions/R-html?asAt=2025-02-30', 422],
    ['/decisions/%00', 404],
  ])('is answered in words over HTTP: %s with %i', async (path, status) => {
    const answer = await fetch(`${api.url}${path}`);
    const text = await answer.text();
    expect([path, answer.status]).toEqual([path, status]);
    expect(text).not.toMatch(/\bat \S+:\d+|SQLITE|node_modules|Error:/u);
  });
});
