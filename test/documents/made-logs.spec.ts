import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { figure } from '../withheld-register.js';
import { CANARY, exemptedSince } from '../decision-log/exempted-since.js';
import { HOSTILE, hostileRegister, LONG } from '../decision-log/hostile-register.js';
import { madeLog } from '../decision-log/made-log.js';
import { logAsRead, squeezed } from '../decision-log/read-back.js';
import { HIDDEN_TEXTS, twinRegister } from '../decision-log/twin-registers.js';
import { piecesOfPdf } from './pdf-pieces.js';
import { PdfRead } from './pdf-read.js';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Everything that can be read in a PDF: its pages, its structure, its metadata, and its streams opened. */
const everythingIn = (bytes: Uint8Array): string => {
  const { drawn, structure, metadata } = new PdfRead(bytes);
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
  folders.push(folder);
  writeFileSync(join(folder, 'log.pdf'), bytes);
  execFileSync('qpdf', ['--qdf', '--object-streams=disable', join(folder, 'log.pdf'), join(folder, 'open.pdf')]);
  const open = readFileSync(join(folder, 'open.pdf')).toString('latin1');
  // Strings that are written as UTF-16, in digits or as they are.
  const utf16 = [...open.matchAll(/<feff([0-9a-f]+)>/giu)].map(([, digits = '']) =>
    Buffer.from(digits, 'hex').swap16().toString('utf16le'),
  );
  return [
    drawn,
    squeezed(drawn),
    structure,
    squeezed(structure),
    metadata,
    open,
    open.replaceAll('\0', ''),
    ...utf16,
  ].join('\n');
};

const FIGURES = new RegExp([0, 1, 2, 3, 5, 6, 7].flatMap((nth) => [figure(nth, 0), figure(nth, 1)]).join('|'));

describe('a PDF for the public', () => {
  it('has nothing of what is withheld on its pages, in its structure, its metadata or its streams', async () => {
    const folder = await twinRegister('canaries');
    folders.push(folder);
    const words = ['--for', 'board', '--from', '2024-01-01', '--to', '2024-12-31', '--format', 'pdf'];
    for (const more of [[], ['--known-at', '2024-03-20T09:00:00Z', '--as-at', '2024-03-15'], ['--since', '12']]) {
      const made = await madeLog(folder, [...words, ...more]);
      folders.push(made.folder);
      const read = everythingIn(made.files.get('decision-log.pdf') ?? new Uint8Array());
      expect([more, read.match(HIDDEN_TEXTS), FIGURES.exec(read)]).toEqual([more, null, null]);
      expect(read).toContain('Neutral title of exempt');
    }
    const officers = await madeLog(folder, [...words, '--reader', 'officers']);
    folders.push(officers.folder);
    expect(everythingIn(officers.files.get('decision-log.pdf') ?? new Uint8Array())).toContain('CANARY-secret-text');
  });

  it('has nothing of what has been withheld since it was issued, fetched again', async () => {
    const since = await exemptedSince();
    folders.push(since.folder, since.issued.folder);
    try {
      expect(everythingIn(since.issued.files.get('decision-log.pdf') ?? new Uint8Array())).toContain(CANARY);
      for (const more of ['', '?exactly=true']) {
        const answer = await fetch(`${since.api.url}/decision-logs/${since.id}.pdf${more}`);
        expect(answer.headers.get('decision-log-as-issued')).toBe('false');
        const read = everythingIn(new Uint8Array(await answer.arrayBuffer()));
        expect(read).not.toMatch(/CANARY|777,777|R-gone/);
        expect(read).toContain('A contract');
      }
    } finally {
      await since.api.close();
    }
  });
});

describe('hostile text in a PDF made by the command', () => {
  it('is text, whole, and only text', async () => {
    const folder = await hostileRegister();
    const words = ['--for', 'board', '--from', '2025-01-01', '--to', '2025-12-31', '--format', 'pdf'];
    const made = await madeLog(folder, words);
    folders.push(folder, made.folder);
    const pdf = new PdfRead(made.files.get('decision-log.pdf') ?? new Uint8Array());
    const { sections } = logAsRead(piecesOfPdf(pdf));
    const texts = sections.flatMap(({ groups }) =>
      groups.flatMap(({ decisions }) => decisions.map(({ text }) => text)),
    );
    expect(texts).toHaveLength(Object.keys(HOSTILE).length + 1);
    const read = texts.map(plain).join('\n');
    for (const text of Object.values(HOSTILE)) expect(read).toContain(plain(squeezed(text)));
    expect(read).toContain(squeezed(LONG));
    expect(pdf.structure).toContain('[U+202E]');
    // The page is as wide as it was before somebody set it otherwise, and nothing in it acts.
    expect(
      pdf.dictionaries((found) => '/JS' in found || found['/S'] === '/JavaScript' || found['/S'] === '/Launch'),
    ).toEqual([]);
    for (const link of pdf.dictionaries((found) => found['/S'] === '/URI')) expect(link['/URI']).toMatch(/^u:https?:/u);
    expect(pdf.dictionaries((found) => found['/Type'] === '/Page').map((page) => page['/MediaBox'])).toEqual(
      Array.from(
        { length: pdf.pages },
        () => pdf.dictionaries((found) => found['/Type'] === '/Page')[0]?.['/MediaBox'],
      ),
    );
  });
});

/** Without what is printed by its code point, or drawn in another form or order. */
const plain = (text: string): string =>
  text.replaceAll(/\[U\+[0-9A-F]{4,6}\]/gu, '').replaceAll(/[^\u0021-\u007e£]/gu, '');
