/** Bits of the first filter; each further one has twice as many. */
const FIRST_BITS = 2 ** 18;

/** Bits an id: with four of them set, one in four hundred that is not there is taken to be. */
const BITS_PER_ID = 16;

const PROBES = 4;

interface Filter {
  readonly bits: Uint32Array;
  count: number;
}

/**
 * Ids that a file may hold. One that is not known here is surely not in it, so that nobody has to look: most appends bring
 * ids that nobody has seen.
 */
export class KnownIds {
  readonly #filters: Filter[] = [filterOf(FIRST_BITS)];

  add(id: string): void {
    const newest = this.#filters.at(-1) as Filter;
    for (const place of placesOf(id, newest)) (newest.bits[place >>> 5] as number) |= 1 << (place & 31);
    newest.count += 1;
    if (newest.count * BITS_PER_ID >= sizeOf(newest)) this.#filters.push(filterOf(2 * sizeOf(newest)));
  }

  mayHave(id: string): boolean {
    return this.#filters.some((filter) =>
      placesOf(id, filter).every((place) => ((filter.bits[place >>> 5] as number) & (1 << (place & 31))) !== 0),
    );
  }
}

const filterOf = (bits: number): Filter => ({ bits: new Uint32Array(bits / 32), count: 0 });

const sizeOf = ({ bits }: Filter): number => bits.length * 32;

/** An id is a UUID, and most of its digits fall by chance. */
function placesOf(id: string, filter: Filter): number[] {
  const [first, step] = [Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(-8), 16)];
  return Array.from({ length: PROBES }, (_, turn) => ((first + turn * step) >>> 0) & (sizeOf(filter) - 1));
}
