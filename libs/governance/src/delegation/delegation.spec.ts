import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { delegation, type DelegationCommand } from './delegation.js';
import type { DelegationEvent } from './delegation.events.js';

const { given } = scenario(delegation);
const day = (text: string) => parseCivilDate(text, 'day');
const terms = {
  grantedByName: 'NHS England',
  delegateNames: ['all 42 ICBs'],
  functions: ['primary medical services'],
};
const granted: DelegationEvent = { type: 'DelegationGranted', data: terms };
const revoked: DelegationEvent = { type: 'DelegationRevoked', data: {} };

describe('granting a delegation', () => {
  it('keeps every field by name, the last day as the first day without', () => {
    const said: Extract<DelegationCommand, { type: 'GrantDelegation' }>['data'] = {
      grantedByOrganisation: 'NHSE',
      grantedByBody: 'nhse-board',
      grantedBySeat: 'nhse-coo',
      grantedByPerson: 'p0',
      grantedByName: 'NHS England',
      delegateOrganisations: ['QR1'],
      delegateBodies: ['glos-board'],
      delegateSeats: ['cfo'],
      delegatePersons: ['p1'],
      delegateNames: ['all 42 ICBs'],
      onBehalfOf: 'NHSE',
      functions: ['primary medical services'],
      powers: ['DECIDE', 'SUB_DELEGATE'],
      scope: { service: 'GP', population: 'all', place: 'Gloucestershire', exclusions: ['prisons'] },
      excludedProviders: ['R1X'],
      limits: [
        { amount: { pence: 150_000_000 }, basis: 'PER_DECISION', vat: 'INCLUDED', spending: 'REVENUE', note: 'net' },
        { amount: { pence: 500_000_000 }, basis: 'WHOLE_LIFE' },
      ],
      conditions: [
        {
          key: 'cfo',
          text: 'after the CFO certifies the budget',
          kind: 'CERTIFICATE',
          applies: 'EACH_DECISION',
          with: 'CFO',
        },
        { key: 'segment', text: 'oversight segment 1 or 2', kind: 'UPSTREAM', applies: 'STANDING' },
      ],
      exclusive: false,
      onward: 'WITH_CONSENT',
      onwardDepth: 1,
      instrument: 'i1',
      version: '2.0',
      clause: '6.2',
      madeByDecision: 'd1',
      upstreamRoute: 'DELEGATED',
      approvedBy: 'NHS England Board',
      approvals: [
        {
          organisation: 'NHSE',
          body: 'nhse-board',
          name: 'NHS England Board',
          decision: 'd2',
          on: day('2022-05-19'),
          note: 'n',
        },
      ],
      noticeDays: 90,
      replaces: 'g0',
      reviewOn: day('2023-01-01'),
      publishedOn: day('2022-06-01'),
      note: 'A note.',
    };
    given()
      .when({ type: 'GrantDelegation', data: { ...said, until: day('2026-03-31') } })
      .gives({ type: 'DelegationGranted', data: { ...said, to: day('2026-04-01') } });
  });
  it('is refused where nobody grants it', () => {
    const { grantedByName: _, ...rest } = terms;
    given().when({ type: 'GrantDelegation', data: rest }).refuses('DELEGATION_FROM_NOBODY');
  });
  it('is refused where nobody receives it, also with an empty list', () => {
    const { delegateNames: _, ...rest } = terms;
    given().when({ type: 'GrantDelegation', data: rest }).refuses('DELEGATION_TO_NOBODY');
    given()
      .when({ type: 'GrantDelegation', data: { ...rest, delegateBodies: [] } })
      .refuses('DELEGATION_TO_NOBODY');
  });
  it('is granted and received by a post alone, or by a person to a post', () => {
    const data = { functions: ['hiring'], grantedBySeat: 'ceo', delegateSeats: ['cfo'] };
    given().when({ type: 'GrantDelegation', data }).gives({ type: 'DelegationGranted', data });
    const personal = { functions: ['hiring'], grantedByPerson: 'ann', delegateSeats: ['cfo'] };
    given().when({ type: 'GrantDelegation', data: personal }).gives({ type: 'DelegationGranted', data: personal });
    given({ type: 'DelegationGranted', data })
      .when({ type: 'VaryDelegation', data: { delegateSeats: null } })
      .refuses('DELEGATION_TO_NOBODY');
    given({ type: 'DelegationGranted', data })
      .when({ type: 'VaryDelegation', data: { grantedBySeat: null } })
      .refuses('DELEGATION_FROM_NOBODY');
  });
  it('is refused twice', () => {
    given(granted).when({ type: 'GrantDelegation', data: terms }).refuses('ALREADY_BEGUN');
  });
  it('names the subjects it points to', () => {
    const data = {
      ...terms,
      grantedByOrganisation: 'NHSE',
      grantedByBody: 'b0',
      delegateOrganisations: ['QR1', 'QUY'],
      delegateBodies: ['b1'],
      delegateSeats: ['s1'],
      delegatePersons: ['p1'],
      grantedBySeat: 's0',
      grantedByPerson: 'p0',
      onBehalfOf: 'NHSE',
      excludedProviders: ['R1X'],
      instrument: 'i1',
      madeByDecision: 'd1',
      approvals: [{ name: 'the council' }, { organisation: 'E10', body: 'cabinet', decision: 'd2' }],
      replaces: 'g0',
    };
    const named = delegation.references({ type: 'GrantDelegation', data });
    expect(named.map(({ aggregate, id, field }) => `${field} ${aggregate}/${id}`)).toEqual([
      'grantedByOrganisation organisation/NHSE',
      'grantedByBody body/b0',
      'grantedBySeat seat/s0',
      'grantedByPerson person/p0',
      'delegateOrganisations[0] organisation/QR1',
      'delegateOrganisations[1] organisation/QUY',
      'delegateBodies[0] body/b1',
      'delegateSeats[0] seat/s1',
      'delegatePersons[0] person/p1',
      'onBehalfOf organisation/NHSE',
      'excludedProviders[0] organisation/R1X',
      'instrument instrument/i1',
      'madeByDecision decision/d1',
      'approvals[1].organisation organisation/E10',
      'approvals[1].body body/cabinet',
      'approvals[1].decision decision/d2',
      'replaces delegation/g0',
    ]);
  });
});

