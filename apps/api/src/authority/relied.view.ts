import { Field, Int, ObjectType } from '@nestjs/graphql';
import { BasisView, DecisionView, type Basis } from '#register';
import type { RecordOf } from '../records.js';
import { AuthorityView, PartyView } from './authority.view.js';

@ObjectType('ReliedDecision', { description: 'A decision that relied on something, proved with it and without.' })
export class ReliedDecisionView {
  @Field(() => DecisionView, { description: 'The decision.' })
  decision!: RecordOf<DecisionView>;

  @Field(() => AuthorityView, { description: 'Its authority with what it relied on.' })
  with!: AuthorityView;

  @Field(() => AuthorityView, { description: 'Its authority as if that had never been.' })
  without!: AuthorityView;

  @Field(() => AuthorityView, { description: 'Its authority as things are recorded on the basis.' })
  asRecorded!: AuthorityView;

  @Field(() => Boolean, {
    description: 'True where it is authorised also without: by another chain, or an earlier version.',
  })
  provedWithout!: boolean;

  @Field(() => Boolean, {
    description:
      'True where it is not authorised as things are recorded. The decision stands until somebody records that it was quashed, rescinded or ratified: its authority is challenged.',
  })
  authorityChallenged!: boolean;
}

@ObjectType('ReliedOn', {
  description: 'Every decision that relied on a delegation, a version of an instrument, an appointment or a body.',
})
export class ReliedOnView {
  @Field(() => PartyView, { description: 'What they relied on.' })
  on!: PartyView;

  @Field(() => Int, { description: 'How many decisions relied on it.' })
  count!: number;

  @Field(() => Int, { description: 'How many of them are authorised also without it.' })
  provedWithoutCount!: number;

  @Field(() => Int, { description: 'How many of them are not authorised as things are recorded.' })
  challengedCount!: number;

  @Field(() => [ReliedDecisionView], {
    description: 'The decisions by the day on which they were taken: as many as were asked for.',
  })
  decisions!: readonly ReliedDecisionView[];

  @Field(() => BasisView, { description: 'What the answer rests on.' })
  basis!: Basis;
}
