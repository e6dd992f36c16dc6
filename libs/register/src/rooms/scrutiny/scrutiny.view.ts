import { yesOrNo } from '../yes-or-no.js';
import { DateScalar, Field, MatterKindEnum, ObjectType, ResponseOutcomeEnum } from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { type MatterKind, type ResponseOutcome, type ScrutinyEvent } from '#governance';
import { firstDay } from '../lifespan.js';
import { Node, Recorded } from '../recorded.js';
import type { View } from '../../engine/view.js';

@ObjectType('ScrutinyLetter', { description: 'The last letter sent about a matter.' })
export class LetterView {
  @Field(() => DateScalar, { description: 'The day on which it was sent.', nullable: true })
  sentOn?: CivilDate;

  @Field(() => String, { description: 'To whom.', nullable: true })
  to?: string;

  @Field(() => String, { description: 'What else the source says about it.', nullable: true })
  note?: string;
}

@ObjectType('ScrutinyResponse', { description: 'The last answer received to a matter.' })
export class ResponseView {
  @Field(() => String, { description: 'What it says.', nullable: true })
  text?: string;

  @Field(() => DateScalar, { description: 'The day of the answer.', nullable: true })
  respondedOn?: CivilDate;

  @Field(() => String, { description: 'From whom.', nullable: true })
  from?: string;

  @Field(() => ResponseOutcomeEnum, { description: 'What it came to.', nullable: true })
  outcome?: ResponseOutcome;
}

/** The folded state of a matter before a scrutiny committee, and the GraphQL type `ScrutinyMatter`. */
@ObjectType('ScrutinyMatter', {
  implements: () => [Node, Recorded],
  description: 'One matter a scrutiny committee raised: a request, a recommendation, a referral, and what came of it.',
})
export class ScrutinyView {
  /** Ids; the resolver shows the subjects themselves. */
  committee!: string;
  addressedToOrganisation?: string;
  addressedToBody?: string;
  aboutDecision?: string;
  aboutMeeting?: string;

  @Field(() => MatterKindEnum, { description: 'What the committee did.' })
  kind!: MatterKind;

  @Field(() => String, { description: 'What it asked, recommended or said.' })
  text!: string;

  @Field(() => String, { description: 'A short title.', nullable: true })
  title?: string;

  @Field(() => String, { description: 'To whom it was addressed, in the words of the source.', nullable: true })
  addressedTo?: string;

  @Field(() => DateScalar, { description: 'The day on which it was raised.', nullable: true })
  raisedOn?: CivilDate;

  @Field(() => DateScalar, { description: 'The last day for an answer.', nullable: true })
  dueOn?: CivilDate;

  @Field(() => String, { description: 'Where it stands, in the words of the source.', nullable: true })
  progress?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => LetterView, { description: 'The last letter sent about it.', nullable: true })
  letter?: LetterView;

  @Field(() => ResponseView, { description: 'The last answer received.', nullable: true })
  response?: ResponseView;

  @Field(() => DateScalar, {
    description: 'The first day of the matter itself, whatever became of it since; empty where nobody knows it.',
    nullable: true,
  })
  onRecordFrom?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The day on which it was closed.',
    nullable: true,
  })
  closedOn?: CivilDate;

  @Field(() => Boolean, { description: 'True once the matter is closed.' })
  closed!: boolean;

  @Field(() => String, { description: 'With what outcome it was closed.', nullable: true })
  outcome?: string;
}

/** A closed matter stays in the lists of its committee and says that it is closed. */
export const scrutinyView: View<ScrutinyView> = {
  aggregate: 'scrutiny',
  initial: { committee: '', kind: 'BUSINESS', text: '', closed: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & ScrutinyEvent;
    switch (type) {
      case 'MatterRaised':
        return said({ ...data, onRecordFrom: firstDay(event), closed: false });
      case 'LetterSent':
        return { ...state, letter: data };
      case 'ResponseRecorded':
        return { ...state, response: data };
      case 'MatterChanged':
        return revised(state, data);
      case 'MatterClosed':
        return said({ ...state, closed: true, closedOn: firstDay(event), outcome: data.outcome });
    }
  },

  turns: () => [],
  show: (state) => state,
  title: ({ title, text }) => title ?? (text.length <= 120 ? text : `${text.slice(0, 119).toWellFormed()}…`),
  texts: ({ text, addressedTo, progress, note, letter, response, outcome }) => [
    ...[text, addressedTo, progress, note, letter?.to, letter?.note, response?.text, response?.from, outcome],
  ],
  /** A matter whose day is not known comes before all others. */
  order: ({ raisedOn, title, text }) => `${raisedOn ?? '0000-00-00'} ${(title ?? text).slice(0, 100).toWellFormed()}`,
  columns: {
    committee: ({ committee }) => committee,
    kind: ({ kind }) => kind,
    aboutDecision: ({ aboutDecision }) => aboutDecision,
    aboutMeeting: ({ aboutMeeting }) => aboutMeeting,
    addressedToBody: ({ addressedToBody }) => addressedToBody,
    addressedToOrganisation: ({ addressedToOrganisation }) => addressedToOrganisation,
    closed: ({ closed }) => yesOrNo(closed),
    dueOn: ({ dueOn }) => dueOn,
    respondedOn: ({ response }) => response?.respondedOn,
    responseOutcome: ({ response }) => response?.outcome,
  },
  unindexed: ['closed', 'dueOn', 'respondedOn', 'responseOutcome'],
  lists: {},
};
