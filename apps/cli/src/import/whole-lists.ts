import type { Plan } from './plan.js';
import type { SourceFile } from './source-file.js';
import { LEFT } from './spells.js';
import { statement } from './statements.js';
import type { RowState } from './traces.js';

/**
 * Rows that the register holds of a collection and that a whole list does not name. Where the list is whole only within
 * certain columns, such as the committee, those are rows of a committee that it names.
 *
 * @param keys of the rows of the list.
 */
export function* departed(file: SourceFile, keys: ReadonlySet<string>, held: Iterable<string>): Generator<string> {
  const { row, snapshot } = file.mapping;
  const places = (snapshot?.whole?.within ?? []).map((column) => row.indexOf(column));
  const partOf = (key: string): string => {
    const cells = key.split('|');
    return places.map((place) => cells[place]).join('|');
  };
  const parts = new Set([...keys].map(partOf));
  for (const key of held) if (!keys.has(key) && parts.has(partOf(key))) yield key;
}

/** What records that a row has left by the day of a list; undefined where nothing of it stands, or it has left already. */
export const departure = (
  { mapping: { subject, snapshot, facts }, listDay }: SourceFile,
  { live }: RowState,
): Plan['parts'][number] | undefined => {
  const first = live.get('');
  const end = snapshot?.whole?.end;
  if (!first || !end || listDay === undefined) return undefined;
  const ends = new Set(facts.filter(({ command }) => command === end).map(({ name }) => name));
  if ([...live.keys()].some((fact) => fact.startsWith(LEFT) || ends.has(fact))) return undefined;
  const record = statement(
    subject.aggregate,
    { command: end, data: {}, states: [] },
    { effectiveOn: listDay },
    `${LEFT}${listDay}`,
  );
  return { stream: first.stream, steps: [{ record }] };
};
