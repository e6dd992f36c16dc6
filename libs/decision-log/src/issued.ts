import { createHash } from 'node:crypto';
import {
  dayInWords,
  type DecisionLogDetails,
  type DeliveryRoute,
  type IssuedFile,
  type LogDelivery,
} from '#governance';
import { canonicalJson, said, type CivilDate } from '#kernel';
import type { DecisionLogView, Place, Register } from '#register';
import { bytesOf } from './issuing/breathing.js';
import { LOG_FORMATS, LogFiles, type LogFormat } from './log-files.js';
import { settle, type LogQuestion, type Scope } from './question.js';
import type { LogSource } from './source.js';

/** A file of an issued log, made again from its basis. */
export interface RemadeFile {
  readonly bytes: Uint8Array;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /**
   * Whether these are the bytes that were issued; null for a format that was not. False where the log carries a notice
   * by now, where something has been withheld since, or where another release made it.
   */
  readonly asIssued: boolean | null;
}

/** The question whose answer an issued log is. */
export const questionOfIssued = (
  issued: DecisionLogView,
  now: number,
  notices: readonly string[] = [],
): LogQuestion => ({
  for: issued.committee === undefined ? `organisation/${issued.council ?? ''}` : `body/${issued.committee}`,
  from: issued.firstDay,
  to: issued.lastDay,
  asAt: issued.asAt,
  asKnownAt: issued.knownAt,
  now,
  reader: issued.reader === 'OFFICERS' ? 'officers' : 'public',
  about: issued.about,
  publicAddress: issued.publicAddress,
  since: issued.since,
  notices,
  asIssued: true,
});

/**
 * Makes a file of an issued log again. One that was withdrawn or replaced says so on its front page, unless it is asked
 * for exactly as it was issued.
 */
export const remake = async (
  source: LogSource,
  id: string,
  issued: DecisionLogView,
  format: LogFormat,
  { now, exactly, place }: { readonly now: number; readonly exactly: boolean; readonly place: Place },
): Promise<RemadeFile> => {
  const since = exactly ? [] : await noticesOf(source.register, id, issued, place);
  const scope = await scopeAtIssue(source, issued, { now, place, since });
  const bytes = await bytesOf(new LogFiles(source, scope).file(format).content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = issued.files.find(({ name }) => name === LOG_FORMATS[format].file);
  return { bytes, sha256, asIssued: file === undefined ? null : file.sha256 === sha256 };
};

/**
 * An issued log as it was settled when it was issued.
 *
 * @param since notices of what has become of it, for its front page; none for the log exactly as it was issued.
 */
export const scopeAtIssue = async (
  source: Pick<LogSource, 'register' | 'store'>,
  issued: DecisionLogView,
  { now, place, since = [] }: { readonly now: number; readonly place: Place; readonly since?: readonly string[] },
): Promise<Scope> => {
  const atIssue = issued.replaces === undefined ? [] : [await replacing(source.register, issued.replaces, place)];
  return settle(source, questionOfIssued(issued, now, [...new Set([...atIssue, ...since])]));
};

/** How a log is given to somebody. */
export interface Giving {
  /** Version of the program that makes it. */
  readonly release: string;
  readonly recipient?: string | undefined;
  readonly replaces?: string | undefined;
  readonly standingOrder?: string | undefined;
  readonly deliverTo?: readonly DeliveryRoute[] | undefined;
  readonly delivered?: readonly LogDelivery[] | undefined;
  readonly note?: string | undefined;
}

/** Under which id a log is given to somebody: the same log to the same recipient, the same. */
export const issuedId = ({ logId }: Scope, { recipient, replaces }: Pick<Giving, 'recipient' | 'replaces'>): string => {
  const given = createHash('sha256')
    .update(canonicalJson({ recipient: recipient ?? '', replaces: replaces ?? '' }))
    .digest('hex');
  return `${logId}-${given.slice(0, 8)}`;
};

/** What is recorded of a log that is given to somebody, and under which id. */
export const issueOf = (
  scope: Scope,
  files: readonly IssuedFile[],
  giving: Giving,
): { readonly id: string; readonly data: DecisionLogDetails } => {
  const { logId, committee, period, basis, about, since, reader, publicAddress } = scope;
  const { release, recipient, replaces, standingOrder, deliverTo, delivered, note } = giving;
  const isBody = committee.subject.startsWith('body/');
  return {
    id: issuedId(scope, giving),
    data: said({
      logId,
      committee: isBody ? committee.id : undefined,
      council: isBody ? undefined : committee.id,
      about: about.length === 0 ? undefined : about,
      firstDay: period.from,
      lastDay: period.to,
      asAt: basis.asAt,
      knownAt: basis.position,
      since,
      reader: reader === 'officers' ? 'OFFICERS' : 'PUBLIC',
      recipient,
      publicAddress,
      release,
      files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
      replaces,
      standingOrder,
      deliverTo: notEmpty(deliverTo),
      delivered: notEmpty(delivered),
      note,
    }),
  };
};

const notEmpty = <One>(list: readonly One[] | undefined): readonly One[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;

/** Issued logs of a committee that are looked through for what replaced one. */
const MOST = 500;

/** What has become of an issued log since, in sentences for its front page. */
export const noticesOf = async (
  register: Register,
  id: string,
  issued: DecisionLogView,
  place: Place,
): Promise<readonly string[]> => {
  const where = issued.committee === undefined ? { council: issued.council } : { committee: issued.committee };
  const page = await register.list<DecisionLogView>('decisionLog', { where, first: MOST }, place);
  const later = page.rows.filter(({ state }) => state.replaces === id);
  return [
    ...(issued.withdrawn ? [`This log has been withdrawn: ${issued.withdrawnBecause ?? 'no reason is recorded'}`] : []),
    ...later.map(
      (row) =>
        `This log has been replaced by the log ${row.state.logId}, issued on ${dayInWords(row.from as CivilDate)}.`,
    ),
    ...(issued.replaces === undefined ? [] : [await replacing(register, issued.replaces, place)]),
  ];
};

/** The notice of a log that corrects an earlier one; the log has it from the first. */
export async function replacing(register: Register, replaced: string, place: Place): Promise<string> {
  const answer = await register.point<DecisionLogView>('decisionLog', replaced, place);
  const earlier = answer.kind === 'found' ? answer.state.logId : replaced;
  return `This is a corrected log: it replaces the log ${earlier}. What has changed is marked.`;
}
