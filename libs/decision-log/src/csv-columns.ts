import { plainPounds } from '#kernel';
import type { Amount, ChangeRow, CorrectionRow, DecisionEntry, DecisionFacts } from './document.js';
import { isInPrivate, isPublishedLate, isUrgent } from './entry.js';

/** A column of a CSV file. Names are in snake case and are never changed; new ones go to the end. */
export interface CsvColumn<Row> {
  readonly name: string;
  /** As CSV on the Web calls it. */
  readonly datatype: 'string' | 'date' | 'dateTime' | 'integer' | 'decimal' | 'boolean' | 'anyURI';
  readonly meaning: string;
  /** The cell; empty where there is nothing. Lists are joined by `|`. */
  readonly of: (row: Row) => string;
}

const LIST = '|';

type Datatype = CsvColumn<DecisionEntry>['datatype'];

/** A column of what is known of an entry of any kind. */
const any = (
  name: string,
  datatype: Datatype,
  meaning: string,
  of: (entry: DecisionEntry) => string,
): CsvColumn<DecisionEntry> => ({
  name,
  datatype,
  meaning,
  of,
});

/** A column of what only an entry in full has; empty for a stub. */
const fact = (
  name: string,
  datatype: Datatype,
  meaning: string,
  of: (facts: DecisionFacts) => string,
): CsvColumn<DecisionEntry> => any(name, datatype, meaning, (entry) => (entry.kind === 'full' ? of(entry.facts) : ''));

/** Only what may be added up; a placeholder is none of it. */
const poundsOf = (amount: Amount): string => (amount.kind === 'shown' ? plainPounds(amount.pence) : '');

const currency = ({ amount, amountPerYear }: DecisionFacts): string =>
  amount.kind === 'shown' || amountPerYear.kind === 'shown' ? 'GBP' : '';

export const DECISION_COLUMNS: readonly CsvColumn<DecisionEntry>[] = [
  any(
    'place',
    'integer',
    'Place in the order of the log, from 1: by day, then by who decided, then by reference.',
    ({ place }) => String(place),
  ),
  any('reference', 'string', 'The reference; the id where it has none.', ({ reference }) => reference),
  any('id', 'string', 'The id in the register.', ({ id }) => id),
  any('shown', 'string', 'full, or stub where the decision is withheld.', ({ kind }) => kind),
  any(
    'date',
    'date',
    'The day it goes by: taken, else made known, else published, else that of its meeting.',
    ({ datedOn }) => datedOn ?? '',
  ),
  fact('date_is', 'string', 'Which day that is: taken, noticed, published or meeting.', ({ datedBy }) => datedBy),
  fact('taken_on', 'date', 'The day it was taken.', ({ takenOn }) => takenOn ?? ''),
  fact('made_known_on', 'date', 'The day of the notice that made it known.', ({ noticedOn }) => noticedOn ?? ''),
  fact('published_on', 'date', 'The day it was published.', ({ publishedOn }) => publishedOn ?? ''),
  fact('holds_from', 'date', 'The day from which it takes effect.', ({ effectiveFrom }) => effectiveFrom ?? ''),
  any('group', 'string', 'Under whom it stands in the log.', ({ group }) => group),
  fact('decided_by', 'string', 'The bodies that decided, or who did in the words of the source.', ({ decidedBy }) =>
    decidedBy.join(LIST),
  ),
  fact('officer', 'string', 'The officer who decided.', ({ officer }) => officer),
  fact(
    'body_of_meeting',
    'string',
    'The body whose meeting it was taken at, where no body is said to have decided: it follows from the meeting, it is not recorded.',
    ({ bodyOfMeeting }) => bodyOfMeeting,
  ),
  fact(
    'accountable',
    'string',
    'The organisations that answer for it: those that were said to, then those that do because of who decided.',
    ({ accountable }) => accountable.join(LIST),
  ),
  any('title', 'string', 'The title; of a stub the one approved for publication.', (entry) =>
    entry.kind === 'full' ? entry.facts.title : entry.title,
  ),
  fact('decision', 'string', 'The words of the decision.', ({ text }) => text),
  fact('reasons', 'string', 'The reasons given.', ({ reasons }) => reasons),
  fact('alternatives', 'string', 'Alternatives considered and rejected.', ({ alternatives }) => alternatives),
  fact('type', 'string', 'What it does: a value of the list of types.', ({ type }) => type),
  fact('route', 'string', 'How it came to be taken: a value of the list of routes.', ({ route }) => route),
  fact('outcome', 'string', 'The outcome in the words of the source.', ({ outcome }) => outcome),
  fact('voting', 'string', 'How it was voted on, as the source prints it.', ({ method }) => method),
  fact('status', 'string', 'Where it stands: a value of the list of statuses.', ({ status }) => status),
  fact('stage', 'string', 'Where it stands in its own process, in the words of the source.', ({ stage }) => stage),
  fact('amount', 'decimal', 'The amount, in pounds.', ({ amount }) => poundsOf(amount)),
  fact(
    'amount_is',
    'string',
    'shown; placeholder where the source has a figure that is no amount; withheld; or none where the record states none.',
    ({ amount }) => amount.kind,
  ),
  fact('amount_per_year', 'decimal', 'The amount for each year, in pounds.', ({ amountPerYear }) =>
    poundsOf(amountPerYear),
  ),
  fact('currency', 'string', 'GBP where an amount is given.', currency),
  fact('amount_note', 'string', 'What else is said about the amount.', ({ amountNote }) => amountNote),
  fact('term', 'string', 'For how long, in the words of the source.', ({ term }) => term),
  fact('legal_basis', 'string', 'The legal basis, in the words of the source.', ({ legalBasis }) => legalBasis),
  fact('authority', 'string', 'By which delegation or instrument.', ({ authority }) => authority),
  fact('meeting', 'string', 'The meeting.', ({ meeting }) => meeting),
  fact(
    'procurement_route',
    'string',
    'How the supplier was chosen: a value of the list of procurement routes.',
    ({ procurementRoute }) => procurementRoute,
  ),
  fact('supplier', 'string', 'The supplier.', ({ supplier }) => supplier),
  fact('notice', 'string', 'The number of the notice.', ({ noticeId }) => noticeId),
  fact('standstill_until', 'date', 'The last day of the standstill.', ({ standstillUntil }) => standstillUntil ?? ''),
  fact('key_decision', 'boolean', 'Whether it is a key decision; empty where not recorded.', ({ key }) =>
    key === null ? '' : String(key),
  ),
  fact('urgent', 'boolean', 'Whether it was taken as urgent.', (facts) => String(isUrgent(facts))),
  fact('in_private', 'boolean', 'Whether it was taken with the public excluded.', (facts) =>
    String(isInPrivate(facts)),
  ),
  fact(
    'made_known_late',
    'boolean',
    'Whether it was made known more than 30 days after it was taken or took effect.',
    (facts) => String(isPublishedLate(facts)),
  ),
  fact('replaces', 'string', 'The reference of the decision it replaces.', ({ supersedes }) => supersedes),
  fact('replaced_by', 'string', 'The reference of the decision that replaced it.', ({ supersededBy }) => supersededBy),
  fact('tags', 'string', 'Words it is tagged with.', ({ tags }) => tags.join(LIST)),
  fact(
    'source_contradiction',
    'string',
    'In what the source contradicts itself.',
    ({ conflictInSource }) => conflictInSource,
  ),
  fact('note', 'string', 'What else the source says.', ({ note }) => note),
  fact('papers', 'string', 'Its public page.', ({ papers }) => papers),
  any('withheld_because', 'string', 'Of a stub: the ground on which it is withheld.', (entry) =>
    entry.kind === 'stub' ? entry.ground : '',
  ),
  any('review_on', 'date', 'Of a stub: the day by which that is looked at again.', (entry) =>
    entry.kind === 'stub' ? (entry.reviewOn ?? '') : '',
  ),
  any('changed', 'string', 'How it differs from the log before.', ({ mark }) => mark?.kind ?? ''),
  any('permanent_address', 'anyURI', 'Its page in the register.', ({ permalink }) => permalink ?? ''),
  fact('first_recorded_at', 'dateTime', 'When it was first recorded, in UTC.', ({ recordedAt }) => recordedAt),
  fact('first_position', 'integer', 'Where in the register it was first recorded.', ({ position }) => String(position)),
  fact(
    'history',
    'string',
    'What was recorded of it, one sentence for each recording, oldest first, joined by line breaks.',
    ({ history }) => history.join('\n'),
  ),
  fact('votes', 'string', 'The tally and the named votes in words, with where they differ.', ({ votes }) => votes),
];