describe('the term of a delegation', () => {
  const start = day('2023-04-01');
  const onTheEve: DelegationEvent = { type: 'DelegationGranted', data: { ...terms, to: start } };

  it('may end on the day it starts: it covers no day', () => {
    given()
      .when({ type: 'GrantDelegation', data: { ...terms, until: day('2023-03-31') } }, start)
      .gives(onTheEve);
  });
  it('may not end before it starts', () => {
    given()
      .when({ type: 'GrantDelegation', data: { ...terms, until: day('2023-03-30') } }, start)
      .refuses('ENDS_BEFORE_START');
  });
  it('is not moved to before the day on which it is moved', () => {
    const before = { until: day('2025-04-29') };
    const extended = given(granted).when({ type: 'ExtendDelegation', data: before }, day('2025-05-01'));
    const varied = given(granted).when({ type: 'VaryDelegation', data: before }, day('2025-05-01'));
    extended.refuses('ENDS_BEFORE_START');
    varied.refuses('ENDS_BEFORE_START');
  });
  it('leaves room for a new grant once it is over, and none before', () => {
    const termed: DelegationEvent = { type: 'DelegationGranted', data: { ...terms, to: day('2025-07-01') } };
    given(termed).when({ type: 'GrantDelegation', data: terms }, day('2025-07-01')).gives(granted);
    given(termed).when({ type: 'GrantDelegation', data: terms }, day('2025-06-30')).refuses('ALREADY_BEGUN');
  });
});

