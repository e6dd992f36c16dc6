import { htmlOf, renderPdf } from '#decision-log';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE, hostileLog } from './hostile-log.js';
import { PdfRead } from './pdf-read.js';
import { headingsOf, readingOrderOf, tablesOf } from './reading-order.js';

let pdf: PdfRead;

beforeAll(async () => {
  pdf = new PdfRead(await renderPdf(hostileLog));
});

/** What is left of a text when spaces, and characters that are drawn or read in another form, are taken out. */
const bare = (text: string): string =>
  text.replaceAll(/\[U\+[0-9A-F]{4,6}\]/gu, '').replaceAll(/[^\u0021-\u007e£]/gu, '');

/** Where two long texts part; empty where they are the same. */
const firstDifference = (found: string, wanted: string): string => {
  if (found === wanted) return '';
  const at = [...wanted].findIndex((character, index) => character !== found[index]);
  return `found …${found.slice(Math.max(0, at - 40), at + 60)}…, wanted …${wanted.slice(Math.max(0, at - 40), at + 60)}…`;
};

describe('the structure of a decision log as PDF', () => {
  it('is tagged, in British English, with its title shown, as PDF/UA-1', () => {
    const { catalogue } = pdf;
    expect(catalogue['/MarkInfo']).toMatchObject({ '/Marked': true });
    expect(catalogue['/Lang']).toBe('u:en-GB');
    expect(catalogue['/ViewerPreferences']).toMatchObject({ '/DisplayDocTitle': true });
    expect(pdf.metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(pdf.metadata).toContain('Decision log for the Health #Overview* and $crutiny &lt;Committee&gt;');
    expect(pdf.elements('Document')).toHaveLength(1);
  });

  it('has the headings of the log, in order, with no level skipped', () => {
    const headings = pdf.headings();
    expect(headings.map(({ level, text }) => [level, bare(text)])).toEqual(
      headingsOf(hostileLog).map(({ level, text }) => [level, bare(text)]),
    );
    for (const [index, { level }] of headings.entries())
      expect(level).toBeLessThanOrEqual((headings[index - 1]?.level ?? 0) + 1);
  });

  it('is read in the order of the log', () => {
    const read = pdf.texts('TOC', 'Figure').map(bare).join('');
    const written = readingOrderOf(hostileLog).map(bare).join('');
    expect(firstDifference(read.slice(0, written.length), written)).toBe('');
    expect(read.slice(written.length)).toMatch(/^\d+differentcharactersareprintedbycodepoint[^]{0,150}$/u);
  });

  it('is read in the order of the same log as HTML', () => {
    const html = [...htmlOf(hostileLog)].join('').replace(/<style>.*?<\/style>|^.*?(?=<main)|<footer.*$/gsu, '');
    const content = html.replace(/<(svg|ol)\b.*?<\/\1>/gsu, '').replace(/<[^>]*>/gu, '');
    const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
    const shown = bare(content.replace(/&(lt|gt|quot|#39|amp);/gu, (_, name: string) => entities[name] ?? ''));
    const read = pdf.texts('TOC', 'Figure').map(bare).join('');
    expect(firstDifference(read.slice(0, shown.length), shown)).toBe('');
  });

  it('has every table of the log, each once and not once a page, its headers scoped by column or by row', () => {
    const tables = tablesOf(hostileLog);
    const sum = (of: (table: (typeof tables)[number]) => number) => tables.reduce((all, table) => all + of(table), 0);
    const scoped = (scope: string) =>
      pdf
        .elements('TH')
        .filter((header) => JSON.stringify(header['/A']).includes(`"/Scope":"${scope}"`))
        .map((header) => header['/ID']);
    expect(pdf.elements('Table')).toHaveLength(tables.length);
    expect(pdf.elements('THead')).toHaveLength(tables.length);
    expect(pdf.elements('Caption')).toHaveLength(tables.length);
    expect(scoped('/Column')).toHaveLength(sum(({ columns }) => columns));
    expect(scoped('/Row')).toHaveLength(sum(({ rows }) => rows));
    expect(pdf.elements('TH')).toHaveLength(sum(({ columns, rows }) => columns + rows));
    expect(pdf.elements('TD')).toHaveLength(sum(({ columns, rows }) => (columns - 1) * rows));
  });

  it('names for every cell the header of its column and that of its row, which are there', () => {
    const named = new Map(pdf.elements('TH').map((header) => [header['/ID'], JSON.stringify(header['/A'])]));
    expect(named.size).toBe(pdf.elements('TH').length);
    for (const cell of pdf.elements('TD')) {
      const headers = (cell['/A'] as readonly { readonly [key: string]: unknown }[])
        .flatMap((attributes) => (attributes['/Headers'] as string[] | undefined) ?? [])
        .map((id) => /"\/Scope":"\/(\w+)"/u.exec(named.get(id) ?? '')?.[1]);
      expect(headers).toEqual(['Column', 'Row']);
    }
  });

  it('leads from its links to places that are there', () => {
    const places = new Set(pdf.places());
    const led = pdf
      .dictionaries((found) => found['/Subtype'] === '/Link')
      .map((link) => String(link['/Dest'] ?? ''))
      .filter((place) => place.startsWith('u:') || place.startsWith('b:'));
    expect(led.length).toBeGreaterThan(Object.keys(HOSTILE).length);
    for (const place of led) expect(places).toContain(place);
    for (const link of pdf.dictionaries((found) => found['/Subtype'] === '/Link'))
      expect(JSON.stringify(link)).not.toContain('decision-log:#');
  });

  it('says in words what a chart shows', () => {
    expect(pdf.elements('Figure').map((figure) => figure['/Alt'])).toEqual([
      'u:Bars: six decisions of each of two bodies, none of a third.',
    ]);
  });

  it('has the fonts of the project in it and no others', () => {
    const fonts = pdf.dictionaries((found) => found['/Type'] === '/FontDescriptor');
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) {
      expect(font['/FontName']).toMatch(
        /^\/[A-Z]{6}\+(LiberationSans|DejaVuSans|NotoNaskhArabic|NotoSansSC|NotoEmoji)(-\w+)?$/u,
      );
      expect(font['/FontFile2']).toBeDefined();
    }
    const used = pdf.dictionaries((found) => found['/Type'] === '/Font' && found['/Subtype'] === '/Type0');
    expect(used).toHaveLength(fonts.length);
    for (const font of used) expect(font['/ToUnicode']).toBeDefined();
  });

  it('has a bookmark for every section and decision, and describes every link', () => {
    const bookmarks = pdf.dictionaries((found) => found['/Title'] !== undefined && found['/Parent'] !== undefined);
    expect(bookmarks.map((each) => bare(String(each['/Title']).replace(/^[ub]:/u, '')))).toEqual(
      expect.arrayContaining(
        headingsOf(hostileLog)
          .slice(4)
          .map(({ text }) => bare(text)),
      ),
    );
    const links = pdf.dictionaries((found) => found['/Subtype'] === '/Link');
    expect(links.length).toBeGreaterThan(Object.keys(HOSTILE).length * 2);
    for (const link of links) expect(link['/Contents'] ?? link['/StructParent']).toBeDefined();
  });

  it('repeats basis, page and handling on every page', () => {
    const drawn = pdf.drawn.split('\f').slice(0, pdf.pages);
    for (const [index, page] of drawn.entries()) {
      expect(page).toContain(`Page ${index + 1} of ${pdf.pages}`);
      expect(page).toContain('As at 31 December 2025 · as known at position 2,402 · log 00112233445566aa');
      expect(page).toContain('For members only. Not for publication.');
    }
  });

  it('says by what program and on which basis it was made, and nothing of where or by whom', () => {
    expect(pdf.metadata).toContain('<xmp:CreateDate>2025-12-31T00:00:00Z</xmp:CreateDate>');
    expect(pdf.metadata).not.toMatch(/<dc:creator>|\/(home|work|tmp|root)\//u);
    const described = pdf.dictionaries((found) => found['/Creator'] !== undefined);
    expect(described.map((each) => Object.keys(each).toSorted())).toEqual([
      ['/CreationDate', '/Creator', '/ModDate', '/Title'],
    ]);
  });
});

describe('text that is not what it looks like', () => {
  it('prints what no font has, and what cannot be seen, by code point, and says so at the end', () => {
    const texts = pdf.texts().join('');
    for (const printed of ['[U+13A3]', '[U+202E]', '[U+0007]', '[U+200B]']) expect(texts).toContain(printed);
    expect(pdf.texts().slice(-3).join(' ')).toMatch(/\d+ different characters are printed by code point/u);
  });

  it('prints all of 20,000 characters without a space, inside the margins', () => {
    const counted = pdf.drawn.match(/x{10,}/gu)?.join('').length ?? 0;
    expect(counted).toBeGreaterThanOrEqual(20_000);
  });
});
