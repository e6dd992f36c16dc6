import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '#kernel';
import { scenario } from '#testing';
import { appointment } from './appointment.js';
import type { AppointmentEvent } from './appointment.events.js';

const { given } = scenario(appointment);
const day = (text: string): CivilDate => text as CivilDate;
const wilson = { person: 'wilson', seat: 'hwb-chair', role: 'Chairperson' };
const made: AppointmentEvent = { type: 'AppointmentMade', data: wilson };
const ended: AppointmentEvent = { type: 'AppointmentEnded', data: {} };
const acting: AppointmentEvent = { type: 'CapacityRecorded', data: { period: 'c1', acting: true } };
const actingEnded: AppointmentEvent = { type: 'CapacityEnded', data: { period: 'c1' } };
const untilMarch: AppointmentEvent = { type: 'AppointmentMade', data: { ...wilson, to: day('2026-04-01') } };

describe('making an appointment', () => {
  it('keeps what was said, with the last day as the first day without', () => {
    given()
      .when({ type: 'MakeAppointment', data: { ...wilson, until: day('2026-03-31'), seenOn: [day('2025-06-01')] } })
      .gives({ type: 'AppointmentMade', data: { ...wilson, to: day('2026-04-01'), seenOn: [day('2025-06-01')] } });
  });
  it('refers to everybody and everything it names', () => {
    const data = { ...wilson, body: 'b', organisation: 'o', deputyFor: 'p2', madeByDecision: 'd' };
    expect(
      appointment.references({ type: 'MakeAppointment', data }).map(({ aggregate, id }) => `${aggregate}/${id}`),
    ).toEqual(['person/wilson', 'seat/hwb-chair', 'body/b', 'organisation/o', 'person/p2', 'decision/d']);
  });
  it('is refused where the person is appointed to nothing', () => {
    given()
      .when({ type: 'MakeAppointment', data: { person: 'wilson', note: 'x' } })
      .refuses('APPOINTMENT_TO_NOTHING');
  });
  it.each(['seat', 'body', 'organisation', 'role'])('needs no more than one of its ends: %s', (end) => {
    given()
      .when({ type: 'MakeAppointment', data: { person: 'wilson', [end]: 'x' } })
      .gives({ type: 'AppointmentMade', data: { person: 'wilson', [end]: 'x' } });
  });
  it('covers no day where it ends on the day it starts, and is refused where it ends before', () => {
    const until = (last: string) => ({ type: 'MakeAppointment', data: { ...wilson, until: day(last) } }) as const;
    given()
      .when(until('2025-04-30'), day('2025-05-01'))
      .gives({ type: 'AppointmentMade', data: { ...wilson, to: day('2025-05-01') } });
    given().when(until('2025-04-29'), day('2025-05-01')).refuses('ENDS_BEFORE_START');
  });
  it('is refused twice, and possible again after the end', () => {
    given(made).when({ type: 'MakeAppointment', data: wilson }).refuses('ALREADY_BEGUN');
    given(made, ended).when({ type: 'MakeAppointment', data: wilson }).gives(made);
  });
  it('is possible again from the day on which a known term has lapsed, not the day before', () => {
    given(untilMarch).when({ type: 'MakeAppointment', data: wilson }, day('2026-04-01')).gives(made);
    given(untilMarch).when({ type: 'MakeAppointment', data: wilson }, day('2026-03-31')).refuses('ALREADY_BEGUN');
  });
});

describe('changing an appointment', () => {
  it('says only what changed', () => {
    given(made)
      .when({ type: 'ChangeAppointment', data: { status: 'INTERIM', until: day('2026-03-31') } })
      .gives({ type: 'AppointmentChanged', data: { status: 'INTERIM', to: day('2026-04-01') } });
  });
  it('is refused before it has begun, a capacity recorded or not', () => {
    given()
      .when({ type: 'ChangeAppointment', data: { status: 'ACTING' } })
      .refuses('NOT_BEGUN');
    given(acting)
      .when({ type: 'ChangeAppointment', data: { status: 'ACTING' } })
      .refuses('NOT_BEGUN');
  });
  it('is refused where the term it states ends before the day of the change', () => {
    given(made)
      .when({ type: 'ChangeAppointment', data: { until: day('2025-03-30') } })
      .refuses('ENDS_BEFORE_START');
  });
});

