import type { Aggregate } from '#governance';
import type { CivilDate } from '#kernel';

/** What becomes of something that an organisation had, once the organisation, or its share in it, is gone. */
export const LAPSE_OUTCOMES = {
  CARRIED: 'It went over: what is recorded says so, by naming it or by naming the successor in it.',
  RE_GRANTED: 'Another of the same kind is there, by or to the successor.',
  ENDED: 'Its own record says that it ended.',
  IN_THE_GAP: 'Nothing stands in its place.',
} as const;
export type LapseOutcome = keyof typeof LAPSE_OUTCOMES;

/** What can lapse with an organisation. */
export const LAPSING_KINDS = {
  DELEGATION_GRANTED: 'A power that it, a body or a post of its own let others exercise.',
  DELEGATION_RECEIVED: 'A power that others let it, a body or a post of its own exercise.',
  RESERVATION: 'A matter that only it, or a body of its own, may decide.',
  BODY: 'A board, committee or group of its own.',
  APPOINTMENT: 'That somebody is appointed to it, or to a body of its own.',
  INSTRUMENT: 'An agreement or another document of its own, or of a body of its own.',
  CONDITION: 'A standing condition of a delegation that is not satisfied.',
  MATTER: 'A matter that a scrutiny committee addressed to it, or to a body of its own, and that is not closed.',
} as const;
export type LapsingKind = keyof typeof LAPSING_KINDS;

/** A record, and what it says on the way from the organisation to what became of something. */
export interface PathStep {
  readonly aggregate: Aggregate;
  readonly id: string;
  readonly says: string;
}

/** The first day without something; where nobody knows it, the first on which that may have been. */
export interface HandoverDay {
  readonly on: CivilDate;
  readonly isKnown: boolean;
}

/** One thing and one successor: what became of it there. */
export interface LapsingEntry {
  readonly kind: LapsingKind;
  readonly aggregate: Aggregate;
  readonly id: string;
  /** Of a condition: its key in the delegation. */
  readonly condition?: string;
  readonly handover: HandoverDay;
  /** Id of the successor; missing where none is recorded, or none whose share it is in. */
  readonly successor?: string;
  readonly outcome: LapseOutcome;
  /** What carries it or stands in its place, where that is another record. */
  readonly by?: { readonly aggregate: Aggregate; readonly id: string };
  /** From which day it is carried or granted again. */
  readonly since?: CivilDate;
  /** Its last day, where its own record says that it ended; missing where nobody knows it. */
  readonly lastDay?: CivilDate;
  /** Days without it: between its end and what came after, or so far. Missing where the days are not known. */
  readonly gapDays?: number;
  readonly path: readonly PathStep[];
}
