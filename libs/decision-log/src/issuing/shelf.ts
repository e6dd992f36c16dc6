import { createHash } from 'node:crypto';
import type { IssuedFile } from '#governance';
import { LOG_FORMATS, type LogFiles, type LogFormat } from '../log-files.js';
import type { LogFile } from '../log-file.js';
import { bytesOf, inTurns } from './breathing.js';

/** A file that was made and is kept for as long as the log is being issued. */
export interface KeptFile extends IssuedFile {
  /** Its bytes again, to deliver them. */
  content(): Promise<Uint8Array>;
}

/** Where the files of a log are put as they are made: all of them are kept in the end, or none. */
export interface LogShelf {
  write(file: LogFile): Promise<KeptFile>;
  /** The log is issued. */
  keep(): Promise<unknown>;
  /** It is not: whatever was not kept is removed. */
  discard(): Promise<void>;
}

const NOTHING_TO_KEEP = { keep: async () => undefined, discard: async () => undefined };

/** Files in memory, for a program that delivers them and keeps none. */
export const inMemory = (): LogShelf => ({
  write: async ({ name, content }) => {
    const bytes = await bytesOf(content);
    return { name, bytes: bytes.byteLength, sha256: sha256(bytes), content: async () => bytes };
  },
  ...NOTHING_TO_KEEP,
});

/** Files that nobody wants but for their digests, which are taken as they are made. */
export const digestsOnly = (): LogShelf => ({
  write: async ({ name, content }) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of inTurns(content)) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      hash.update(chunk);
      bytes += chunk.byteLength;
    }
    const gone = async (): Promise<never> => {
      throw new Error(`${name} was made for its digest only`);
    };
    return { name, bytes, sha256: hash.digest('hex'), content: gone };
  },
  ...NOTHING_TO_KEEP,
});

/** Makes every file of a log in some formats. */
export const madeOn = async (
  shelf: LogShelf,
  log: LogFiles,
  formats: readonly LogFormat[],
): Promise<readonly KeptFile[]> => {
  const made: KeptFile[] = [];
  for (const format of documentsFirst(formats)) {
    for await (const file of log.filesOf(format)) made.push(await shelf.write(file));
  }
  return made;
};

/** Documents first, which need the log whole; what is streamed is then made of the same. */
export const documentsFirst = (formats: readonly LogFormat[]): readonly LogFormat[] =>
  formats.toSorted((a, b) => Number(a === 'csv' || a === 'json') - Number(b === 'csv' || b === 'json'));

/** In which formats a log was issued, by its files. */
export const formatsIn = (files: readonly IssuedFile[]): readonly LogFormat[] =>
  (Object.keys(LOG_FORMATS) as LogFormat[]).filter((format) =>
    files.some(({ name }) => name === LOG_FORMATS[format].file),
  );

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
