import { addDays, isPlaceholder, type CivilDate, type Money, type Revised } from '#kernel';
import type { Aggregate } from './aggregates.js';
import type { Identifier } from './identifier.js';

/** What a subject is called; undefined where nothing is known of it. */
export type NameOf = (aggregate: Aggregate, id: string) => string | undefined;

/** For every field that a change may name, what it says of the new value, as a clause: `its name changed to “X”`. */
export type Changes<Data> = {
  readonly [Field in keyof Data]-?: (value: NonNullable<Data[Field]>, nameOf: NameOf) => string;
};

/** Longest text that a sentence repeats, in characters; the record has the whole. */
const LONGEST_QUOTE = 200;

export const quoted = (text: string): string => {
  const whole = text.trim().replaceAll(/\s+/g, ' ');
  return `“${whole.length <= LONGEST_QUOTE ? whole : `${whole.slice(0, LONGEST_QUOTE - 1).toWellFormed()}…`}”`;
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `3 May 2023`. */
export const dayInWords = (date: CivilDate): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
};

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `ten days`, `one day`, `28 days`. */
export const daysInWords = (count: number): string =>
  `${NUMBERS[count] ?? String(count)} ${count === 1 ? 'day' : 'days'}`;

/** People read the last day where events keep the first day without (T4). */
export const lastDayInWords = (to: CivilDate): string => dayInWords(addDays(to, -1));

/** `£1,234.50`. */
export const pounds = (pence: number): string => {
  const whole = String(Math.trunc(Math.abs(pence) / 100)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return `${pence < 0 ? '−' : ''}£${whole}.${String(Math.abs(pence) % 100).padStart(2, '0')}`;
};

/** `£1,234.50`, with how its source writes it, and whether it is one that stands for none. */
export const moneyInWords = (money: Money): string => {
  const told = isPlaceholder(money) ? 'a placeholder' : undefined;
  return `${pounds(money.pence)}${inBrackets(money.words && quoted(money.words), told)}`;
};

/** What a value of a closed list is in a sentence, where lower case and spaces do not do. */
const WORDS: Readonly<Record<string, string>> = {
  ICB: 'integrated care board',
  CCG: 'clinical commissioning group',
  ICP: 'integrated care partnership',
  PCN: 'primary care network',
  HWB: 'health and wellbeing board',
  HOSC: 'health overview and scrutiny committee',
  JHOSC: 'joint health overview and scrutiny committee',
  MOU: 'memorandum of understanding',
  DPH: 'director of public health',
  VCSE: 'voluntary, community and social enterprise sector',
  NHS_ENGLAND: 'NHS England',
  SECRETARY_OF_STATE: 'Secretary of State',
  TOR: 'terms of reference',
  ICS_DESIGN_FRAMEWORK: 'ICS Design Framework',
  COUNCIL_FULL: 'full council',
  FT_BOARD: 'board of a foundation trust',
  FT_COUNCIL_OF_GOVERNORS: 'council of governors of a foundation trust',
  EXEC_FINANCE: 'executive member for finance',
  EXEC_NURSING: 'executive member for nursing',
  EXEC_MEDICAL: 'executive medical member',
  EXEC_OTHER: 'other executive member',
  NHS_1960_ACT: 'Public Bodies (Admission to Meetings) Act 1960',
  LGA_PART_VA: 'Local Government Act 1972, Part VA',
  EXEC_2012: 'executive arrangements regulations 2012',
  OFFICER_2014: 'Openness of Local Government Bodies Regulations 2014',
  SORD_ENTRY: 'scheme of reservation and delegation',
  LGA1972_S101: 'delegation under section 101 of the Local Government Act 1972',
  LGA1972_S102: 'committee under section 102 of the Local Government Act 1972',
  LGA1972_S113: 'placing of staff under section 113 of the Local Government Act 1972',
  URGENT_CHAIR_CEO: 'urgent action of the chair and chief executive',
  EMERGENCY_EPRR: 'response to an emergency',
  SOS_CALL_IN: 'call-in by the Secretary of State',
  PSR_DIRECT_A: 'PSR direct award process A',
  PSR_DIRECT_B: 'PSR direct award process B',
  PSR_DIRECT_C: 'PSR direct award process C',
  PSR_FRAMEWORK_CALLOFF: 'PSR framework call-off',
  PSR_URGENT_REG14: 'PSR urgent award under regulation 14',
  PSR_MODIFICATION_REG13: 'PSR modification under regulation 13',
  PA2023: 'Procurement Act 2023',
  PCR2015: 'Public Contracts Regulations 2015',
  LGA_100A: 'section 100A of the Local Government Act 1972',
  ACT_1960_CONFIDENTIAL_BUSINESS: 'confidential business under the Public Bodies (Admission to Meetings) Act 1960',
  ACT_1960_SPECIAL_REASON: 'a special reason under the Public Bodies (Admission to Meetings) Act 1960',
  ...numbered('LGA_12A_', 7, (n) => `paragraph ${n} of Schedule 12A to the Local Government Act 1972`),
  ...numbered('FOIA_', 43, (n) => `section ${n} of the Freedom of Information Act 2000`),
};

function numbered(prefix: string, last: number, words: (number: number) => string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: last }, (_, index) => [`${prefix}${index + 1}`, words(index + 1)]));
}

const ACRONYMS = new Set(['NHS', 'ICB', 'ICP', 'NHSE', 'PSR', 'VCSE']);

