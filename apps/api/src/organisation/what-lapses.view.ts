import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateScalar, enumeration } from '#schema';
import type { CivilDate } from '#kernel';
import { BasisView, LAPSE_OUTCOMES, LAPSING_KINDS, type Basis, type LapseOutcome, type LapsingKind } from '#register';
import { BasisArgs } from '../graphql/arguments.js';

export const LapseOutcomeEnum = enumeration(
  'LapseOutcome',
  'What becomes of something that an organisation had, once the organisation, or its share in it, is gone.',
  LAPSE_OUTCOMES,
);
export const LapsingKindEnum = enumeration('LapsingKind', 'What can lapse with an organisation.', LAPSING_KINDS);

/** Entries that one answer gives where the question does not say, and at most. */
export const USUAL_ENTRIES = 100;
export const MOST_ENTRIES = 1_000;

@ArgsType()
export class WhatLapsesArgs extends BasisArgs {
  @Field(() => ID, {
    description:
      'The organisation that ends, or whose share goes over: a global id, the part after its slash, or a code.',
  })
  organisation!: string;

  @Field(() => [LapseOutcomeEnum], { description: 'Only entries of which this became.', nullable: true })
  outcome?: readonly LapseOutcome[] | null;

  @Field(() => Int, {
    description: `How many entries to give at most: 1 to ${MOST_ENTRIES}.`,
    defaultValue: USUAL_ENTRIES,
  })
  first!: number;
}

@ObjectType('LapseStep', { description: 'A record on the way from an organisation to what became of something.' })
export class LapseStepView {
  @Field(() => ID, { description: 'Global id of the record.' })
  subject!: string;

  @Field(() => String, { description: 'What it is called; empty where nothing is known of it.', nullable: true })
  name!: string | null;

  @Field(() => String, { description: 'What it says, as the end of a sentence.' })
  says!: string;
}

@ObjectType('LapsingEntry', {
  description: 'One thing that an organisation had, and what became of it with one successor.',
})
export class LapsingEntryView {
  @Field(() => LapsingKindEnum, { description: 'What it is.' })
  kind!: LapsingKind;

  @Field(() => ID, { description: 'Global id of the thing; of a condition, of its delegation.' })
  subject!: string;

  @Field(() => String, { description: 'What the thing is called.', nullable: true })
  name!: string | null;

  @Field(() => String, { description: 'Of a condition: its key in the delegation.', nullable: true })
  condition!: string | null;

  @Field(() => LapseOutcomeEnum, { description: 'What became of it.' })
  outcome!: LapseOutcome;

  /** Id; the resolver shows the organisation. */
  successor!: string | undefined;

  @Field(() => DateScalar, {
    description: 'The first day on which it was no longer the organisation’s; empty where nobody knows it.',
    nullable: true,
  })
  lapsedOn!: CivilDate | null;

  @Field(() => ID, {
    description: 'Global id of what carries it or stands in its place, where that is another record.',
    nullable: true,
  })
  by!: string | null;

  @Field(() => String, { description: 'What that is called.', nullable: true })
  byName!: string | null;

  @Field(() => DateScalar, { description: 'From which day it is carried or granted again.', nullable: true })
  since!: CivilDate | null;

  @Field(() => DateScalar, { description: 'Its last day, where its own record says that it ended.', nullable: true })
  lastDay!: CivilDate | null;

  @Field(() => Int, {
    description:
      'Days without it: until what came after, or, in the gap, up to and with the day of the question. Empty where the days are not known.',
    nullable: true,
  })
  gapDays!: number | null;

  @Field(() => [LapseStepView], { description: 'The records that make it so, from the organisation on.' })
  path!: readonly LapseStepView[];

  @Field(() => String, { description: 'The same as a sentence.' })
  inWords!: string;

  basis!: Basis;
}

@ObjectType('Handover', { description: 'A day from which something of an organisation was its own no longer.' })
export class HandoverView {
  @Field(() => DateScalar, {
    description: 'The first day without it; where nobody knows it, the first on which that may have been.',
  })
  on!: CivilDate;

  @Field(() => Boolean, { description: 'False where nobody knows the day.' })
  isKnown!: boolean;

  @Field(() => Boolean, { description: 'Whether all of it went, or only the shares that are named.' })
  isWhole!: boolean;

  /** Ids; the resolver shows the organisations. */
  successors!: readonly string[];

  basis!: Basis;
}

@ObjectType('LapseCount', { description: 'Of how many things the same became.' })
export class LapseCountView {
  @Field(() => LapseOutcomeEnum, { description: 'What became of them.' })
  outcome!: LapseOutcome;

  @Field(() => Int, { description: 'How many they are, with each successor counted for itself.' })
  count!: number;
}

@ObjectType('WhatLapses', {
  description:
    'What ended with an organisation, or with a share of it that went to another, and what became of each: delegations, reservations, bodies, appointments, documents, open conditions and open scrutiny matters.',
})
export class WhatLapsesView {
  @Field(() => BasisView, { description: 'What the answer rests on.' })
  basis!: Basis;

  /** Id; the resolver shows the organisation. */
  organisation!: string;

  @Field(() => [HandoverView], { description: 'When it was, and who came after; none where nothing has ended.' })
  handovers!: readonly HandoverView[];

  @Field(() => [LapseCountView], { description: 'How many there are of each, whatever is asked for.' })
  counts!: readonly LapseCountView[];

  @Field(() => [LapsingEntryView], { description: 'The entries that are asked for, kind by kind.' })
  entries!: readonly LapsingEntryView[];

  @Field(() => Int, { description: 'How many entries are as asked, also where not all are given.' })
  totalCount!: number;

  @Field(() => String, { description: 'The same as text, a line for each entry that is given.' })
  text!: string;
}
