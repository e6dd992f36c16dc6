import { said, type Decider, type Fact } from '#kernel';
import { UNBORN, lifeAfter, standsInLife, type Life } from '../lifecycle.js';
import { NO_PERIODS, standsAsEndOf, withOver, withRunning, type Periods } from '../periods.js';
import type { NamePeriod, PersonDetails, PersonEvent, PersonName } from './person.events.js';

export type PersonCommand =
  Fact<'RegisterPerson', PersonDetails> | Fact<'RecordName', NamePeriod> | Fact<'EndName', { readonly period: string }>;

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
        return { type: 'PersonRegistered', data: said({ ...called(data), note: data.note }) };
      case 'RecordName':
        return { type: 'NameRecorded', data: said({ ...called(data), period: data.period }) };
      case 'EndName':
        return { type: 'NameEnded', data: { period: data.period } };
    }
  },

  stands({ life, names }, { type, data }) {
    switch (type) {
      case 'PersonRegistered':
        return standsInLife(life, 'begins', 'person');
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
      case 'NameRecorded':
        return { life: lifeAfter(life, 'begins'), names: withRunning(names, data.period) };
      case 'NameEnded':
        return { life, names: withOver(names, data.period) };
    }
  },
};

const called = (data: PersonName): PersonName =>
  said({
    name: data.name,
    displayName: data.displayName,
    shortName: data.shortName,
    gender: data.gender,
    identifiers: data.identifiers?.map(({ scheme, value }) => ({ scheme, value })),
  });
