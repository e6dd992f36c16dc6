import type { CivilDate, Fact } from '#kernel';
import type { LogReader } from '../decision-log/decision-log.events.js';
import type { DeliveryRoute } from '../decision-log/delivery.events.js';
import type { LogPeriod } from './log-period.js';

/** The formats a decision log is made in. */
export const LOG_FILE_FORMATS = {
  HTML: 'A page for a browser.',
  PDF: 'A tagged PDF to print.',
  CSV: 'Tables for a spreadsheet, several files.',
  DOCX: 'A Word document.',
  JSON: 'For programs, with its schema.',
} as const;
export type LogFileFormat = keyof typeof LOG_FILE_FORMATS;

/** Days after the end of a period on which its log is due at the latest, where an order does not say. */
export const USUAL_DAYS_AFTER_PERIOD = 28;

/** What is ordered of every log. */
export interface StandingOrderTerms {
  /** Ids of the organisations whose decisions the logs are to hold; without them, the rule of the committee. */
  readonly about?: readonly string[];
  readonly every: LogPeriod;
  /** First day of the first period. Periods before it are not ordered. */
  readonly firstDay: CivilDate;
  /** Days before a meeting, the first for which that day falls after the period; without it, meetings do not count. */
  readonly daysBeforeMeeting?: number;
  /** Days after the end of the period on which a log is due at the latest. */
  readonly daysAfterPeriod: number;
  readonly reader: LogReader;
  /** To whom the logs are given, in words. */
  readonly recipient: string;
  /** Where they are delivered; without it, they are issued and fetched. */
  readonly deliverTo?: readonly DeliveryRoute[];
  /** Without it, all there are. */
  readonly formats?: readonly LogFileFormat[];
  readonly note?: string;
}

export interface StandingOrderDetails extends StandingOrderTerms {
  /** Id of the committee the logs are for; or else … */
  readonly committee?: string;
  /** … id of the council for whose area they are. */
  readonly council?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type StandingOrderEvent =
  /** Effective on the first day on which it holds. */
  | Fact<'StandingOrderPlaced', StandingOrderDetails>
  /** The terms anew, whole. Effective on the first day on which they hold: they are for periods that end on it or later. */
  | Fact<'StandingOrderChanged', StandingOrderTerms>
  /** Effective on the first day without: periods that end on it or later are not ordered. */
  | Fact<'StandingOrderEnded', { readonly reason?: string }>;
