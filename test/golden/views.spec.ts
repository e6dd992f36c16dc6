import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { addDays, instantOf, type CivilDate, type DomainEvent } from '#kernel';
import { sha256Hex } from '#event-store';
import { eventReader } from '#governance';
import { VIEWS } from '#register';
import { ENGINE } from '../../libs/register/src/shelves/declaration.js';

/**
 * Views made by an earlier release are made anew where they would say something else now. The digest of their
 * declarations does not see into the files a fold calls, so what every view makes of the golden events is kept here,
 * with the number of the engine that made it.
 */
const FILE = fileURLToPath(new URL('views.json', import.meta.url));
const kept = () =>
  JSON.parse(readFileSync(FILE, 'utf8')) as {
    readonly engine: number;
    readonly views: Readonly<Record<string, string>>;
  };
const GOLDEN = readFileSync(fileURLToPath(new URL('events.ndjson', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { aggregate: string; type: string; schemaVersion: number; payload: string });

const FIRST_DAY = '2025-01-01' as CivilDate;
const read = eventReader();

/** The golden events of one aggregate, a month apart, in the order in which they were added. */
const eventsOf = (aggregate: string): DomainEvent[] =>
  GOLDEN.filter((golden) => golden.aggregate === aggregate).map(({ type, schemaVersion, payload }, index) =>
    read({
      id: `golden-${index}`,
      type,
      schemaVersion,
      payload,
      envelope: JSON.stringify({ effectiveOn: addDays(FIRST_DAY, index * 30) }),
      stream: `${aggregate}/golden`,
      revision: index,
      position: index,
      recordedAt: instantOf(0),
    }),
  );

const madeBy = Object.fromEntries(
  VIEWS.map((view) => {
    let state = view.initial;
    const said: unknown[] = [];
    for (const event of eventsOf(view.aggregate)) {
      state = view.project(state, event);
      for (const day of [event.effectiveOn, addDays(event.effectiveOn, 15), ...view.turns(state)]) {
        const shown = view.show(state, day);
        const columns = Object.entries({ ...view.columns, ...view.lists }).map(([name, of]) => [
          name,
          of(shown) ?? null,
        ]);
        said.push([day, shown, view.title(shown), view.order(shown), view.recordsNone?.(shown) ?? false, columns]);
      }
    }
    return [view.aggregate, sha256Hex(JSON.stringify(said))];
  }),
);

describe('what the views make of the golden events', () => {
  it('is what the engine of this number made of them; where it is not, raise ENGINE and run again with WRITE_GOLDEN=1', () => {
    const made = { engine: ENGINE, views: madeBy };
    if (process.env['WRITE_GOLDEN']) writeFileSync(FILE, `${JSON.stringify(made, null, 2)}\n`);
    expect(made).toEqual(kept());
  });
});
