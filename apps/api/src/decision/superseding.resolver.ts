import { DateScalar, DecisionStatusEnum } from '#schema';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DecisionStatus } from '#governance';
import { addDays, type CivilDate } from '#kernel';
import { DecisionView, supersededBy } from '#register';

import { DecisionsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { DecisionConnection } from '../graphql/connections.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Decision = RecordOf<DecisionView> & { readonly stub?: true };

/** Which decisions replace which: said by either, and seen from both. */
@Resolver(() => DecisionView)
export class SupersedingResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => DecisionStatusEnum, {
    description: 'Where it stands; superseded also where only the later decision says so.',
  })
  async status(@Parent() decision: Decision, @Context() context: RequestContext): Promise<DecisionStatus> {
    return (await this.standing(decision, context)).status;
  }

  @ResolveField(() => Boolean, {
    description: 'True once it was superseded whole, was rescinded or has lapsed.',
  })
  async ended(@Parent() decision: Decision, @Context() context: RequestContext): Promise<boolean> {
    return (await this.standing(decision, context)).ended;
  }

  @ResolveField(() => DecisionView, {
    description:
      'The later decision that replaced it, whole or in part, whichever of the two says so; the earliest of several.',
    nullable: true,
  })
  async supersededBy(
    @Parent() decision: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    if (decision.stub) return null;
    const { supersededBy: later } = await this.standing(decision, context);
    return this.records.named('decision', later, decision.basis, context);
  }

  @ResolveField(() => DateScalar, {
    description:
      'The last day on which it held, once it was superseded whole, was rescinded or has lapsed, whichever record says so.',
    nullable: true,
  })
  async inForceUntil(@Parent() decision: Decision, @Context() context: RequestContext): Promise<CivilDate | null> {
    if (decision.stub || decision.ended) return decision.inForceUntil ?? null;
    const later = await this.records.superseding(decision, context);
    if (!supersededBy(decision, later).ended) return null;
    const [since] = later.flatMap(({ state }) => state.inForceFrom ?? []).toSorted();
    return since === undefined ? null : addDays(since, -1);
  }

  @ResolveField(() => String, {
    description: 'Which part a later decision replaced; empty where it was the whole.',
    nullable: true,
  })
  async supersededPart(@Parent() decision: Decision, @Context() context: RequestContext): Promise<string | undefined> {
    return (await this.standing(decision, context)).supersededPart;
  }

  @ResolveField(() => DecisionView, { description: 'The earlier decision it replaces.', nullable: true })
  async supersedes(
    @Parent() { supersedes, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', supersedes, basis, context);
  }

  @ResolveField(() => DecisionConnection, {
    description: 'Every decision that was taken and says that it replaces it.',
  })
  async supersedingDecisions(
    @Parent() decision: Decision,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'supersedes', decision, under, context);
  }

  @ResolveField(() => DecisionConnection, {
    description: 'Every decision of which it is recorded there that this one replaced it, whole or in part.',
  })
  async supersededDecisions(
    @Parent() decision: Decision,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'supersededBy', decision, under, context);
  }

  private async standing(decision: Decision, context: RequestContext): Promise<Decision> {
    return supersededBy(decision, await this.records.superseding(decision, context));
  }
}
