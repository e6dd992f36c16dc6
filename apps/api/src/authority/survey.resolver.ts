import { DateScalar } from '#schema';
import { Args, ArgsType, Context, Field, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access';
import { AUTHORITY_VERDICTS, type AuthorityTest, type AuthorityVerdict, type Trace } from '#governance';
import { Refusal, type CivilDate } from '#kernel';
import type { Basis, DecisionView } from '#register';
import { Belongings } from '../decision/belongings.js';
import { BasisArgs, LARGEST_PAGE, USUAL_PAGE, type PageArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { daysInOrder } from '../graphql/day-range.js';
import { checkedFirst } from '../graphql/page-info.js';
import { Names } from '../history/names.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { AuthorityTestEnum, AuthorityVerdictEnum } from './authority.view.js';
import { AuthoritySurveyView } from './survey.view.js';
import { authorityShown } from './telling.js';
import { Tracing } from './tracing.js';

/** Decisions that one survey looks at. */
const MOST = 2_000;

@ArgsType()
class SurveyArgs extends BasisArgs {
  @Field(() => DateScalar, { description: 'The first day of the period, by the day that decisions go by.' })
  datedFrom!: CivilDate;

  @Field(() => DateScalar, { description: 'The last day of the period.' })
  datedTo!: CivilDate;

  @Field(() => ID, { description: 'Only decisions that this organisation answers for.', nullable: true })
  organisation?: string | null;

  @Field(() => ID, { description: 'Only decisions that this body took.', nullable: true })
  body?: string | null;

  @Field(() => [AuthorityVerdictEnum], { description: 'Only those of these verdicts.', nullable: true })
  verdicts?: AuthorityVerdict[] | null;

  @Field(() => [AuthorityTestEnum], {
    description:
      'Only those not authorised of which some chain fails one of these tests: RESERVED for matters reserved to somebody else.',
    nullable: true,
  })
  tests?: AuthorityTest[] | null;

  @Field(() => Int, { description: 'How many decisions to give: 1 to 100.', defaultValue: USUAL_PAGE })
  first!: number;

  @Field(() => Int, { description: 'How many to leave out before: for the next page.', defaultValue: 0 })
  skip!: number;
}

interface Traced {
  readonly decision: RecordOf<DecisionView>;
  readonly trace: Trace;
}

@Resolver(() => AuthoritySurveyView)
export class SurveyResolver {
  constructor(
    private readonly records: Records,
    private readonly belongings: Belongings,
    private readonly tracing: Tracing,
    private readonly names: Names,
  ) {}

  @Query(() => AuthoritySurveyView, {
    description:
      'The decisions of a period by their authority: which are authorised, which are not and by which test, of which it cannot be determined. A period of more than 2,000 decisions is refused.',
  })
  async decisionsByAuthority(
    @Args() args: SurveyArgs,
    @Context() context: RequestContext,
  ): Promise<AuthoritySurveyView> {
    mayRead(context.actor, 'decision');
    const first = checkedFirst(args.first);
    const basis = await this.records.basis(args, context);
    const decisions = await this.ofPeriod(args, basis, context);
    const traced = await Promise.all(
      decisions.map(async (decision): Promise<Traced> => {
        const matter = await this.tracing.matterOf(decision, context);
        return { decision, trace: await this.tracing.trace(matter, basis, context) };
      }),
    );
    const asked = traced.filter((one) => isAsked(one.trace, args));
    const page = asked.slice(Math.max(0, args.skip)).slice(0, first);
    return this.names.tell(basis, context, ({ namesOn }) => ({
      counts: (Object.keys(AUTHORITY_VERDICTS) as AuthorityVerdict[]).map((verdict) => ({
        verdict,
        count: traced.filter(({ trace }) => trace.verdict === verdict).length,
      })),
      count: asked.length,
      decisions: page.map(({ decision, trace }) => ({
        decision,
        authority: authorityShown(trace, basis, namesOn(trace.on)),
      })),
      basis,
    }));
  }

  /** All decisions of the period, as whoever asks sees them. @throws Refusal `RANGE_TOO_LONG` where there are too many. */
  private async ofPeriod(
    { organisation, body, datedFrom, datedTo }: SurveyArgs,
    basis: Basis,
    context: RequestContext,
  ): Promise<readonly RecordOf<DecisionView>[]> {
    const by = {
      subjects: { decidingBody: ['body', body, 'body'] as const },
      following: [
        'organisation',
        organisation,
        'organisation',
        async (key: string, on: Basis) => this.belongings.of(key, on, context),
      ] as const,
      orderRange: daysInOrder({ datedFrom, datedTo }),
    };
    const found: RecordOf<DecisionView>[] = [];
    for (let after: string | null = null; ;) {
      const part: PageArgs = {
        first: LARGEST_PAGE,
        after,
        asAt: basis.asAt,
        asKnownAt: basis.position,
        order: 'FORWARDS' as const,
      };
      const page: Connection<RecordOf<DecisionView>> = await this.records.page<DecisionView>(
        'decision',
        by,
        part,
        context,
      );
      found.push(...page.edges.map(({ node }) => node));
      if (!page.pageInfo.hasNextPage) return found;
      if (found.length >= MOST) {
        throw new Refusal('RANGE_TOO_LONG', `datedFrom to datedTo has more than ${MOST} decisions`, {
          field: 'datedTo',
          remedy: 'ask for a shorter period, or for one organisation or body',
        });
      }
      after = page.pageInfo.endCursor;
    }
  }
}

const isAsked = ({ verdict, parts }: Trace, { verdicts, tests }: SurveyArgs): boolean => {
  if (verdicts && verdicts.length > 0 && !verdicts.includes(verdict)) return false;
  if (!tests || tests.length === 0) return true;
  if (verdict !== 'NOT_AUTHORISED') return false;
  const failing = parts.filter((part) => part.verdict === 'NOT_AUTHORISED');
  return failing.some((part) =>
    [part.failure, ...part.chains.map(({ failure }) => failure)].some((why) => why && tests.includes(why.test)),
  );
};
