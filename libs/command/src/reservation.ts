import { Refusal } from '#kernel';
import type { Naming } from '#governance';
import type { EventStore, Expectation } from '#event-store';

/** What goes into one of the register's own streams to take a reference. */
export interface Taking {
  readonly stream: string;
  readonly expected: Expectation;
  readonly events: readonly { readonly type: string; readonly data: object }[];
}

/** A human reference that is going to be taken. */
export interface Reservation {
  readonly reference: string;
  /** Written in front of the command's own events, in one append: either both are there or neither. */
  readonly takings: readonly Taking[];
}

/** Data of an event in the stream of a series. */
interface NumberAssigned {
  readonly reference: string;
  readonly number: number;
  readonly subject: string;
}

/** Digits of a number in a series: ICB-2025/26-0042. Larger numbers are written out. */
const DIGITS = 4;

/**
 * Takes a human reference for a subject. References are unique in the register whatever their case and spaces, never
 * used again, and gap-free within a series: a number that was taken by hand is passed over and said to be.
 *
 * The streams `reference/…` and `series/…` hold who has what; the store's check of their revisions makes it exclusive,
 * on every store (ADR 0006).
 *
 * A subject that has a number in the series keeps it, and so does one whose claim to the next number was left behind.
 *
 * @returns undefined where nothing has to be taken: the subject holds the reference it asks for.
 * @throws Refusal `DUPLICATE_REFERENCE` naming the holder.
 */
export const reserve = async (store: EventStore, naming: Naming, subject: string): Promise<Reservation | undefined> => {
  if (naming.reference !== undefined) {
    const holder = await holderOf(store, naming.reference);
    if (holder === subject) return undefined;
    if (holder !== undefined) throw duplicate(naming.reference, holder);
    return { reference: naming.reference, takings: [claim(naming.reference, subject)] };
  }
  if (naming.series === undefined) return undefined;
  const stream = `series/${key(naming.series)}`;
  const numbered = await store.readStream(stream);
  const held = numbered
    .map(({ payload }) => JSON.parse(payload) as NumberAssigned)
    .find((one) => one.subject === subject);
  if (held) return { reference: held.reference, takings: [] };
  const events: { type: 'NumberAssigned'; data: NumberAssigned }[] = [];
  for (let number = numbered.length + 1; ; number++) {
    const reference = `${naming.series}-${String(number).padStart(DIGITS, '0')}`;
    const holder = await holderOf(store, reference);
    events.push({ type: 'NumberAssigned', data: { reference, number, subject: holder ?? subject } });
    if (holder !== undefined && holder !== subject) continue;
    const expected: Expectation = numbered.length === 0 ? 'no stream' : { revision: numbered.length - 1 };
    const assigned: Taking = { stream, expected, events };
    // The claim goes first: where a store cannot write both or neither, whoever loses it has taken no number.
    return { reference, takings: holder === subject ? [assigned] : [claim(reference, subject), assigned] };
  }
};

/** The subject that a human reference was ever given to. */
export const holderOf = async (store: EventStore, reference: string): Promise<string | undefined> => {
  const [claimed] = await store.readStream(`reference/${key(reference)}`);
  return claimed && (JSON.parse(claimed.payload) as { subject: string }).subject;
};

const key = (reference: string): string => reference.trim().replaceAll(/\s+/g, ' ').toUpperCase();

function duplicate(reference: string, holder: string): Refusal {
  return new Refusal('DUPLICATE_REFERENCE', `the reference ${reference} belongs to ${holder} already`, {
    field: 'data.reference',
    rule: 'BR-004',
    remedy: 'give another reference, or name a referenceSeries and let the register give the next number',
  });
}

function claim(reference: string, subject: string): Taking {
  const events = [{ type: 'ReferenceTaken', data: { reference, subject } }];
  return { stream: `reference/${key(reference)}`, expected: 'no stream', events };
}
