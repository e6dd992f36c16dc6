import { Refusal } from '#kernel';
import { fileRefusal, opened } from './table.js';

/** Longest line of a file of commands, in bytes. */
export const LONGEST_LINE = 1_000_000;

const NEWLINE = 10;

/** A line of text, or why it cannot be one. */
export interface Line {
  readonly line: number;
  readonly text: string;
  readonly trouble?: Refusal;
}

/**
 * The lines of a file, one at a time; a longer one than the limit is passed over without being held in memory.
 *
 * @throws Refusal `FILE` where the file cannot be read to its end.
 */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  let line = 1;
  const take = (part: Uint8Array): void => {
    bytes += part.length;
    if (bytes <= LONGEST_LINE) held.push(part);
    else held = [];
  };
  const end = (): Line => {
    const done = lineOf(line, held, bytes);
    [held, bytes, line] = [[], 0, line + 1];
    return done;
  };
  try {
    for await (const chunk of opened(file) as AsyncIterable<Uint8Array>) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        take(chunk.subarray(from, at));
        yield end();
        from = at + 1;
      }
      take(chunk.subarray(from));
    }
  } catch (trouble) {
    throw fileRefusal(file, trouble);
  }
  if (bytes > 0) yield end();
}

function lineOf(line: number, parts: readonly Uint8Array[], bytes: number): Line {
  if (bytes > LONGEST_LINE) {
    const message = `the line has ${bytes} bytes; needed at most ${LONGEST_LINE}`;
    return {
      line,
      text: '',
      trouble: new Refusal('LINE_TOO_LONG', message, { remedy: 'keep long texts elsewhere and give their address' }),
    };
  }
  try {
    return { line, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).trim() };
  } catch {
    const message = 'the line holds bytes that are not UTF-8; needed UTF-8 text';
    return { line, text: '', trouble: new Refusal('NOT_UTF8', message) };
  }
}

/** Reads a file of commands once from end to end, so that one that is cut off is refused before its first line goes in. */
export const countLines = async (file: string): Promise<number> => {
  let lines = 0;
  for await (const { text, trouble } of linesOf(file)) if (trouble || text !== '') lines += 1;
  return lines;
};
