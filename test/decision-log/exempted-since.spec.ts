import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CANARY, exemptedSince, type ExemptedSince } from './exempted-since.js';
import { docxParts } from './read-back.js';
import { sha256Of } from './served-register.js';

let since: ExemptedSince;
beforeAll(async () => {
  since = await exemptedSince();
}, 60_000);
afterAll(async () => {
  await since.api.close();
  for (const gone of [since.folder, since.issued.folder]) await rm(gone, { recursive: true, force: true });
});

const fetched = async (path: string): Promise<{ answer: Response; bytes: Buffer }> => {
  const answer = await fetch(`${since.api.url}${path}`);
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
};

const FILES = { html: 'decision-log.html', csv: 'decisions.csv', json: 'decision-log.json', docx: 'decision-log.docx' };

const readable = (format: string, bytes: Uint8Array): string =>
  format === 'docx' ? [...docxParts(bytes).values()].join('\n') : Buffer.from(bytes).toString('utf8');

describe('an issued log of which something has been withheld since', () => {
  it.each(Object.entries(FILES))(
    'is fetched without it as %s, and says that it is not what was issued',
    async (format, file) => {
      const original = since.issued.files.get(file) ?? new Uint8Array();
      expect(readable(format, original)).toContain(`${CANARY} note of gone`);
      for (const more of ['', '?exactly=true']) {
        const { answer, bytes } = await fetched(`/decision-logs/${since.id}.${format}${more}`);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('decision-log-as-issued')).toBe('false');
        expect(answer.headers.get('etag')).toBe(`"${sha256Of(bytes)}"`);
        const text = readable(format, bytes);
        expect(text).not.toMatch(/CANARY|777[,.]?777|77777700|R-gone/);
        expect(text).toContain('A contract');
        expect(text).toContain('Open title of part');
      }
    },
  );

  it('is no longer there under the ETag it was issued with, whole or in part', async () => {
    const etag = `"${sha256Of(since.issued.files.get('decisions.csv') ?? new Uint8Array())}"`;
    const address = `${since.api.url}/decision-logs/${since.id}.csv`;
    const known = await fetch(address, { headers: { 'if-none-match': etag } });
    expect(known.status).toBe(200);
    const part = await fetch(address, { headers: { range: 'bytes=0-9999', 'if-range': etag } });
    expect(part.status).toBe(200);
    expect(`${await known.text()}${await part.text()}`).not.toContain(CANARY);
  });

  it('is another PDF as well', async () => {
    const { answer, bytes } = await fetched(`/decision-logs/${since.id}.pdf`);
    expect(answer.headers.get('decision-log-as-issued')).toBe('false');
    expect(sha256Of(bytes)).not.toBe(sha256Of(since.issued.files.get('decision-log.pdf') ?? new Uint8Array()));
  });
});
