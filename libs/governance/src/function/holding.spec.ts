import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { functionHolding } from './holding.js';
import type { HoldingDetails, HoldingEvent } from './holding.events.js';

const { given } = scenario(functionHolding);
const day = (text: string) => parseCivilDate(text, 'day');
const ofIcbs: HoldingDetails = {
  function: 'dental',
  organisationKind: 'ICB',
  route: 'DELEGATED',
  fromOrganisation: 'nhse',
  places: ['glos'],
  services: ['dental'],
  statute: 'National Health Service Act 2006',
  provision: 's65Z5',
  instrument: 'agreement',
  source: 'The agreement',
  note: 'n',
};
const { organisationKind: _kind, ...nobodys } = ofIcbs;
const recorded: HoldingEvent = { type: 'HoldingRecorded', data: ofIcbs };
const ended: HoldingEvent = { type: 'HoldingEnded', data: {} };

describe('recording who holds a function', () => {
  it('keeps what was said, with the last day as the first day without', () => {
    given()
      .when({ type: 'RecordHolding', data: { ...ofIcbs, until: day('2026-03-31') } })
      .gives({ type: 'HoldingRecorded', data: { ...ofIcbs, to: day('2026-04-01') } });
  });
  it('refers to the function, to whoever held it before, to places and instrument', () => {
    const data = { ...nobodys, organisation: 'QR1' };
    expect(functionHolding.references({ type: 'RecordHolding', data })).toEqual([
      { aggregate: 'function', id: 'dental', field: 'function' },
      { aggregate: 'organisation', id: 'QR1', field: 'organisation' },
      { aggregate: 'organisation', id: 'nhse', field: 'fromOrganisation' },
      { aggregate: 'place', id: 'glos', field: 'places[0]' },
      { aggregate: 'instrument', id: 'agreement', field: 'instrument' },
    ]);
  });
  it('is refused where it names nobody, and where it names an organisation and a kind', () => {
    given().when({ type: 'RecordHolding', data: nobodys }).refuses('HELD_BY_NOBODY');
    given()
      .when({ type: 'RecordHolding', data: { ...ofIcbs, organisation: 'QR1' } })
      .refuses('HELD_BY_BOTH');
  });
  it('is refused where it ends before it starts, and covers no day where it ends on the day it starts', () => {
    given()
      .when({ type: 'RecordHolding', data: { ...ofIcbs, until: day('2025-03-30') } })
      .refuses('ENDS_BEFORE_START');
    given()
      .when({ type: 'RecordHolding', data: { ...ofIcbs, until: day('2025-03-31') } })
      .gives({ type: 'HoldingRecorded', data: { ...ofIcbs, to: day('2025-04-01') } });
  });
  it('is refused twice, and possible again after it ended', () => {
    given(recorded).when({ type: 'RecordHolding', data: ofIcbs }).refuses('ALREADY_BEGUN');
    given(recorded, ended).when({ type: 'RecordHolding', data: ofIcbs }).gives(recorded);
  });
});

describe('changing and ending a holding', () => {
  it('goes from a kind to an organisation where the kind is taken away with it', () => {
    const data = { organisation: 'QR1', organisationKind: null };
    given(recorded).when({ type: 'ChangeHolding', data }).gives({ type: 'HoldingChanged', data });
    given(recorded)
      .when({ type: 'ChangeHolding', data: { organisation: 'QR1' } })
      .refuses('HELD_BY_BOTH');
    given(recorded)
      .when({ type: 'ChangeHolding', data: { organisationKind: null } })
      .refuses('HELD_BY_NOBODY');
  });
  it('says an open end with null', () => {
    given(recorded)
      .when({ type: 'ChangeHolding', data: { until: null } })
      .gives({ type: 'HoldingChanged', data: { to: null } });
  });
  it('says why it ended, and is refused before it began and twice', () => {
    given(recorded)
      .when({ type: 'EndHolding', data: { reason: 'repealed' } })
      .gives({ type: 'HoldingEnded', data: { reason: 'repealed' } });
    given()
      .when({ type: 'ChangeHolding', data: { note: 'x' } })
      .refuses('NOT_BEGUN');
    given().when({ type: 'EndHolding', data: {} }).refuses('ENDS_BEFORE_START');
    given(recorded, ended).when({ type: 'EndHolding', data: {} }).refuses('ALREADY_ENDED');
  });
});
