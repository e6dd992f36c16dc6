import { describe, expect, it } from '@jest/globals';
import type { CommandName } from '#wire';
import type { DecisionLog } from '#decision-log';
import type { Aggregate } from '#governance';
import { inWorld, type Told } from '../joined-world.js';
import { logOf } from './log-of.js';

const told = (subject: string, command: CommandName, data: object, day = 1): Told => {
  const [aggregate, id] = subject.split('/') as [Aggregate, string];
  return { aggregate, id, command, data, day };
};
const body = (id: string, data: object = { owners: ['icb'] }): Told =>
  told(`body/${id}`, 'EstablishBody', { name: id, kind: 'OTHER', ...data });
const meeting = (id: string, of: string, heldOn: string): Told =>
  told(`meeting/${id}`, 'ConveneMeeting', { body: of, heldOn });
const granted = (id: string, by: string, data: object): Told =>
  told(`delegation/${id}`, 'GrantDelegation', { functions: [id], grantedByBody: by, delegatePersons: ['p'], ...data });

const FACTS: readonly Told[] = [
  ...['icb', 'council'].map((id) => told(`organisation/${id}`, 'RegisterOrganisation', { name: id, kind: 'ICB' })),
  told('person/p', 'RegisterPerson', { name: 'Pat Page' }),
  ...[body('stays'), body('gone'), body('going'), body('merged'), body('below', { parentBody: 'stays' })],
  meeting('m1', 'stays', '2024-01-20'),
  meeting('m2', 'gone', '2024-01-20'),
  meeting('m3', 'going', '2024-01-08'),
  meeting('m4', 'going', '2024-01-09'),
  meeting('m5', 'merged', '2024-01-20'),
  granted('kept', 'stays', { until: '2024-01-20' }),
  granted('lapsed', 'gone', { until: '2024-01-20' }),
  granted('lapsing', 'going', { until: '2024-01-20', reviewOn: '2024-01-08' }),
  ...['stays', 'gone'].map((id) =>
    told(`appointment/${id}`, 'MakeAppointment', { person: 'p', role: id, body: id, until: '2024-01-20' }),
  ),
  told('body/gone', 'DissolveBody', {}, 5),
  told('body/going', 'DissolveBody', {}, 9),
  told('body/merged', 'DissolveBody', { mergedInto: 'stays' }, 5),
  told('seat/chair', 'DefineSeat', { title: 'Chief executive', organisation: 'icb' }, 2),
  told('seat/other', 'DefineSeat', { title: 'Leader', organisation: 'council' }, 2),
  told('appointment/ceo', 'MakeAppointment', { person: 'p', role: 'Chief executive', seat: 'chair' }, 2),
  told('appointment/leader', 'MakeAppointment', { person: 'p', role: 'Leader', seat: 'other' }, 2),
  told('body/below', 'ChangeBody', { name: 'lower' }, 3),
];

const made = async (look: (log: DecisionLog) => void): Promise<void> =>
  inWorld(FACTS, async ({ register, store, positions }) => {
    expect(positions.length).toBe(FACTS.length);
    const question = { for: 'stays', about: ['icb'], from: '2024-01-01', to: '2024-01-06', asAt: '2024-01-06' };
    look(await logOf({ runtime: { register, store } }, question));
  });
const rowsOf = ({ sections }: DecisionLog, id: string): readonly string[] =>
  sections
    .filter((section) => section.id === id)
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'table' ? block.rows : []))
    .map((row) => row.map(({ text }) => text).join(' | '));

describe('the forward look', () => {
  it('says of what lapses before its day that it does, or leaves it out', async () => {
    await made((log) => {
      expect(rowsOf(log, 'forward-look')).toEqual([
        '8 January 2024 | Meeting | going',
        '8 January 2024 | Review of the delegation of lapsing | going',
        '9 January 2024 | Meeting (lapsed: the last day of the body is 8 January 2024) | going',
        '20 January 2024 | Last day of an appointment: Pat Page, stays of the stays | stays',
        '20 January 2024 | Last day of the delegation of kept | stays',
        '20 January 2024 | Meeting | stays',
        '20 January 2024 | Meeting (lapsed: the last day of the body is 4 January 2024) | gone',
        '20 January 2024 | Meeting (lapsed: the last day of the body is 4 January 2024) | merged',
      ]);
    });
  });
});

describe('changes in who decides', () => {
  it('are those of posts in the organisation and of bodies below its own too', async () => {
    await made((log) => {
      const rows = rowsOf(log, 'who-decides').join('\n');
      expect(rows).toContain('The seat “Chief executive” in icb was defined');
      expect(rows).toContain('Pat Page was appointed Chief executive of the seat');
      expect(rows).toContain('Its name changed to “lower”');
      expect(rows).not.toContain('Leader');
    });
  });
});
