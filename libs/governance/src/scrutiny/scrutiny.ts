import { given, said, type Decider, type Fact, type Revised } from '#kernel';
import { UNBORN, lifeAfter, refersTo, standsInLife, type Life, type Part } from '../lifecycle.js';
import type { Letter, MatterDetails, Response, ScrutinyEvent } from './scrutiny.events.js';

export type ScrutinyCommand =
  | Fact<'RaiseMatter', MatterDetails>
  | Fact<'RecordLetter', Letter>
  | Fact<'RecordResponse', Response>
  | Fact<'ChangeMatter', Revised<MatterDetails>>
  | Fact<'CloseMatter', { readonly outcome?: string }>;

const PARTS: Record<ScrutinyEvent['type'], Part> = {
  MatterRaised: 'begins',
  LetterSent: 'goes on',
  ResponseRecorded: 'goes on',
  MatterChanged: 'goes on',
  MatterClosed: 'ends',
};

/** Matters that scrutiny committees raise, each a subject of its own, from raising to closing. */
export const scrutiny: Decider<Life, ScrutinyCommand, ScrutinyEvent> = {
  initial: UNBORN,

  references: ({ type, data }) =>
    type === 'RaiseMatter' || type === 'ChangeMatter'
      ? [
          ...refersTo('body', data.committee, 'committee'),
          ...refersTo('organisation', data.addressedToOrganisation, 'addressedToOrganisation'),
          ...refersTo('body', data.addressedToBody, 'addressedToBody'),
          ...refersTo('decision', data.aboutDecision, 'aboutDecision'),
          ...refersTo('meeting', data.aboutMeeting, 'aboutMeeting'),
        ]
      : [],

  decide({ type, data }) {
    switch (type) {
      case 'RaiseMatter': {
        const { committee, kind, text } = data;
        return { type: 'MatterRaised', data: said({ ...given(details(data)), committee, kind, text }) };
      }
      case 'RecordLetter':
        return { type: 'LetterSent', data: said({ sentOn: data.sentOn, to: data.to, note: data.note }) };
      case 'RecordResponse': {
        const { text, respondedOn, from, outcome } = data;
        return { type: 'ResponseRecorded', data: said({ text, respondedOn, from, outcome }) };
      }
      case 'ChangeMatter':
        return { type: 'MatterChanged', data: details(data) };
      case 'CloseMatter':
        return { type: 'MatterClosed', data: said({ outcome: data.outcome }) };
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'matter'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const details = (data: Revised<MatterDetails>): Revised<MatterDetails> =>
  said({
    committee: data.committee,
    kind: data.kind,
    text: data.text,
    title: data.title,
    addressedTo: data.addressedTo,
    addressedToOrganisation: data.addressedToOrganisation,
    addressedToBody: data.addressedToBody,
    raisedOn: data.raisedOn,
    dueOn: data.dueOn,
    aboutDecision: data.aboutDecision,
    aboutMeeting: data.aboutMeeting,
    progress: data.progress,
    note: data.note,
  });
