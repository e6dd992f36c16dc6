import { Field, InputType, MinutesStatusEnum } from '#schema';
import type { MinutesStatus } from '#governance';
import { among, NotKnownEnum, type Filtered, type NotKnown } from './condition.js';
import { isOr } from './words.js';

@InputType({
  description:
    'What meetings have to be to be listed: all that is given, and of what is given as a list any of it. An empty list finds nothing.',
})
export class MeetingFilter {
  @Field(() => Boolean, { description: 'Whether they were cancelled.', nullable: true })
  cancelled?: boolean | null;

  @Field(() => Boolean, { description: 'Whether the public is admitted.', nullable: true })
  inPublic?: boolean | null;

  @Field(() => Boolean, { description: 'Whether there was a quorum.', nullable: true })
  quorate?: boolean | null;

  @Field(() => [MinutesStatusEnum], { description: 'Where their minutes stand.', nullable: true })
  minutes?: readonly MinutesStatus[] | null;

  @Field(() => NotKnownEnum, {
    description: 'What becomes of those that do not say what is asked; LEFT_OUT where nothing is said.',
    nullable: true,
  })
  notKnown?: NotKnown | null;
}

/** @throws Refusal for a range that is none. */
export const meetingFiltered = (filter: MeetingFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...isOr('cancelled', filter.cancelled),
    ...isOr('inPublic', filter.inPublic),
    ...isOr('quorate', filter.quorate),
    ...among('minutes', filter.minutes),
  ],
});
