import type { HeldThing } from './held-before.js';
import type { Reads } from './reads.js';
import type { Successor, Handover } from './handovers.js';

/** A successor in whose share something is, and the places that the share names. */
export interface Sharing {
  readonly organisation: string;
  /** The successions that say so. */
  readonly by: readonly string[];
  readonly places: readonly string[];
}

/** Places within places, and functions that are part of others, as they stood on the last day before a handover. */
export class Shares {
  private constructor(
    private readonly placesAbove: ReadonlyMap<string, ReadonlySet<string>>,
    private readonly functionsAbove: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  static async of(
    reads: Reads,
    handover: Handover,
    held: readonly HeldThing[],
    more: Iterable<string>,
  ): Promise<Shares> {
    const shares = handover.successors.flatMap(({ by }) => by.map(({ share }) => share));
    const places = [...shares, ...held].flatMap((one) => one.places ?? []);
    const functions = [
      ...shares.flatMap(({ catalogueFunctions }) => catalogueFunctions ?? []),
      ...held.flatMap((one) => one.functions),
    ];
    return new Shares(
      await reads.withAbove('place', 'parents', [...places, ...more]),
      await reads.withAbove('function', 'partOf', functions),
    );
  }

  /**
   * The successors in whose share something is. Where a predecessor goes as a whole, what says nothing of places or
   * functions may be in the share of each; where it goes on, only what is named goes.
   */
  sharing(thing: HeldThing, { successors, isWhole }: Handover): readonly Sharing[] {
    return successors.flatMap(({ organisation, by }) => {
      const naming = by.filter(({ share }) => this.isIn(thing, share, isWhole));
      if (naming.length === 0) return [];
      const places = naming.flatMap(({ share }) => share.places ?? []);
      return [{ organisation, by: naming.map(({ id }) => id), places }];
    });
  }

  /** Whether one of some places is one of others, or lies within one, or one of those within it. */
  meet(places: readonly string[], others: readonly string[]): boolean {
    return meet(this.placesAbove, places, others);
  }

  private isIn(thing: HeldThing, share: Successor['by'][number]['share'], isWhole: boolean): boolean {
    const { places = [], catalogueFunctions = [] } = share;
    if (places.length + catalogueFunctions.length === 0) return isWhole;
    const inPlace = isWhole && thing.places.length === 0 ? true : this.meet(thing.places, places);
    const inFunction =
      isWhole && thing.functions.length === 0 ? true : meet(this.functionsAbove, thing.functions, catalogueFunctions);
    return (places.length === 0 || inPlace) && (catalogueFunctions.length === 0 || inFunction);
  }
}

function meet(
  above: ReadonlyMap<string, ReadonlySet<string>>,
  ones: readonly string[],
  others: readonly string[],
): boolean {
  const isWithin = (one: string, other: string): boolean => one === other || above.get(one)?.has(other) === true;
  return ones.some((one) => others.some((other) => isWithin(one, other) || isWithin(other, one)));
}
