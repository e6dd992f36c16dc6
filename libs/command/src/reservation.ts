import { Refusal } from '#kernel';
import { referenceKey, type Naming } from '#governance';
import type { Expectation } from '#event-store';
import { SeriesLog, holderOf, referenceStream, seriesStream, type NumberAssigned } from './series.js';
import type { Knowing } from './streams.js';

/** What goes into one of the register's own streams to take a reference. */
export interface Taking {
  readonly stream: string;
  readonly expected: Expectation;
  readonly events: readonly { readonly type: string; readonly data: object }[];
}

/** Digits of a number in a series: ICB-2025/26-0042. Larger numbers are written out. */
const DIGITS = 4;

/**
 * Takes human references for a subject. References are unique in the register whatever their case and spaces, never
 * used again, and gap-free within a series: a number that was taken by hand is passed over and said to be.
 *
 * The streams `reference/…` and `series/…` hold who has what; the store's check of their revisions makes it exclusive,
 * on every store (ADR 0006).
 *
 * A subject that has a number in the series keeps it, and so does one whose claim to the next number was left behind.
 * Of one command, every fact that asks for the same gets the same.
 */
export class Reservations {
  /** Written in front of the command's own events, in one append: either both are there or neither. */
  readonly takings: Taking[] = [];
  private readonly claimed = new Set<string>();
  private readonly numbered = new Map<string, string>();

  constructor(
    private readonly streams: Knowing,
    private readonly subject: string,
    /** Whether whoever asks may know of a subject: else it is not named as the holder of a reference. */
    private readonly mayName: (subject: string) => Promise<boolean>,
  ) {}

  /**
   * @returns the reference that the subject has from now on; undefined for a naming that asks for none.
   * @throws Refusal `DUPLICATE_REFERENCE` naming the holder, where whoever asks may know of it.
   */
  async take({ reference, series }: Naming): Promise<string | undefined> {
    if (reference !== undefined) return this.takeGiven(reference);
    if (series === undefined) return undefined;
    const stream = seriesStream(series);
    const taken = this.numbered.get(stream) ?? (await this.takeNext(series, stream));
    this.numbered.set(stream, taken);
    return taken;
  }

  private async takeGiven(reference: string): Promise<string> {
    const holder = await this.holderOf(reference);
    if (holder === undefined) this.claim(reference);
    else if (holder !== this.subject) throw duplicate(reference, (await this.mayName(holder)) ? holder : 'something');
    return reference;
  }

  private async takeNext(series: string, stream: string): Promise<string> {
    const { revision, held } = await this.streams.of(stream, SeriesLog);
    const own = held.get(this.subject);
    if (own !== undefined) return own;
    const events: { type: 'NumberAssigned'; data: NumberAssigned }[] = [];
    for (let number = revision + 2; ; number++) {
      const reference = `${series.trim().replaceAll(/\s+/g, ' ')}-${String(number).padStart(DIGITS, '0')}`;
      const holder = await this.holderOf(reference);
      events.push({ type: 'NumberAssigned', data: { reference, number, subject: holder ?? this.subject } });
      if (holder !== undefined && holder !== this.subject) continue;
      // The claim goes first: where a store cannot write both or neither, whoever loses it has taken no number.
      if (holder === undefined) this.claim(reference);
      this.takings.push({ stream, expected: revision === -1 ? 'no stream' : { revision }, events });
      return reference;
    }
  }

  private async holderOf(reference: string): Promise<string | undefined> {
    return this.claimed.has(referenceKey(reference)) ? this.subject : holderOf(this.streams, reference);
  }

  private claim(reference: string): void {
    const data = { reference, subject: this.subject };
    const events = [{ type: 'ReferenceTaken', data }];
    this.claimed.add(referenceKey(reference));
    this.takings.push({ stream: referenceStream(reference), expected: 'no stream', events });
  }
}

function duplicate(reference: string, holder: string): Refusal {
  return new Refusal('DUPLICATE_REFERENCE', `the reference ${reference} belongs to ${holder} already`, {
    field: 'data.reference',
    rule: 'BR-004',
    remedy: 'give another reference, or name a referenceSeries and let the register give the next number',
  });
}
