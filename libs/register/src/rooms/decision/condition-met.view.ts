import { DateScalar, Field, ObjectType } from '#schema';
import type { CivilDate } from '#kernel';
import type { ConditionMet } from '#governance';

@ObjectType('ConditionMet', {
  description: 'How a condition was met that each decision under a delegation has to meet.',
})
export class ConditionMetView implements ConditionMet {
  /** Id; the resolver shows the delegation. */
  delegation!: string;

  @Field(() => String, { description: 'The key of the condition among those of the delegation.' })
  condition!: string;

  @Field(() => DateScalar, { description: 'The day on which it was met.', nullable: true })
  on?: CivilDate;

  @Field(() => String, { description: 'What shows that it was.', nullable: true })
  evidence?: string;
}
