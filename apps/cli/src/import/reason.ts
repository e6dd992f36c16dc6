import { isRefusal, type Refusal } from '#kernel';
import type { Turn, Withdrawal } from './turns.js';

/** Columns that say when a version stood, not what it says. */
const SHOWN = 6;

/** Why a version corrects or annuls, in words: what the source said before, and says now. */
export const reasonOf = ({ file, row, previous, instant }: Turn): string => {
  const { name, versions } = file.mapping;
  const when = instant === undefined ? '' : `, version of ${instant}`;
  if (!previous) return `${name} says otherwise now${when}`;
  const times = new Set([versions?.from, versions?.to]);
  const named = new Set(file.mapping.mentions.map(({ column }) => column));
  const changed = file.header
    .filter((column) => named.has(column) && !times.has(column) && previous.cell(column) !== row.cell(column))
    .slice(0, SHOWN)
    .map((column) => `${column} was ${shown(previous.cell(column))}, is ${shown(row.cell(column))}`);
  return changed.length === 0 ? `${name} says otherwise now${when}` : `${changed.join('; ')} (${name}${when})`;
};

export const withdrawalReason = ({ file, instant }: Withdrawal): string =>
  `the row was withdrawn from ${file.mapping.name} at ${instant}`;

const shown = (cell: string): string => (cell === '' ? 'blank' : cell.length > 60 ? `${cell.slice(0, 57)}…` : cell);

/** Whether the door refused a change because all of it stands already. */
export const saysNothingNew = (thrown: unknown): thrown is Refusal =>
  isRefusal(thrown) && thrown.code === 'CHANGES_NOTHING';

/** True where what is recorded after the row may make it possible; never for what is wrong with the row itself. */
export const mayStandLater = (thrown: unknown): boolean =>
  isRefusal(thrown) && thrown.code !== 'INPUT' && !('fault' in thrown);
