import { doneWithTrouble, print } from '../terminal.js';
import { withAnswers, type Asking } from './asking.js';
import type { Row } from './flattened.js';
import { sourceInWords, type BasisOptions } from './history-command.js';
import { namedBy, toldOf, type BasisShown, type Fields, type Named } from './one-subject.js';
import { answered } from './query-command.js';
import { fieldsOf, OF_THE_PLACE } from './selections.js';
import { sinceWhen, type Since } from './since-when.js';
import { formatOf, printedAs } from './tables.js';
import { dayShown, fieldInWords, valueInWords } from './values-in-words.js';

export interface ShowOptions extends Asking, BasisOptions {
  readonly format: string;
}

/** A field of a record that says something. */
interface Said {
  readonly field: string;
  readonly value: unknown;
  readonly inWords: string;
  readonly since: string | null;
  readonly events: Since['events'];
}

/** `register show`: what stands of a subject, field by field; exit code 1 where nothing does. */
export const showCommand = async (subject: string, options: ShowOptions): Promise<void> => {
  const format = formatOf(options.format, options.json);
  await answered(options, async () => {
    const { named, told, said } = await withAnswers(options, async (answers) => {
      const found = await namedBy(answers, subject, options);
      const shown = await toldOf(answers, found, options);
      if (!shown.record) return { named: found, told: shown, said: [] };
      const basis = { asAt: shown.basis.asAt, knownAt: `p${shown.basis.position}` };
      return {
        named: found,
        told: shown,
        said: saidBy(found, shown.record, await sinceWhen(answers, found, shown.record, basis)),
      };
    });
    const { basis, absence, record } = told;
    if (format === 'json') print(JSON.stringify({ ...placeOf(named, record), basis, absence, fields: said }, null, 2));
    else if (absence) process.stderr.write(`${absence.sentence}\n`);
    else {
      if (format === 'table') print(`${placeInWords(named, record ?? {}, basis)}\n`);
      print(printedAs(format, said.map(shownRow(format === 'table')), said));
    }
    if (absence) doneWithTrouble();
  });
};

function saidBy({ room }: Named, record: Fields, since: ReadonlyMap<string, Since>): readonly Said[] {
  return fieldsOf(room.type).flatMap(({ name, type }) => {
    const value = record[name];
    const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    if (isEmpty || OF_THE_PLACE.has(name)) return [];
    const { day = null, events = [] } = since.get(name) ?? {};
    return [{ field: name, value, inWords: valueInWords(type, value), since: day, events }];
  });
}

const placeOf = ({ id }: Named, record: Fields | null): object => ({
  subject: record?.['subject'] ?? id,
  stretchFrom: record?.['stretchFrom'] ?? null,
  stretchUntil: record?.['stretchUntil'] ?? null,
});

function placeInWords({ id }: Named, record: Fields, { asAt, position, recordedAt }: BasisShown): string {
  const { subject = id, stretchFrom, stretchUntil } = record as Readonly<Record<string, string | null | undefined>>;
  const from = stretchFrom ? `from ${dayShown(stretchFrom)}` : 'from a day not known';
  const until = stretchUntil ? ` until ${dayShown(stretchUntil)}` : '';
  return [
    `${subject} as at ${dayShown(asAt)}, as known at position ${position}${recordedAt === null ? '' : ` (${recordedAt})`}`,
    `it stands so ${from}${until}`,
  ].join('\n');
}

const shownRow =
  (forPeople: boolean) =>
  ({ field, value, inWords, since, events }: Said): Row =>
    new Map<string, unknown>([
      ['field', forPeople ? fieldInWords(field) : field],
      ['value', forPeople ? inWords : value],
      ['since', since ?? ''],
      ['event', events.map(({ position }) => `p${position}`)],
      ['source', [...new Set(events.map(({ source }) => sourceInWords(source)).filter(Boolean))]],
    ]);
