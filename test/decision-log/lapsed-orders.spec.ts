import { describe, expect, it } from '@jest/globals';
import { dueLogs, type DueLog } from '#decision-log';
import type { Aggregate } from '#governance';
import type { CommandName } from '#wire';
import { dayOf, inWorld, type Told } from '../joined-world.js';

const told = (subject: string, command: CommandName, data: object, day: number): Told => {
  const [aggregate, id] = subject.split('/') as [Aggregate, string];
  return { aggregate, id, command, data, day };
};
const ordered = (id: string, whom: object, daysAfterPeriod: number): Told => {
  const terms = { every: 'MONTH', firstDay: '2023-11-01', daysAfterPeriod, recipient: 'The clerk', formats: ['HTML'] };
  return told(`standingOrder/${id}`, 'PlaceStandingOrder', { ...terms, ...whom, reader: 'PUBLIC' }, 1);
};

const FACTS: readonly Told[] = [
  ...['goes', 'stays', 'came-after', 'taken-over'].map((id) =>
    told(`organisation/${id}`, 'RegisterOrganisation', { name: id, kind: 'COUNCIL' }, 1),
  ),
  ...['gone', 'kept'].map((id) => told(`body/${id}`, 'EstablishBody', { name: id, kind: 'OTHER' }, 1)),
  told('body/theirs', 'EstablishBody', { name: 'theirs', kind: 'OTHER', owners: ['goes'] }, 1),
  ordered('of-gone', { committee: 'gone' }, 3),
  ordered('of-kept', { committee: 'kept' }, 3),
  ordered('of-goes', { council: 'goes' }, 3),
  ordered('of-theirs', { committee: 'theirs' }, 3),
  ordered('of-taken-over', { council: 'taken-over' }, 3),
  ordered('later', { committee: 'gone' }, 5),
  told('body/gone', 'DissolveBody', {}, 5),
  told('organisation/goes', 'CloseOrganisation', {}, 5),
  told('organisation/taken-over', 'CloseOrganisation', {}, 5),
  told(
    'succession/s',
    'RecordSuccession',
    { predecessor: 'taken-over', successor: 'came-after', kind: 'REPLACEMENT' },
    5,
  ),
];

/** By order: the last months of what is due on a day, and in brackets what is to come. */
const onDay = async (day: number): Promise<Readonly<Record<string, string>>> => {
  let found: readonly DueLog[] = [];
  await inWorld(FACTS, async ({ register, positions }) => {
    expect(positions).toHaveLength(FACTS.length);
    found = await dueLogs(register, { now: Date.parse(`${dayOf(day)}T12:00:00Z`) });
  });
  const month = ({ lastDay, isDue }: DueLog): string => (isDue ? lastDay.slice(5, 7) : `(${lastDay.slice(5, 7)})`);
  const byOrder = Map.groupBy(found, ({ standingOrder = '' }) => standingOrder);
  return Object.fromEntries([...byOrder].map(([order, logs]) => [order, logs.map(month).join(' ')]));
};

describe('a standing order lapses with whom it is for', () => {
  it('asks for nothing that would come after', async () => {
    const due = await onDay(2);
    expect(due['of-gone']).toBe('11 (12)');
    expect(due['of-kept']).toBe('11 (12) (01)');
    expect(due['later']).toBe('11');
  });

  it('is issued up to the last day, and from the next on no more', async () => {
    const [last, next] = [await onDay(4), await onDay(5)];
    for (const order of ['of-gone', 'of-goes', 'of-theirs']) {
      expect([order, last[order]]).toEqual([order, '11 12']);
      expect([order, next[order]]).toEqual([order, undefined]);
    }
    expect(last['later']).toBe('11');
    expect(next['later']).toBeUndefined();
  });

  it('goes on where another came after, and where nothing has ended', async () => {
    const next = await onDay(5);
    expect(next['of-kept']).toBe('11 12 (01)');
    expect(next['of-taken-over']).toBe('11 12 (01)');
  });
});
