import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  AppointmentView,
  ConditionMetView,
  DecisionView,
  DelegationView,
  OrganisationView,
  type Basis,
} from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { ActingUnderView } from './acting.view.js';

type Decision = RecordOf<DecisionView>;
type Met = ConditionMetView & { readonly basis: Basis };

/** Parts of a decision that name others: the basis of the decision is handed down to them (T6). */
@Resolver(() => DecisionView)
export class DecisionPartsResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => ActingUnderView, {
    description: 'The hat that was used: the appointment and the delegation; empty where neither is recorded.',
    nullable: true,
  })
  actingUnder(@Parent() { appointment, delegation, basis }: Decision): ActingUnderView | null {
    if (appointment === undefined && delegation === undefined) return null;
    return {
      ...(appointment !== undefined && { appointment }),
      ...(delegation !== undefined && { delegation }),
      basis,
    };
  }

  @ResolveField(() => OrganisationView, {
    description: 'The organisation that is bought from, where it is in the register.',
    nullable: true,
  })
  async provider(
    @Parent() { provider, basis }: Decision,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', provider, basis, context);
  }

  @ResolveField(() => [ConditionMetView], {
    description: 'How the conditions were met that each decision under a delegation has to meet.',
    nullable: true,
  })
  conditionsMet(@Parent() { conditionsMet, basis }: Decision): readonly Met[] | undefined {
    return conditionsMet?.map((met) => ({ ...met, basis }));
  }
}

@Resolver(() => ActingUnderView)
export class ActingUnderResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => AppointmentView, { description: 'The appointment in which the officer acted.', nullable: true })
  async appointment(
    @Parent() { appointment, basis }: ActingUnderView,
    @Context() context: RequestContext,
  ): Promise<RecordOf<AppointmentView> | null> {
    return this.records.named('appointment', appointment, basis, context);
  }

  @ResolveField(() => DelegationView, {
    description: 'The delegation it was taken under, as it stands on the day of the question.',
    nullable: true,
  })
  async delegation(
    @Parent() { delegation, basis }: ActingUnderView,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DelegationView> | null> {
    return this.records.named('delegation', delegation, basis, context);
  }
}

@Resolver(() => ConditionMetView)
export class ConditionMetResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => DelegationView, { description: 'The delegation whose condition it is.', nullable: true })
  async delegation(
    @Parent() { delegation, basis }: Met,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DelegationView> | null> {
    return this.records.named('delegation', delegation, basis, context);
  }
}
