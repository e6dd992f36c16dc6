import type { CivilDate, Instant, Position } from '#kernel';

/** What the register says of a subject as at a date, as known at a position. */
export interface Found<State extends object = object> {
  readonly kind: 'found';
  /** As shown on the date asked for. */
  readonly state: State;
  readonly from: CivilDate;
  /** The first day without; null for none. */
  readonly to: CivilDate | null;
  /** False where `from` only stands in for a date that nobody knows: show "not known" (T1). */
  readonly startKnown: boolean;
}

/** Why there is nothing to show, told apart (T7). */
export type Absence =
  | { readonly kind: 'never-recorded' }
  /** `position`: of the correction or annulment that moved the beginning here; null where none did. */
  | { readonly kind: 'not-yet-begun'; readonly from: CivilDate; readonly position: Position | null }
  | { readonly kind: 'recorded-as-none'; readonly from: CivilDate; readonly to: CivilDate | null }
  /** Nothing is live any more; `position`: of the annulment that left nothing. */
  | { readonly kind: 'withdrawn'; readonly position: Position }
  /** Only against a second basis: it came to be known at `position`. */
  | { readonly kind: 'not-yet-known'; readonly position: Position };

/** Where an answer stands in the register. */
export interface Placing {
  /** Key inside the aggregate. */
  readonly id: string;
  /** Global id: the stream. */
  readonly subject: string;
  /** Since which position the register says so, and when that was recorded. */
  readonly recordedFrom: Position;
  readonly recordedAt: Instant;
}

/** The day that an answer is about, and the last position that it knows. */
export interface Place {
  readonly asAt: CivilDate;
  readonly position: Position;
}
