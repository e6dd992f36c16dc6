import { ChangeStandingOrderInput, EndStandingOrderInput, PlaceStandingOrderInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { seesDeliveries } from '#access';
import { type Receipt } from '#command';
import {
  StandingOrderFilter,
  BodyView,
  DecisionLogView,
  DeliveryRouteView,
  OrganisationView,
  StandingOrderView,
} from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import { IssuedDecisionLogsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { IssuedDecisionLogConnection, StandingOrderAnswer, StandingOrderConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type StandingOrder = RecordOf<StandingOrderView>;

@ArgsType()
class StandingOrdersArgs extends LastingPageArgs {
  @Field(() => StandingOrderFilter, { description: 'Only orders that are so.', nullable: true })
  filter?: StandingOrderFilter | null;

  @Field(() => ID, { description: 'Only orders for this committee.', nullable: true })
  committee?: string | null;

  @Field(() => ID, { description: 'Only orders for the area of this council.', nullable: true })
  council?: string | null;
}

@Resolver(() => StandingOrderView)
export class StandingOrderResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => StandingOrderAnswer, {
    description: 'One standing order, as it stood on a day and as known at a moment.',
  })
  async standingOrder(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('standingOrder', 'standingOrder', args, context);
  }

  @Query(() => StandingOrderConnection, {
    description:
      'Standing orders by their first day, as they stood on a day. Those that ended are left out as soon as a filter is given.',
  })
  async standingOrders(
    @Args() args: StandingOrdersArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<StandingOrder>> {
    const subjects = { committee: ['body', args.committee], council: ['organisation', args.council] } as const;
    return this.records.page('standingOrder', { subjects }, args, context);
  }

  @ResolveField(() => BodyView, { description: 'The committee the logs are for.', nullable: true })
  async committee(
    @Parent() { committee, basis }: StandingOrder,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', committee, basis, context);
  }

  @ResolveField(() => OrganisationView, { description: 'The council for whose area they are.', nullable: true })
  async council(
    @Parent() { council, basis }: StandingOrder,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', council, basis, context);
  }

  @ResolveField(() => [OrganisationView], { description: 'The organisations whose decisions they are to hold.' })
  async about(
    @Parent() { about, basis }: StandingOrder,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<OrganisationView>[]> {
    return this.records.namedEach('organisation', about, basis, context);
  }

  @ResolveField(() => [DeliveryRouteView], {
    description: 'Where they are delivered to; empty for whoever does not issue logs.',
    nullable: true,
  })
  deliverTo(
    @Parent() { deliverTo }: StandingOrder,
    @Context() { actor }: RequestContext,
  ): readonly DeliveryRouteView[] | null {
    return seesDeliveries(actor) ? (deliverTo ?? []) : null;
  }

  @ResolveField(() => IssuedDecisionLogConnection, { description: 'The logs that were issued under it.' })
  async decisionLogs(
    @Parent() order: StandingOrder,
    @Args() under: IssuedDecisionLogsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionLogView>>> {
    return this.records.listedUnder('decisionLog', 'standingOrder', order, under, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Orders decision logs, period after period. Effective on the first day on which the order holds.',
  })
  async placeStandingOrder(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: PlaceStandingOrderInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('PlaceStandingOrder', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Says anew, whole, what a standing order is. Effective on the first day on which that holds.',
  })
  async changeStandingOrder(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeStandingOrderInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeStandingOrder', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Ends a standing order. Effective on the first day without it.' })
  async endStandingOrder(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndStandingOrderInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndStandingOrder', args, data, context);
  }
}
