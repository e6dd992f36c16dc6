import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AttendeeView, MeetingView, MinutesView, PersonView, type Basis } from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

/** Parts of a meeting that name others: the basis of the meeting is handed down to them (T6). */
export type AttendeeOnBasis = AttendeeView & { readonly basis: Basis };
export type MinutesOnBasis = MinutesView & { readonly basis: Basis };

@Resolver(() => AttendeeView)
export class AttendeeResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => PersonView, { description: 'Who it is, where the person is in the register.', nullable: true })
  async person(
    @Parent() { person, basis }: AttendeeOnBasis,
    @Context() context: RequestContext,
  ): Promise<RecordOf<PersonView> | null> {
    return this.records.named('person', person, basis, context);
  }
}

@Resolver(() => MinutesView)
export class MinutesResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => MeetingView, { description: 'The meeting that confirmed or noted them.', nullable: true })
  async atMeeting(
    @Parent() { atMeeting, basis }: MinutesOnBasis,
    @Context() context: RequestContext,
  ): Promise<RecordOf<MeetingView> | null> {
    return this.records.named('meeting', atMeeting, basis, context);
  }
}
