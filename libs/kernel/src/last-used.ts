/** Something that is kept, between what was used before and after it. */
interface Link<Value> {
  readonly key: string;
  readonly value: Value;
  readonly weight: number;
  before: Link<Value>;
  after: Link<Value>;
}

/**
 * What was used last, by name, up to a weight. What was used longest ago is let go of, at one price however much is kept:
 * a `Map` alone passes over everything that has been taken out of it before it finds its first, at 100,000 names for longer
 * than a command takes.
 */
export class LastUsed<Value> {
  readonly #links = new Map<string, Link<Value>>();
  #newest: Link<Value> | undefined;
  #weight = 0;

  /** @param most what all together may weigh; one that weighs more is kept alone. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.#links.size;
  }

  /** Looks, which counts as no use. */
  get(key: string): Value | undefined {
    return this.#links.get(key)?.value;
  }

  /** Keeps it as the one that was used last, in place of what was kept by that name. */
  keep(key: string, value: Value, weight = 1): void {
    this.forget(key);
    const newest = this.#newest;
    const link = { key, value, weight } as Link<Value>;
    link.before = newest ?? link;
    link.after = newest?.after ?? link;
    link.before.after = link;
    link.after.before = link;
    this.#newest = link;
    this.#links.set(key, link);
    this.#weight += weight;
    while (this.#weight > this.most && link.after !== link) this.forget(link.after.key);
  }

  forget(key: string): void {
    const link = this.#links.get(key);
    if (!link) return;
    link.before.after = link.after;
    link.after.before = link.before;
    if (this.#newest === link) this.#newest = link.before === link ? undefined : link.before;
    this.#links.delete(key);
    this.#weight -= link.weight;
  }

  clear(): void {
    this.#links.clear();
    this.#newest = undefined;
    this.#weight = 0;
  }
}