describe('what happens to a delegation', () => {
  const happenings: readonly (readonly [DelegationCommand, DelegationEvent])[] = [
    [
      { type: 'VaryDelegation', data: { limits: null, until: day('2026-12-31') } },
      { type: 'DelegationVaried', data: { limits: null, to: day('2027-01-01') } },
    ],
    [
      { type: 'SuspendDelegation', data: { reason: 'oversight' } },
      { type: 'DelegationSuspended', data: { reason: 'oversight' } },
    ],
    [
      { type: 'ResumeDelegation', data: {} },
      { type: 'DelegationResumed', data: {} },
    ],
    [
      { type: 'ExtendDelegation', data: { until: day('2026-03-31') } },
      { type: 'DelegationExtended', data: { to: day('2026-04-01') } },
    ],
  ];
  it.each(happenings.map((pair) => [pair[0].type, ...pair] as const))(
    'is recorded, also after it was revoked, and refused before it was granted: %s',
    (_type, command, event) => {
      given(granted).when(command).gives(event);
      given(granted, revoked).when(command).gives(event);
      given().when(command).refuses('NOT_BEGUN');
    },
  );
  it('varies who receives it by reference', () => {
    expect(delegation.references({ type: 'VaryDelegation', data: { delegateBodies: ['b1'] } })).toEqual([
      { aggregate: 'body', id: 'b1', field: 'delegateBodies[0]' },
    ]);
  });
});

describe('the conditions of a delegation', () => {
  const standing = { key: 'segment', text: 'segment 1 or 2', kind: 'UPSTREAM', applies: 'STANDING' } as const;
  const each = { key: 'legal', text: 'after legal review', kind: 'CONSULTATION', applies: 'EACH_DECISION' } as const;
  const conditional: DelegationEvent = { type: 'DelegationGranted', data: { ...terms, conditions: [standing, each] } };
  const without: DelegationEvent = { type: 'DelegationVaried', data: { conditions: null } };

  it('are satisfied and breached by their keys, one after the other, however often', () => {
    const breached: DelegationEvent = {
      type: 'ConditionBreached',
      data: { condition: 'segment', reason: 'segment 4' },
    };
    const data = { condition: 'segment', evidence: 'letter', decision: 'd1' };
    given(conditional)
      .when({ type: 'BreachCondition', data: { condition: 'segment', reason: 'segment 4' } })
      .gives(breached);
    given(conditional, breached).when({ type: 'SatisfyCondition', data }).gives({ type: 'ConditionSatisfied', data });
    given(conditional, breached)
      .when({ type: 'BreachCondition', data: { condition: 'segment' } })
      .gives({ type: 'ConditionBreached', data: { condition: 'segment' } });
    expect(delegation.references({ type: 'SatisfyCondition', data })).toEqual([
      { aggregate: 'decision', id: 'd1', field: 'decision' },
    ]);
  });
  it('are refused where there is none of that key, or it is met by each decision', () => {
    for (const condition of ['segments', 'legal', '']) {
      given(conditional).when({ type: 'SatisfyCondition', data: { condition } }).refuses('CONDITION_UNKNOWN');
      given(conditional).when({ type: 'BreachCondition', data: { condition } }).refuses('CONDITION_UNKNOWN');
    }
    given()
      .when({ type: 'BreachCondition', data: { condition: 'segment' } })
      .refuses('NOT_BEGUN');
  });
  it('are those of the day: a variation that takes them away, or brings them, counts from then on', () => {
    const satisfy: DelegationCommand = { type: 'SatisfyCondition', data: { condition: 'segment' } };
    given(conditional, without).when(satisfy).refuses('CONDITION_UNKNOWN');
    given(conditional, { type: 'DelegationVaried', data: { note: 'n' } })
      .when(satisfy)
      .gives({ type: 'ConditionSatisfied', data: { condition: 'segment' } });
    given(granted, { type: 'DelegationVaried', data: { conditions: [standing] } })
      .when(satisfy)
      .gives({ type: 'ConditionSatisfied', data: { condition: 'segment' } });
    given(conditional, revoked, granted).when(satisfy).refuses('CONDITION_UNKNOWN');
  });
});

describe('revoking a delegation', () => {
  it('says why', () => {
    given(granted)
      .when({ type: 'RevokeDelegation', data: { reason: 'new scheme' } })
      .gives({ type: 'DelegationRevoked', data: { reason: 'new scheme' } });
  });
  it('is refused before it was granted', () => {
    given().when({ type: 'RevokeDelegation', data: {} }).refuses('ENDS_BEFORE_START');
  });
  it('is refused twice', () => {
    given(granted, revoked).when({ type: 'RevokeDelegation', data: {} }).refuses('ALREADY_ENDED');
  });
});
