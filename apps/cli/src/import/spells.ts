import { Refusal, type CivilDate, type Why } from '#kernel';
import { parseJsonObject } from './payload.js';
import { type Desired, type Statement, statement } from './statements.js';
import type { RowState, Trace } from './traces.js';

export type PlannedStep =
  | { readonly record: Statement; readonly corrects?: Trace; readonly again?: string; readonly why?: Why }
  | { readonly annul: Trace; readonly why: Why };

/** Marks the facts by which it is recorded that somebody has left whom a source names no more. */
export const LEFT = 'left@';

/** Commands that end a spell. */
const ENDING: ReadonlySet<string> = new Set(['EndAppointment']);

/**
 * A row that names another person and another start is about somebody who came after, and one that is back in a whole
 * list after it was missing is about a second spell: neither says that what stood before was wrong. The spell before
 * ends, where nothing says yet that it has, and another begins.
 *
 * @param listDay the day of which the whole list speaks, for a list.
 * @returns undefined where the row is still about the same spell.
 * @throws Refusal `ANOTHER_HOLDER` where it names another person and an earlier start: who came first cannot be told.
 */
export const spellAnew = (
  { aggregate, statements }: Desired,
  live: RowState['live'],
  listDay?: CivilDate,
): readonly PlannedStep[] | undefined => {
  const [first] = statements;
  const before = live.get('');
  if (!first || !before) return undefined;
  const left = [...live.values()].find(({ fact }) => fact.startsWith(LEFT));
  const begins = { ...first, ...beginningOf(first, left ?? before, listDay) };
  const rest = statements.slice(1);
  if (left) return [begins, ...rest].map((record) => ({ record }));
  if (aggregate !== 'appointment' || !namesAnother(before, first)) return undefined;
  if (begins.startKnown === false || begins.effectiveOn === before.effectiveOn) return undefined;
  if (before.startKnown !== false && begins.effectiveOn < before.effectiveOn) throw anotherHolder(before, begins);
  return [...ending(live, statements, begins.effectiveOn), ...[begins, ...rest].map((record) => ({ record }))];
};

/** A list says that it holds on its day; when it began, only where the row says so. */
function beginningOf(
  { effectiveOn, startKnown }: Statement,
  before: Trace,
  listDay: CivilDate | undefined,
): { readonly effectiveOn: CivilDate; readonly startKnown?: false } {
  const isLater = startKnown !== false && effectiveOn > before.effectiveOn;
  if (isLater || listDay === undefined) return { effectiveOn, ...(startKnown === false && { startKnown }) };
  return { effectiveOn: listDay };
}

function namesAnother({ payload }: Trace, first: Statement): boolean {
  if (payload === undefined) return false;
  return parseJsonObject(payload)['person'] !== parseJsonObject(first.payload)['person'];
}

/** The end of the spell before: the one that is recorded, unless it comes after the next has begun. */
function ending(live: RowState['live'], statements: readonly Statement[], day: CivilDate): readonly PlannedStep[] {
  const names = statements.filter(({ command }) => ENDING.has(command)).map(({ fact }) => fact);
  const ended = [...live.values()].find(({ fact }) => names.includes(fact) || ENDING.has(fact));
  if (ended && ended.effectiveOn <= day) return [];
  const record = statement(
    'appointment',
    { command: 'EndAppointment', data: { reason: 'somebody else follows in the source' }, states: [] },
    { effectiveOn: day },
    `${LEFT}${day}`,
  );
  if (!ended) return [{ record }];
  const why = { kind: 'error', reason: 'somebody else follows in the source before that day' } as const;
  return [{ record, corrects: ended, why }];
}

function anotherHolder({ effectiveOn }: Trace, begins: Statement): Refusal {
  return new Refusal(
    'ANOTHER_HOLDER',
    `the row names another person from ${begins.effectiveOn}, which is before the ${effectiveOn} of whom it named until now`,
    {
      field: 'effectiveOn',
      remedy:
        'another person with another start is a new holder: put the person or the start into `row:` of the mapping, so that each has a row',
    },
  );
}
