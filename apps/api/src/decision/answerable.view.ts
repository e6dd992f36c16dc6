import { enumeration } from '#schema';
import { Field, ObjectType } from '@nestjs/graphql';
import { BodyView, DelegationView, MeetingView, OrganisationView } from '#register';
import type { RecordOf } from '../records.js';

const DATED_BY = {
  TAKEN: 'The day on which it was taken.',
  NOTICED: 'The day of the notice that made it known.',
  PUBLISHED: 'The day on which it was published.',
  MEETING: 'The day of the meeting at which it was taken; no day is recorded of the decision itself.',
};

export type DatedBy = keyof typeof DATED_BY;

export const DatedByEnum = enumeration('DatedBy', 'Which day a decision goes by.', DATED_BY);

const ANSWERS_AS = {
  IN_LAW: 'It is answerable in law: the function is its own, or it was said to be.',
  COLLECTIVELY: 'It is a partner that answers for it together with others, without being answerable in law.',
};

export type AnswersAs = keyof typeof ANSWERS_AS;

export const AnswersAsEnum = enumeration('AnswersAs', 'How an organisation answers for a decision.', ANSWERS_AS);

@ObjectType('Answerable', { description: 'An organisation that answers for a decision, and what makes it answer.' })
export class AnswerableView {
  @Field(() => OrganisationView, { description: 'The organisation.' })
  organisation!: RecordOf<OrganisationView>;

  @Field(() => AnswersAsEnum, {
    description:
      'Whether it is answerable in law, by its body, its meeting, its delegation or because that was said; or as a partner that was named with the others.',
  })
  answersAs!: AnswersAs;

  @Field(() => Boolean, { description: 'True where whoever recorded the decision said so.' })
  said!: boolean;

  @Field(() => [BodyView], {
    description:
      'Bodies that decided and that are its own on the day of the decision, alone or with others; a body below one of its own is its own. Empty where it answers for another reason.',
  })
  bodies!: readonly RecordOf<BodyView>[];

  @Field(() => MeetingView, {
    description:
      'The meeting at which it was taken, or that it is put before, where no body is said to have decided and that of the meeting is its own. It follows from the meeting, it is not recorded.',
    nullable: true,
  })
  meeting!: RecordOf<MeetingView> | null;

  @Field(() => [BodyView], {
    description: 'Bodies of its own that are asked to decide, while that is only proposed: it will answer.',
  })
  asked!: readonly RecordOf<BodyView>[];

  @Field(() => DelegationView, {
    description: 'The delegation it was taken under, where the power is its own: whoever delegates goes on answering.',
    nullable: true,
  })
  delegation!: RecordOf<DelegationView> | null;
}
