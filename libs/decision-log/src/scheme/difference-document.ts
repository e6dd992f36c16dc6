import type { Block, RegisterDocument } from '../document.js';
import type { CsvColumn } from '../csv-columns.js';
import { capital, counted, detail, inShort, line } from '../plain.js';
import { sectionOf, type Unnumbered } from '../sections/section.js';
import { documentId } from './asking.js';
import { daysOf, type DifferenceKind, type SchemeChange, type SchemeDifference } from './difference.js';
import type { Authorities } from './files.js';
import { headOf, numbered } from './scheme-document.js';

const TITLES = {
  ADDED: ['added', 'What was added', 'Nothing was added.'],
  REMOVED: ['removed', 'What was removed', 'Nothing was removed.'],
  CHANGED: ['changed', 'What changed', 'Nothing changed that stands on both days.'],
} as const satisfies Record<DifferenceKind, readonly [string, string, string]>;

/** The difference as a document: what was added, removed and changed, with the decisions that made it. */
export const differenceDocument = ({ head, changes }: SchemeDifference): RegisterDocument => {
  const { organisation, basis, reader, from, to } = head;
  const id = documentId({ difference: organisation.subject, from, to, position: basis.position, reader });
  const counts = (Object.keys(TITLES) as DifferenceKind[]).map((kind) => changes.filter((one) => one.kind === kind));
  const [added = [], removed = [], changed = []] = counts;
  const undecided = changes.filter(({ decisions }) => decisions.length === 0).length;
  return {
    head: headOf({
      ...{ title: 'Scheme of Reservation and Delegation: what changed', called: 'difference', id, basis, reader },
      subtitle: `${organisation.name}, ${daysOf(head)}`,
      whose: organisation.name,
      days: detail('Days', daysOf(head)),
      summary:
        changes.length === 0
          ? ['The scheme says the same on both days.']
          : [
              `${capital(counted(added.length, 'entry', 'entries'))} added, ${counted(removed.length, 'entry', 'entries')} removed and ${counted(changed.length, 'entry', 'entries')} changed.`,
              ...(undecided === 0 ? [] : [`Of ${counted(undecided, 'change')} no decision is recorded that made it.`]),
            ],
    }),
    sections: numbered([
      ...(Object.keys(TITLES) as DifferenceKind[]).map((kind, at) => partOf(kind, counts[at] ?? [])),
      sectionOf('method', 'How to read this', '', [{ kind: 'list', items: METHOD.map((text) => line(text)) }], ''),
    ]),
  };
};

const METHOD = [
  'Both days are as known at the same moment: what was recorded late counts from the day on which it took effect.',
  'A change of whoever holds a post is a change of the entry, as somebody else may act from then on.',
];

function partOf(kind: DifferenceKind, changes: readonly SchemeChange[]): Unnumbered {
  const [id, title, nothing] = TITLES[kind];
  const blocks: Block[] = changes.flatMap((change): Block[] => [
    { kind: 'heading', text: inShort(change.title) },
    { kind: 'list', items: sentencesOf(change).map((text) => line(text)) },
  ]);
  return sectionOf(id, title, '', blocks, nothing);
}

function sentencesOf({ kind, before, after, fields, decisions, why }: SchemeChange): readonly string[] {
  const entry = after ?? before;
  return [
    ...(kind === 'CHANGED' ? fields.map(({ sentence }) => sentence) : [entry?.text ?? '']),
    ...(why === undefined ? [] : [why]),
    decisions.length === 0
      ? 'No decision is recorded that made it.'
      : `Made by ${decisions.map(({ name }) => `the decision “${name}”`).join(' and ')}.`,
  ];
}

/** A row of the difference: an entry that was added or removed, or one field of one that changed. */
interface DifferenceRow {
  readonly change: SchemeChange;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const LIST = '|';

const column = (name: string, meaning: string, of: (row: DifferenceRow) => string): CsvColumn<DifferenceRow> => ({
  ...{ name, meaning, of },
  datatype: 'string',
});

const COLUMNS: readonly CsvColumn<DifferenceRow>[] = [
  column('kind', 'ADDED, REMOVED or CHANGED.', ({ change }) => change.kind),
  column('id', 'Global id of the delegation or reservation.', ({ change }) => change.subject),
  column('title', 'The function it is listed by.', ({ change }) => change.title),
  column('field', 'What changed; empty for what was added or removed whole.', ({ field }) => field),
  column('before', 'What stood there before.', ({ before }) => before),
  column('after', 'What stands there after.', ({ after }) => after),
  column('decisions', 'Decisions that made it.', ({ change }) => change.decisions.map(({ name }) => name).join(LIST)),
  column('decision_ids', 'Their global ids.', ({ change }) =>
    change.decisions.map(({ subject }) => subject).join(LIST),
  ),
  column('text', 'The whole change in sentences.', ({ change }) => change.text),
];

const rowsOf = (change: SchemeChange): readonly DifferenceRow[] => {
  if (change.kind !== 'CHANGED')
    return [{ change, field: '', before: change.before?.text ?? '', after: change.after?.text ?? '' }];
  return change.fields.map(({ field, before, after }) => ({
    ...{ change, field },
    before: before.join(LIST),
    after: after.join(LIST),
  }));
};

/** A difference ready for every format. */
export const differenceMade = (difference: SchemeDifference): Authorities<DifferenceRow> => ({
  document: differenceDocument(difference),
  columns: COLUMNS,
  rows: difference.changes.flatMap(rowsOf),
  json: `{"format":"scheme-difference/1",\n"head":${JSON.stringify(difference.head)},\n"changes":[${difference.changes
    .map((change) => `\n${JSON.stringify(change)}`)
    .join(',')}\n]}\n`,
  file: 'scheme-difference',
});
