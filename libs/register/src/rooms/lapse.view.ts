import { Field, ID, ObjectType, DateScalar } from '#schema';
import type { CivilDate } from '#kernel';

@ObjectType('Lapse', {
  description:
    'That what a record hangs on has ended, and the record with it: the body of a member, whoever granted a power. It is read off the other record, nothing of it is recorded here.',
})
export class LapseView {
  @Field(() => ID, { description: 'What ended: its global id.' })
  with!: string;

  @Field(() => String, { description: 'What that is called.' })
  name!: string;

  @Field(() => DateScalar, { description: 'The last day of both; empty where nobody knows it.', nullable: true })
  lastDay!: CivilDate | null;

  @Field(() => String, { description: 'Id of the recording that ended it.', nullable: true })
  event!: string | null;

  @Field(() => Boolean, {
    description: 'False where it has ended on a day that nobody knows, so that nobody knows whether it has already.',
  })
  isKnown!: boolean;

  @Field(() => String, { description: 'The same in words.' })
  inWords!: string;
}
