import type { CivilDate, Fact, Position } from '#kernel';
import type { DeliveryRoute, LogDelivery } from './delivery.events.js';

/** For whom a log was made. */
export const LOG_READERS = {
  PUBLIC: 'Anybody: what is withheld stands in it as a stub or not at all.',
  OFFICERS: 'Named recipients who see what is withheld from others.',
} as const;
export type LogReader = keyof typeof LOG_READERS;

/** A file of a log, by which a copy is recognised. */
export interface IssuedFile {
  /** Its name: `decision-log.html`. */
  readonly name: string;
  /** Length in bytes. */
  readonly bytes: number;
  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Everything from which the log can be made again, byte for byte. */
export interface DecisionLogDetails {
  /** Sixteen hexadecimal digits that stand on every page. */
  readonly logId: string;
  /** Id of the committee; without it the log is for the area of `council`. */
  readonly committee?: string;
  /** Id of the council for whose area it is, where it is for no one committee. */
  readonly council?: string;
  /** Ids of the organisations it was narrowed to. */
  readonly about?: readonly string[];
  readonly firstDay: CivilDate;
  /** Inclusive. */
  readonly lastDay: CivilDate;
  /** The day as at which the decisions are shown. */
  readonly asAt: CivilDate;
  /** The last position that it uses. */
  readonly knownAt: Position;
  /** As known at which the log before was made, against which changes are marked. */
  readonly since?: Position;
  readonly reader: LogReader;
  /** To whom it was given. */
  readonly recipient?: string;
  /** The address that its permanent addresses begin with. */
  readonly publicAddress?: string;
  /** Version of the program that made it. */
  readonly release: string;
  readonly files: readonly IssuedFile[];
  /** Id of the issued log that this one replaces, corrected. */
  readonly replaces?: string;
  /** Id of the standing order under which it was made. */
  readonly standingOrder?: string;
  /** Where it was to be delivered. */
  readonly deliverTo?: readonly DeliveryRoute[];
  /** Where it had been accepted by the time it was recorded as issued. */
  readonly delivered?: readonly LogDelivery[];
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type DecisionLogEvent =
  /** Effective on the day it was issued. */
  | Fact<'DecisionLogIssued', DecisionLogDetails>
  /** Effective on the day on which it was delivered where that had been outstanding. */
  | Fact<'DecisionLogDelivered', { readonly delivered: readonly LogDelivery[] }>
  /** Effective on the day from which nobody is to rely on it. */
  | Fact<'DecisionLogWithdrawn', { readonly reason: string }>;
