import { ArgsType, Field, ID, Int, IntersectionType } from '@nestjs/graphql';
import { RecordingInput } from '#wire';
import { DateScalar, enumeration, KnownAtScalar } from '#schema';
import type { CivilDate } from '#kernel';
import { HoldingEnum, type Holding } from '#register';

@ArgsType()
export class BasisArgs {
  @Field(() => DateScalar, {
    description: 'The day the answer is about; it means the end of that day. Today where it is left out.',
    nullable: true,
  })
  asAt?: CivilDate | null;

  @Field(() => KnownAtScalar, {
    description:
      'The state of knowledge to answer from: a position, an instant or a day. All that is known now where it is left out.',
    nullable: true,
  })
  asKnownAt?: number | string | null;

  @Field(() => String, {
    description: 'The "after" of a receipt: the answer waits, for a few seconds, until it takes that command in.',
    nullable: true,
  })
  afterReceipt?: string | null;
}

@ArgsType()
export class OneArgs extends BasisArgs {
  @Field(() => ID, {
    description: 'A global id (body/glos:772), the part after the slash, or a human reference such as an ODS code.',
  })
  id!: string;

  @Field(() => KnownAtScalar, {
    description:
      'A second state of knowledge: the answer then has, under "compared", what the register says from there.',
    nullable: true,
  })
  comparedWith?: number | string | null;
}

/** Entries on a page where the query does not say. */
export const USUAL_PAGE = 20;

/** Entries on a page at most; more is refused, not cut. */
export const LARGEST_PAGE = 100;

export type ListOrder = 'FORWARDS' | 'BACKWARDS';

export const ListOrderEnum = enumeration('ListOrder', 'In which order a list is given.', {
  FORWARDS: 'As the list is: what is dated by day, the earliest first, the rest by title.',
  BACKWARDS: 'The other way about: the latest first.',
});

/** Which part of a list, wherever it stands. */
@ArgsType()
export class UnderArgs {
  @Field(() => Int, { description: 'How many entries to give: 1 to 100.', defaultValue: USUAL_PAGE })
  first!: number;

  @Field(() => String, { description: 'The "endCursor" of the page before this one.', nullable: true })
  after?: string | null;

  @Field(() => Int, {
    description: 'How many entries to give from the end, or before "before", in place of "first": 1 to 100.',
    nullable: true,
  })
  last?: number | null;

  @Field(() => String, {
    description: 'With "last": the "startCursor" of the page behind this one.',
    nullable: true,
  })
  before?: string | null;

  @Field(() => ListOrderEnum, { description: 'In which order the list is given.', defaultValue: 'FORWARDS' })
  order?: ListOrder;
}

@ArgsType()
export class PageArgs extends IntersectionType(BasisArgs, UnderArgs, ArgsType) {
  @Field(() => String, {
    description:
      'Only entries in which all these words stand, in upper or lower case: in the title or a former one, or in what else they say, each whole or, from three letters on, as the beginning of a word; and those of which this is a reference, whole. They come in this order: by reference, title, former title, text, and are read with first and after only.',
    nullable: true,
  })
  search?: string | null;
}

const HOLDS = 'Only what is known to hold on that day, or only what nobody knows of, or only what has ended.';

@ArgsType()
export class LastingUnderArgs extends UnderArgs {
  @Field(() => HoldingEnum, { description: HOLDS, nullable: true })
  holds?: Holding | null;
}

@ArgsType()
export class LastingPageArgs extends PageArgs {
  @Field(() => HoldingEnum, { description: HOLDS, nullable: true })
  holds?: Holding | null;
}

export const DRY_RUN =
  'True to be answered as if it were recorded, with what would change, and to record nothing: no reference is taken, no commandId is used up.';

@ArgsType()
export class RecordArgs {
  @Field(() => ID, {
    description:
      'The subject it is about: a global id, the part after its slash, or a human reference. An id for something new, which is made for you where you leave it out.',
    nullable: true,
  })
  id?: string | null;

  @Field(() => Boolean, { description: DRY_RUN, defaultValue: false })
  dryRun!: boolean;

  @Field(() => RecordingInput, { description: 'When it takes effect, where it comes from, and what it puts right.' })
  recording!: RecordingInput;
}
