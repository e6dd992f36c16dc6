import { isSameRoute, type DeliveryRoute, type LogReader } from '#governance';
import { Refusal, type CivilDate } from '#kernel';
import type { DecisionLogView, StandingOrderView } from '#register';
import type { DueLog } from '../due/due-logs.js';
import { replacing, type Giving } from '../issued.js';
import type { LogFormat } from '../log-files.js';
import { settle, type LogQuestion, type Scope } from '../question.js';
import type { LogSource } from '../source.js';
import type { Handover, Undelivered } from './deliveries.js';
import type { LogReceipt } from './issued-before.js';
import type { LogShelf } from './shelf.js';

export type LogCommand = 'IssueDecisionLog' | 'RecordLogDelivery';

/** One command about one issued log. */
export interface LogRecording {
  readonly id: string;
  readonly command: LogCommand;
  readonly commandId: string;
  readonly data: object;
  readonly effectiveOn: CivilDate;
}

/** A log that is to be issued. */
export interface LogOrder extends Omit<LogQuestion, 'reader' | 'notices'> {
  /** Default: the public. */
  readonly reader?: LogReader | undefined;
  /** Default: all. */
  readonly formats?: readonly LogFormat[] | undefined;
  readonly recipient?: string | undefined;
  /** Id of the issued log that this one corrects: what has changed since is marked. */
  readonly replaces?: string | undefined;
  readonly standingOrder?: string | undefined;
  readonly deliverTo?: readonly DeliveryRoute[] | undefined;
  readonly note?: string | undefined;
  /** Sent again, it finds the log it made. Default: made of the log's id. */
  readonly commandId?: string | undefined;
}

/** A log that was issued, now or before. */
export interface IssuedLog {
  /** Id inside its aggregate. */
  readonly id: string;
  readonly receipt: LogReceipt;
  readonly scope: Scope;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  /** What was accepted just now. */
  readonly delivered: Handover['delivered'];
  readonly outstanding: readonly Undelivered[];
}

/** Where the files of a log go besides; without it, nowhere. */
export interface IssuingOptions {
  readonly shelf?: ((id: string) => Promise<LogShelf>) | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Each route once. */
export const uniquely = (routes: readonly DeliveryRoute[]): readonly DeliveryRoute[] =>
  routes.filter((route, index) => routes.findIndex((one) => isSameRoute(one, route)) === index);

/** What a standing order asks for in one period. */
export const dueOrder = (
  { standingOrder, firstDay, lastDay }: DueLog,
  terms: StandingOrderView,
): Omit<LogOrder, 'now'> => ({
  for: terms.committee === undefined ? `organisation/${terms.council ?? ''}` : `body/${terms.committee}`,
  from: firstDay,
  to: lastDay,
  about: terms.about,
  reader: terms.reader,
  recipient: terms.recipient,
  deliverTo: terms.deliverTo,
  formats: terms.formats?.map((format) => format.toLowerCase() as LogFormat),
  standingOrder,
});

/**
 * An order settled: what the log is, and to whom and instead of what it is given. One that corrects another is under
 * the same standing order where it is for the same period.
 *
 * @throws Refusal `LOG_UNKNOWN`, and those of `settle`.
 */
export const settledOrder = async (
  source: Pick<LogSource, 'register' | 'store'>,
  order: LogOrder,
): Promise<{ readonly scope: Scope; readonly giving: Omit<Giving, 'release'> }> => {
  const { reader, replaces, recipient, note, standingOrder, ...question } = order;
  const asked: LogQuestion = { ...question, reader: reader === 'OFFICERS' ? 'officers' : 'public' };
  if (replaces === undefined) return { scope: await settle(source, asked), giving: { recipient, note, standingOrder } };
  const { register } = source;
  const basis = await register.resolveBasis({ asAt: order.asAt, asKnownAt: order.asKnownAt, now: order.now });
  const id = await register.resolveSubject('decisionLog', replaces, basis);
  const earlier = id === undefined ? undefined : await register.point<DecisionLogView>('decisionLog', id, basis);
  if (earlier?.kind !== 'found') {
    throw new Refusal('LOG_UNKNOWN', `no log was issued as ${JSON.stringify(replaces.slice(0, 200))}`, {
      field: 'replaces',
      remedy: 'give the id that issuing it gave',
    });
  }
  const { state } = earlier;
  const notices = [await replacing(register, earlier.id, basis)];
  const scope = await settle(source, { ...asked, since: order.since ?? state.knownAt, notices });
  const isSamePeriod = state.firstDay === scope.period.from && state.lastDay === scope.period.to;
  const giving = {
    recipient,
    note,
    replaces: earlier.id,
    standingOrder: standingOrder ?? (isSamePeriod ? state.standingOrder : undefined),
  };
  return { scope, giving };
};
