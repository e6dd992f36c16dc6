import type { Restriction } from './restriction.js';

/** What a list holds: every condition has to be met. */
export interface Selection {
  /** By name of a column or a list of the view: the one value, or any of several. An empty list of values finds nothing. */
  readonly where?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  /** That what has ended is found by what it last said as well. */
  readonly ended?: boolean | undefined;
  /** Stretch of the view's sort key, half-open. */
  readonly orderRange?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
  readonly restriction?: Restriction | undefined;
  /** That what has no day of its own stands at, and is found by, that of what it names. */
  readonly othersDays?: OthersDays | undefined;
  /** Only what is recorded as none, a vacancy, which is in no list otherwise. */
  readonly recordedAsNone?: boolean | undefined;
}

/** Of what the day of another counts: of what is shown in full, since a stub does not show what it would follow from. */
export interface OthersDays {
  readonly inFull?: Restriction | undefined;
}

export interface Paging {
  /** At least 1. */
  readonly first: number;
  /** Cursor of the row after which to go on. */
  readonly after?: string | undefined;
  /** From the last row to the first. */
  readonly backwards?: boolean | undefined;
}

/** How a list under each of several values is cut. */
export interface Each {
  readonly firstEach: number;
  readonly restriction?: Restriction | undefined;
  /** Of which nobody knows whether they still hold, though their own record says that they do. */
  readonly unsure?: Restriction | undefined;
  readonly othersDays?: OthersDays | undefined;
  readonly recordedAsNone?: boolean | undefined;
  /** As in a selection. */
  readonly ended?: boolean | undefined;
}
