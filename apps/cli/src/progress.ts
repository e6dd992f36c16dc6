const WIDTH = 30;
const EVERY_MS = 100;

/**
 * A bar on a terminal, on standard error, so that what a program reads stays clean. Nothing where there is no terminal.
 */
export class Progress {
  private drawnAt = 0;
  private drawn = false;
  private readonly seen = Boolean(process.stderr.isTTY);

  constructor(private readonly what: string) {}

  show(done: number, all: number): void {
    if (!this.seen) return;
    const now = performance.now();
    if (done < all && now - this.drawnAt < EVERY_MS) return;
    this.drawnAt = now;
    this.drawn = true;
    const part = all === 0 ? 1 : Math.min(1, done / all);
    const full = Math.round(part * WIDTH);
    process.stderr.write(`\r${this.what} [${'█'.repeat(full)}${' '.repeat(WIDTH - full)}] ${done} of ${all}\u001b[K`);
  }

  /** Wipes the bar away. */
  end(): void {
    if (this.drawn) process.stderr.write('\r\u001b[K');
    this.drawn = false;
  }
}
