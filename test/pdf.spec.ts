import { renderPdf } from '#decision-log';
import { describe, expect, it } from '@jest/globals';
import { hostileLog } from './documents/hostile-log.js';
import { madeElsewhere } from './documents/made-elsewhere.js';

describe('making a PDF', () => {
  it('gives the same bytes again, in this process and in another one in another time zone', async () => {
    const bytes = await renderPdf(hostileLog);
    expect(Buffer.from(bytes.subarray(0, 8)).toString('latin1')).toBe('%PDF-1.7');
    expect(Buffer.compare(await renderPdf(hostileLog), bytes)).toBe(0);
    expect(Buffer.compare(madeElsewhere('renderPdf', hostileLog), bytes)).toBe(0);
  });

  it('gives other bytes for another basis', async () => {
    const other = { ...hostileLog, head: { ...hostileLog.head, footer: 'As known at position 2,403' } };
    expect(Buffer.compare(await renderPdf(other), await renderPdf(hostileLog))).not.toBe(0);
  });

  it('refuses on a machine for which there is no compiler, and says what to do', async () => {
    const mac = { platform: 'darwin', arch: 'arm64', availableMemory: () => 1e10 };
    await expect(renderPdf(hostileLog, mac)).rejects.toMatchObject({
      code: 'PDF_UNAVAILABLE',
      message: 'PDF needs Linux x64 with glibc: found darwin arm64',
      detail: { field: 'format' },
    });
  });

  it('refuses before the machine runs out of memory, and goes on with the next one', async () => {
    const small = { platform: 'linux', arch: 'x64', availableMemory: () => 50_000_000 };
    await expect(renderPdf(hostileLog, small)).rejects.toMatchObject({
      code: 'PDF_TOO_LONG',
      message: 'a PDF of 12 decisions needs about 156 MB of memory and 50 MB are free',
    });
    await expect(renderPdf(hostileLog)).resolves.toBeDefined();
  });

  it('asks for less for each decision of a long log, which is set in parts', async () => {
    const sections = hostileLog.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === 'decisions'
          ? {
              ...block,
              entries: Array.from({ length: 5_000 }, () => block.entries)
                .flat()
                .slice(0, 5_000),
            }
          : block,
      ),
    }));
    const small = { platform: 'linux', arch: 'x64', availableMemory: () => 1_000_000_000 };
    await expect(renderPdf({ ...hostileLog, sections }, small)).rejects.toMatchObject({
      code: 'PDF_TOO_LONG',
      message: 'a PDF of 10000 decisions needs about 1730 MB of memory and 1000 MB are free',
    });
  });

  it('says so where a block is of a kind that it does not know, rather than leaving it out', async () => {
    const [first] = hostileLog.sections;
    const sections = JSON.parse(JSON.stringify([{ ...first, blocks: [{ kind: 'song', text: 'la' }] }]));
    await expect(renderPdf({ ...hostileLog, sections })).rejects.toThrow(
      /block of a kind that the PDF cannot show.*song/u,
    );
  });
});