/** A value of a closed list in words: `JOINT_COMMITTEE_OF` is `joint committee of`. */
export const inWords = (value: string): string =>
  WORDS[value] ??
  value
    .split('_')
    .map((part) => {
      if (ACRONYMS.has(part)) return part;
      return /^S\d/.test(part) ? `section ${part.slice(1)}` : part.toLowerCase();
    })
    .join(' ');

/** `a committee`, `an ICB committee`. */
export const withArticle = (words: string): string =>
  `${/^(?:[aeio]|un(?!i[^n])|NHS )/i.test(words) ? 'an' : 'a'} ${words}`;

/** A kind with its article, or `something else` for the last of every list of kinds. */
export const kindInWords = (kind: string): string => (kind === 'OTHER' ? 'something else' : withArticle(inWords(kind)));

/** Parts that a list in a sentence spells out; the record has them all. */
const MOST_LISTED = 6;

/** `a, b and c`; of a long list the first few and how many more. */
export const listed = (parts: readonly string[]): string => {
  const more = parts.length - MOST_LISTED;
  if (more > 1) return `${parts.slice(0, MOST_LISTED).join(', ')} and ${more} more`;
  return parts.length < 2 ? (parts[0] ?? 'nobody') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
};

/** What has a name; others have titles, which stand in quotes. */
const CALLED_BY_NAME: ReadonlySet<Aggregate> = new Set(['person', 'organisation', 'place', 'meeting']);

/** A subject by its name, or its id in quotes where no name is known. Bodies take an article, titles take quotes. */
export const named = (nameOf: NameOf, aggregate: Aggregate, id: string): string => {
  const name = nameOf(aggregate, id);
  if (name === undefined) return `“${id}”`;
  if (aggregate === 'body') return /^the /i.test(name) ? name.replace(/^The /, 'the ') : `the ${name}`;
  return CALLED_BY_NAME.has(aggregate) ? name : quoted(name);
};

export const namedEach = (nameOf: NameOf, aggregate: Aggregate, ids: readonly string[]): string =>
  listed(ids.map((id) => named(nameOf, aggregate, id)));

/** Clauses that are there, as one sentence with a capital and a full stop. */
export const sentence = (...clauses: readonly (string | undefined)[]): string => {
  const text = clauses.filter((clause) => clause !== undefined && clause !== '').join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]”?$/.test(text) ? '' : '.'}`;
};

/** What is said where a field is taken away and its name would not do. */
const NO_LONGER: Readonly<Record<string, string>> = {
  above: 'it is reserved whatever it costs',
  accountable: 'nobody answers for it together with others any more',
  amountPerYear: 'it has no amount a year any more',
  announcedOn: 'it has no day on which it was announced any more',
  appointedBy: 'it is not said any more who made the appointment',
  appointedOn: 'it is not said any more when it was made',
  conflictInSource: 'the source does not contradict itself any more',
  decidedBy: 'it names no body that decided any more',
  decidedByName: 'it names nobody who decided any more',
  deputyFor: 'it deputises for nobody any more',
  dueOn: 'it has no day by which it is due any more',
  expectedEnd: 'it has no day on which it is meant to end any more',
  madeByDecision: 'it names no decision that made it any more',
  organisationKind: 'it names no kind of organisation that holds it any more',
  noticeId: 'it has no notice any more',
  nominatedBy: 'it is not said any more who made the nomination',
  seenOn: 'it has no days on which the source shows it any more',
  standstillUntil: 'it has no standstill any more',
  tenderDeadline: 'it has no last day for tenders any more',
  to: 'its end is open',
  votingRight: 'it is not said any more whether it carries a vote',
};

/** `parentBody` is `parent body`, `takenOn` is `taken on`. */
const fieldInWords = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const noLonger = (field: string): string => {
  const words = fieldInWords(field);
  return (
    NO_LONGER[field] ?? (words.endsWith(' on') ? `it has no day “${words}” any more` : `it has no ${words} any more`)
  );
};

/** What a change says, one clause for each field that it names. */
export const clausesOf = <Data extends object>(
  changes: Changes<Data>,
  data: Revised<Data>,
  nameOf: NameOf,
): readonly string[] => {
  const clauses: string[] = [];
  for (const field of Object.keys(changes) as (keyof Data & string)[]) {
    const value = data[field];
    if (value === null) clauses.push(noLonger(field));
    else if (value !== undefined) clauses.push(changes[field](value, nameOf));
  }
  return clauses;
};

/** What a change says, as a sentence; "nothing" where it names no field. */
export const changesIn = <Data extends object>(changes: Changes<Data>, data: Revised<Data>, nameOf: NameOf): string =>
  sentence(clausesOf(changes, data, nameOf).join('; ') || 'nothing was said to change');

/** `the appointment ended: “resigned”`; without a reason, the first part alone. */
export const because = (what: string, reason: string | undefined): string =>
  sentence(reason === undefined ? what : `${what}: ${quoted(reason)}`);

/** ` (a, b)` of the parts that are there, or nothing. */
export const inBrackets = (...parts: readonly (string | undefined)[]): string => {
  const there = parts.filter((part) => part !== undefined);
  return there.length === 0 ? '' : ` (${there.join(', ')})`;
};

/** What a change of the references says, as a clause. */
export const identified = (identifiers: readonly Identifier[]): string => {
  const references = identifiers.map(({ scheme, value }) => `${value} (${scheme})`);
  return references.length === 0 ? 'it has no references' : `its references are ${references.join(', ')}`;
};
