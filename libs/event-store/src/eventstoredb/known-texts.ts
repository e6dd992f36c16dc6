/** Bits of the first filter; each further one has twice as many. */
const FIRST_BITS = 2 ** 18;

/** Bits a text: with four of them set, one in four hundred that is not there is taken to be. */
const BITS_PER_TEXT = 16;

const PROBES = 4;

interface Filter {
  readonly bits: Uint32Array;
  count: number;
}

/**
 * Texts that a file may hold: ids, names of streams. One that is not known here is surely not in it, so that nobody has to
 * look: most appends bring what nobody has seen.
 */
export class KnownTexts {
  readonly #filters: Filter[] = [filterOf(FIRST_BITS)];

  add(text: string): void {
    const newest = this.#filters.at(-1) as Filter;
    const [first, step] = sumsOf(text);
    for (let probe = 0; probe < PROBES; probe++) {
      const place = placeOf(first, step, probe, newest);
      (newest.bits[place >>> 5] as number) |= 1 << (place & 31);
    }
    newest.count += 1;
    if (newest.count * BITS_PER_TEXT >= sizeOf(newest)) this.#filters.push(filterOf(2 * sizeOf(newest)));
  }

  mayHave(text: string): boolean {
    const [first, step] = sumsOf(text);
    return this.#filters.some((filter) => has(filter, first, step));
  }
}

const filterOf = (bits: number): Filter => ({ bits: new Uint32Array(bits / 32), count: 0 });

const sizeOf = ({ bits }: Filter): number => bits.length * 32;

function has(filter: Filter, first: number, step: number): boolean {
  for (let probe = 0; probe < PROBES; probe++) {
    const place = placeOf(first, step, probe, filter);
    if (((filter.bits[place >>> 5] as number) & (1 << (place & 31))) === 0) return false;
  }
  return true;
}

const placeOf = (first: number, step: number, probe: number, filter: Filter): number =>
  ((first + probe * step) >>> 0) & (sizeOf(filter) - 1);

/** Two sums of a text that have little to do with each other: FNV-1a, and its like with another factor. */
function sumsOf(text: string): readonly [first: number, step: number] {
  let [first, step] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 0x01000193);
    step = Math.imul(step ^ unit, 0x85ebca6b);
    step ^= step >>> 15;
  }
  return [first ^ (first >>> 16), step | 1];
}
