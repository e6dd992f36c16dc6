import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Transform, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, type InfoRecord } from 'csv-parse';
import { Refusal } from '#kernel';

/** A record of a table as it stands in the file. */
export interface Record {
  /** Line on which it begins; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Longest record, in characters: a quote that is never closed would otherwise take in the rest of the file. */
const LONGEST_RECORD = 1_000_000;

/** The bytes of a file, unpacked where it is gzip-compressed by its name. Errors come out of the stream. */
export const opened = (file: string): NodeJS.ReadableStream => {
  const raw = createReadStream(file);
  return file.endsWith('.gz') ? pipeline(raw, createGunzip(), () => undefined) : raw;
};

/** A file cannot be read as what it is said to be; nothing of it goes in. */
export const fileRefusal = (file: string, trouble: unknown): Refusal => {
  const { code, message } = trouble as { code?: string; message?: string };
  const said =
    code === 'Z_BUF_ERROR'
      ? 'it is cut off: the gzip data ends before its end; needed the whole file'
      : code === 'Z_DATA_ERROR' || code === 'Z_HEADER_ERROR'
        ? `it is not sound gzip data (${message}); needed the file as it was packed`
        : code === 'ENOENT'
          ? 'there is no such file'
          : String(message ?? trouble);
  return new Refusal('FILE', `${basename(file)} cannot be read: ${said}`, { field: file });
};

/**
 * The records of a CSV file, header first, one at a time. Cells may hold line breaks inside quotes.
 *
 * @throws Refusal `FILE` where it cannot be read to its end.
 */
export async function* recordsOf(file: string, delimiter: string): AsyncGenerator<Record> {
  const parser = parse({
    bom: true,
    delimiter: delimiter === '\\t' ? '\t' : delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    info: true,
  });
  const read = pipeline(opened(file), utf8(), parser, () => undefined);
  try {
    let before = 0;
    for await (const { record, info } of read as AsyncIterable<{ record: string[]; info: InfoRecord }>) {
      const height = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 1);
      const line = Math.max(before + 1, info.lines - height + 1);
      before = info.lines;
      yield { line, cells: record };
    }
  } catch (trouble) {
    throw fileRefusal(file, trouble);
  }
}

/** Refuses bytes that are not UTF-8, by line: what is stored has to be what stood in the file. */
export const utf8 = (): Transform => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let lines = 1;
  const decoded = (bytes: Uint8Array | undefined): string => {
    try {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
      return text;
    } catch {
      throw new Error(`bytes that are not UTF-8 at or after line ${lines}; needed UTF-8 text`);
    }
  };
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      try {
        done(null, decoded(chunk));
      } catch (trouble) {
        done(trouble as Error);
      }
    },
    flush(done) {
      try {
        done(null, decoded(undefined));
      } catch (trouble) {
        done(trouble as Error);
      }
    },
  });
};
