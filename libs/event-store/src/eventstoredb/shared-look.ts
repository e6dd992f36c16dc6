/** A look that takes a call, shared: whoever asks while one is under way shares the next with all who ask meanwhile. */
export class SharedLook {
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(private readonly look: () => Promise<void>) {}

  /** What a look finds that was not begun before it was asked for. */
  now(): Promise<void> {
    if (this.#next) return this.#next;
    if (!this.#running) return this.#begin();
    const begin = (): Promise<void> => this.#begin();
    this.#next = this.#running.then(begin, begin);
    return this.#next;
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    const running = this.look();
    this.#running = running;
    const over = (): void => {
      if (this.#running === running && !this.#next) this.#running = undefined;
    };
    running.then(over, over);
    return running;
  }
}
