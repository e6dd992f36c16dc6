/** Chance that falls the same way for the same seed. */
export class Dice {
  private state: number;

  constructor(private readonly seed: string) {
    this.state = 2_166_136_261;
    for (const char of seed) this.state = Math.imul(this.state ^ (char.codePointAt(0) ?? 0), 16_777_619);
  }

  /** Others for somebody who throws at moments of their own. */
  named(name: string): Dice {
    return new Dice(`${this.seed}/${name}`);
  }

  /** From 0 up to, but not, 1. */
  next(): number {
    this.state = (this.state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  one<Choice>(of: readonly Choice[]): Choice {
    return of[this.between(0, of.length - 1)] as Choice;
  }

  shuffled<Choice>(choices: readonly Choice[]): Choice[] {
    return choices
      .map((choice) => ({ choice, at: this.next() }))
      .toSorted((one, other) => one.at - other.at)
      .map(({ choice }) => choice);
  }
}
