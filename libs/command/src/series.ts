import type { StoredEvent } from '#kernel';
import { referenceKey } from '#governance';
import type { Knowing, Known } from './streams.js';

/** Data of an event in the stream of a series. */
export interface NumberAssigned {
  readonly reference: string;
  readonly number: number;
  readonly subject: string;
}

export const seriesStream = (series: string): string => `series/${referenceKey(series)}`;

export const referenceStream = (reference: string): string => `reference/${referenceKey(reference)}`;

/** Who has which number of a series. */
export class SeriesLog implements Known {
  revision = -1;
  weight = 0;
  /** The reference that each subject holds. */
  readonly held = new Map<string, string>();

  constructor(readonly stream: string) {}

  take(events: readonly StoredEvent[]): void {
    for (const { revision, payload } of events) {
      const { subject, reference } = JSON.parse(payload) as NumberAssigned;
      this.revision = revision;
      if (!this.held.has(subject)) this.held.set(subject, reference);
    }
  }
}

/** Whom a reference was ever given to: the first, for ever. */
export class ReferenceLog implements Known {
  revision = -1;
  weight = 0;
  holder: string | undefined;

  constructor(readonly stream: string) {}

  get isFinal(): boolean {
    return this.holder !== undefined;
  }

  take(events: readonly StoredEvent[]): void {
    for (const { revision, payload } of events) {
      this.revision = revision;
      this.holder ??= (JSON.parse(payload) as { subject: string }).subject;
    }
  }
}

/** The subject that a human reference was ever given to. */
export const holderOf = async (streams: Knowing, reference: string): Promise<string | undefined> =>
  (await streams.of(referenceStream(reference), ReferenceLog)).holder;
