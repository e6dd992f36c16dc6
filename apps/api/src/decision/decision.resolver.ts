import { DateScalar } from '#schema';
import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';
import {
  BodyView,
  DecisionFilter,
  DecisionView,
  DelegationView,
  InstrumentView,
  MeetingView,
  OrganisationView,
  PersonView,
  ScrutinyView,
} from '#register';
import { OneArgs, PageArgs } from '../graphql/arguments.js';
import { ScrutinyMattersUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { DecisionAnswer, DecisionConnection, ScrutinyMatterConnection } from '../graphql/connections.js';
import { daysInOrder } from '../graphql/day-range.js';
import { AnswerableView, DatedByEnum, type DatedBy } from './answerable.view.js';
import { Belongings } from './belongings.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Decision = RecordOf<DecisionView>;

@ArgsType()
class DecisionsArgs extends PageArgs {
  @Field(() => DecisionFilter, { description: 'Only decisions that are so.', nullable: true })
  filter?: DecisionFilter | null;

  @Field(() => ID, {
    description:
      'Only decisions that this body took, alone or with others: because the recording says so, or, where it names no body, because it was a meeting of this one.',
    nullable: true,
  })
  body?: string | null;

  @Field(() => ID, {
    description: 'Only proposals that this body is to decide and that are neither taken nor dropped.',
    nullable: true,
  })
  proposedTo?: string | null;

  @Field(() => ID, {
    description:
      'Only decisions that this organisation answers for, alone or with partners: because the recording says so, because a body of its own decided (on the day of the decision; a joint body is everyone’s), because one of its own is asked to decide, or because it granted the delegation. Where no body is said to have decided, that of the meeting did.',
    nullable: true,
  })
  organisation?: string | null;

  @Field(() => ID, { description: 'Only decisions that this officer took.', nullable: true })
  officer?: string | null;

  @Field(() => ID, { description: 'Only decisions taken at this meeting.', nullable: true })
  meeting?: string | null;

  @Field(() => ID, { description: 'Only decisions taken under this delegation.', nullable: true })
  delegation?: string | null;

  @Field(() => ID, { description: 'Only decisions that are for this place.', nullable: true })
  place?: string | null;

  @Field(() => ID, { description: 'Only decisions that exercise this function of a catalogue.', nullable: true })
  catalogueFunction?: string | null;

  @Field(() => DateScalar, {
    description:
      'Only decisions that go by this day or a later one. One without a day of its own goes by that of its meeting; one without either is left out.',
    nullable: true,
  })
  datedFrom?: CivilDate | null;

  @Field(() => DateScalar, {
    description:
      'Only decisions that go by this day or an earlier one. One without a day of its own goes by that of its meeting; one without either is left out.',
    nullable: true,
  })
  datedTo?: CivilDate | null;
}

@Resolver(() => DecisionView)
export class DecisionResolver {
  constructor(
    private readonly records: Records,
    private readonly belongings: Belongings,
  ) {}

  @Query(() => DecisionAnswer, { description: 'One decision, as it stood on a day and as known at a moment.' })
  async decision(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('decision', 'decision', args, context);
  }

  @Query(() => DecisionConnection, {
    description:
      'Decisions by the day they go by, as they stood on a day. One that takes effect after that day is not among them. One without a day of its own stands at that of its meeting; those without either come first.',
  })
  async decisions(@Args() args: DecisionsArgs, @Context() context: RequestContext): Promise<Connection<Decision>> {
    const { body, proposedTo, organisation, officer, meeting, delegation, place, catalogueFunction } = args;
    const { datedFrom, datedTo } = args;
    return this.records.page(
      'decision',
      {
        subjects: {
          decidingBody: ['body', body, 'body'],
          proposedTo: ['body', proposedTo],
          officer: ['person', officer],
          meeting: ['meeting', meeting],
          delegation: ['delegation', delegation],
          places: ['place', place, 'place'],
          catalogueFunction: ['function', catalogueFunction],
        },
        following: [
          'organisation',
          organisation,
          'organisation',
          async (key, on) => this.belongings.of(key, on, context),
        ],
        orderRange: daysInOrder({ datedFrom, datedTo }),
      },
      args,
      context,
    );
  }

  @ResolveField(() => Boolean, {
    description:
      'True where it is withheld from you: you see its reference, bodies, day, public title, ground and day of review.',
  })
  isStub(@Parent() { stub }: Decision & { readonly stub?: true }): boolean {
    return stub === true;
  }

  @ResolveField(() => DateScalar, {
    description:
      'The day it goes by: when it was taken; if that is not known, noticed; if not that, published; if none of these is known, the day of its meeting. "datedBy" says which.',
    nullable: true,
  })
  async datedOn(@Parent() decision: Decision, @Context() context: RequestContext): Promise<CivilDate | null> {
    return decision.datedOn ?? (await this.belongings.meetingOf(decision, context))?.heldOn ?? null;
  }

  @ResolveField(() => DatedByEnum, {
    description: 'Which day it goes by; empty where none is known.',
    nullable: true,
  })
  async datedBy(@Parent() decision: Decision, @Context() context: RequestContext): Promise<DatedBy | null> {
    if (decision.takenOn !== undefined) return 'TAKEN';
    if (decision.noticedOn !== undefined) return 'NOTICED';
    if (decision.publishedOn !== undefined) return 'PUBLISHED';
    return (await this.belongings.meetingOf(decision, context)) ? 'MEETING' : null;
  }

  @ResolveField(() => [AnswerableView], {
    description:
      'The organisations that answer for it, with what makes them answer: as it was said, and as it follows from who decided, or from whose meeting it was where no body is said to have. For what is only proposed, those that will answer as things stand. What is said comes first.',
  })
  async answerable(
    @Parent() decision: Decision,
    @Context() context: RequestContext,
  ): Promise<readonly AnswerableView[]> {
    const { basis } = decision;
    const answering = await this.belongings.answering(decision, context);
    const shown = answering.map(
      async ({ organisation, said, bodies, meeting, asked, delegation }): Promise<AnswerableView | null> => {
        const found = await this.records.named<OrganisationView>('organisation', organisation, basis, context);
        if (!found) return null;
        const follows = bodies.length + asked.length > 0 || meeting !== undefined || delegation !== undefined;
        const isInLaw = follows || organisation === decision.organisation;
        return {
          organisation: found,
          answersAs: isInLaw ? 'IN_LAW' : 'COLLECTIVELY',
          said,
          bodies: await this.records.namedEach<BodyView>('body', bodies, basis, context),
          meeting: await this.records.named<MeetingView>('meeting', meeting, basis, context),
          asked: await this.records.namedEach<BodyView>('body', asked, basis, context),
          delegation: await this.records.named<DelegationView>('delegation', delegation, basis, context),
        };
      },
    );
    return (await Promise.all(shown)).filter((one) => one !== null);
  }

  @ResolveField(() => BodyView, {
    description:
      'The body whose meeting it was taken at, or is put before, where no body is said to have decided: it follows from the meeting, it is not recorded. Empty where "decidedBy" names any.',
    nullable: true,
  })
  async bodyOfMeeting(
    @Parent() decision: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    const body = await this.belongings.bodyThatMet(decision, context);
    return this.records.named('body', body, decision.basis, context);
  }

  @ResolveField(() => [BodyView], {
    description: 'The bodies that are said to have decided; "bodyOfMeeting" where none is.',
  })
  async decidedBy(
    @Parent() { decidedBy, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<BodyView>[]> {
    return this.records.namedEach('body', decidedBy, basis, context);
  }

  @ResolveField(() => [BodyView], { description: 'The bodies that are, or were, asked to decide.' })
  async bodies(
    @Parent() { bodies, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<BodyView>[]> {
    return this.records.namedEach('body', bodies, basis, context);
  }

  @ResolveField(() => PersonView, { description: 'The officer who decided.', nullable: true })
  async officer(
    @Parent() { officer, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<PersonView> | null> {
    return this.records.named('person', officer, basis, context);
  }

  @ResolveField(() => OrganisationView, {
    description:
      'The organisation that was said to answer for it in law; "answerable" has those that follow from who decided too.',
    nullable: true,
  })
  async organisation(
    @Parent() { organisation, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => [OrganisationView], { description: 'The partners that were said to answer for it together.' })
  async accountable(
    @Parent() { accountable, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<OrganisationView>[]> {
    return this.records.namedEach('organisation', accountable, basis, context);
  }

  @ResolveField(() => DelegationView, {
    description: 'The delegation it was taken under, as it stands on the day of the question.',
    nullable: true,
  })
  async delegation(
    @Parent() { delegation, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DelegationView> | null> {
    return this.records.named('delegation', delegation, basis, context);
  }

  @ResolveField(() => DelegationView, {
    description:
      'The delegation it was taken under, as it stood on the day on which it was taken: its limit and conditions then. Null also where that day is not known.',
    nullable: true,
  })
  async delegationWhenTaken(
    @Parent() { delegation, takenOn, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DelegationView> | null> {
    if (takenOn === undefined) return null;
    return this.records.named('delegation', delegation, { ...basis, asAt: takenOn, isToday: false }, context);
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument it was taken under.', nullable: true })
  async instrument(
    @Parent() { instrument, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', instrument, basis, context);
  }

  @ResolveField(() => MeetingView, { description: 'The meeting at which it was taken.', nullable: true })
  async meeting(
    @Parent() { meeting, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<MeetingView> | null> {
    return this.records.named('meeting', meeting, basis, context);
  }

  @ResolveField(() => ScrutinyView, { description: 'The scrutiny matter it gives effect to.', nullable: true })
  async implements(
    @Parent() { implements: matter, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<ScrutinyView> | null> {
    return this.records.named('scrutiny', matter, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision that undid it.', nullable: true })
  async rescindedBy(
    @Parent() { rescindedBy, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', rescindedBy, basis, context);
  }

  @ResolveField(() => ScrutinyMatterConnection, { description: 'What scrutiny committees asked or said about it.' })
  async scrutinyMatters(
    @Parent() decision: Decision,
    @Args() under: ScrutinyMattersUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<ScrutinyView>>> {
    return this.records.listedUnder('scrutiny', 'aboutDecision', decision, under, context);
  }
}
