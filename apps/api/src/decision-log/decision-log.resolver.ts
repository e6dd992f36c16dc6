import { WithdrawDecisionLogInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { seesDeliveries, seesEverything } from '#access';
import { type Receipt } from '#command';
import { LOG_FORMATS } from '#decision-log';
import { outstandingRoutes } from '#governance';
import {
  IssuedDecisionLogFilter,
  BodyView,
  DecisionLogView,
  DeliveryRouteView,
  IssuedFileView,
  LogDeliveryView,
  OrganisationView,
  StandingOrderView,
} from '#register';
import { OneArgs, PageArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { IssuedDecisionLogAnswer, IssuedDecisionLogConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { DecisionLogArgs, DecisionLogSummaryView, LogLinkView, summaryOf } from './decision-log-summary.view.js';
import { DecisionLogs } from './decision-logs.js';

type Issued = RecordOf<DecisionLogView>;

@ArgsType()
class DecisionLogsArgs extends PageArgs {
  @Field(() => IssuedDecisionLogFilter, { description: 'Only logs that are so.', nullable: true })
  filter?: IssuedDecisionLogFilter | null;

  @Field(() => ID, { description: 'Only logs for this committee.', nullable: true })
  committee?: string | null;
}

@Resolver(() => DecisionLogView)
export class DecisionLogResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
    private readonly logs: DecisionLogs,
  ) {}

  @Query(() => DecisionLogSummaryView, {
    description: 'What a decision log for a committee would say: its figures, and what is in each of its sections.',
  })
  async decisionLog(
    @Args() args: DecisionLogArgs,
    @Context() context: RequestContext,
  ): Promise<DecisionLogSummaryView> {
    const { for: committee, from, to, about, asAt, asKnownAt } = args;
    const question = {
      for: committee,
      from,
      to,
      about: about ?? [],
      asAt: asAt ?? undefined,
      asKnownAt: asKnownAt ?? undefined,
      now: context.requestedAt,
    };
    return summaryOf(await this.logs.made(question, context.actor));
  }

  @Query(() => IssuedDecisionLogAnswer, {
    description: 'One issued decision log, by its id or the digits on its pages.',
  })
  async issuedDecisionLog(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('decisionLog', 'issuedDecisionLog', args, context);
  }

  @Query(() => IssuedDecisionLogConnection, {
    description: 'Issued decision logs by the last day of their period; withdrawn ones among them.',
  })
  async decisionLogs(@Args() args: DecisionLogsArgs, @Context() context: RequestContext): Promise<Connection<Issued>> {
    return this.records.page('decisionLog', { subjects: { committee: ['body', args.committee] } }, args, context);
  }

  @ResolveField(() => BodyView, { description: 'The committee it is for.', nullable: true })
  async committee(
    @Parent() { committee, basis }: Issued,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', committee, basis, context);
  }

  @ResolveField(() => OrganisationView, { description: 'The council for whose area it is.', nullable: true })
  async council(
    @Parent() { council, basis }: Issued,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', council, basis, context);
  }

  @ResolveField(() => [OrganisationView], { description: 'The organisations it was narrowed to.' })
  async about(
    @Parent() { about, basis }: Issued,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<OrganisationView>[]> {
    return this.records.namedEach('organisation', about, basis, context);
  }

  @ResolveField(() => DecisionLogView, { description: 'The log that this one replaces.', nullable: true })
  async replaces(
    @Parent() { replaces, basis }: Issued,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionLogView> | null> {
    return this.records.named('decisionLog', replaces, basis, context);
  }

  @ResolveField(() => StandingOrderView, { description: 'The standing order under which it was made.', nullable: true })
  async standingOrder(
    @Parent() { standingOrder, basis }: Issued,
    @Context() context: RequestContext,
  ): Promise<RecordOf<StandingOrderView> | null> {
    return this.records.named('standingOrder', standingOrder, basis, context);
  }

  @ResolveField(() => [LogDeliveryView], {
    description: 'Where it was delivered, and what was answered; empty for whoever does not issue logs.',
    nullable: true,
  })
  delivered(@Parent() { delivered }: Issued, @Context() { actor }: RequestContext): readonly LogDeliveryView[] | null {
    return seesDeliveries(actor) ? (delivered ?? []) : null;
  }

  @ResolveField(() => [DeliveryRouteView], {
    description: 'Where it was to be delivered and has not been accepted; empty for whoever does not issue logs.',
    nullable: true,
  })
  outstanding(
    @Parent() { deliverTo, delivered }: Issued,
    @Context() { actor }: RequestContext,
  ): readonly DeliveryRouteView[] | null {
    return seesDeliveries(actor) ? outstandingRoutes(deliverTo, delivered) : null;
  }

  /** A digest of what somebody may not see tells them when they have guessed it; so does its length. */
  @ResolveField(() => [IssuedFileView], { description: 'Its files.' })
  files(@Parent() { reader, files }: Issued, @Context() { actor }: RequestContext): readonly IssuedFileView[] {
    return reader === 'OFFICERS' && !seesEverything(actor) ? [] : files;
  }

  @ResolveField(() => [LogLinkView], {
    description: 'Where each format is: made again from its basis when it is asked for.',
  })
  links(@Parent() { id }: Issued): readonly LogLinkView[] {
    const key = id.slice('decisionLog/'.length);
    return Object.keys(LOG_FORMATS).map((format) => ({
      format,
      path: `/decision-logs/${encodeURIComponent(key)}.${format}`,
    }));
  }

  @Mutation(() => ReceiptView, {
    description: 'Withdraws an issued decision log. Effective on the day from which nobody is to rely on it.',
  })
  async withdrawDecisionLog(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: WithdrawDecisionLogInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('WithdrawDecisionLog', args, data, context);
  }
}
