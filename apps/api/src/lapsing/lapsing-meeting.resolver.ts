import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LapseView, MeetingView } from '#register';
import { Lapses } from '../lapses.js';
import type { RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { shownLapse } from './lapsing.js';

@Resolver(() => MeetingView)
export class LapsingMeetingResolver {
  constructor(private readonly lapses: Lapses) {}

  @ResolveField(() => LapseView, {
    description: 'That its body ends before the day for which it is convened; empty where nothing says so.',
    nullable: true,
  })
  async lapsed(
    @Parent() meeting: RecordOf<MeetingView>,
    @Context() context: RequestContext,
  ): Promise<LapseView | null> {
    const lapse = await this.lapses.of(meeting, context);
    return lapse ? shownLapse(lapse, meeting.heldOn) : null;
  }
}
