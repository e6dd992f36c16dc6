import type { CivilDate, DomainEvent } from '#kernel';

/** A method in type only, so that a view of one state can stand in a list of views of every state. */
type Reading<State, Result> = { of(shown: State): Result }['of'];

/** Texts of a record, as far as it has them. */
export type Said = readonly (string | null | undefined)[];

/** A subject whose column counts as one's own, found by the column that names it. */
export interface Through {
  readonly names: string;
  readonly aggregate: string;
  /** The column of the other; the one of the same name without it. */
  readonly column?: string;
  /**
   * One's own column or list beside it; the column of the same name without it. Who is in a list of one's own has no such
   * other.
   */
  readonly own?: string;
}

/** Something by whose day, in a column, a subject goes that has none of its own, found by the column that names it. */
export interface GoesBy {
  readonly names: string;
  readonly aggregate: string;
  readonly column: string;
}

/**
 * How one aggregate is read: a pure fold, what the state does by itself as days pass, and what it is listed by.
 * No function sees a clock (T9). A state is plain JSON; undefined members are left out.
 */
export interface View<State extends object = object, Folded extends object = State> {
  /** Also the prefix of the streams it reads: `body` reads `body/…`. */
  readonly aggregate: string;
  readonly initial: Folded;
  /** Returns the same object where nothing changes. An event type it does not know is a fault, thrown. */
  project(state: Folded, event: DomainEvent): Folded;
  /** Days on which the state will change by itself: the first day after a term, an expiry, a standstill (T5). */
  turns(state: Folded): readonly CivilDate[];
  /**
   * The state as shown on a day, without what has lapsed by then. The same for every day between two turns.
   *
   * @param to the first day on which the register says something else; null, or nothing, where there is none.
   */
  show(state: Folded, date: CivilDate, to?: CivilDate | null): State;
  /** What the subject is called in a sentence and searched by: "Health Overview and Scrutiny Committee". */
  title(shown: State): string;
  /** By what it is called in words of its own, where that is not its title; what others are called is theirs. */
  readonly titles?: Reading<State, Said>;
  /** What else of it is found by its words: rationale, terms, conditions, notes. */
  readonly texts?: Reading<State, Said>;
  /** Sort key of lists, compared as text, byte by byte; ties are broken by subject. */
  order(shown: State): string;
  /** One text each to list by, of the shown state; null or undefined once the subject has ended. */
  readonly columns: Readonly<Record<string, Reading<State, string | null | undefined>>>;
  /** Columns and lists that say nothing once it is over; what they last said is under `lastSaid` of their names. */
  readonly untilOver?: readonly string[];
  /** Columns that have no index: what is narrowed by them is narrowed by something else too, or nearly all have the same. */
  readonly unindexed?: readonly string[];
  /** Several texts each to list by; `identifier` holds the human references that find the subject. */
  readonly lists: Readonly<Record<string, Reading<State, readonly string[] | undefined>>>;
  /** What is also listed by what another says: whoever holds a seat is on the seat's body. */
  readonly through?: Readonly<Record<string, Through>>;
  /** By whose day it goes without one of its own, where its sort key begins with a day. */
  readonly goesBy?: GoesBy;
  /** True where the record says that there is nothing: a seat recorded as vacant (T7). */
  readonly recordsNone?: Reading<State, boolean>;
  /** The room's own view that this one stands around. */
  readonly room?: View;
}

/** By which name is listed what a column or a list last said, once its subject is over. */
export const lastSaid = (name: string): string => `last${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The form in which titles and searches are compared: no case, no accents that only some would type. */
export const searchable = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().normalize('NFC');
