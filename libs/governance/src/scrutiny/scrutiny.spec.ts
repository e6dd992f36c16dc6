import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { scrutiny, type ScrutinyCommand } from './scrutiny.js';
import type { ScrutinyEvent } from './scrutiny.events.js';

const { given } = scenario(scrutiny);
const day = (text: string) => parseCivilDate(text, 'day');
const matter = { committee: 'glos-hosc', kind: 'ESCALATION', text: 'The chair is to write to NHS England.' } as const;
const raised: ScrutinyEvent = { type: 'MatterRaised', data: matter };
const closed: ScrutinyEvent = { type: 'MatterClosed', data: {} };

describe('raising a matter', () => {
  const data = {
    ...matter,
    title: 'GP out of hours',
    addressedTo: 'NHS England',
    addressedToOrganisation: 'NHSE',
    addressedToBody: 'nhse-board',
    raisedOn: day('2023-05-23'),
    dueOn: day('2023-06-20'),
    aboutDecision: 'd1',
    aboutMeeting: 'm1',
    progress: 'letter sent',
    note: 'A note.',
  };
  it('keeps every field by name', () => {
    given().when({ type: 'RaiseMatter', data }).gives({ type: 'MatterRaised', data });
  });
  it('names the subjects it points to', () => {
    const named = scrutiny.references({ type: 'RaiseMatter', data });
    expect(named.map(({ aggregate, id, field }) => `${field} ${aggregate}/${id}`)).toEqual([
      'committee body/glos-hosc',
      'addressedToOrganisation organisation/NHSE',
      'addressedToBody body/nhse-board',
      'aboutDecision decision/d1',
      'aboutMeeting meeting/m1',
    ]);
  });
  it('is refused twice', () => {
    given(raised).when({ type: 'RaiseMatter', data: matter }).refuses('ALREADY_BEGUN');
  });
});

describe('what happens to a matter', () => {
  const happenings: readonly (readonly [ScrutinyCommand, ScrutinyEvent])[] = [
    [
      { type: 'RecordLetter', data: { sentOn: day('2023-06-09'), to: 'NHS England', note: 'By the chair.' } },
      { type: 'LetterSent', data: { sentOn: day('2023-06-09'), to: 'NHS England', note: 'By the chair.' } },
    ],
    [
      {
        type: 'RecordResponse',
        data: { text: 'Agreed.', respondedOn: day('2023-06-16'), from: 'NHS England', outcome: 'PARTLY_ACCEPTED' },
      },
      {
        type: 'ResponseRecorded',
        data: { text: 'Agreed.', respondedOn: day('2023-06-16'), from: 'NHS England', outcome: 'PARTLY_ACCEPTED' },
      },
    ],
    [
      { type: 'ChangeMatter', data: { progress: 'meeting being arranged' } },
      { type: 'MatterChanged', data: { progress: 'meeting being arranged' } },
    ],
  ];
  it.each(happenings.map((pair) => [pair[0].type, ...pair] as const))(
    'is recorded, also after it was closed, and refused before it was raised: %s',
    (_type, command, event) => {
      given(raised).when(command).gives(event);
      given(raised, closed).when(command).gives(event);
      given().when(command).refuses('NOT_BEGUN');
    },
  );
});

describe('closing a matter', () => {
  it('says with what outcome', () => {
    given(raised)
      .when({ type: 'CloseMatter', data: { outcome: 'welcomed' } })
      .gives({ type: 'MatterClosed', data: { outcome: 'welcomed' } });
  });
  it('is refused before it was raised', () => {
    given().when({ type: 'CloseMatter', data: {} }).refuses('ENDS_BEFORE_START');
  });
  it('is refused twice', () => {
    given(raised, closed).when({ type: 'CloseMatter', data: {} }).refuses('ALREADY_ENDED');
  });
});
