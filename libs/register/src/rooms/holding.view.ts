import { Field, InterfaceType, ObjectType, enumeration, DateScalar } from '#schema';
import { dayInWords } from '#governance';
import type { CivilDate } from '#kernel';

export const HOLDINGS = {
  YES: 'It is known to hold on that day.',
  NOT_KNOWN: 'Nobody knows whether it held already, or still, on that day.',
  NO: 'It had ended by that day.',
} as const;
export type Holding = keyof typeof HOLDINGS;
export const HoldingEnum = enumeration('Holding', 'Whether something holds on the day of the answer.', HOLDINGS);

@ObjectType('BoundDay', {
  description: 'The first or the last day of something, as exactly as somebody knows it.',
})
export class BoundDayView {
  @Field(() => DateScalar, { description: 'The day itself; empty where nobody knows it.', nullable: true })
  day!: CivilDate | null;

  @Field(() => String, {
    description: 'The day, or the year or month in which it is, as it was said: 2018-05-01, 2018-05, 2018.',
    nullable: true,
  })
  asSaid!: string | null;

  @Field(() => DateScalar, { description: 'The earliest that a day nobody knows can be.', nullable: true })
  notBefore!: CivilDate | null;

  @Field(() => DateScalar, { description: 'The latest that a day nobody knows can be.', nullable: true })
  notAfter!: CivilDate | null;

  @Field(() => String, { description: 'Id of the recording that says so.', nullable: true })
  event!: string | null;
}

/** What every record of something that lasts carries besides. View classes implement it in GraphQL only. */
@InterfaceType('Lasting', {
  description: 'Something that lasts from a day to a day, either of which may not be known.',
})
export abstract class HoldingView {
  @Field(() => HoldingEnum, {
    description:
      'Whether it is known to hold on the day of the answer, or not known, or known to have ended, also with what it hangs on.',
  })
  holds!: Holding;

  @Field(() => String, { description: 'The same in words, with the days between which it is known to have held.' })
  holdsInWords!: string;

  @Field(() => BoundDayView, { description: 'Its first day.' })
  start!: BoundDayView;

  @Field(() => BoundDayView, {
    description:
      'Its last day, where an end is recorded, or it lapsed, which has come, or may have come, by the day of the answer.',
    nullable: true,
  })
  end!: BoundDayView | null;
}

/** What is known of a stretch on a day, for a sentence. */
interface Held {
  readonly date: CivilDate;
  readonly heldFrom?: CivilDate;
  readonly heldUntil?: CivilDate;
  readonly hasEnded: boolean;
}

export const holdingInWords = (holds: Holding, { date, heldFrom, heldUntil, hasEnded }: Held): string => {
  if (holds === 'YES') return 'yes';
  if (holds === 'NO') return 'no, it has ended';
  if (heldFrom === undefined) return 'not known whether it has begun';
  if (date < heldFrom) return `not known whether already: first known on ${dayInWords(heldFrom)}`;
  if (hasEnded) return 'not known whether still: it has ended, on a day that nobody knows';
  return `not known whether still: last known on ${dayInWords(heldUntil ?? heldFrom)}`;
};