describe('recording a capacity', () => {
  const record = { type: 'RecordCapacity', data: { period: 'c1', acting: true } } as const;
  it('stands during the appointment, before it begins, and after it ended', () => {
    given(made).when(record).gives(acting);
    given().when(record).gives(acting);
    given(made, ended).when(record).gives(acting);
  });
  it('does not begin the appointment', () => {
    given(acting).when({ type: 'MakeAppointment', data: wilson }).gives(made);
    given(acting).when({ type: 'EndAppointment', data: {} }).refuses('ENDS_BEFORE_START');
  });
  it('keeps every characteristic', () => {
    const data = {
      period: 'c2',
      status: 'ACTING',
      cabinetStatus: 'Attends cabinet',
      acting: false,
      onLeave: true,
      leaveReason: 'Maternity leave',
      note: 'n',
    } as const;
    given(made, acting).when({ type: 'RecordCapacity', data }).gives({ type: 'CapacityRecorded', data });
  });
});

describe('ending a capacity', () => {
  const end = { type: 'EndCapacity', data: { period: 'c1' } } as const;
  it('is recorded while it runs, even after the appointment ended', () => {
    given(made, acting).when(end).gives(actingEnded);
    given(made, acting, ended).when(end).gives(actingEnded);
  });
  it('is refused where it never began by then, and twice', () => {
    given(made).when(end).refuses('ENDS_BEFORE_START');
    given(made, acting, actingEnded).when(end).refuses('CAPACITY_NOT_RUNNING');
  });
});

describe('extending a term', () => {
  it('stores the first day without, and joins on the end date', () => {
    given(untilMarch)
      .when({ type: 'ExtendTerm', data: { until: day('2027-03-31') } }, day('2026-04-01'))
      .gives({ type: 'TermExtended', data: { to: day('2027-04-01') } });
  });
  it('is refused before the appointment, and where it ends before its own day', () => {
    given()
      .when({ type: 'ExtendTerm', data: { until: day('2027-03-31') } })
      .refuses('NOT_BEGUN');
    given(untilMarch)
      .when({ type: 'ExtendTerm', data: { until: day('2026-03-30') } }, day('2026-04-01'))
      .refuses('ENDS_BEFORE_START');
  });
});

describe('ending an appointment', () => {
  it('says why, also after its term has lapsed', () => {
    given(untilMarch)
      .when({ type: 'EndAppointment', data: { reason: 'died in office' } }, day('2026-06-01'))
      .gives({ type: 'AppointmentEnded', data: { reason: 'died in office' } });
  });
  it('is refused before it has begun, and twice', () => {
    given().when({ type: 'EndAppointment', data: {} }).refuses('ENDS_BEFORE_START');
    given(made, ended).when({ type: 'EndAppointment', data: {} }).refuses('ALREADY_ENDED');
  });
});

describe('recording a vacancy', () => {
  const vacant: AppointmentEvent = { type: 'VacancyRecorded', data: { seat: 'hwb-chair' } };
  it('begins and ends as an appointment does', () => {
    given()
      .when({ type: 'RecordVacancy', data: { seat: 'hwb-chair' } })
      .gives(vacant);
    given(vacant)
      .when({ type: 'RecordVacancy', data: { seat: 'hwb-chair' } })
      .refuses('ALREADY_BEGUN');
    given(vacant)
      .when({ type: 'EndAppointment', data: { reason: 'filled' } })
      .gives({ type: 'AppointmentEnded', data: { reason: 'filled' } });
  });
  it('refers to the seat', () => {
    expect(appointment.references({ type: 'RecordVacancy', data: { seat: 'hwb-chair' } })).toEqual([
      { aggregate: 'seat', id: 'hwb-chair', field: 'seat' },
    ]);
  });
});
