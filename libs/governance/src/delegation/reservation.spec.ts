import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { reservation } from './reservation.js';
import type { ReservationDetails, ReservationEvent } from './reservation.events.js';

const { given } = scenario(reservation);
const day = (text: string) => parseCivilDate(text, 'day');
const closing: ReservationDetails = {
  body: 'board',
  organisation: 'icb',
  reservedToName: 'the Board',
  functions: ['closing a service'],
  catalogueFunctions: ['provision'],
  places: ['glos'],
  above: { amount: { pence: 100 }, basis: 'WHOLE_LIFE', vat: 'INCLUDED', spending: 'CAPITAL', note: 'n' },
  instrument: 'sord',
  version: '2',
  clause: '4.1',
  text: 'Reserved to the Board.',
  note: 'n',
};
const reserved: ReservationEvent = { type: 'MatterReserved', data: closing };
const ended: ReservationEvent = { type: 'ReservationEnded', data: {} };
const plain: ReservationDetails = { body: 'board', functions: ['closing a service'] };

describe('reserving a matter', () => {
  it('keeps every field by name, the last day as the first day without', () => {
    given()
      .when({ type: 'ReserveMatter', data: { ...closing, until: day('2026-03-31') } })
      .gives({ type: 'MatterReserved', data: { ...closing, to: day('2026-04-01') } });
    expect(reservation.references({ type: 'ReserveMatter', data: closing })).toEqual([
      { aggregate: 'body', id: 'board', field: 'body' },
      { aggregate: 'organisation', id: 'icb', field: 'organisation' },
      { aggregate: 'function', id: 'provision', field: 'catalogueFunctions[0]' },
      { aggregate: 'place', id: 'glos', field: 'places[0]' },
      { aggregate: 'instrument', id: 'sord', field: 'instrument' },
    ]);
  });
  it('is refused to nobody, also where a change leaves nobody', () => {
    given()
      .when({ type: 'ReserveMatter', data: { functions: ['f'] } })
      .refuses('RESERVED_TO_NOBODY');
    given({ type: 'MatterReserved', data: plain })
      .when({ type: 'ChangeReservation', data: { body: null } })
      .refuses('RESERVED_TO_NOBODY');
    given(reserved)
      .when({ type: 'ChangeReservation', data: { body: null } })
      .gives({ type: 'ReservationChanged', data: { body: null } });
  });
  it('is refused above an amount without its basis', () => {
    const above = { amount: { pence: 100 } };
    given()
      .when({ type: 'ReserveMatter', data: { ...plain, above } })
      .refuses('CONTRADICTS_ITSELF');
    given(reserved).when({ type: 'ChangeReservation', data: { above } }).refuses('CONTRADICTS_ITSELF');
    given(reserved)
      .when({ type: 'ChangeReservation', data: { above: { ...above, basis: 'OTHER' } } })
      .refuses('CONTRADICTS_ITSELF');
  });
  it('is refused twice, and possible again once it ended or its term is over', () => {
    given(reserved).when({ type: 'ReserveMatter', data: plain }).refuses('ALREADY_BEGUN');
    given(reserved, ended).when({ type: 'ReserveMatter', data: plain }).gives({ type: 'MatterReserved', data: plain });
    const termed: ReservationEvent = { type: 'MatterReserved', data: { ...plain, to: day('2025-07-01') } };
    given(termed).when({ type: 'ReserveMatter', data: plain }, day('2025-06-30')).refuses('ALREADY_BEGUN');
    given(termed)
      .when({ type: 'ReserveMatter', data: plain }, day('2025-07-01'))
      .gives({ type: 'MatterReserved', data: plain });
  });
});

describe('changing and ending a reservation', () => {
  it('says what is different, and why it ended', () => {
    given(reserved)
      .when({ type: 'ChangeReservation', data: { version: '3', above: null } })
      .gives({ type: 'ReservationChanged', data: { version: '3', above: null } });
    given(reserved)
      .when({ type: 'EndReservation', data: { reason: 'version 3' } })
      .gives({ type: 'ReservationEnded', data: { reason: 'version 3' } });
  });
  it('is refused before it began, and an end twice or before it starts', () => {
    given()
      .when({ type: 'ChangeReservation', data: { version: '3' } })
      .refuses('NOT_BEGUN');
    given().when({ type: 'EndReservation', data: {} }).refuses('ENDS_BEFORE_START');
    given(reserved, ended).when({ type: 'EndReservation', data: {} }).refuses('ALREADY_ENDED');
    given(reserved)
      .when({ type: 'ChangeReservation', data: { until: day('2025-04-29') } }, day('2025-05-01'))
      .refuses('ENDS_BEFORE_START');
  });
});
