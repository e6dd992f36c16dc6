import { basename } from 'node:path';
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

/**
 * Reads a file of commands once from end to end, so that one that is cut off is refused before its first line goes in.
 *
 * @throws Refusal `FILE` where it is one JSON document, such as a list of OParl or Popolo, and no lines of commands.
 */
export const countLines = async (file: string): Promise<number> => {
  let lines = 0;
  const document = new JsonDocument();
  for await (const { text, trouble } of linesOf(file)) {
    if (!trouble && text === '') continue;
    lines += 1;
    document.take(trouble ? undefined : text);
  }
  const kind = document.kind();
  if (kind === undefined) return lines;
  throw new Refusal(
    'FILE',
    `${basename(file)} is one JSON ${kind}, not lines of commands: needed one command a line, as docs/import.md shows them, or a CSV table with a mapping`,
    { field: file, remedy: 'turn its entries into the rows of a table' },
  );
};

/** Looks whether the lines of a file are together one JSON document, instead of a document each. */
class JsonDocument {
  private readonly lines: string[] = [];
  private length = 0;
  private isLines = false;
  private first: unknown;

  /** @param line undefined for one that is no text. */
  take(line: string | undefined): void {
    if (this.isLines) return;
    this.length += line?.length ?? 0;
    // A first line that is whole by itself is a command where it has the keys of one, or another line follows.
    if (line !== undefined && this.lines.length === 0) {
      this.first = parsed(line);
      this.isLines = isObject(this.first) && Object.keys(this.first).some((key) => OF_COMMANDS.has(key));
    } else this.isLines = line === undefined || isObject(this.first) || this.length > LONGEST_DOCUMENT;
    if (this.isLines) this.lines.length = 0;
    else this.lines.push(line as string);
  }

  kind(): 'list' | 'document' | undefined {
    if (this.isLines || this.lines.length === 0) return undefined;
    const whole = parsed(this.lines.join('\n'));
    if (Array.isArray(whole)) return 'list';
    if (!isObject(whole)) return undefined;
    if (Object.values(whole).some((value) => Array.isArray(value))) return 'list';
    return this.lines.length > 1 ? 'document' : undefined;
  }
}

/** Longest file that is looked at as one document, in characters. */
const LONGEST_DOCUMENT = 50_000_000;

/** Keys that only a command has. */
const OF_COMMANDS: ReadonlySet<string> = new Set([
  'aggregate',
  'command',
  'commandId',
  'effectiveOn',
  'steps',
  'annuls',
]);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