const CHANGE_COLUMNS = (what: string): readonly CsvColumn<ChangeRow>[] => [
  { name: 'subject', datatype: 'string', meaning: `The ${what} in the register.`, of: ({ subject }) => subject },
  {
    name: 'effective_on',
    datatype: 'date',
    meaning: 'The day from which the change holds.',
    of: ({ effectiveOn }) => effectiveOn,
  },
  { name: 'change', datatype: 'string', meaning: 'What kind of change.', of: ({ change }) => change },
  { name: 'sentence', datatype: 'string', meaning: 'The change in a sentence.', of: ({ sentence }) => sentence },
  {
    name: 'recorded_at',
    datatype: 'dateTime',
    meaning: 'When it was recorded, in UTC.',
    of: ({ recordedAt }) => recordedAt,
  },
  { name: 'position', datatype: 'integer', meaning: 'Where in the register.', of: ({ position }) => String(position) },
];

export const DELEGATION_COLUMNS = CHANGE_COLUMNS('delegation');
export const APPOINTMENT_COLUMNS = CHANGE_COLUMNS('appointment');

export const CORRECTION_COLUMNS: readonly CsvColumn<CorrectionRow>[] = [
  {
    name: 'reference',
    datatype: 'string',
    meaning: 'The reference of the decision.',
    of: ({ reference }) => reference,
  },
  {
    name: 'recorded_at',
    datatype: 'dateTime',
    meaning: 'When it was recorded, in UTC.',
    of: ({ recordedAt }) => recordedAt,
  },
  { name: 'position', datatype: 'integer', meaning: 'Where in the register.', of: ({ position }) => String(position) },
  { name: 'sentence', datatype: 'string', meaning: 'What was put right.', of: ({ sentence }) => sentence },
  { name: 'because', datatype: 'string', meaning: 'Why, in words.', of: ({ because }) => because },
];
