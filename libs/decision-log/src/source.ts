import type { Presentation } from '#access';
import type { EventStore } from '#event-store';
import type { Veil } from '#governance';
import type { CivilDate, DomainEvent, StoredEvent } from '#kernel';
import type { DecisionView, Place, Register, Restriction, Shown } from '#register';
import type { ReaderClass } from './document.js';

/** What is withheld of an event from whoever is told; undefined where nothing can be. */
export type VeilOf = (event: Pick<DomainEvent, 'id'>) => (Veil & { readonly presentation: Presentation }) | undefined;

/** Where a log is made from. Everything is read as known at one position, so that nothing recorded later shows. */
export interface LogSource {
  readonly register: Register;
  readonly store: Pick<EventStore, 'readStream' | 'readStreams' | 'readAll'>;
  readonly readEvent: (stored: StoredEvent) => DomainEvent;
  /** The one place where the log learns what it may say of decisions. */
  readonly disclose: Disclose;
  readonly known: Known;
}

/**
 * How much a reader is shown of decisions, by id; every one asked for has its answer. Asked with the decisions as they
 * stood on the basis; whoever answers looks up what class they have now, and takes the stricter.
 *
 * @param place where the decisions were read: what was read as known now is not looked up again, and what replaced them
 *   by then is looked for there.
 */
export type Disclose = (
  decisions: readonly Shown<DecisionView>[],
  reader: ReaderClass,
  place: Place,
) => Promise<ReadonlyMap<string, Disclosure>>;

/** What of the decisions on a basis a reader may know. */
export interface Knowable {
  /** That they are there: everything but what is absent for them. */
  readonly there: Restriction;
  /** All that is not withheld in parts: what a stub does not show, it is not found by. */
  readonly inFull: Restriction;
}

export type Known = (reader: ReaderClass, place: Place) => Promise<Knowable>;

/** In full but for the parts that are withheld, as a stub, or not at all. */
export type Disclosure = FullDisclosure | StubDisclosure | { readonly kind: 'absent' };

export interface FullDisclosure {
  readonly kind: 'full';
  /** Without the parts that are withheld. */
  readonly shown: Shown<DecisionView>;
  /** What is withheld of each of its recordings; absent for readers from whom nothing ever is. */
  readonly veilOf?: VeilOf;
  /** The parts that are withheld and may be named. */
  readonly withheld: readonly { readonly field: string; readonly ground: string; readonly reviewOn?: CivilDate }[];
}

export interface StubDisclosure {
  readonly kind: 'stub';
  /** Nothing but what a stub may show. */
  readonly shown: Shown<DecisionView>;
  readonly ground: string;
  readonly reviewOn?: CivilDate;
}
