import type { CheckedOn, CivilDate, Fact, Instant, NewEvent, NotPatientNumber, Source, Why } from '#kernel';

/** A recording whose command belongs to the aggregate, with its data validated and its day read. */
export interface Recording extends Omit<RecordStep, 'command' | 'data'> {
  readonly command: Fact<string, object>;
}

export type CheckedStep = Recording | AnnulStep;

export type { NotPatientNumber };

/** One thing a command records: a fact, possibly in place of another (`corrects`) or of an annulled one (`again`). */
export interface RecordStep {
  /** `TakeDecision`, `EndAppointment`, …: see `commandTypes`. */
  readonly command: string;
  /** Validated by the command's input class, whoever sends it. */
  readonly data: object;
  readonly effectiveOn: CivilDate;
  readonly startKnown?: false;
  /** Beside `startKnown: false`, of a beginning or an end: the year or month of the day, and the earliest and latest it can be. */
  readonly effectiveIn?: string;
  readonly notBefore?: CivilDate;
  readonly notAfter?: CivilDate;
  /** Id of the live event that this one puts right (T3); needs `why`. */
  readonly corrects?: string;
  /** Id of the annulled event whose place this one takes back (T3). */
  readonly again?: string;
  readonly why?: Why;
  /**
   * What becomes of what the corrected event said and this one leaves out (T3). An import says which fields it states
   * wholly, also where it leaves them out: the rest is kept.
   */
  readonly unsaid?: 'KEEP' | 'DROP' | { readonly keepAllBut: readonly string[] };
  /** Replaces the intent's source for this step. */
  readonly source?: Source;
}

/** One live event dropped, with nothing put in its place (T3). */
export interface AnnulStep {
  readonly annuls: string;
  readonly why: Why;
  readonly source?: Source;
}

export type Step = RecordStep | AnnulStep;

/**
 * What somebody wants recorded of one subject: one command, judged once and written whole or not at all (T8).
 * Sent again by the same actor with the same `commandId` it gives the same answer and no further event.
 */
export interface Intent {
  readonly aggregate: string;
  /** Key of the subject inside its aggregate; the stream is `aggregate/id`. 1 to 200 characters, no control characters. */
  readonly id: string;
  /** The id that was once made for the subject of such a command: where it has been recorded there, that is the answer. */
  readonly formerId?: string;
  /**
   * Any text that names this command for ever among those of its sender: a UUID, or what an import derives from source,
   * row key and version. At the command line all who import are one sender.
   */
  readonly commandId: string;
  readonly steps: readonly Step[];
  readonly source?: Source;
  readonly onBehalfOf?: string;
  /** Numbers in it that may be taken for a patient's and are something else. */
  readonly notPatientNumbers?: readonly NotPatientNumber[];
  /** On what it was checked whether it may be recorded, where that was asked for; no part of what makes two commands the same. */
  readonly checkedOn?: CheckedOn;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** W3C trace context of whoever asks; kept in the envelope, no part of what makes two commands the same. */
  readonly traceparent?: string;
  /** Recording instant kept from the source; only while an import fills an empty register (T1). */
  readonly recordedAt?: Instant;
}

/** What was written, and how to wait for it. */
export interface Receipt {
  /** Global id of the subject: its stream, `decision/glos:17`. */
  readonly subject: string;
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: number | null }[];
  /** Position of the command's last event; null where the store cannot know it yet. */
  readonly position: number | null;
  /** Opaque token: a query that is given it waits until the views have reached this command. */
  readonly after: string;
  /** True where the same command had been recorded before; the rest is then the first answer. */
  readonly alreadyRecorded: boolean;
  /** What whoever recorded it has to know besides, in sentences. */
  readonly notes?: readonly string[];
  /** The events whole, where they cannot be read in the log yet. */
  readonly written?: readonly NewEvent[];
  /** Of a trial, of which nothing is recorded: what would change. */
  readonly trial?: readonly FieldChange[];
}

/** A field that an event would say otherwise than what stood on its day. A text as it is, anything else as JSON. */
export interface FieldChange {
  readonly event: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}
