import { Transform } from 'node:stream';

const NEWLINE = 10;

/** The name of an encoding as this program calls it; undefined for one that it does not know. */
export const encodingNamed = (name: string): string | undefined => {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
};

const REMEDY =
  'save it as "CSV UTF-8", or say how it is written with `encoding:` in the mapping, for example encoding: windows-1252';

/**
 * Bytes to text. Refuses bytes that are not of the encoding, by the line on which they stand: what is stored has to be
 * what stood in the file.
 */
export const decoding = (encoding: string): Transform => {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const lines = new LinesOf(encoding);
  const decoded = (bytes: Uint8Array | undefined): string => {
    try {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      if (bytes) lines.pass(bytes);
      return text;
    } catch {
      const line = lines.firstAmiss(bytes);
      throw new Error(`line ${line} has bytes that are not ${encoding.toUpperCase()}; needed ${REMEDY}`);
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

/** Counts lines, and finds the one in which bytes are amiss: in UTF-8 a line ends with a byte of its own. */
class LinesOf {
  private lines = 1;
  private unfinished: Uint8Array = new Uint8Array();

  constructor(private readonly encoding: string) {}

  pass(bytes: Uint8Array): void {
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) this.lines += 1;
    const last = bytes.lastIndexOf(NEWLINE);
    this.unfinished = last === -1 ? Buffer.concat([this.unfinished, bytes]) : bytes.slice(last + 1);
  }

  firstAmiss(bytes: Uint8Array | undefined): number {
    const rest = Buffer.concat([this.unfinished, bytes ?? new Uint8Array()]);
    let line = this.lines;
    for (let from = 0; from < rest.length; line += 1) {
      const end = rest.indexOf(NEWLINE, from);
      if (!this.isSound(rest.subarray(from, end === -1 ? rest.length : end))) return line;
      if (end === -1) break;
      from = end + 1;
    }
    return line;
  }

  private isSound(bytes: Uint8Array): boolean {
    try {
      new TextDecoder(this.encoding, { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  }
}
