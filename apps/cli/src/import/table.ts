import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, type InfoRecord } from 'csv-parse';
import { Refusal } from '#kernel';
import { decoding } from './encoding.js';

/** A record of a table as it stands in the file. */
export interface Record {
  /** Line on which it begins; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** How a table is written down. */
export interface Written {
  readonly delimiter: string;
  /** As `TextDecoder` knows it, such as `utf-8` or `windows-1252`. */
  readonly encoding: string;
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
export async function* recordsOf(file: string, { delimiter, encoding }: Written): AsyncGenerator<Record> {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    info: true,
  });
  const read = pipeline(opened(file), decoding(encoding), parser, () => undefined);
  try {
    let before = 0;
    for await (const { record, info } of read as AsyncIterable<{ record: string[]; info: InfoRecord }>) {
      const height = record.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 1);
      const line = Math.max(before + 1, info.lines - height + 1);
      before = info.lines;
      // A row of a spreadsheet in which nothing stands is no row.
      if (record.some((cell) => cell.trim() !== '')) yield { line, cells: record };
    }
  } catch (trouble) {
    throw fileRefusal(file, trouble);
  }
}
