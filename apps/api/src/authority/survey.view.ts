import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { AuthorityVerdict } from '#governance';
import { BasisView, DecisionView, type Basis } from '#register';
import type { RecordOf } from '../records.js';
import { AuthorityVerdictEnum, AuthorityView } from './authority.view.js';

@ObjectType('AuthorityCount', { description: 'How many decisions there are of a verdict.' })
export class AuthorityCountView {
  @Field(() => AuthorityVerdictEnum, { description: 'The verdict.' })
  verdict!: AuthorityVerdict;

  @Field(() => Int, { description: 'How many decisions.' })
  count!: number;
}

@ObjectType('DecisionAuthority', { description: 'A decision with its authority.' })
export class DecisionAuthorityView {
  @Field(() => DecisionView, { description: 'The decision.' })
  decision!: RecordOf<DecisionView>;

  @Field(() => AuthorityView, { description: 'Whether whoever decided could.' })
  authority!: AuthorityView;
}

@ObjectType('AuthoritySurvey', { description: 'The authority of all decisions of a period.' })
export class AuthoritySurveyView {
  @Field(() => [AuthorityCountView], {
    description: 'How many decisions of the period have each verdict, before anything is narrowed by verdict or test.',
  })
  counts!: readonly AuthorityCountView[];

  @Field(() => Int, { description: 'How many decisions are as asked for.' })
  count!: number;

  @Field(() => [DecisionAuthorityView], {
    description: 'The decisions by the day they go by: as many as were asked for.',
  })
  decisions!: readonly DecisionAuthorityView[];

  @Field(() => BasisView, { description: 'What the answer rests on.' })
  basis!: Basis;
}
