import { renderDocx } from '#decision-log';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { HOSTILE, hostileLog } from './documents/hostile-log.js';
import { headingsOf, readingOrderOf, tablesOf } from './documents/reading-order.js';
import { madeElsewhere } from './documents/made-elsewhere.js';

let bytes: Uint8Array;
let parts: ReadonlyMap<string, string>;

beforeAll(async () => {
  bytes = await renderDocx(hostileLog);
  parts = new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
});

const part = (name: string): string => parts.get(name) ?? '';

const unescaped = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** Each paragraph's style and text, in order. */
const paragraphs = (): readonly { readonly style: string; readonly text: string }[] =>
  [...part('word/document.xml').matchAll(/<w:p>(.*?)<\/w:p>/gsu)].map(([, inner = '']) => ({
    style: /<w:pStyle w:val="([^"]+)"/u.exec(inner)?.[1] ?? 'Normal',
    text: unescaped(
      [...inner.matchAll(/<w:t[ >][^<]*|<w:br\/>/gu)].map(([run]) => run.replace(/^<[^>]*>/u, '')).join(''),
    ),
  }));

/** Without spaces and what is shown by its code point. */
const bare = (text: string): string => text.replaceAll(/\[U\+[0-9A-F]{4,6}\]|[\s\p{Cc}\p{Cf}]/gu, '');

describe('a decision log as a Word document', () => {
  it('uses the built-in heading styles, in the order of the log', () => {
    const headings = paragraphs().filter(({ style }) => style.startsWith('Heading'));
    expect(headings.map(({ style, text }) => [Number(style.slice(-1)), bare(text)])).toEqual(
      headingsOf(hostileLog).map(({ level, text }) => [level, bare(text)]),
    );
  });

  it('says everything that the log says, once, in its order', () => {
    const listOfContents = new Set(hostileLog.sections.map((section) => `${section.number}. ${section.title}`));
    const read = paragraphs()
      .filter(
        ({ style, text }) =>
          !(style === 'ListParagraph' && listOfContents.has(text.replace(' (nothing to report)', ''))),
      )
      .map(({ style, text }) => bare(style === 'Detail' ? text.replace(': ', '') : text))
      .join('');
    const alternatives = hostileLog.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'chart' ? [bare(block.alternative)] : [])),
    );
    const written = readingOrderOf(hostileLog).map(bare).join('');
    expect(alternatives.reduce((text, each) => text.replace(each, ''), read) === written).toBe(true);
  });

  it('has real tables whose header rows repeat and are not broken, without merged cells', () => {
    const tables = [...part('word/document.xml').matchAll(/<w:tbl>.*?<\/w:tbl>/gsu)].map(([table]) => table);
    const found = tables.map((table) => ({
      columns: table.split('<w:gridCol ').length - 1,
      rows: table.split('<w:tr>').length - 2,
    }));
    expect(found).toEqual(tablesOf(hostileLog));
    for (const table of tables) {
      const [header = '', ...rows] = table.split('<w:tr>').slice(1);
      expect(header).toMatch(/<w:trPr>.*<w:tblHeader\/>.*<\/w:trPr>/u);
      expect(rows.join('')).not.toContain('<w:tblHeader');
      expect(table).not.toMatch(/<w:(gridSpan|vMerge)/u);
      expect(table).toMatch(/<w:tblLook [^>]*w:firstRow="true"/u);
    }
    expect(paragraphs().filter(({ style }) => style === 'Caption')).toHaveLength(tables.length);
  });

  it('is in British English, has its title, and says of its makers only what made it and when it is true of', () => {
    expect(part('word/styles.xml')).toMatch(/<w:lang [^>]*w:val="en-GB"/u);
    expect(part('docProps/core.xml')).toContain(
      '<dc:title>Decision log for the Health #Overview* and $crutiny &lt;Committee&gt;</dc:title>',
    );
    expect(part('docProps/core.xml')).toContain('<dc:creator>Decision register</dc:creator>');
    expect([...part('docProps/core.xml').matchAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/gu)].map(([time]) => time)).toEqual([
      '2025-12-31T00:00:00Z',
      '2025-12-31T00:00:00Z',
    ]);
  });

  it('hides nothing: no text boxes, hidden text, tracked changes, comments or fields but page numbers', () => {
    const document = part('word/document.xml');
    expect(document).not.toMatch(/<w:(txbxContent|vanish|ins|del|commentReference|fldSimple)\b|<wps:/u);
    expect(document).not.toContain('<w:instrText');
    expect([...part('word/footer1.xml').matchAll(/<w:instrText[^>]*>([^<]*)/gu)].map(([, field]) => field)).toEqual([
      'PAGE',
      'NUMPAGES',
    ]);
    expect(part('word/header1.xml')).toContain('For members only. Not for publication.');
  });

  it('leads from the tables to the decisions, and nowhere where the log has no such place', () => {
    const document = part('word/document.xml');
    const places = new Set([...document.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/gu)].map(([, name]) => name));
    const led = [...document.matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/gu)].map(([, name]) => name);
    expect(places.size).toBe(hostileLog.sections.length + Object.keys(HOSTILE).length);
    expect(led.length).toBe(hostileLog.sections.length + Object.keys(HOSTILE).length + 1);
    for (const name of led) expect(places.has(name)).toBe(true);
  });

  it('is well-formed whatever is in the texts', () => {
    for (const [name, text] of parts) {
      // oxlint-disable-next-line no-control-regex
      expect([name, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.test(text)]).toEqual([name, false]);
      expect([name, /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/u.test(text)]).toEqual([name, false]);
    }
    expect(paragraphs().some(({ text }) => text === HOSTILE.html)).toBe(true);
    expect(paragraphs().some(({ text }) => text.includes(HOSTILE.long))).toBe(true);
  });
});

describe('making the same Word document again', () => {
  it('gives the same bytes, in this process and in another one in another time zone', async () => {
    expect(Buffer.compare(await renderDocx(hostileLog), bytes)).toBe(0);
    expect(Buffer.compare(madeElsewhere('renderDocx', hostileLog), bytes)).toBe(0);
  });
});
