import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '#kernel';
import { scenario } from '#testing';
import { interest } from './interest.js';
import type { InterestDetails, InterestEvent } from './interest.events.js';

const { given } = scenario(interest);
const day = (text: string): CivilDate => text as CivilDate;
const director: InterestDetails = {
  person: 'a',
  kind: 'FINANCIAL',
  nature: 'director',
  organisation: 'RTE',
  organisationName: 'Gloucestershire Hospitals',
  declaredOn: day('2025-04-20'),
  publishedOn: day('2025-05-01'),
  note: 'paid',
};
const declared: InterestEvent = { type: 'InterestDeclared', data: director };
const ended: InterestEvent = { type: 'InterestEnded', data: {} };

describe('declaring an interest', () => {
  it('keeps what was said, with the last day as the first day without', () => {
    given()
      .when({ type: 'DeclareInterest', data: { ...director, until: day('2026-03-31') } })
      .gives({ type: 'InterestDeclared', data: { ...director, to: day('2026-04-01') } });
  });
  it('refers to the person and the organisation', () => {
    expect(interest.references({ type: 'DeclareInterest', data: director })).toEqual([
      { aggregate: 'person', id: 'a', field: 'person' },
      { aggregate: 'organisation', id: 'RTE', field: 'organisation' },
    ]);
  });
  it('is refused twice, and possible again after the end', () => {
    given(declared).when({ type: 'DeclareInterest', data: director }).refuses('ALREADY_BEGUN');
    given(declared, ended).when({ type: 'DeclareInterest', data: director }).gives(declared);
  });
  it('is refused where it ends before it starts', () => {
    given()
      .when({ type: 'DeclareInterest', data: { ...director, until: day('2025-03-30') } })
      .refuses('ENDS_BEFORE_START');
  });
});

describe('amending an interest', () => {
  it('says only what changed', () => {
    given(declared)
      .when({ type: 'AmendInterest', data: { nature: 'chair', until: day('2025-03-31') } })
      .gives({ type: 'InterestAmended', data: { nature: 'chair', to: day('2025-04-01') } });
  });
  it('is refused before it has begun, and where it would end before the day of the amendment', () => {
    given()
      .when({ type: 'AmendInterest', data: { nature: 'chair' } })
      .refuses('NOT_BEGUN');
    given(declared)
      .when({ type: 'AmendInterest', data: { until: day('2025-03-30') } })
      .refuses('ENDS_BEFORE_START');
  });
});

describe('ending an interest', () => {
  it('says why', () => {
    given(declared)
      .when({ type: 'EndInterest', data: { reason: 'resigned' } })
      .gives({ type: 'InterestEnded', data: { reason: 'resigned' } });
  });
  it('is refused before it has begun, and twice', () => {
    given().when({ type: 'EndInterest', data: {} }).refuses('ENDS_BEFORE_START');
    given(declared, ended).when({ type: 'EndInterest', data: {} }).refuses('ALREADY_ENDED');
  });
});
