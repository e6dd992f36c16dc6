import type { CivilDate, Money } from '#kernel';
import type { ConditionView, LimitView } from '#register';
import type { DelegationPower, OnwardDelegation } from '#governance';
import type { Detail, LogBasis, ReaderClass } from '../document.js';

/**
 * A scheme of reservation and delegation, before anybody has chosen a format: what is reserved to an organisation and its
 * bodies, and what it, its bodies, posts and people delegate to whom, as at a day and as known at a moment. What the reader
 * may not see is not here in any form.
 */
export interface Scheme {
  readonly head: SchemeHead;
  /** In the order of the document: what is reserved, what is delegated, what is not in use. */
  readonly entries: readonly SchemeEntry[];
}

export interface SchemeHead {
  readonly organisation: { readonly id: string; readonly subject: string; readonly name: string };
  readonly basis: LogBasis;
  readonly reader: ReaderClass;
}

export const ENTRY_KINDS = {
  RESERVED: 'It is reserved: nobody below may decide it.',
  DELEGATED: 'Others may exercise it.',
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;

export const ENTRY_STANDINGS = {
  IN_FORCE: 'It is in force on the day.',
  NOT_KNOWN: 'Nobody knows whether it holds already, or still, on the day.',
  SUSPENDED: 'It is suspended on the day.',
  INVALID: 'The version of the document that makes it was found never to have been valid.',
  LAPSED: 'It ended with what it hangs on; no record of its own ends it.',
} as const;
export type EntryStanding = keyof typeof ENTRY_STANDINGS;

export const PARTY_KINDS = {
  ORGANISATION: 'An organisation.',
  BODY: 'A board, committee or group.',
  POST: 'A post or seat: whoever holds it on the day.',
  PERSON: 'A person by name.',
  NAMED: 'Somebody of whom the register has only the words of the source.',
} as const;
export type PartyKind = keyof typeof PARTY_KINDS;

/** Whoever reserves, delegates or receives. */
export interface Party {
  readonly kind: PartyKind;
  /** Global id; null where only the words of the source are there. */
  readonly subject: string | null;
  readonly name: string;
  /** Of a post: who holds it on the day, in words, and whether it is recorded that nobody does. Else empty and false. */
  readonly heldBy: readonly string[];
  readonly vacant: boolean;
}

/** A subject by its global id, and what it is called. */
export interface Called {
  readonly subject: string;
  readonly name: string;
}

/** One delegation or reservation, with names for ids. Lists are empty and values null where nothing is recorded. */
export interface SchemeEntry {
  readonly kind: EntryKind;
  /** Place in the order of the document, from 1. */
  readonly place: number;
  /** Global id of the delegation or reservation. */
  readonly subject: string;
  readonly standing: EntryStanding;
  readonly standingInWords: string;
  /** Of a catalogue. */
  readonly functions: readonly Called[];
  /** The functions in the words of the source. */
  readonly words: readonly string[];
  /** Who delegates; empty for what is reserved. */
  readonly from: readonly Party[];
  /** To whom it is delegated or reserved. */
  readonly to: readonly Party[];
  readonly onBehalfOf: Called | null;
  readonly powers: readonly DelegationPower[];
  /** Places of the register. */
  readonly places: readonly Called[];
  /** What else it is limited to, in the words of the source. */
  readonly scope: readonly string[];
  /** Up to which amounts; of what is reserved, above which. */
  readonly limits: readonly LimitView[];
  readonly conditions: readonly Omit<ConditionView, 'decision'>[];
  readonly onward: OnwardDelegation | null;
  readonly onwardDepth: number | null;
  readonly instrument: Called | null;
  readonly version: string | null;
  readonly clause: string | null;
  /** Null also where whoever reads may not know of it. */
  readonly madeByDecision: Called | null;
  readonly inForceFrom: CivilDate | null;
  /** The last day: of its term, or with what it lapsed. */
  readonly until: CivilDate | null;
  readonly reviewOn: CivilDate | null;
  readonly note: string | null;
  /** All of it in words, under labels that are the same for every entry. */
  readonly details: readonly Detail[];
  /** The same in a sentence or two. */
  readonly text: string;
}

/** An amount as machines want it. */
export const penceOf = (amount: Money | undefined): number | null => amount?.pence ?? null;

/** What is reserved and delegated that is in use, and what is not. */
export const isInUse = ({ standing }: Pick<SchemeEntry, 'standing'>): boolean =>
  standing === 'IN_FORCE' || standing === 'NOT_KNOWN';
