/** What a piece of work touches. Two pieces wait for each other where one alone touches what the other touches at all. */
export interface Touched {
  /** Touched by nobody else meanwhile: what is going to be written. */
  readonly alone: ReadonlySet<string>;
  /** Touched beside others that only look as well. */
  readonly beside?: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Who was last in a line: the one that had it alone, and those that stand beside each other behind it. */
interface Line {
  alone: Promise<unknown> | undefined;
  readonly beside: Set<Promise<unknown>>;
}

/**
 * Turns on a set of things at once, in the order in which they were asked for. A turn stands in all its lines from the
 * moment it is asked for and waits only for turns that were asked for before it, so that no two ever wait for each other.
 */
export class Turns {
  readonly #lines = new Map<string, Line>();

  /** How many things somebody touches or waits for. */
  get size(): number {
    return this.#lines.size;
  }

  /** Does the work as soon as everything in front of it is done, whatever became of that. */
  take<T>({ alone, beside = NOTHING }: Touched, work: () => Promise<T>): Promise<T> {
    const shared = beside.size === 0 ? beside : [...beside].filter((name) => !alone.has(name));
    const before = new Set<Promise<unknown>>();
    for (const name of alone) {
      const line = this.#lines.get(name);
      if (line?.alone) before.add(line.alone);
      if (line) for (const other of line.beside) before.add(other);
    }
    for (const name of shared) {
      const line = this.#lines.get(name);
      if (line?.alone) before.add(line.alone);
    }
    const turn = before.size === 0 ? work() : Promise.allSettled(before).then(work);
    for (const name of alone) this.#lines.set(name, { alone: turn, beside: new Set() });
    for (const name of shared) this.#lineOf(name).beside.add(turn);
    const leave = (): void => {
      for (const name of alone) this.#leave(name, turn);
      for (const name of shared) this.#leave(name, turn);
    };
    turn.then(leave, leave);
    return turn;
  }

  #lineOf(name: string): Line {
    const line = this.#lines.get(name) ?? { alone: undefined, beside: new Set() };
    this.#lines.set(name, line);
    return line;
  }

  #leave(name: string, turn: Promise<unknown>): void {
    const line = this.#lines.get(name);
    if (!line) return;
    if (line.alone === turn) line.alone = undefined;
    line.beside.delete(turn);
    if (!line.alone && line.beside.size === 0) this.#lines.delete(name);
  }
}
