import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#kernel';
import { deciderOf } from './deciders.js';
import type { Aggregate } from './aggregates.js';

const PRESENT = { attendance: 'PRESENT' } as const;
const APOLOGIES = { attendance: 'APOLOGIES' } as const;
const GRANT = { functions: ['buying'], grantedByName: 'Board', delegateNames: ['Committee'] };

const POUND = { amount: { pence: 100 } };
const PER_YEAR = { ...POUND, basis: 'PER_YEAR' };
const CONDITION = { key: 'a', text: 'after legal review', kind: 'CONSULTATION', applies: 'EACH_DECISION' };

const outcome = (aggregate: Aggregate, type: string, data: object): string => {
  const decider = deciderOf(aggregate);
  try {
    decider.decide({ type, data }, decider.initial);
    return 'recorded';
  } catch (thrown) {
    if (isRefusal(thrown)) return `${thrown.code} ${thrown.detail.field}`;
    throw thrown;
  }
};

describe('what a command says against itself', () => {
  it.each([
    [
      'a quorum of two where six are needed',
      'meeting',
      'RecordQuorum',
      { quorate: true, present: 2, required: 6 },
      'quorate',
    ],
    [
      'a quorum of five where six are needed',
      'meeting',
      'RecordQuorum',
      { quorate: true, present: 5, required: 6 },
      'quorate',
    ],
    [
      'somebody present and with apologies',
      'meeting',
      'RecordAttendance',
      {
        attendees: [
          { person: 'a', ...PRESENT },
          { person: 'b', ...PRESENT },
          { person: 'a', ...APOLOGIES },
        ],
      },
      'attendees[2].person',
    ],
    [
      'one name twice',
      'meeting',
      'RecordAttendance',
      {
        attendees: [
          { name: 'Ann Lee', ...PRESENT },
          { name: 'ann lee ', ...APOLOGIES },
        ],
      },
      'attendees[1].person',
    ],
    [
      'minutes that are a draft and confirmed',
      'meeting',
      'RecordMinutes',
      { status: 'DRAFT', confirmedOn: '2025-01-01' },
      'status',
    ],
    ['a limit without its basis', 'delegation', 'GrantDelegation', { ...GRANT, limits: [POUND] }, 'limits[0].basis'],
    [
      'a second limit without its basis, in a change',
      'delegation',
      'VaryDelegation',
      { limits: [{ ...POUND, basis: 'PER_YEAR' }, POUND] },
      'limits[1].basis',
    ],
    [
      'a basis that nobody explains',
      'delegation',
      'GrantDelegation',
      { ...GRANT, limits: [{ ...POUND, basis: 'OTHER' }] },
      'limits[0].note',
    ],
    [
      'two limits on one basis',
      'delegation',
      'GrantDelegation',
      { ...GRANT, limits: [PER_YEAR, { ...PER_YEAR, vat: 'INCLUDED' }, { ...PER_YEAR, note: 'again' }] },
      'limits[2].basis',
    ],
    [
      'two conditions of one key',
      'delegation',
      'VaryDelegation',
      { conditions: [CONDITION, { ...CONDITION, key: 'b' }, { ...CONDITION, text: 'other' }] },
      'conditions[2].key',
    ],
    [
      'a party that has no name',
      'instrument',
      'ChangeInstrument',
      { parties: [{ name: 'Board' }, { approvedOn: '2025-01-01' }] },
      'parties[1]',
    ],
    [
      'a clause that is there twice',
      'instrument',
      'IssueVersion',
      {
        version: '2',
        clauses: [
          { clause: '1', text: 'a' },
          { clause: '1', text: 'b' },
        ],
      },
      'clauses[1].clause',
    ],
    [
      'an approval by nobody',
      'delegation',
      'GrantDelegation',
      { ...GRANT, approvals: [{ name: 'Board' }, { on: '2025-01-01' }] },
      'approvals[1]',
    ],
    [
      'a power that is passed on and is not to be',
      'delegation',
      'GrantDelegation',
      { ...GRANT, onward: 'PROHIBITED', onwardDepth: 1 },
      'onwardDepth',
    ],
    [
      'an organisation that succeeds itself',
      'succession',
      'RecordSuccession',
      { predecessor: 'a', successor: 'a', kind: 'MERGER' },
      'successor',
    ],
  ] as const)('is refused: %s', (_what, aggregate, type, data, field) => {
    expect(outcome(aggregate, type, data)).toBe(`CONTRADICTS_ITSELF ${field}`);
  });

  it.each([
    ['as many as are needed', 'meeting', 'RecordQuorum', { quorate: true, present: 6, required: 6 }],
    [
      'no quorum with enough of them: a kind of member was missing',
      'meeting',
      'RecordQuorum',
      { quorate: false, present: 6, required: 6 },
    ],
    ['a quorum, and nobody says of how many', 'meeting', 'RecordQuorum', { quorate: true, present: 2 }],
    [
      'two people of one name, told apart',
      'meeting',
      'RecordAttendance',
      {
        attendees: [
          { name: 'J Smith', capacity: 'Chair', ...PRESENT },
          { name: 'J Smith', capacity: 'clerk', ...APOLOGIES },
        ],
      },
    ],
    [
      'two people of one name, by their ids',
      'meeting',
      'RecordAttendance',
      {
        attendees: [
          { person: 'a', name: 'J Smith', ...PRESENT },
          { person: 'b', name: 'J Smith', ...APOLOGIES },
        ],
      },
    ],
    [
      'limits told apart by basis, tax or spending',
      'delegation',
      'GrantDelegation',
      {
        ...GRANT,
        limits: [
          PER_YEAR,
          { ...POUND, basis: 'WHOLE_LIFE' },
          { ...PER_YEAR, vat: 'INCLUDED' },
          { ...PER_YEAR, vat: 'EXCLUDED' },
          { ...PER_YEAR, spending: 'CAPITAL' },
          { ...POUND, basis: 'OTHER', note: 'a quarter' },
          { ...POUND, basis: 'OTHER', note: 'a week' },
        ],
      },
    ],
    [
      'a limit of nothing',
      'delegation',
      'GrantDelegation',
      { ...GRANT, limits: [{ ...PER_YEAR, amount: { pence: 0 } }] },
    ],
    ['no limit any more', 'delegation', 'VaryDelegation', { limits: null }],
    [
      'a power that is passed on no further',
      'delegation',
      'GrantDelegation',
      { ...GRANT, onward: 'PROHIBITED', onwardDepth: 0 },
    ],
  ] as const)('goes in where it does not: %s', (_what, aggregate, type, data) => {
    expect(outcome(aggregate, type, data)).toBe('recorded');
  });
});
