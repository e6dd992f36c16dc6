import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BodyView, LapseView, MeetingView, SeatView } from '#register';
import { Lapses } from '../lapses.js';
import type { RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { LAPSED, Lapsing, shownLapse, type Hanging } from './lapsing.js';

@Resolver(() => BodyView)
export class LapsingBodyResolver {
  private readonly lapsing: Lapsing;

  constructor(lapses: Lapses) {
    this.lapsing = new Lapsing(lapses);
  }

  @ResolveField(() => LapseView, { description: LAPSED, nullable: true })
  async lapsed(@Parent() record: Hanging, @Context() context: RequestContext): Promise<LapseView | null> {
    return this.lapsing.shown(record, context);
  }
}

@Resolver(() => SeatView)
export class LapsingSeatResolver {
  private readonly lapsing: Lapsing;

  constructor(lapses: Lapses) {
    this.lapsing = new Lapsing(lapses);
  }

  @ResolveField(() => LapseView, { description: LAPSED, nullable: true })
  async lapsed(@Parent() record: Hanging, @Context() context: RequestContext): Promise<LapseView | null> {
    return this.lapsing.shown(record, context);
  }
}

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
