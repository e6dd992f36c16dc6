import { Field, InputType, MinutesStatusEnum } from '#schema';
import type { MinutesStatus } from '#governance';
import { among, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { isOr } from './words.js';

@InputType({ description: listedWhere('meetings') })
export class MeetingFilter extends OpenFilter {
  @Field(() => Boolean, { description: 'Whether they were cancelled.', nullable: true })
  cancelled?: boolean | null;

  @Field(() => Boolean, { description: 'Whether the public is admitted.', nullable: true })
  inPublic?: boolean | null;

  @Field(() => Boolean, { description: 'Whether there was a quorum.', nullable: true })
  quorate?: boolean | null;

  @Field(() => [MinutesStatusEnum], { description: 'Where their minutes stand.', nullable: true })
  minutes?: readonly MinutesStatus[] | null;
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
