import { limitInWords } from '#governance';
import { plainPounds } from '#kernel';
import type { CsvColumn } from '../csv-columns.js';
import { conditionInWords, onwardInWords } from './scheme-entry.js';
import { heldByInWords } from './parties.js';
import type { Called, Party, Scheme, SchemeEntry } from './scheme.js';

const LIST = '|';

const names = (some: readonly (Called | Party)[]): string => some.map(({ name }) => name).join(LIST);
const subjects = (some: readonly (Called | Party)[]): string => some.flatMap(({ subject }) => subject ?? []).join(LIST);

const column = (
  name: string,
  datatype: CsvColumn<SchemeEntry>['datatype'],
  meaning: string,
  of: (entry: SchemeEntry) => string,
): CsvColumn<SchemeEntry> => ({ name, datatype, meaning, of });

/** Columns of `scheme.csv`, a row an entry. Several values of one cell are joined by `|`. */
export const SCHEME_COLUMNS: readonly CsvColumn<SchemeEntry>[] = [
  column(
    'entry',
    'integer',
    'Place in the order of the scheme, from 1: by function, then by whoever receives it.',
    ({ place }) => String(place),
  ),
  column('kind', 'string', 'RESERVED or DELEGATED.', ({ kind }) => kind),
  column('id', 'string', 'Global id of the delegation or reservation.', ({ subject }) => subject),
  column('standing', 'string', 'IN_FORCE, NOT_KNOWN, SUSPENDED, INVALID or LAPSED.', ({ standing }) => standing),
  column('standing_in_words', 'string', 'The same in words.', ({ standingInWords }) => standingInWords),
  column('functions', 'string', 'Functions of a catalogue.', ({ functions }) => names(functions)),
  column('function_ids', 'string', 'Their global ids.', ({ functions }) => subjects(functions)),
  column('words', 'string', 'The functions in the words of the source.', ({ words }) => words.join(LIST)),
  column('delegated_by', 'string', 'Who delegates; empty for what is reserved.', ({ from }) => names(from)),
  column('delegated_by_ids', 'string', 'Their global ids.', ({ from }) => subjects(from)),
  column('to', 'string', 'To whom it is delegated or reserved.', ({ to }) => names(to)),
  column('to_ids', 'string', 'Their global ids.', ({ to }) => subjects(to)),
  column('held_by', 'string', 'Who holds the posts it goes to, on the day.', ({ to }) =>
    to
      .filter(({ kind }) => kind === 'POST')
      .map((one) => `${one.name}: ${heldByInWords(one)}`)
      .join(LIST),
  ),
  column('on_behalf_of', 'string', 'The organisation for which they act.', ({ onBehalfOf }) => onBehalfOf?.name ?? ''),
  column('powers', 'string', 'What they may do.', ({ powers }) => powers.join(LIST)),
  column('places', 'string', 'Places it reaches to.', ({ places }) => names(places)),
  column('scope', 'string', 'What else it is limited to, in the words of the source.', ({ scope }) => scope.join(LIST)),
  column('limits', 'string', 'Up to which amounts, with their bases; of what is reserved, above which.', ({ limits }) =>
    limits.map(limitInWords).join(LIST),
  ),
  column(
    'limit_pounds',
    'decimal',
    'The amount in pounds, where there is one limit; empty where there are several.',
    ({ limits }) =>
      limits.length === 1 && limits[0]?.amount && !limits[0].amount.placeholder
        ? plainPounds(limits[0].amount.pence)
        : '',
  ),
  column('limit_basis', 'string', 'What that amount is measured on.', ({ limits }) =>
    limits.length === 1 ? (limits[0]?.basis ?? '') : '',
  ),
  column('limit_vat', 'string', 'Whether value added tax is in it.', ({ limits }) =>
    limits.length === 1 ? (limits[0]?.vat ?? '') : '',
  ),
  column('limit_spending', 'string', 'Capital or revenue.', ({ limits }) =>
    limits.length === 1 ? (limits[0]?.spending ?? '') : '',
  ),
  column('conditions', 'string', 'What has to be so for it to be used.', ({ conditions }) =>
    conditions.map(conditionInWords).join(LIST),
  ),
  column('passing_on', 'string', 'Whether it may be passed on.', (entry) => onwardInWords(entry) ?? ''),
  column('instrument', 'string', 'The document that makes it.', ({ instrument }) => instrument?.name ?? ''),
  column('version', 'string', 'Its version.', ({ version }) => version ?? ''),
  column('clause', 'string', 'Its clause.', ({ clause }) => clause ?? ''),
  column('decision', 'string', 'The decision that made it.', ({ madeByDecision }) => madeByDecision?.name ?? ''),
  column(
    'in_force_from',
    'date',
    'Its first day; empty where nobody knows it.',
    ({ inForceFrom }) => inForceFrom ?? '',
  ),
  column('until', 'date', 'Its last day: of its term, or with what it lapsed.', ({ until }) => until ?? ''),
  column('review_on', 'date', 'The day by which it is to be reviewed.', ({ reviewOn }) => reviewOn ?? ''),
  column('note', 'string', 'What else is said.', ({ note }) => note ?? ''),
];

/** The scheme as JSON: its basis, then each entry on a line of its own. */
export const schemeJson = ({ head, entries }: Scheme): string =>
  `{"format":"scheme-of-delegation/1",\n"head":${JSON.stringify(head)},\n"entries":[${entries
    .map((entry) => `\n${JSON.stringify(entry)}`)
    .join(',')}\n]}\n`;
