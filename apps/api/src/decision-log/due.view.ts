import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';
import { DateScalar } from '#schema';

@ObjectType('DueDecisionLog', {
  description: 'A decision log that a standing order asks for, or one that was issued and not delivered to everybody.',
})
export class DueDecisionLogView {
  /** Ids; the resolver shows the subjects themselves. */
  standingOrder?: string | undefined;
  committee?: string | undefined;
  council?: string | undefined;
  issuedLog?: string | undefined;

  @Field(() => DateScalar, { description: 'The first day of the period.' })
  firstDay!: CivilDate;

  @Field(() => DateScalar, { description: 'The last day of the period.' })
  lastDay!: CivilDate;

  @Field(() => DateScalar, {
    description: 'The day on which it is due; empty while that hangs on a meeting that is not recorded.',
    nullable: true,
  })
  dueOn!: CivilDate | null;

  @Field(() => Boolean, { description: 'False for what comes next.' })
  isDue!: boolean;

  @Field(() => String, { description: 'Why then, as the end of a sentence.' })
  reason!: string;
}

@ArgsType()
export class DueArgs {
  @Field(() => ID, { description: 'Only what this standing order asks for.', nullable: true })
  standingOrder?: string | null;

  @Field(() => String, {
    description: 'The "after" of a receipt: the answer waits, for a few seconds, until it takes that command in.',
    nullable: true,
  })
  afterReceipt?: string | null;
}

@ArgsType()
export class IssueDueArgs extends DueArgs {
  @Field(() => Int, { description: 'How many to issue at most, the oldest first: 1 to 20.', defaultValue: 5 })
  first!: number;
}
