import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disclosing, knowing, LogFiles, settle, type LogSource } from '#decision-log';
import { eventReader } from '#governance';
import { openRegister, VIEWS } from '#register';
import { docxParts } from '../decision-log/read-back.js';
import { judged } from '../withheld-oracle.js';
import { FIXED, happened, nthsIn, type Happened } from '../withheld-stories.js';
import { PdfRead } from './pdf-read.js';

/** A document takes seconds: as many as differ in how old words came to be told. */
const FEW: ReadonlySet<number> = new Set([0, 4, 7]);

/** A decision log for the public of what happened, as its PDF and its Word document read. */
const documentsOf = async ({ store, now }: Happened): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'register-'));
  const views = await openRegister({ directory: folder, store, views: VIEWS, readEvent: eventReader() });
  try {
    await views.follower.handle(await store.readAll(0, 1_000));
    const { register } = views;
    const source: LogSource = {
      ...{ register, store, readEvent: eventReader() },
      ...{ disclose: disclosing(register, store, now), known: knowing(register, store, now) },
    };
    const period = { for: 'board', from: '2024-01-01', to: '2025-12-31', now };
    const files = new LogFiles(source, await settle(source, { ...period, reader: 'public' }));
    const bytesOf = async (format: 'pdf' | 'docx'): Promise<Uint8Array> => {
      const pieces: Uint8Array[] = [];
      for await (const piece of files.file(format).content) pieces.push(Buffer.from(piece));
      return Buffer.concat(pieces);
    };
    const pdf = new PdfRead(await bytesOf('pdf'));
    return [pdf.drawn, pdf.structure, pdf.metadata, ...docxParts(await bytesOf('docx')).values()].join('\n');
  } finally {
    await views.close();
    await rm(folder, { recursive: true, force: true });
  }
};

describe('what was withheld, in documents', () => {
  it.each(FIXED.map((story, at) => [at, story] as const).filter(([at]) => FEW.has(at)))(
    'stays withheld, and what is open is told: story %i',
    async (_, story) => {
      const log = await happened([
        ...story,
        { does: 'take', id: 'd2', disclosure: 'PUBLIC', ahead: 0, instead: undefined, of: 0 },
      ]);
      const { closed, open, unheard } = judged(log);
      const told = await documentsOf(log);
      expect(nthsIn(told).filter((nth) => closed.has(nth))).toEqual([]);
      expect([...unheard].filter((trace) => told.includes(trace))).toEqual([]);
      expect(nthsIn(told).some((nth) => open.has(nth))).toBe(true);
    },
  );
});
