/** Most items in one piece: what a change copies. */
const PIECE = 256;

/**
 * A list that is never changed: a change gives another one, which shares with it all but the pieces that the change
 * touches. A change and a look cost about the same at any length.
 */
export class Sequence<T> {
  private constructor(
    private readonly pieces: readonly (readonly T[])[],
    /** Place of the first item of each piece. */
    private readonly starts: readonly number[],
    readonly length: number,
  ) {}

  static of<T>(items: readonly T[]): Sequence<T> {
    return Sequence.made(cut(items));
  }

  private static made<T>(pieces: readonly (readonly T[])[]): Sequence<T> {
    let length = 0;
    const starts = pieces.map((piece) => (length += piece.length) - piece.length);
    return new Sequence(pieces, starts, length);
  }

  at(index: number): T | undefined {
    const piece = this.pieceOf(index);
    return this.pieces[piece]?.[index - (this.starts[piece] as number)];
  }

  /** This list with items from `index` on left out and others put there. */
  splice(index: number, leftOut: number, items: readonly T[]): Sequence<T> {
    if (this.length === 0) return Sequence.of(items);
    const first = this.pieceOf(Math.min(index, this.length - 1));
    const last = this.pieceOf(Math.min(Math.max(index + leftOut - 1, index), this.length - 1));
    const touched = this.pieces.slice(first, last + 1).flat();
    const at = index - (this.starts[first] as number);
    const changed = cut(touched.slice(0, at).concat(items, touched.slice(at + leftOut)));
    return Sequence.made([...this.pieces.slice(0, first), ...changed, ...this.pieces.slice(last + 1)]);
  }

  /** The first place of which `isBefore` says no; the list has to be in that order. */
  firstNot(isBefore: (item: T) => boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.at(middle) as T)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  *[Symbol.iterator](): Generator<T, void> {
    for (const piece of this.pieces) yield* piece;
  }

  /** Place of the piece that an item stands in. */
  private pieceOf(index: number): number {
    let low = 0;
    let high = this.pieces.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= index) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Pieces of about equal length, none longer than `PIECE`. */
function cut<T>(items: readonly T[]): (readonly T[])[] {
  const length = Math.ceil(items.length / Math.ceil(items.length / PIECE));
  const pieces: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += length) pieces.push(items.slice(at, at + length));
  return pieces;
}
