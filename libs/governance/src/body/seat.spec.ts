import { describe, expect, it } from '@jest/globals';
import { scenario } from '#testing';
import { seat } from './seat.js';
import type { SeatDetails, SeatEvent } from './seat.events.js';

const { given } = scenario(seat);
const chair: SeatDetails = {
  title: 'Chair',
  body: 'glos-hosc',
  category: 'CHAIR',
  source: 'CONSTITUTION',
  voting: true,
};
const defined: SeatEvent = { type: 'SeatDefined', data: chair };
const removed: SeatEvent = { type: 'SeatRemoved', data: {} };

describe('defining a seat', () => {
  it('keeps what was said', () => {
    given().when({ type: 'DefineSeat', data: chair }).gives(defined);
  });
  it('refers to its body and its organisation', () => {
    expect(seat.references({ type: 'DefineSeat', data: { ...chair, organisation: 'QR1' } })).toEqual([
      { aggregate: 'body', id: 'glos-hosc', field: 'body' },
      { aggregate: 'organisation', id: 'QR1', field: 'organisation' },
    ]);
  });
  it('is refused twice, and possible again after it was removed', () => {
    given(defined).when({ type: 'DefineSeat', data: chair }).refuses('ALREADY_BEGUN');
    given(defined, removed).when({ type: 'DefineSeat', data: chair }).gives(defined);
  });
});

describe('changing a seat', () => {
  it('says only what changed, a vote taken away too', () => {
    given(defined)
      .when({ type: 'ChangeSeat', data: { voting: false } })
      .gives({ type: 'SeatChanged', data: { voting: false } });
  });
  it('is refused before it has begun', () => {
    given()
      .when({ type: 'ChangeSeat', data: { title: 'Chairman' } })
      .refuses('NOT_BEGUN');
  });
});

describe('removing a seat', () => {
  it('says why', () => {
    given(defined)
      .when({ type: 'RemoveSeat', data: { reason: 'terms of reference 3.0' } })
      .gives({ type: 'SeatRemoved', data: { reason: 'terms of reference 3.0' } });
  });
  it('is refused before it has begun, and twice', () => {
    given().when({ type: 'RemoveSeat', data: {} }).refuses('ENDS_BEFORE_START');
    given(defined, removed).when({ type: 'RemoveSeat', data: {} }).refuses('ALREADY_ENDED');
  });
});
