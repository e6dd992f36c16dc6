import { given, said, type Decider, type Fact, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, standsInLife, type Life } from '../lifecycle.js';
import { NO_PERIODS, standsAsEndOf, withOver, withRunning, type Periods } from '../periods.js';
import type { NamePeriod, PersonDetails, PersonEvent } from './person.events.js';

export type PersonCommand =
  | Fact<'RegisterPerson', PersonDetails>
  | Fact<'ChangePerson', Revised<PersonDetails>>
  | Fact<'RecordName', NamePeriod>
  | Fact<'EndName', { readonly period: string }>;

export interface PersonState {
  readonly life: Life;
  readonly names: Periods;
}

/** Persons: the holders of public offices, under the names they had. Several names may run at once. */
export const person: Decider<PersonState, PersonCommand, PersonEvent> = {
  initial: { life: UNBORN, names: NO_PERIODS },

  references: () => [],

  decide({ type, data }) {
    switch (type) {
      case 'RegisterPerson':
        return { type: 'PersonRegistered', data: { ...given(details(data)), name: data.name } };
      case 'ChangePerson':
        return { type: 'PersonChanged', data: details(data) };
      case 'RecordName':
        return { type: 'NameRecorded', data: { ...given(details(data)), name: data.name, period: data.period } };
      case 'EndName':
        return { type: 'NameEnded', data: { period: data.period } };
    }
  },

  stands({ life, names }, { type, data }) {
    switch (type) {
      case 'PersonRegistered':
        return standsInLife(life, 'begins', 'person');
      case 'PersonChanged':
        return standsInLife(life, 'goes on', 'person');
      case 'NameRecorded':
        return undefined;
      case 'NameEnded':
        return standsAsEndOf(names, data.period, 'name', 'NAME_NOT_RUNNING');
    }
  },

  evolve({ life, names }, { type, data }) {
    switch (type) {
      case 'PersonRegistered':
        return { life: lifeAfter(life, 'begins'), names };
      case 'PersonChanged':
        return { life, names };
      case 'NameRecorded':
        return { life: lifeAfter(life, 'begins'), names: withRunning(names, data.period) };
      case 'NameEnded':
        return { life, names: withOver(names, data.period) };
    }
  },
};

const details = (data: Revised<PersonDetails>): Revised<PersonDetails> =>
  said({
    name: data.name,
    displayName: data.displayName,
    shortName: data.shortName,
    gender: data.gender,
    identifiers: identifiersOf(data.identifiers),
    note: data.note,
  });
