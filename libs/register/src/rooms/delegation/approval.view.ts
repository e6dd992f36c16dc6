import { DateScalar, Field, ObjectType } from '#schema';
import type { CivilDate } from '#kernel';
import type { Approval } from '#governance';

@ObjectType('DelegationApproval', {
  description: 'That a party approved a delegation, or consented to its being passed on.',
})
export class ApprovalView implements Approval {
  /** Ids; the resolver shows the subjects themselves. */
  organisation?: string;
  body?: string;
  decision?: string;

  @Field(() => String, { description: 'Who approved, in the words of the source.', nullable: true })
  name?: string;

  @Field(() => DateScalar, { description: 'The day on which it did.', nullable: true })
  on?: CivilDate;

  @Field(() => String, { description: 'What else is said about it.', nullable: true })
  note?: string;
}
