import { NOT_PATIENT_NUMBERS, NotPatientNumberInput, WhyInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { BasisArgs, DRY_RUN, USUAL_PAGE } from '../graphql/arguments.js';
import { connectionOf, type Connection } from '../graphql/connection.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { HistoryEntryView, TimelineEntryView } from './history.view.js';
import { SubjectHistory } from './subject-history.js';
import { Subjects } from './subjects.js';

@ArgsType()
class SubjectArgs extends BasisArgs {
  @Field(() => ID, {
    description:
      'What it is about: a global id (body/glos:772), a kind and a human reference (organisation/QR1), or a reference alone.',
  })
  of!: string;

  @Field(() => Int, { description: 'How many entries to give: 1 to 100.', defaultValue: USUAL_PAGE })
  first!: number;

  @Field(() => String, { description: 'The "endCursor" of the page before this one.', nullable: true })
  after?: string | null;
}

const HistoryConnection = connectionOf(HistoryEntryView, 'HistoryEntry');
const TimelineConnection = connectionOf(TimelineEntryView, 'TimelineEntry');

@Resolver(() => HistoryEntryView)
export class HistoryResolver {
  constructor(
    private readonly records: Records,
    private readonly subjects: Subjects,
    private readonly histories: SubjectHistory,
    private readonly recording: Recording,
  ) {}

  @Query(() => HistoryConnection, {
    description:
      'Everything recorded about a subject, in the order of recording: what was said, by whom, what it put right and what became of it. Nothing that was recorded after the basis is used; its day decides only which names are shown.',
  })
  async history(@Args() args: SubjectArgs, @Context() context: RequestContext): Promise<Connection<HistoryEntryView>> {
    const basis = await this.records.basis(args, context);
    const subject = await this.subjects.find(args.of, basis, 'of', context);
    return this.histories.history(subject, args, basis, context);
  }

  @Query(() => TimelineConnection, {
    description:
      'How a subject stood over time, as known at one moment: one entry for each stretch of days on which nothing changed, the earliest first.',
  })
  async timeline(
    @Args() args: SubjectArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<TimelineEntryView>> {
    const basis = await this.records.basis(args, context);
    const subject = await this.subjects.find(args.of, basis, 'of', context);
    return this.histories.timeline(subject, args, basis, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Drops recordings about one subject, all or none, and puts nothing in their place. They stay in the history.',
  })
  async annul(
    @Args('subject', { type: () => ID, description: 'What they are about: a global id or a human reference.' })
    named: string,
    @Args('events', { type: () => [ID], description: 'Ids of the events to drop, as the history shows them.' })
    events: string[],
    @Args('why', { description: 'Why they are dropped.' }) why: WhyInput,
    @Args('commandId', {
      type: () => ID,
      nullable: true,
      description:
        'A name of your own for this command, for ever: sent again by you with the same name it is recorded once.',
    })
    commandId: string | null | undefined,
    @Args('notPatientNumbers', {
      type: () => [NotPatientNumberInput],
      nullable: true,
      description: NOT_PATIENT_NUMBERS,
    })
    notPatientNumbers: NotPatientNumberInput[] | null | undefined,
    @Args('dryRun', { description: DRY_RUN, defaultValue: false }) dryRun: boolean,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    const { stream } = await this.subjects.findToRecord(named, 'subject', context);
    return this.recording.annul(stream, events, why, { commandId, notPatientNumbers }, context, dryRun);
  }
}
