import { DateScalar, Field, ObjectType } from '#schema';
import type { CivilDate } from '#kernel';
import type { Clause, InstrumentParty } from '#governance';

@ObjectType('Clause', { description: 'A clause of a version, in the words of the source.' })
export class ClauseView implements Clause {
  @Field(() => String, { description: 'By which it is named: 4.2, Schedule 1B paragraph 3.' })
  clause!: string;

  @Field(() => String, { description: 'Its heading.', nullable: true })
  title?: string;

  @Field(() => String, { description: 'Its words.' })
  text!: string;
}

@ObjectType('InvalidVersion', { description: 'A version that was found never to have been valid.' })
export class InvalidVersionView {
  @Field(() => String, { description: 'The version.' })
  version!: string;

  @Field(() => String, { description: 'Why it was not valid.' })
  because!: string;

  @Field(() => DateScalar, {
    description: 'The day from which it never was; empty where nobody knows it.',
    nullable: true,
  })
  since?: CivilDate;
}

@ObjectType('InstrumentParty', { description: 'A party to an instrument, and how it approved it.' })
export class InstrumentPartyView implements InstrumentParty {
  /** Ids; the resolver shows the subjects themselves. */
  organisation?: string;
  body?: string;
  approvedByDecision?: string;

  @Field(() => String, { description: 'The party in the words of the source.', nullable: true })
  name?: string;

  @Field(() => DateScalar, { description: 'The day on which it approved.', nullable: true })
  approvedOn?: CivilDate;
}
