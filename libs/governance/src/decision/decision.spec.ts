import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { decision, referenceOf, type DecisionCommand } from './decision.js';
import type { DecisionDetails, DecisionEvent } from './decision.events.js';

const { given } = scenario(decision);
const day = (text: string) => parseCivilDate(text, 'day');
const title = 'Acute Respiratory Infection Hubs';
const proposed: DecisionEvent = { type: 'DecisionProposed', data: { title } };
const taken: DecisionEvent = { type: 'DecisionTaken', data: { title } };
const lapsed: DecisionEvent = { type: 'DecisionLapsed', data: {} };
const everything: DecisionDetails = {
  reference: 'ICB-2025/26-0042',
  title,
  decidedBy: ['glos-opex'],
  officer: 'p1',
  appointment: 'a1',
  decidedByName: 'NHS England and ministers',
  organisation: 'QR1',
  accountable: ['RTE', 'RTQ'],
  kind: 'AWARD_CONTRACT',
  route: 'MEETING_PRIVATE_SESSION',
  outcome: 'agreed',
  method: 'without division',
  text: 'x'.repeat(20_000),
  reasons: 'Because.',
  alternatives: 'None.',
  takenOn: day('2026-03-20'),
  noticedOn: day('2026-03-26'),
  publishedOn: day('2026-03-27'),
  stage: 'intention to award',
  amount: { pence: 80_354_800 },
  amountPerYear: { pence: 40_177_400 },
  amountNote: 'Excluding VAT.',
  spending: 'CAPITAL',
  vat: 'EXCLUDED',
  term: '2 years + option of 12 months',
  legalBasis: 'PSR regulation 9',
  procurement: {
    route: 'PSR_DIRECT_C',
    supplier: 'G DOC Ltd',
    noticeId: 'ocds-h6vhtk-0674c4',
    standstillUntil: day('2026-04-13'),
    tenderDeadline: day('2026-01-31'),
  },
  provider: 'GDOC',
  delegation: 'dl1',
  conditionsMet: [{ delegation: 'dl1', condition: 'cfo', on: day('2026-03-01'), evidence: 'certificate 12' }],
  instrument: 'i1',
  meeting: 'm1',
  implements: 's1',
  supersedes: 'd0',
  tags: ['respiratory'],
  identifiers: [{ scheme: 'ocds', value: 'ocds-h6vhtk-0674c4' }],
  website: 'https://example.org',
  conflictInSource: 'Two incumbents are named.',
  note: 'A note.',
};

describe('proposing a decision', () => {
  const data = {
    reference: 'R1',
    title,
    bodies: ['glos-board'],
    organisation: 'QR1',
    summary: 'What it is about.',
    dueOn: day('2026-03-25'),
    key: true,
    website: 'https://example.org',
    note: 'A note.',
  };
  it('keeps every field by name, but not the series of its reference', () => {
    given()
      .when({ type: 'ProposeDecision', data: { ...data, referenceSeries: 'ICB-2025/26' } })
      .gives({ type: 'DecisionProposed', data });
  });
  it('names the subjects it points to', () => {
    expect(decision.references({ type: 'ProposeDecision', data })).toEqual([
      { aggregate: 'body', id: 'glos-board', field: 'bodies[0]' },
      { aggregate: 'organisation', id: 'QR1', field: 'organisation' },
    ]);
  });
  it('is refused once it was proposed or taken', () => {
    given(proposed).when({ type: 'ProposeDecision', data: { title } }).refuses('ALREADY_BEGUN');
    given(taken).when({ type: 'ProposeDecision', data: { title } }).refuses('ALREADY_BEGUN');
  });
  it('is possible again after it lapsed, and may then be taken', () => {
    given(taken, lapsed).when({ type: 'ProposeDecision', data: { title } }).gives(proposed);
    given(taken, lapsed, proposed).when({ type: 'TakeDecision', data: { title } }).gives(taken);
  });
});

describe('taking a decision', () => {
  it('keeps every field by name, but not the series of its reference', () => {
    given()
      .when({ type: 'TakeDecision', data: { ...everything, referenceSeries: 'ICB-2025/26' } })
      .gives({ type: 'DecisionTaken', data: everything });
  });
  it('is possible with or without a proposal', () => {
    given().when({ type: 'TakeDecision', data: { title } }).gives(taken);
    given(proposed).when({ type: 'TakeDecision', data: { title } }).gives(taken);
  });
  it('is refused twice, also when something happened in between', () => {
    given(taken).when({ type: 'TakeDecision', data: { title } }).refuses('DECISION_ALREADY_TAKEN');
    given(proposed, taken, { type: 'DecisionCalledIn', data: {} })
      .when({ type: 'TakeDecision', data: { title } })
      .refuses('DECISION_ALREADY_TAKEN');
  });
  it('is possible again after it lapsed', () => {
    given(taken, lapsed).when({ type: 'TakeDecision', data: { title } }).gives(taken);
  });
  it('names the subjects it points to', () => {
    const named = decision.references({ type: 'TakeDecision', data: everything });
    expect(named.map(({ aggregate, id, field }) => `${field} ${aggregate}/${id}`)).toEqual([
      'decidedBy[0] body/glos-opex',
      'officer person/p1',
      'appointment appointment/a1',
      'organisation organisation/QR1',
      'accountable[0] organisation/RTE',
      'accountable[1] organisation/RTQ',
      'provider organisation/GDOC',
      'delegation delegation/dl1',
      'conditionsMet[0].delegation delegation/dl1',
      'instrument instrument/i1',
      'meeting meeting/m1',
      'implements scrutiny/s1',
      'supersedes decision/d0',
    ]);
  });
});

