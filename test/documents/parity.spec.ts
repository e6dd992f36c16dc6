import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LOGS_TRIED, YEAR_2025 } from '../decision-log/logs-tried.js';
import { madeLog, type MadeLog } from '../decision-log/made-log.js';
import { logAsRead, piecesOfDocx, piecesOfHtml, squeezed } from '../decision-log/read-back.js';
import { piecesOfPdf } from './pdf-pieces.js';
import { PdfRead } from './pdf-read.js';

/** What HTML, CSV, JSON and Word say among themselves is in `test/decision-log/parity.spec.ts`. */
describe.each(LOGS_TRIED)('%s as PDF', (_name, make, words) => {
  let folder: string;
  let made: MadeLog;
  let pdf: PdfRead;
  beforeAll(async () => {
    folder = await make();
    made = await madeLog(folder, [...words, ...YEAR_2025, '--format', 'html,pdf,docx,json']);
    pdf = new PdfRead(made.files.get('decision-log.pdf') ?? new Uint8Array());
  });
  afterAll(async () => {
    for (const gone of [folder, made?.folder]) if (gone) await rm(gone, { recursive: true, force: true });
  });

  it('says what the page and the Word document say: section by section, text by text, cell by cell', () => {
    const read = logAsRead(piecesOfPdf(pdf));
    expect(read).toEqual(logAsRead(piecesOfHtml(made.text('decision-log.html'))));
    expect(read).toEqual(logAsRead(piecesOfDocx(made.files.get('decision-log.docx') ?? new Uint8Array())));
    expect(read.sections).toHaveLength(11);
  });

  it('draws every reference and every figure on its pages', () => {
    const drawn = squeezed(pdf.drawn);
    const { head, decisions } = JSON.parse(made.text('decision-log.json')) as {
      head: { footer: string; summary: string[] };
      decisions: { reference: string }[];
    };
    for (const { reference } of decisions) expect(drawn).toContain(squeezed(reference));
    for (const sentence of head.summary) expect(drawn).toContain(squeezed(sentence));
    for (const page of pdf.drawn.split('\f').slice(0, pdf.pages)) expect(page).toContain(head.footer);
  });

  it('is tagged, named and set in the fonts of the project, its headings and tables as a reader needs them', () => {
    const { catalogue } = pdf;
    expect(catalogue).toMatchObject({ '/Lang': 'u:en-GB', '/MarkInfo': { '/Marked': true } });
    expect(catalogue['/ViewerPreferences']).toMatchObject({ '/DisplayDocTitle': true });
    expect(pdf.metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    const title = /<title>(.*?),/u.exec(made.text('decision-log.html'))?.[1] ?? '';
    expect(pdf.metadata).toMatch(new RegExp(`<dc:title>[^]*${title}[^]*</dc:title>`, 'u'));

    const levels = pdf.headings().map(({ level }) => level);
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);

    const headers = pdf.elements('TH');
    expect(headers.length).toBeGreaterThan(20);
    for (const header of headers)
      expect(header['/A']).toContainEqual(
        expect.objectContaining({ '/Scope': expect.stringMatching(/^\/(Column|Row)$/u) }),
      );
    for (const kind of ['Table', 'THead', 'Caption']) {
      expect([kind, pdf.elements(kind).length]).toEqual([kind, pdf.elements('Table').length]);
    }
    for (const figure of pdf.elements('Figure')) expect(figure['/Alt']).toMatch(/^u:Bar chart of .*every figure/u);
    for (const font of pdf.dictionaries((found) => found['/Type'] === '/FontDescriptor')) {
      expect(font['/FontName']).toMatch(/^\/[A-Z]{6}\+(LiberationSans|DejaVuSans)(-Bold)?$/u);
      expect(font['/FontFile2']).toBeDefined();
    }
  });
});
