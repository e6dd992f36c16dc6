import { describe, expect, it } from '@jest/globals';
import type { CommandName } from '#wire';
import type { Aggregate } from '#governance';
import { inWorld, type Told } from '../joined-world.js';
import { logOf } from './log-of.js';

const told = (subject: string, command: CommandName, data: object, day = 1): Told => {
  const [aggregate, id] = subject.split('/') as [Aggregate, string];
  return { aggregate, id, command, data, day };
};
const grant = (id: string, data: object): Told =>
  told(`delegation/${id}`, 'GrantDelegation', { functions: [id], ...data }, 2);
const by = { grantedByName: 'somebody' };
const to = { delegateNames: ['somebody'] };

const FACTS: readonly Told[] = [
  ...['icb', 'council'].map((id) => told(`organisation/${id}`, 'RegisterOrganisation', { name: id, kind: 'ICB' })),
  told('body/board', 'EstablishBody', { name: 'Board', kind: 'OTHER', owners: ['icb'] }),
  told('body/cabinet', 'EstablishBody', { name: 'Cabinet', kind: 'OTHER', owners: ['council'] }),
  told('seat/ours', 'DefineSeat', { title: 'Finance Officer', organisation: 'icb' }),
  told('seat/onBoard', 'DefineSeat', { title: 'Chair', body: 'board' }),
  told('seat/theirs', 'DefineSeat', { title: 'Leader', body: 'cabinet' }),
  grant('by our post', { grantedBySeat: 'ours', ...to }),
  grant('to our seat', { ...by, delegateSeats: ['theirs', 'onBoard'] }),
  grant('to their seat', { ...by, delegateSeats: ['theirs'] }),
  grant('of nobody', { ...by, ...to }),
  told('reservation/ours', 'ReserveMatter', { functions: ['closing'], body: 'board' }, 2),
  told('reservation/icb', 'ReserveMatter', { functions: ['merging'], organisation: 'icb' }, 2),
  told('reservation/theirs', 'ReserveMatter', { functions: ['taxing'], body: 'cabinet' }, 2),
  told('reservation/icb', 'EndReservation', { reason: 'no longer' }, 3),
];

describe('the supplier of a decision', () => {
  const bought = (id: string, data: object): Told =>
    told(`decision/${id}`, 'TakeDecision', { title: id, decidedBy: ['board'], takenOn: '2024-01-03', ...data }, 3);
  const hidden = { disclosure: { disclosure: 'EXEMPT', ground: 'LGA_12A_3', fields: ['procurement'] } };
  const facts = [
    ...FACTS,
    bought('words', { provider: 'council', procurement: { supplier: 'The Council Ltd' } }),
    bought('known', { provider: 'council' }),
    bought('withheld', { provider: 'council', ...hidden }),
  ];

  it('is as its source writes it, or else the organisation that is bought from, where that is not withheld', () =>
    inWorld(facts, async ({ register, store }) => {
      const question = { for: 'board', about: ['icb'], from: '2024-01-02', to: '2024-01-06', asAt: '2024-01-06' };
      const { sections } = await logOf({ runtime: { register, store } }, question);
      const groups = sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'decisions');
      const suppliers = groups
        .flatMap(({ entries }) => entries)
        .map((entry) => [entry.title, entry.kind === 'full' ? entry.facts.supplier : 'stub']);
      expect(suppliers.toSorted()).toEqual([
        ['known', 'council'],
        ['withheld', ''],
        ['words', 'The Council Ltd'],
      ]);
    }));
});

describe('changes in who decides', () => {
  it('are those of the posts and seats of the organisations too, and of what is reserved to them', () =>
    inWorld(FACTS, async ({ register, store, positions }) => {
      expect(positions.length).toBe(FACTS.length);
      const question = { for: 'board', about: ['icb'], from: '2024-01-02', to: '2024-01-06', asAt: '2024-01-06' };
      const log = await logOf({ runtime: { register, store } }, question);
      const blocks = log.sections.filter(({ id }) => id === 'who-decides').flatMap((section) => section.blocks);
      const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
      expect(rows.map((row) => row.at(-1)?.text)).toEqual([
        '“by our post” was delegated by whoever holds “Finance Officer” to somebody.',
        '“to our seat” was delegated by somebody to whoever holds “Leader” and whoever holds “Chair”.',
        '“closing” was reserved to the Board.',
        '“merging” was reserved to icb.',
        'Merging: The reservation ended: “no longer”.',
      ]);
      expect(blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))).toEqual([
        'Delegations',
        'Reserved matters',
      ]);
    }));
});
