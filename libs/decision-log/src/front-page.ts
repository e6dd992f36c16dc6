import { dayInWords, listed, pounds } from '#governance';
import { epochMsOf, londonDay } from '#kernel';
import type { Detail, Figures, LogHead, ReaderClass } from './document.js';
import { accountOf, type Holdings } from './completeness.js';
import { capital, counted, detail, inShort, inThousands, line } from './plain.js';
import type { Scope } from './question.js';

export const HANDLING: Readonly<Record<ReaderClass, string>> = {
  public: '',
  officers: 'Contains exempt or confidential information: for its named recipients only. Not for publication.',
};

/** What is known of the decisions of a log once they have all gone by. */
interface Found {
  readonly figures: Figures;
  readonly changes: readonly string[];
  /** How many need attention first. */
  readonly attention: number;
  readonly holdings: Holdings;
  /** How many of theirs have no day. */
  readonly undated: number;
}

/** The front page of a log, and what every page repeats. */
export const headOf = (scope: Scope, { figures, changes, attention, holdings, undated }: Found): LogHead => {
  const { committee, period, basis, reader, owners, organisations, bodies, rule, logId } = scope;
  const name = inShort(committee.name);
  return {
    title: `Decision log for ${/^the /i.test(name) ? name.replace(/^The /, 'the ') : `the ${name}`}`,
    subtitle: [owners.length === 0 || owners.includes(committee.name) ? '' : inShort(listed(owners)), period.words]
      .filter(Boolean)
      .join(', '),
    language: 'en-GB',
    id: logId,
    committee: { id: committee.id, name },
    concerning: { organisations: [...organisations, ...bodies], rule },
    period,
    basis,
    readerClass: reader,
    handling: HANDLING[reader],
    particulars: particularsOf(scope, accountOf(holdings, figures.decisions, undated)),
    holdings,
    summary: summaryOf(figures, attention),
    figures,
    changes,
    notices: scope.notices,
    footer: `As at ${dayInWords(basis.asAt)} · as known at position ${inThousands(basis.position)} · log ${logId}`,
  };
};

function particularsOf(scope: Scope, account: readonly string[]): readonly Detail[] {
  const { basis, period, logId, reader, organisations, bodies, rule } = scope;
  const recorded =
    basis.recordedAt === null ? '' : `, recorded on ${dayInWords(londonDay(epochMsOf(basis.recordedAt)))}`;
  const names = [...organisations, ...bodies].map(({ name }) => inShort(name));
  return [
    ...detail(
      'Period',
      `${period.words}, by the day a decision was taken (or, where that is not known, made known, published, or that of its meeting)`,
    ),
    ...detail('As at', dayInWords(basis.asAt)),
    ...detail('As known at', `position ${inThousands(basis.position)}${recorded}`),
    ...detail('Whose decisions', `${rule} ${names.length === 0 ? '' : `These are: ${names.join('; ')}.`}`.trim()),
    { label: 'Is it complete', values: account.map((sentence) => line(sentence)) },
    ...detail('Who may read it', READERS[reader]),
    ...detail('Log', logId),
    ...detail('Hash of the register', basis.rootHash ?? ''),
  ];
}

export const READERS: Readonly<Record<ReaderClass, string>> = {
  public: 'Anybody',
  officers: 'Named officers',
};

/** The figures that matter most, in plain sentences; at most six. */
function summaryOf(figures: Figures, attention: number): readonly string[] {
  const { decisions, amountShown, withAmount, inPrivate, withheld, urgent, calledIn, publishedLate, recordedLate } =
    figures;
  if (decisions === 0) return ['No decision is dated in the period.'];
  const were = (count: number, one: string, many: string): string =>
    `${count === 0 ? 'None' : inThousands(count)} ${count === 1 ? one : many}`;
  return [
    `${capital(counted(decisions, 'decision'))} ${decisions === 1 ? 'is' : 'are'} dated in the period.`,
    attention === 0
      ? 'None of them needs the committee’s attention first.'
      : `${were(attention, 'of them needs', 'of them need')} the committee’s attention first.`,
    withAmount === 0
      ? 'None states an amount that can be shown.'
      : `${were(withAmount, 'states', 'state')} an amount, together ${pounds(amountShown)}.`,
    inPrivate === 0 && withheld === 0
      ? 'None is recorded as taken in private, and nothing is withheld.'
      : `${were(inPrivate, 'was', 'were')} taken in private or ${inPrivate === 1 ? 'is' : 'are'} withheld; ${counted(withheld, 'decision')} ${withheld === 1 ? 'stands' : 'stand'} here without what is withheld.`,
    urgent === 0 && calledIn === 0
      ? 'None is recorded as urgent or as called in.'
      : `${were(urgent, 'was', 'were')} urgent and ${inThousands(calledIn)} ${calledIn === 1 ? 'is' : 'are'} called in.`,
    publishedLate === 0 && recordedLate === 0
      ? 'None was made known or recorded late.'
      : `${were(publishedLate, 'was', 'were')} made known more than 30 days after ${publishedLate === 1 ? 'it was' : 'they were'} taken or took effect, and ${inThousands(recordedLate)} ${recordedLate === 1 ? 'was' : 'were'} recorded in this register more than 28 days after the day they are dated.`,
  ];
}
