import { setImmediate as breath } from 'node:timers/promises';
import type { LogSource } from '../source.js';

/** Longest stretch of making a log before others have their turn, in milliseconds; one piece may take longer. */
const STRETCH_MS = 10;

/** Ends a stretch that has lasted long enough. */
const breathing = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < STRETCH_MS) return;
    await breath();
    since = performance.now();
  };
};

/** Pieces as they come, with turns for others in between: what a program that also answers others reads files through. */
export async function* inTurns<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void> {
  const breathe = breathing();
  for await (const piece of pieces) {
    await breathe();
    yield piece;
  }
}

/** A source of which decisions are read page by page with turns for others in between. */
export const sharedSource = (source: LogSource): LogSource => {
  const breathe = breathing();
  return {
    ...source,
    disclose: async (decisions, reader, place) => {
      await breathe();
      return source.disclose(decisions, reader, place);
    },
  };
};

/** The whole of a file, in memory. */
export const bytesOf = async (content: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of inTurns(content)) {
    pieces.push(typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece);
  }
  return Buffer.concat(pieces);
};
