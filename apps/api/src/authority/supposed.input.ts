import { GrantDelegationInput, VaryDelegationInput } from '#wire';
import { DateScalar } from '#schema';
import { Field, ID, InputType } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';

@InputType({ description: 'A delegation that is supposed to be granted.' })
export class SupposedGrantInput {
  @Field(() => DateScalar, { description: 'The first day on which it might be used.' })
  from!: CivilDate;

  @Field(() => GrantDelegationInput, { description: 'What it would say.' })
  data!: GrantDelegationInput;
}

@InputType({ description: 'A delegation that is supposed to be varied.' })
export class SupposedVariationInput {
  @Field(() => ID, { description: 'The delegation.' })
  delegation!: string;

  @Field(() => DateScalar, { description: 'The day from which it would be so.' })
  from!: CivilDate;

  @Field(() => VaryDelegationInput, { description: 'What would change: the limits become £2 million.' })
  data!: VaryDelegationInput;
}

@InputType({ description: 'A version of an instrument that is supposed to be invalid from its first day.' })
export class SupposedInvalidInput {
  @Field(() => ID, { description: 'The instrument.' })
  instrument!: string;

  @Field(() => String, { description: 'The version, as it was issued.' })
  version!: string;
}

@InputType({
  description: 'What is supposed besides what is recorded. Commands are judged as if they were recorded; nothing is.',
})
export class SupposedInput {
  @Field(() => [SupposedGrantInput], {
    description: 'Delegations that would be granted. Needs the right to record them.',
    nullable: true,
  })
  granted?: SupposedGrantInput[] | null;

  @Field(() => [SupposedVariationInput], {
    description: 'Delegations that would be varied. Needs the right to record it.',
    nullable: true,
  })
  varied?: SupposedVariationInput[] | null;

  @Field(() => [SupposedInvalidInput], {
    description: 'Versions of instruments that would be found invalid.',
    nullable: true,
  })
  invalid?: SupposedInvalidInput[] | null;

  @Field(() => [ID], {
    description:
      'Records that would never have been made: global ids of delegations, reservations, appointments, bodies.',
    nullable: true,
  })
  without?: string[] | null;
}
