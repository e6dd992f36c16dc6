import { createHash } from 'node:crypto';
import { dayInWords } from '#governance';
import {
  addDays,
  canonicalJson,
  isCivilDate,
  isInstantText,
  londonDay,
  parseCivilDate,
  Refusal,
  type CivilDate,
  type Position,
} from '#kernel';
import type { BodyView, Register } from '#register';
import { concerning, type Committee, type Concern } from './concerning.js';
import { hiddenFrom } from './disclosing.js';
import type { LogBasis, Period, ReaderClass } from './document.js';
import type { LogSource } from './source.js';

/** What a log is asked for. */
export interface LogQuestion {
  /** The committee, or the council for whose area it is: id, global id or reference. */
  readonly for: string;
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** Default: today. */
  readonly asAt?: string | undefined;
  /** A position, an instant or a day; default now. */
  readonly asKnownAt?: Position | string | undefined;
  /** "Today" and "now", as UTC epoch milliseconds. */
  readonly now: number;
  /** Default: the public. */
  readonly reader?: ReaderClass;
  /** Organisations whose decisions it is to hold, in place of those the rule finds. */
  readonly about?: readonly string[] | undefined;
  /** Where the register is reached by others, for permanent addresses: `https://register.example.org`. Default: none. */
  readonly publicAddress?: string | undefined;
  /** The state of knowledge of the log before this one, to mark what has changed since. */
  readonly since?: Position | undefined;
  readonly notices?: readonly string[] | undefined;
  /** The log was issued so: its basis is that which it was issued on, whatever has been withheld since. */
  readonly asIssued?: true;
}

/** A question settled: everything that the log depends on. */
export interface Scope extends Concern {
  readonly committee: { readonly id: string; readonly subject: string; readonly name: string };
  readonly period: Period;
  readonly basis: LogBasis;
  readonly reader: ReaderClass;
  readonly publicAddress: string | undefined;
  readonly since: Position | undefined;
  /** Ids of the organisations that were asked for by name. */
  readonly about: readonly string[];
  readonly notices: readonly string[];
  /** @see LogHead.id */
  readonly logId: string;
}

/**
 * Settles a question on a basis.
 *
 * @throws Refusal `LOG_COMMITTEE_UNKNOWN`, `LOG_PERIOD_BACKWARDS`, `LOG_KNOWN_AT_AHEAD`, `LOG_ORGANISATION_UNKNOWN`,
 *   `LOG_SINCE_AHEAD`, `LOG_ADDRESS`, or one of `Register.resolveBasis`; nothing was made yet.
 */
export const settle = async (
  { register, store }: Pick<LogSource, 'register' | 'store'>,
  question: LogQuestion,
): Promise<Scope> => {
  const reader = question.reader ?? 'public';
  const period = periodOf(parseCivilDate(question.from, 'from'), parseCivilDate(question.to, 'to'));
  notAhead(question);
  const resolved = await register.resolveBasis({
    asAt: question.asAt,
    asKnownAt: question.asKnownAt,
    now: question.now,
    hidden: question.asIssued ? undefined : await hiddenFrom(reader, { register, store }, question.now),
  });
  const { asAt, position, recordedAt, rootHash } = resolved;
  const basis: LogBasis = { asAt, position, recordedAt, rootHash };
  const committee = await committeeOf(register, question.for, basis);
  const concern = await concerning(register, committee, question.about ?? [], basis);
  if (question.since !== undefined && question.since > position) throw sinceAhead(question.since, position);
  const publicAddress = addressOf(question.publicAddress);
  const identity = {
    committee: committee.subject,
    organisations: concern.organisations.map(({ id }) => id),
    from: period.from,
    to: period.to,
    asAt,
    position,
    reader,
    ...(question.since !== undefined && { since: question.since }),
  };
  return {
    ...concern,
    committee,
    period,
    basis,
    reader,
    publicAddress,
    since: question.since,
    about: (question.about ?? []).length === 0 ? [] : concern.organisations.map(({ id }) => id),
    notices: question.notices ?? [],
    logId: createHash('sha256').update(canonicalJson(identity)).digest('hex').slice(0, 16),
  };
};

/** @throws Refusal `LOG_PERIOD_BACKWARDS` */
export function periodOf(from: CivilDate, to: CivilDate): Period {
  if (from > to) {
    throw new Refusal('LOG_PERIOD_BACKWARDS', `the period ends on ${to}, before it starts on ${from}`, {
      field: 'to',
      remedy: 'give the first day as from and the last day as to',
    });
  }
  return { from, to, words: from === to ? dayInWords(from) : `${dayInWords(from)} to ${dayInWords(to)}` };
}

/** A state of knowledge that is still to come cannot be made again. @throws Refusal `LOG_KNOWN_AT_AHEAD` */
export function notAhead({ asKnownAt, now }: Pick<LogQuestion, 'asKnownAt' | 'now'>): void {
  if (asKnownAt === undefined) return;
  const text = String(asKnownAt);
  const ahead = isCivilDate(text) ? text > londonDay(now) : isInstantText(text) && Date.parse(text) > now;
  if (!ahead) return;
  throw new Refusal('LOG_KNOWN_AT_AHEAD', `known-at is ${text}, which is still to come`, {
    field: 'asKnownAt',
    remedy: `give a moment up to now, such as ${addDays(londonDay(now), -1)}, or leave it out`,
  });
}

/** The log before knew no more than this one. */
const sinceAhead = (since: Position, position: Position): Refusal =>
  new Refusal('LOG_SINCE_AHEAD', `since is position ${since}, and this log is as known at position ${position}`, {
    field: 'since',
    remedy: 'give the position of the log before this one: it stands on every page of it',
  });

/** @throws Refusal `LOG_ADDRESS` where no permanent address could begin with it */
function addressOf(address: string | undefined): string | undefined {
  if (address === undefined || address === '') return undefined;
  if (/^https?:\/\/[^\s/]/i.test(address) && URL.canParse(address)) return address.replace(/\/+$/, '');
  throw new Refusal(
    'LOG_ADDRESS',
    `address is ${JSON.stringify(address.slice(0, 200))}: needed an http or https address`,
    {
      field: 'address',
      remedy: 'give where others reach the register, such as https://register.example.org',
    },
  );
}

async function committeeOf(register: Register, named: string, basis: LogBasis): Promise<Committee> {
  for (const aggregate of ['body', 'organisation'] as const) {
    const id = await register.resolveSubject(aggregate, named, basis);
    if (id === undefined) continue;
    const answer = await register.point<BodyView>(aggregate, id, basis);
    if (answer.kind !== 'found') continue;
    const body = aggregate === 'body' ? answer.state : undefined;
    return { id, subject: answer.subject, name: answer.state.name, body };
  }
  throw new Refusal(
    'LOG_COMMITTEE_UNKNOWN',
    `there is no committee or council called ${JSON.stringify(named.slice(0, 200))} as at ${basis.asAt}, as known at position ${basis.position}`,
    { field: 'for', remedy: 'give the id of a body, such as glos:772, or one of its references' },
  );
}
