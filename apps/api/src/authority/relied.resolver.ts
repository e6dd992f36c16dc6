import { Args, ArgsType, Context, Field, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access';
import { inStep, isAggregate, restingOn, streamParts, traceOf, type Foundation, type Trace } from '#governance';
import { Refusal } from '#kernel';
import { DecisionView, nodeIdIn, type Basis } from '#register';
import { BasisArgs, USUAL_PAGE } from '../graphql/arguments.js';
import { checkedFirst } from '../graphql/page-info.js';
import { Names } from '../history/names.js';
import { Records } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { ReliedOnView } from './relied.view.js';
import { Supposing } from './supposing.js';
import { authorityShown } from './telling.js';
import { Tracing } from './tracing.js';

@ArgsType()
class ReliedOnArgs extends BasisArgs {
  @Field(() => ID, {
    description:
      'What decisions relied on: the global id of a delegation, an instrument, an appointment, a post, a person, a body or an organisation.',
  })
  on!: string;

  @Field(() => String, { description: 'Of an instrument, the version.', nullable: true })
  version?: string | null;

  @Field(() => Int, { description: 'How many decisions to give: 1 to 100.', defaultValue: USUAL_PAGE })
  first!: number;

  @Field(() => Int, { description: 'How many to leave out before: for the next page.', defaultValue: 0 })
  skip!: number;
}

/** What decisions may rest on. */
const FOUNDATIONS: ReadonlySet<string> = new Set([
  'delegation',
  'instrument',
  'appointment',
  'seat',
  'person',
  'body',
  'organisation',
]);

@Resolver(() => ReliedOnView)
export class ReliedResolver {
  constructor(
    private readonly records: Records,
    private readonly tracing: Tracing,
    private readonly supposing: Supposing,
    private readonly names: Names,
  ) {}

  @Query(() => ReliedOnView, {
    description:
      'Every decision whose chain of authority goes through a record or a version of an instrument, and what proves it without: which of them another chain, or the version before, carries all the same. Also of a version that was found invalid since.',
  })
  async reliedOn(@Args() args: ReliedOnArgs, @Context() context: RequestContext): Promise<ReliedOnView> {
    mayRead(context.actor, 'decision');
    const first = checkedFirst(args.first);
    const basis = await this.records.basis(args, context);
    const foundation = await this.foundation(args, basis, context);
    const { with: valid, without } = await this.supposing.leavingOut(foundation, basis, context);
    const resting = await this.tracing.ask(restingOn(foundation, basis.asAt), basis, context, valid);
    const traces = inStep(resting.map(({ matter }) => traceOf(matter)));
    const bare = await this.tracing.ask(traces, basis, context, without);
    const recorded = await this.tracing.ask(inStep(resting.map(({ matter }) => traceOf(matter))), basis, context);
    const page = resting.slice(Math.max(0, args.skip)).slice(0, first);
    const shown = await Promise.all(
      page.map(async ({ matter }) => this.records.named<DecisionView>('decision', matter.decision, basis, context)),
    );
    return this.names.tell(basis, context, ({ nameOf, namesOn }) => ({
      on: {
        subject: `${foundation.aggregate}/${foundation.id}`,
        name: nameOf(foundation.aggregate, foundation.id) ?? foundation.id,
      },
      count: resting.length,
      provedWithoutCount: bare.filter(isProved).length,
      challengedCount: recorded.filter((trace) => !isProved(trace)).length,
      basis,
      decisions: page.flatMap((one, index) => {
        const at = resting.indexOf(one);
        const [decision, left, now] = [shown[index], bare[at], recorded[at]];
        if (!decision || !left || !now) return [];
        const told = (trace: Trace) => authorityShown(trace, basis, namesOn(trace.on));
        return [
          {
            decision,
            with: told(one.trace),
            without: told(left),
            asRecorded: told(now),
            provedWithout: isProved(left),
            authorityChallenged: !isProved(now),
          },
        ];
      }),
    }));
  }

  private async foundation({ on, version }: ReliedOnArgs, basis: Basis, context: RequestContext): Promise<Foundation> {
    const { aggregate } = streamParts(nodeIdIn(on).subject);
    if (!isAggregate(aggregate) || !FOUNDATIONS.has(aggregate)) {
      throw new Refusal('INPUT', `on names nothing that a decision rests on: found ${JSON.stringify(on)}`, {
        field: 'on',
        remedy: `give the global id of one of these: ${[...FOUNDATIONS].join(', ')}`,
      });
    }
    if (version && aggregate !== 'instrument') {
      throw new Refusal('INPUT', `version is that of an instrument, and on names ${JSON.stringify(on)}`, {
        field: 'version',
        remedy: 'leave version out, or name the instrument',
      });
    }
    const id = await this.records.keyOf(aggregate, on, basis, 'on', context);
    return { aggregate, id, ...(version && { version }) };
  }
}

const isProved = ({ verdict }: Trace): boolean => verdict === 'AUTHORISED';
