import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { limitInWords } from '#governance';
import {
  ApprovalView,
  BodyView,
  ConditionView,
  DecisionView,
  DelegationView,
  LimitView,
  OrganisationView,
  type Basis,
} from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type OnBasis<Part> = Part & { readonly basis: Basis };
type Approved = OnBasis<ApprovalView>;

/** Parts of a delegation that name others: the basis of the delegation is handed down to them (T6). */
@Resolver(() => DelegationView)
export class DelegationPartsResolver {
  @ResolveField(() => [ConditionView], { description: 'What has to be so for it to be used.', nullable: true })
  conditions(@Parent() { conditions, basis }: RecordOf<DelegationView>): readonly OnBasis<ConditionView>[] | undefined {
    return conditions?.map((one) => ({ ...one, basis }));
  }

  @ResolveField(() => [ApprovalView], {
    description: 'The approvals of the parties, and consents to passing it on.',
    nullable: true,
  })
  approvals(@Parent() { approvals, basis }: RecordOf<DelegationView>): readonly Approved[] | undefined {
    return approvals?.map((one) => ({ ...one, basis }));
  }
}

@Resolver(() => LimitView)
export class LimitResolver {
  @ResolveField(() => String, { description: 'All of it in words.' })
  inWords(@Parent() limit: LimitView): string {
    return limitInWords(limit);
  }
}

@Resolver(() => ConditionView)
export class ConditionResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => DecisionView, { description: 'The decision by which it came to be met.', nullable: true })
  async decision(
    @Parent() { decision, basis }: OnBasis<ConditionView>,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', decision, basis, context);
  }
}

@Resolver(() => ApprovalView)
export class ApprovalResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => OrganisationView, { description: 'The organisation that approved.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: Approved,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body that approved.', nullable: true })
  async body(
    @Parent() { body, basis }: Approved,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', body, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision by which it did.', nullable: true })
  async decision(
    @Parent() { decision, basis }: Approved,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', decision, basis, context);
  }
}
