import { describe, it } from '@jest/globals';
import { scenario } from '#testing';
import { person } from './person.js';
import type { PersonEvent } from './person.events.js';

const { given } = scenario(person);
const peter = { name: 'Peter Mandelson', gender: 'M', identifiers: [{ scheme: 'parliament', value: '500' }] };
const registered: PersonEvent = { type: 'PersonRegistered', data: peter };
const named: PersonEvent = { type: 'NameRecorded', data: { ...peter, period: 'a' } };
const ennobled: PersonEvent = { type: 'NameRecorded', data: { name: 'Lord Mandelson', period: 'b' } };
const nameEnded: PersonEvent = { type: 'NameEnded', data: { period: 'a' } };

describe('registering a person', () => {
  it('keeps what was said', () => {
    given()
      .when({ type: 'RegisterPerson', data: { ...peter, note: 'peer' } })
      .gives({ type: 'PersonRegistered', data: { ...peter, note: 'peer' } });
  });
  it('is refused twice', () => {
    given(registered).when({ type: 'RegisterPerson', data: peter }).refuses('ALREADY_BEGUN');
  });
  it('is refused where a name has been recorded: the person exists', () => {
    given(named).when({ type: 'RegisterPerson', data: peter }).refuses('ALREADY_BEGUN');
  });
});

describe('recording a name', () => {
  it('begins a person', () => {
    given()
      .when({ type: 'RecordName', data: { ...peter, period: 'a' } })
      .gives(named);
  });
  it('goes on with a person who was registered, or has another name running', () => {
    given(registered)
      .when({ type: 'RecordName', data: { ...peter, period: 'a' } })
      .gives(named);
    given(named)
      .when({ type: 'RecordName', data: { name: 'Lord Mandelson', period: 'b' } })
      .gives(ennobled);
  });
  it('stands again while the period runs, and after it ended', () => {
    given(named)
      .when({ type: 'RecordName', data: { ...peter, period: 'a' } })
      .gives(named);
    given(named, nameEnded)
      .when({ type: 'RecordName', data: { ...peter, period: 'a' } })
      .gives(named);
  });
});

describe('ending a name', () => {
  it('is recorded while it runs, whatever else runs', () => {
    given(named, ennobled)
      .when({ type: 'EndName', data: { period: 'a' } })
      .gives(nameEnded);
  });
  it('is refused where that name never began by then', () => {
    given()
      .when({ type: 'EndName', data: { period: 'a' } })
      .refuses('ENDS_BEFORE_START');
    given(registered, ennobled)
      .when({ type: 'EndName', data: { period: 'a' } })
      .refuses('ENDS_BEFORE_START');
  });
  it('is refused twice, and possible again once the name ran again', () => {
    given(named, nameEnded)
      .when({ type: 'EndName', data: { period: 'a' } })
      .refuses('NAME_NOT_RUNNING');
    given(named, nameEnded, named)
      .when({ type: 'EndName', data: { period: 'a' } })
      .gives(nameEnded);
  });
});
