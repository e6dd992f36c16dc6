import type { CivilDate } from './civil-date.js';
import type { Instant } from './instant.js';

/**
 * Dense place of an event in the whole log, from 0. It is the register's clock of knowledge: "as known at position p"
 * means every event up to and including p, and the tree of those events has size p + 1 (T1).
 */
export type Position = number;

/** Who recorded something, as the door saw them. */
export interface Actor {
  /** Stable key of the person or service at whoever vouches for them. */
  readonly id: string;
  /** How the actor is shown; never a key. */
  readonly name?: string;
  readonly roles: readonly string[];
  /** The OIDC issuer, `development` for the loopback mode, or `operator` for the command line. */
  readonly vouchedBy: string;
}

/** `vouchedBy` of an actor at the command line of the machine that holds the register; no issuer can be called that. */
export const COMMAND_LINE = 'operator';

/** Where a fact comes from: the page, minute or row that an auditor can open. */
export interface Source {
  /** The collection, for example a mapping's name. */
  readonly system?: string;
  /** The document or file. */
  readonly document?: string;
  readonly url?: string;
  /** The place inside the document: a row's key, an item number, a page. */
  readonly locator?: string;
  /** When the source itself came to say so; an attribute, never the register's own clock (T1). */
  readonly statedAt?: Instant;
}

/** Why an event is corrected or annulled. Only the first two are reported as corrections (T3). */
export const WHYS = ['error', 'never-happened', 'cancelled-before-effect', 'quashed'] as const;

export interface Why {
  readonly kind: (typeof WHYS)[number];
  readonly reason: string;
  readonly evidence?: string;
}

/** Ten digits that may be taken for an NHS number, and what they are instead, in the words of whoever recorded them. */
export interface NotPatientNumber {
  readonly number: string;
  readonly is: string;
}

/** What a recording was checked on before it was taken. */
export interface CheckedOn {
  /** The last position that the check knew. */
  readonly position: Position;
  readonly edition: string;
}

/** What is stored beside the payload of every event. */
export interface Envelope {
  /** From when the fact holds in the world; an ending event: the first day without (T1). */
  readonly effectiveOn: CivilDate;
  /** Present and false where `effectiveOn` only stands in for a start that nobody knows. */
  readonly startKnown?: false;
  /** Beside `startKnown: false`: the year or the month in which the day is, as somebody said it: `2018`, `2018-05`. */
  readonly effectiveIn?: string;
  /** Beside `startKnown: false`: the earliest and the latest that the day can be. */
  readonly notBefore?: CivilDate;
  readonly notAfter?: CivilDate;
  readonly actor: Actor;
  /** The body or organisation for which the actor recorded it. */
  readonly onBehalfOf?: string;
  readonly commandId: string;
  /** SHA-256 of the whole command: the same id with another digest is another command, and refused. */
  readonly commandDigest: string;
  /** Place of the event in its command, from 0, and how many events the command has. */
  readonly index: number;
  readonly count: number;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** W3C trace context of the request that recorded it: `00-<trace id>-<span id>-<flags>`. Of the machinery, not of the fact. */
  readonly traceparent?: string;
  readonly source?: Source;
  /** Id of the live event that this one re-records (T3). */
  readonly corrects?: string;
  /** Id of the live event that this one drops (T3). */
  readonly annuls?: string;
  /** Id of the annulled event whose slot this one takes back (T3). */
  readonly again?: string;
  readonly why?: Why;
  /** What was said of numbers that the door took for a patient's. */
  readonly notPatientNumbers?: readonly NotPatientNumber[];
  /** Where whoever recorded it asked for it to be checked first whether it may be: on what, and by which edition of the rules. */
  readonly checkedOn?: CheckedOn;
  /** Streams that were read to decide, at the revision read. */
  readonly reliedOn?: readonly { readonly stream: string; readonly revision: number }[];
}

/** An event as it goes into a store. `payload` and `envelope` are canonical JSON, stored and returned byte for byte. */
export interface NewEvent {
  /** UUIDv5 of command id and index: a retry is the same event. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: string;
  readonly envelope: string;
}

/** An event as a store gives it back. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream, from 0, without gaps. */
  readonly revision: number;
  readonly position: Position;
  /** UTC, never earlier than that of the event before (T1). */
  readonly recordedAt: Instant;
}

/** A stored event, read and upcast: what folds see. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly id: string;
  readonly type: Type;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly recordedAt: Instant;
  readonly effectiveOn: CivilDate;
  readonly envelope: Envelope;
  readonly data: Data;
}

/** Type of the event that drops another and puts nothing in its place. Every room has it; no fold sees it. */
export const ANNULLED = 'Annulled';
