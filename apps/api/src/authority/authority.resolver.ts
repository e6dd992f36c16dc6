import { KnownAtScalar } from '#schema';
import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access';
import { AUTHORITY_EDITION, type Trace } from '#governance';
import { DecisionView, type Basis } from '#register';
import { BasisArgs } from '../graphql/arguments.js';
import { Names } from '../history/names.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { AuthorityComparedView, AuthorityView, MayDecideView } from './authority.view.js';
import { Deliberating } from './deliberating.js';
import { MatterInput } from './matter.input.js';
import { SupposedInput } from './supposed.input.js';
import { authorityShown, differencesIn } from './telling.js';
import { Tracing } from './tracing.js';

@ArgsType()
class AuthorityArgs extends BasisArgs {
  @Field(() => ID, { description: 'The decision: a global id, the part after the slash, or its reference.' })
  decision!: string;

  @Field(() => KnownAtScalar, {
    description:
      'A second state of knowledge: the answer then says what is found from there, and in which way the two differ.',
    nullable: true,
  })
  comparedWith?: number | string | null;
}

@ArgsType()
class MayDecideArgs extends BasisArgs {
  @Field(() => MatterInput, { description: 'What somebody thinks of deciding, and who would.' })
  matter!: MatterInput;

  @Field(() => SupposedInput, {
    description: 'What is supposed besides what is recorded. Nothing of it is written.',
    nullable: true,
  })
  suppose?: SupposedInput | null;
}

@Resolver(() => DecisionView)
export class AuthorityResolver {
  constructor(
    private readonly records: Records,
    private readonly tracing: Tracing,
    private readonly deliberating: Deliberating,
    private readonly names: Names,
  ) {}

  @ResolveField(() => AuthorityView, {
    description:
      'Whether whoever decided could: by which chains, as at the day on which it was taken and as known at the basis. Of what is only proposed, as at the day on which it is to be decided. Where a datum is missing, which, and who could record it.',
  })
  async authorityWhenTaken(
    @Parent() decision: RecordOf<DecisionView>,
    @Context() context: RequestContext,
  ): Promise<AuthorityView> {
    const matter = await this.tracing.matterOf(decision, context);
    const trace = await this.tracing.trace(matter, decision.basis, context);
    return this.shown(trace, decision.basis, context);
  }

  @Query(() => AuthorityComparedView, {
    description:
      'Whether whoever took a decision could, as at the day on which it was taken and as known at the basis; and with "comparedWith" what is found from a second state of knowledge. Empty where there is no such decision.',
    nullable: true,
  })
  async authority(
    @Args() { decision: named, comparedWith, ...args }: AuthorityArgs,
    @Context() context: RequestContext,
  ): Promise<AuthorityComparedView | null> {
    mayRead(context.actor, 'decision');
    const basis = await this.records.basis(args, context);
    const key = await this.records.keyOf('decision', named, basis, 'decision', context);
    const one = await this.ofDecision(key, basis, context);
    if (comparedWith === undefined || comparedWith === null) return one && { ...one, compared: null, differences: [] };
    const second = await this.records.basis({ asAt: basis.asAt, asKnownAt: comparedWith }, context);
    const compared = await this.ofDecision(key, second, context);
    if (!one && !compared) return null;
    const [from, to] = [one ?? nothing(basis), compared ?? nothing(second)];
    const differences = differencesIn(from, to, [
      `As known at position ${basis.position}`,
      `as known at position ${second.position}`,
    ]);
    return { ...from, compared: compared ?? null, differences };
  }

  @Query(() => MayDecideView, {
    description:
      'Whether a body, a post, an officer or an organisation may decide something on a day; if not, who can, the nearest first; and what it would be if something else were so.',
  })
  async mayDecide(
    @Args() { matter, suppose, ...args }: MayDecideArgs,
    @Context() context: RequestContext,
  ): Promise<MayDecideView> {
    mayRead(context.actor, 'delegation');
    const basis = await this.records.basis(args, context);
    return this.deliberating.mayDecide(matter, suppose ?? undefined, basis, context);
  }

  private async ofDecision(key: string, basis: Basis, context: RequestContext): Promise<AuthorityView | null> {
    const decision = await this.records.named<DecisionView>('decision', key, basis, context);
    return decision && this.authorityWhenTaken(decision, context);
  }

  /** With names as they were on the day it is about. */
  private async shown(trace: Trace, basis: Basis, context: RequestContext): Promise<AuthorityView> {
    return this.names.tell(basis, context, ({ nameOf, namesOn }) =>
      authorityShown(trace, basis, trace.on === undefined ? nameOf : namesOn(trace.on)),
    );
  }
}

/** What is not there has no authority that could be told. */
const nothing = (basis: Basis): AuthorityView => ({
  verdict: 'CANNOT_DETERMINE',
  on: null,
  sentence: 'There is no such decision.',
  parts: [],
  missing: [],
  edition: AUTHORITY_EDITION,
  basis,
});
