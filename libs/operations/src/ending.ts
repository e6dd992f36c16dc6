import type { Logger } from 'pino';
import { StoreFault } from '#event-store';
import type { Metrics } from './metrics.js';
import { START_AGAIN } from './starting.js';

/**
 * Why a program ends by itself: its log was replaced, or its views are of another. From then on it writes nothing and says
 * so; started again, it compares log and views before it does anything.
 */
export class Ending {
  private sentence: string | undefined;
  private end: (() => void) | undefined;

  constructor(
    private readonly log: Pick<Logger, 'fatal'>,
    private readonly metrics: Pick<Metrics, 'ends'>,
  ) {}

  /** In a sentence; null as long as nothing is wrong. */
  get why(): string | null {
    return this.sentence ?? null;
  }

  /** For whoever finds out. The first is the one that is told. */
  because(sentence: string): void {
    if (this.sentence !== undefined) return;
    this.sentence = sentence;
    this.metrics.ends();
    this.log.fatal(
      { exitCode: START_AGAIN },
      `${sentence}; nothing more is written, and this program ends to be started again`,
    );
    this.end?.();
  }

  /** What ends the program; at once where there is a reason already. */
  onEnd(end: () => void): void {
    this.end = end;
    if (this.sentence !== undefined) end();
  }

  /** @throws StoreFault `STORE_REPLACED` where nothing is to be written any more. */
  requireNone(): void {
    if (this.sentence !== undefined) throw new StoreFault('STORE_REPLACED', this.sentence);
  }
}
