import { renderPdf } from '#decision-log';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { hostileLog } from './hostile-log.js';
import { PdfRead } from './pdf-read.js';
import { tablesOf } from './reading-order.js';

/** Some rows of a table or a decision: the log is set in many parts. */
const ROOM = 6;

let whole: PdfRead;
let joined: PdfRead;

beforeAll(async () => {
  whole = new PdfRead(await renderPdf(hostileLog));
  joined = new PdfRead(await renderPdf(hostileLog, process, ROOM));
});

const bare = (text: string): string => text.replaceAll(/[^\u0021-\u007e£]/gu, '');

/** What is read, without the list of contents, which is of another kind, and what says that a table goes on. */
const readFrom = (pdf: PdfRead, again: readonly string[] = []): string => {
  const texts = pdf.texts('TOC', 'Figure').map(bare).filter(Boolean);
  const first = texts.lastIndexOf(bare(`1. ${hostileLog.sections[0]?.title ?? ''}`));
  return texts
    .slice(first)
    .filter((text) => !again.includes(text))
    .join('');
};

describe('a log that is set in parts', () => {
  it('says the same in the same order as one that is set whole', () => {
    const titles = tablesOf(hostileLog).length;
    expect(joined.elements('Table').length).toBeGreaterThan(titles);
    const columns = hostileLog.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => {
        const table = block.kind === 'decisions' ? block.table : block.kind === 'table' ? block : undefined;
        return table ? [table.caption, ...table.columns.map(({ title }) => title)] : [];
      }),
    );
    const headers = columns.flatMap((text) => [bare(text), bare(`${text} (continued)`)]);
    expect(readFrom(joined, headers)).toBe(readFrom(whole, headers));
  });

  it('has one document, all headings, bookmarks under one another, and numbers its pages through', () => {
    expect(joined.elements('Document')).toHaveLength(1);
    expect(joined.headings()).toEqual(whole.headings());
    const titles = (pdf: PdfRead) => pdf.bookmarks().map(({ depth, title }) => [depth, title]);
    expect(titles(joined)).toEqual(titles(whole));
    const pages = joined.drawn.split('\f').slice(0, joined.pages);
    for (const [at, page] of pages.entries()) expect(page).toContain(`Page ${at + 1} of ${joined.pages}`);
  });

  it('says in its contents on which pages the sections begin', () => {
    const pages = joined.drawn.split('\f').slice(0, joined.pages);
    for (const { number, title } of hostileLog.sections) {
      const begins = pages.findLastIndex((page) => page.includes(`${number}. ${title}`)) + 1;
      expect(bare(joined.texts().join(' '))).toContain(bare(`${number}. ${title}`));
      expect(joined.texts().join(' ').replaceAll(/\s+/gu, ' ')).toMatch(
        new RegExp(`${number}\\. [^]{0,120}?, page ${begins}\\b`, 'u'),
      );
    }
  });

  it('leads to every decision, and names the headers of every cell once', () => {
    expect(new Set(joined.places()).size).toBe(joined.places().length);
    expect(joined.places().toSorted()).toEqual([...new Set([...joined.places(), ...whole.places()])].toSorted());
    const ids = joined.elements('TH').map((header) => header['/ID']);
    expect(new Set(ids).size).toBe(ids.length);
    const named = new Set(ids);
    for (const cell of joined.elements('TD')) {
      const headers = (cell['/A'] as readonly { readonly [key: string]: unknown }[]).flatMap(
        (attributes) => (attributes['/Headers'] as string[] | undefined) ?? [],
      );
      expect(headers).toHaveLength(2);
      for (const header of headers) expect(named).toContain(header);
    }
  });

  it('gives the same bytes again', async () => {
    const [one, other] = [await renderPdf(hostileLog, process, ROOM), await renderPdf(hostileLog, process, ROOM)];
    expect(Buffer.compare(one, other)).toBe(0);
  });
});