describe('the reference of a decision', () => {
  it('is reserved where it is given, before a series', () => {
    const data = { title, reference: 'R1', referenceSeries: 'ICB-2025/26' };
    expect(referenceOf({ type: 'TakeDecision', data })).toEqual({ reference: 'R1' });
    expect(referenceOf({ type: 'ProposeDecision', data })).toEqual({ reference: 'R1' });
  });
  it('is asked for from the series where only that is given', () => {
    expect(referenceOf({ type: 'TakeDecision', data: { title, referenceSeries: 'ICB-2025/26' } })).toEqual({
      series: 'ICB-2025/26',
    });
  });
  it('is reserved where a change gives it', () => {
    expect(referenceOf({ type: 'ChangeDecision', data: { reference: 'R2' } })).toEqual({ reference: 'R2' });
  });
  it('is nobody’s business where neither is given', () => {
    expect(referenceOf({ type: 'TakeDecision', data: { title } })).toBeUndefined();
    expect(referenceOf({ type: 'ChangeDecision', data: { stage: 'modified' } })).toBeUndefined();
    expect(referenceOf({ type: 'LapseDecision', data: {} })).toBeUndefined();
  });
});

describe('what happens to a decision', () => {
  const happenings: readonly (readonly [DecisionCommand, DecisionEvent])[] = [
    [
      { type: 'ChangeDecision', data: { stage: 'award confirmed', procurement: { supplier: 'Modality LLP' } } },
      { type: 'DecisionChanged', data: { stage: 'award confirmed', procurement: { supplier: 'Modality LLP' } } },
    ],
    [
      { type: 'PublishDecision', data: { publishedOn: day('2025-06-20'), where: 'Find a Tender' } },
      { type: 'DecisionPublished', data: { publishedOn: day('2025-06-20'), where: 'Find a Tender' } },
    ],
    [
      { type: 'CallInDecision', data: { reason: 'consultation' } },
      { type: 'DecisionCalledIn', data: { reason: 'consultation' } },
    ],
    [
      { type: 'ReleaseDecision', data: { reason: 'upheld' } },
      { type: 'DecisionReleased', data: { reason: 'upheld' } },
    ],
    [
      { type: 'ImplementDecision', data: { note: 'contract signed' } },
      { type: 'DecisionImplemented', data: { note: 'contract signed' } },
    ],
    [
      { type: 'SupersedeDecision', data: { by: 'd2', part: 'clause 3' } },
      { type: 'DecisionSuperseded', data: { by: 'd2', part: 'clause 3' } },
    ],
  ];
  it.each(happenings.map((pair) => [pair[0].type, ...pair] as const))(
    'is recorded, also of a proposal and after the end, and refused of nothing: %s',
    (_type, command, event) => {
      given(taken).when(command).gives(event);
      given(proposed).when(command).gives(event);
      given(taken, lapsed).when(command).gives(event);
      given().when(command).refuses('NOT_BEGUN');
    },
  );
});

describe('ending a decision', () => {
  const endings: readonly (readonly [DecisionCommand, DecisionEvent])[] = [
    [
      { type: 'SupersedeDecision', data: { by: 'd2' } },
      { type: 'DecisionSuperseded', data: { by: 'd2' } },
    ],
    [
      { type: 'RescindDecision', data: { by: 'd2', reason: 'unlawful' } },
      { type: 'DecisionRescinded', data: { by: 'd2', reason: 'unlawful' } },
    ],
    [
      { type: 'LapseDecision', data: { reason: 'not signed in time' } },
      { type: 'DecisionLapsed', data: { reason: 'not signed in time' } },
    ],
  ];
  it.each(endings.map((pair) => [pair[0].type, ...pair] as const))(
    'is possible once, after it began: %s',
    (_type, command, event) => {
      given(taken).when(command).gives(event);
      given(proposed).when(command).gives(event);
      given(taken, lapsed).when(command).refuses('ALREADY_ENDED');
      given().when(command).refuses('ENDS_BEFORE_START');
    },
  );
  it('names the decision that did it', () => {
    const byTwo = [{ aggregate: 'decision', id: 'd2', field: 'by' }];
    expect(decision.references({ type: 'SupersedeDecision', data: { by: 'd2' } })).toEqual(byTwo);
    expect(decision.references({ type: 'RescindDecision', data: { by: 'd2' } })).toEqual(byTwo);
    expect(decision.references({ type: 'RescindDecision', data: {} })).toEqual([]);
  });
  it('does not come from a supersession in part: the rest may still be superseded', () => {
    given(taken, { type: 'DecisionSuperseded', data: { by: 'd2', part: 'clause 3' } })
      .when({ type: 'SupersedeDecision', data: { by: 'd3' } })
      .gives({ type: 'DecisionSuperseded', data: { by: 'd3' } });
  });
});
