import type { Position } from '#kernel';
import type { Entry } from './entry.js';

/** The newest entries of an index, which follow each other and are not in its file yet. */
export class NewestEntries {
  #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  readonly #byStream = new Map<string, Entry[]>();

  get all(): readonly Entry[] {
    return this.#entries;
  }

  /** Position of the first of them; Infinity where there are none. */
  get first(): Position {
    return this.#entries[0]?.position ?? Infinity;
  }

  take(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry);
      if (!this.#byId.has(entry.id)) this.#byId.set(entry.id, entry);
      const ofStream = this.#byStream.get(entry.stream);
      if (ofStream) ofStream.push(entry);
      else this.#byStream.set(entry.stream, [entry]);
    }
  }

  ofId(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  at(position: Position): Entry | undefined {
    return this.#entries[position - this.first];
  }

  /** Those of a stream, in order. */
  ofStream(stream: string): readonly Entry[] {
    return this.#byStream.get(stream) ?? [];
  }

  page(from: Position, limit: number): readonly Entry[] {
    const at = Math.max(0, from - this.first);
    return this.#entries.slice(at, at + limit);
  }

  clear(): void {
    this.#entries = [];
    this.#byId.clear();
    this.#byStream.clear();
  }
}
