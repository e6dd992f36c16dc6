import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRecord, seesEverything } from '#access';
import {
  dueLogs,
  issueEach,
  parseRoute,
  type DueLog,
  type IssuedLog,
  type LogFormat,
  type LogOrder,
  type Undelivered,
} from '#decision-log';
import { Refusal, type Actor } from '#kernel';
import { BodyView, DecisionLogView, OrganisationView, Register, StandingOrderView, type Basis } from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { DueArgs, DueDecisionLogView, IssueDueArgs } from './due.view.js';
import { Issuing } from './issuing.js';
import { DueIssueView, IssueArgs, IssueReceiptView, type DeliverToInput } from './issuing.view.js';

/** What is due, with the basis that what it names is shown on. */
type Due = DueDecisionLogView & { readonly basis: Basis };

/** Logs issued by one mutation at most. */
const MOST_AT_ONCE = 20;

@Resolver(() => DueDecisionLogView)
export class IssuingResolver {
  constructor(
    private readonly issuing: Issuing,
    private readonly register: Register,
    private readonly records: Records,
  ) {}

  @Query(() => [DueDecisionLogView], {
    description:
      'The decision logs that standing orders ask for today and that are not issued yet, oldest first, issued ones that ' +
      'are still to be delivered, and what comes next. For whoever issues logs.',
  })
  async dueDecisionLogs(
    @Args() { standingOrder, afterReceipt }: DueArgs,
    @Context() context: RequestContext,
  ): Promise<readonly Due[]> {
    mayRecord(context.actor, 'decisionLog');
    const basis = await this.records.basis({ afterReceipt: afterReceipt ?? null }, context);
    const due = await dueLogs(this.register, { now: context.requestedAt, named: standingOrder ?? undefined });
    return due.map(({ issued, ...rest }) => ({ ...rest, issuedLog: issued?.id, basis }));
  }

  @ResolveField(() => StandingOrderView, { description: 'The standing order that asks for it.', nullable: true })
  async standingOrder(
    @Parent() { standingOrder, basis }: Due,
    @Context() context: RequestContext,
  ): Promise<RecordOf<StandingOrderView> | null> {
    return this.records.named('standingOrder', standingOrder, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The committee it is for.', nullable: true })
  async committee(
    @Parent() { committee, basis }: Due,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', committee, basis, context);
  }

  @ResolveField(() => OrganisationView, { description: 'The council for whose area it is.', nullable: true })
  async council(
    @Parent() { council, basis }: Due,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', council, basis, context);
  }

  @ResolveField(() => DecisionLogView, {
    description: 'The log, where it is issued and only deliveries are outstanding.',
    nullable: true,
  })
  async issuedLog(
    @Parent() { issuedLog, basis }: Due,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionLogView> | null> {
    return this.records.named('decisionLog', issuedLog, basis, context);
  }

  @Mutation(() => IssueReceiptView, {
    description:
      'Makes a decision log in every format, delivers it, and records it as issued, with the SHA-256 of every file. Where ' +
      'nobody accepts it, it is not issued.',
  })
  async issueDecisionLog(@Args() args: IssueArgs, @Context() context: RequestContext): Promise<IssueReceiptView> {
    const { requestedAt: now, actor } = context;
    const order = { ...orderOf(args), now, publicAddress: this.issuing.publicUrl };
    return receiptOf(await this.issuing.logs.issue(order, actor), actor);
  }

  @Mutation(() => [DueIssueView], {
    description:
      'Issues the decision logs that are due, the oldest first, and delivers what is outstanding. One that is refused does ' +
      'not stop the others; where nobody accepts a log, later ones of the same order wait for the next time.',
  })
  async issueDueDecisionLogs(
    @Args() { standingOrder, first, afterReceipt }: IssueDueArgs,
    @Context() context: RequestContext,
  ): Promise<readonly DueIssueView[]> {
    const { actor, requestedAt: now } = context;
    mayRecord(actor, 'decisionLog');
    if (first < 1 || first > MOST_AT_ONCE) {
      throw new Refusal('PAGE_SIZE', `first is ${first}: needed 1 to ${MOST_AT_ONCE}`, { field: 'first' });
    }
    await this.records.basis({ afterReceipt: afterReceipt ?? null }, context);
    const { logs, publicUrl: publicAddress } = this.issuing;
    const due = await dueLogs(this.register, { now, named: standingOrder ?? undefined });
    const done = new Map<DueLog, DueIssueView>();
    for await (const { due: one, issued, refused } of issueEach(logs, due, { now, publicAddress }, actor, { first })) {
      const { code = null, message = null } = refused ?? {};
      done.set(one, { ...periodOf(one), issued: issued ? receiptOf(issued, actor) : null, code, message });
    }
    return due.flatMap((one) => done.get(one) ?? []);
  }
}

const periodOf = ({ standingOrder, firstDay, lastDay }: DueLog) => ({
  standingOrder: standingOrder === undefined ? null : `standingOrder/${standingOrder}`,
  firstDay,
  lastDay,
});

const orderOf = (args: IssueArgs): Omit<LogOrder, 'now'> => ({
  for: args.for,
  from: args.from,
  to: args.to,
  about: args.about ?? [],
  asAt: args.asAt ?? undefined,
  asKnownAt: args.asKnownAt ?? undefined,
  since: args.since ?? undefined,
  reader: args.reader ?? undefined,
  formats: args.formats ? formatsIn(args.formats) : undefined,
  recipient: args.recipient ?? undefined,
  replaces: args.replaces ?? undefined,
  deliverTo: args.deliverTo?.map(routeIn),
  note: args.note ?? undefined,
  commandId: args.commandId ?? undefined,
});

/** @throws Refusal `LOG_FORMAT_UNKNOWN` */
function formatsIn(formats: NonNullable<IssueArgs['formats']>): readonly LogFormat[] {
  if (formats.length > 0) return [...new Set(formats.map((format) => format.toLowerCase() as LogFormat))];
  throw new Refusal('LOG_FORMAT_UNKNOWN', 'formats is an empty list: needed one format, or the field left out', {
    field: 'formats',
  });
}

const routeIn = ({ by, to }: DeliverToInput, index: number) =>
  parseRoute(`${by.toLowerCase()}:${to}`, `deliverTo[${index}].to`);

/** Who issues a log that others ordered for officers is not told its digests: they tell whoever guesses what it says. */
const receiptOf = (
  { id, receipt, scope, files, delivered, outstanding }: IssuedLog,
  actor: Actor,
): IssueReceiptView => ({
  id: `decisionLog/${id}`,
  receipt,
  files: scope.reader === 'officers' && !seesEverything(actor) ? [] : files,
  delivered,
  outstanding: outstanding.map(({ by, to, why }: Undelivered) => ({ by, to, why })),
});
