import { addDays, type CivilDate, type Instant } from '#kernel';
import { nodeIdOf, type Basis, type Shown } from '#register';
import type { AbsenceView } from './graphql/connection.js';

/** A state with what every record carries: the GraphQL value of a view's type. */
export type RecordOf<State extends object> = State & {
  /** Global id, `body/glos:772`: `subject` in GraphQL. */
  readonly id: string;
  /** Of the record on its basis: `id` in GraphQL. */
  readonly nodeId: string;
  readonly stretchFrom: CivilDate | null;
  readonly stretchUntil: CivilDate | null;
  readonly startKnown: boolean;
  readonly recordedFrom: number;
  readonly recordedAt: Instant;
  /** Inherited by everything asked for below this record (T6). */
  readonly basis: Basis;
};

/** The GraphQL value of an answer about one subject; the record stands under the name of its aggregate. */
export type OneAnswer = Readonly<Record<string, unknown>> & {
  readonly basis: Basis;
  readonly absence: AbsenceView | null;
};

/** What a record shows of a basis and a state. */
export const recordOf = <State extends object>(shown: Shown<State>, basis: Basis): RecordOf<State> => ({
  ...shown.state,
  id: shown.subject,
  nodeId: nodeIdOf(shown.subject, basis),
  stretchFrom: shown.startKnown ? shown.from : null,
  stretchUntil: shown.to && addDays(shown.to, -1),
  startKnown: shown.startKnown,
  recordedFrom: shown.recordedFrom,
  recordedAt: shown.recordedAt,
  basis,
});
