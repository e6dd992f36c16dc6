import { Refusal, given, said, type Decider, type Fact, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersTo, standsInLife, type Life, type Part } from '../lifecycle.js';
import type {
  InstrumentAdoptedData,
  InstrumentDetails,
  InstrumentEvent,
  InstrumentVersion,
  InstrumentWithdrawnData,
} from './instrument.events.js';

export type InstrumentCommand =
  | Fact<'AdoptInstrument', InstrumentAdoptedData>
  | Fact<'IssueVersion', InstrumentVersion>
  | Fact<'ChangeInstrument', Revised<InstrumentDetails>>
  | Fact<'WithdrawInstrument', InstrumentWithdrawnData>;

/** The version issued last, to see that its number is not given again (T8). */
export interface InstrumentLife extends Life {
  readonly version?: string;
  readonly draft?: boolean;
}

const PARTS: Record<InstrumentEvent['type'], Part> = {
  InstrumentAdopted: 'begins',
  VersionIssued: 'goes on',
  InstrumentChanged: 'goes on',
  InstrumentWithdrawn: 'ends',
};

/** Instruments: constitutions, schemes, terms of reference, agreements and plans, with their versions and provisions. */
export const instrument: Decider<InstrumentLife, InstrumentCommand, InstrumentEvent> = {
  initial: UNBORN,

  references(command) {
    switch (command.type) {
      case 'AdoptInstrument':
      case 'ChangeInstrument':
        return [
          ...refersTo('organisation', command.data.organisation, 'organisation'),
          ...refersTo('body', command.data.body, 'body'),
          ...refersTo('instrument', command.data.partOf, 'partOf'),
          ...refersTo('decision', command.data.adoptedByDecision, 'adoptedByDecision'),
        ];
      case 'IssueVersion':
        return [];
      case 'WithdrawInstrument':
        return refersTo('instrument', command.data.replacedBy, 'replacedBy');
    }
  },

  decide({ type, data }) {
    switch (type) {
      case 'AdoptInstrument':
        return {
          type: 'InstrumentAdopted',
          data: said({
            ...given(details(data)),
            title: data.title,
            kind: data.kind,
            version: data.version,
            draft: data.draft,
          }),
        };
      case 'IssueVersion': {
        const { version, change, approvedOn, draft } = data;
        return { type: 'VersionIssued', data: said({ version, change, approvedOn, draft }) };
      }
      case 'ChangeInstrument':
        return { type: 'InstrumentChanged', data: details(data) };
      case 'WithdrawInstrument':
        return { type: 'InstrumentWithdrawn', data: said({ reason: data.reason, replacedBy: data.replacedBy }) };
    }
  },

  stands(life, { type, data }) {
    if (type === 'VersionIssued' && life.version === data.version && !(life.draft && !data.draft)) {
      return new Refusal('INSTRUMENT_VERSION_USED', `version ${data.version} has been issued already`, {
        field: 'version',
        rule: 'T8',
        remedy: 'give the number of the new version, or correct the event that issued it',
      });
    }
    return standsInLife(life, PARTS[type], 'instrument');
  },

  evolve(life, { type, data }) {
    const { begun, ended } = lifeAfter(life, PARTS[type]);
    switch (type) {
      case 'InstrumentAdopted':
      case 'VersionIssued':
        return said({ begun, ended, version: data.version, draft: data.draft });
      case 'InstrumentChanged':
      case 'InstrumentWithdrawn':
        return said({ begun, ended, version: life.version, draft: life.draft });
    }
  },
};

const details = (data: Revised<InstrumentDetails>): Revised<InstrumentDetails> =>
  said({
    title: data.title,
    kind: data.kind,
    organisation: data.organisation,
    body: data.body,
    partOf: data.partOf,
    clause: data.clause,
    text: data.text,
    adoptedOn: data.adoptedOn,
    adoptedByDecision: data.adoptedByDecision,
    website: data.website,
    identifiers: identifiersOf(data.identifiers),
    note: data.note,
  });
