import { Refusal } from '#kernel';
import { print } from '../terminal.js';
import type { Answers } from './answers.js';
import { withAnswers, type Asking } from './asking.js';
import {
  changesOf,
  changesOfAll,
  fieldsChanged,
  type Between,
  type Changed,
  type FieldChanged,
} from './differences.js';
import { flattened, type Row } from './flattened.js';
import { namedBy, toldOf, type Named } from './one-subject.js';
import { answered } from './query-command.js';
import { settledBasis } from './settled-basis.js';
import { formatOf, printedAs } from './tables.js';
import { fieldInWords, valueInWords } from './values-in-words.js';

export interface DiffOptions extends Asking {
  readonly all: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly knownAt?: string;
  readonly knownFrom?: string;
  readonly knownTo?: string;
  readonly asAt?: string;
  readonly format: string;
}

/** `register diff`: what changed of a subject, or of anything, between two days or two moments of knowing. */
export const diffCommand = async (subject: string | undefined, options: DiffOptions): Promise<void> => {
  const format = formatOf(options.format, options.json);
  if ((subject === undefined) !== options.all) {
    throw usage(
      subject === undefined ? 'no subject is named' : 'a subject is named beside --all',
      'subject',
      'a subject, or --all',
    );
  }
  checkOptions(options);
  await answered(options, async () => {
    const { between, named, changes, fields } = await withAnswers(options, async (answers) =>
      difference(answers, subject, options),
    );
    if (format === 'json') {
      print(JSON.stringify({ subject: named?.id ?? null, between, changes, ...(named && { fields }) }, null, 2));
      return;
    }
    if (format === 'csv') return print(printedAs(format, changes.map(flattened), changes, COLUMNS));
    if (changes.length === 0 && fields.length === 0) return print('nothing changed');
    if (changes.length > 0)
      print(
        printedAs(
          format,
          changes.map((change) => shown(change, named !== undefined)),
          changes,
        ),
      );
    if (named && fields.length > 0)
      print(
        `\n${printedAs(
          format,
          fields.map((field) => fieldShown(named, field)),
          fields,
        )}`,
      );
  });
};

const COLUMNS: readonly (keyof Changed)[] = [
  'subject',
  'position',
  'effectiveOn',
  'recordedAt',
  'recordedBy',
  'change',
  'sentence',
  'why',
];

/** @throws Refusal `USAGE` for what is neither two days nor two moments. */
function checkOptions({ from, to, knownAt, knownFrom, knownTo, asAt }: DiffOptions): void {
  const isDays = from !== undefined;
  if (isDays === (knownFrom !== undefined)) {
    throw usage(
      isDays ? '--from and --known-from are both given' : 'neither --from nor --known-from is given',
      'from',
      '--from and --to for two days, or --known-from and --known-to for two moments of knowing',
    );
  }
  const astray = isDays ? [knownTo, asAt] : [to, knownAt];
  if (astray.every((given) => given === undefined)) return;
  const [second, other] = isDays ? ['--known-to', '--as-at'] : ['--to', '--known-at'];
  throw usage(
    `${astray[0] === undefined ? other : second} does not go with ${isDays ? '--from' : '--known-from'}`,
    'from',
    isDays ? '--from, --to and --known-at' : '--known-from, --known-to and --as-at',
  );
}

const usage = (found: string, field: string, needed: string): Refusal =>
  new Refusal('USAGE', `${found}: needed ${needed}`, { field });

interface Difference {
  readonly between: Between;
  readonly named: Named | undefined;
  readonly changes: readonly Changed[];
  readonly fields: readonly FieldChanged[];
}

async function difference(answers: Answers, subject: string | undefined, options: DiffOptions): Promise<Difference> {
  const between = await settled(answers, options);
  if (subject === undefined)
    return { between, named: undefined, changes: await changesOfAll(answers, between), fields: [] };
  const basis = 'knownFrom' in between ? { knownAt: between.knownTo } : { asAt: between.to, knownAt: between.knownAt };
  const found = await namedBy(answers, subject, basis);
  const { record } = await toldOf(answers, found, basis);
  // By a human reference it is found, and told by its id.
  const id = record?.['subject'];
  const named = typeof id === 'string' ? { ...found, id } : found;
  return {
    between,
    named,
    changes: await changesOf(answers, named, between),
    fields: await fieldsChanged(answers, named, between),
  };
}

/** What is asked, with every moment as a position. @throws Refusal `RANGE_BACKWARDS` */
async function settled(answers: Answers, options: DiffOptions): Promise<Between> {
  const { from, to, knownAt, knownFrom, knownTo, asAt } = options;
  if (from !== undefined) {
    const last = await settledBasis(answers, { asAt: to, knownAt });
    const first = await settledBasis(answers, { asAt: from, knownAt });
    if (first.asAt > last.asAt) throw backwards('from', first.asAt, last.asAt);
    return { from: first.asAt, to: last.asAt, knownAt: last.knownAt };
  }
  const first = await settledBasis(answers, { knownAt: knownFrom });
  const last = await settledBasis(answers, { asAt, knownAt: knownTo });
  if (first.position > last.position) throw backwards('known-from', first.knownAt, last.knownAt);
  return { knownFrom: first.knownAt, knownTo: last.knownAt, asAt: last.asAt };
}

const backwards = (field: string, from: string, to: string): Refusal =>
  new Refusal('RANGE_BACKWARDS', `${field} is ${from}, after ${to}: needed the earlier first`, { field });

const shown = (change: Changed, isOne: boolean): Row =>
  new Map<string, unknown>([
    ['effective', change.effectiveOn ?? 'not known'],
    ['position', change.position === null ? '' : `p${change.position}`],
    ['change', change.change],
    ...(isOne ? [] : [['subject', change.subject] as const]),
    ['what', change.why === null ? change.sentence : `${change.sentence} Why: ${change.why}`],
  ]);

function fieldShown({ room }: Named, { field, before, after }: FieldChanged): Row {
  const type = room.type.getFields()[field]?.type;
  const words = (value: unknown): string => (type ? valueInWords(type, value) : '');
  return new Map([
    ['field', fieldInWords(field)],
    ['before', words(before)],
    ['after', words(after)],
  ]);
}
