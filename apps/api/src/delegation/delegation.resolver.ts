import {
  ExtendDelegationInput,
  GrantDelegationInput,
  ResumeDelegationInput,
  RevokeDelegationInput,
  SuspendDelegationInput,
  VaryDelegationInput,
} from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import {
  BodyView,
  DecisionView,
  DelegationView,
  InstrumentView,
  OrganisationView,
  PersonView,
  DelegationFilter,
} from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import { DecisionsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { DecisionConnection, DelegationAnswer, DelegationConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Delegation = RecordOf<DelegationView>;

@ArgsType()
class DelegationsArgs extends LastingPageArgs {
  @Field(() => DelegationFilter, { description: 'Only delegations that are so.', nullable: true })
  filter?: DelegationFilter | null;

  @Field(() => ID, {
    description:
      'Only those that this organisation grants and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  grantedByOrganisation?: string | null;

  @Field(() => ID, {
    description: 'Only those that this body grants and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  grantedByBody?: string | null;

  @Field(() => ID, {
    description:
      'Only those that this instrument makes and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  instrument?: string | null;

  @Field(() => ID, {
    description:
      'Only those that this organisation receives and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  delegateOrganisation?: string | null;

  @Field(() => ID, {
    description:
      'Only those that this body receives and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  delegateBody?: string | null;

  @Field(() => ID, {
    description:
      'Only those that reach to this place and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  place?: string | null;

  @Field(() => ID, {
    description:
      'Only those that this person receives and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  delegatePerson?: string | null;
}

@Resolver(() => DelegationView)
export class DelegationResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => DelegationAnswer, { description: 'One delegation, as it stood on a day and as known at a moment.' })
  async delegation(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('delegation', 'delegation', args, context);
  }

  @Query(() => DelegationConnection, {
    description: 'Delegations by the functions they cover, as they stood on a day.',
  })
  async delegations(
    @Args() args: DelegationsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Delegation>> {
    const { grantedByOrganisation, grantedByBody, instrument, place } = args;
    const { delegateOrganisation, delegateBody, delegatePerson } = args;
    return this.records.page(
      'delegation',
      {
        subjects: {
          grantedByOrganisation: ['organisation', grantedByOrganisation],
          grantedByBody: ['body', grantedByBody],
          instrument: ['instrument', instrument],
          delegateOrganisation: ['organisation', delegateOrganisation],
          delegateBody: ['body', delegateBody],
          delegatePerson: ['person', delegatePerson],
          places: ['place', place, 'place'],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation that grants it.', nullable: true })
  async grantedByOrganisation(
    @Parent() { grantedByOrganisation, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', grantedByOrganisation, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body that grants it.', nullable: true })
  async grantedByBody(
    @Parent() { grantedByBody, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', grantedByBody, basis, context);
  }

  @ResolveField(() => [OrganisationView], { description: 'The organisations that receive it.' })
  async delegateOrganisations(
    @Parent() { delegateOrganisations, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<OrganisationView>[]> {
    return this.records.namedEach('organisation', delegateOrganisations, basis, context);
  }

  @ResolveField(() => [BodyView], { description: 'The bodies that receive it.' })
  async delegateBodies(
    @Parent() { delegateBodies, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<BodyView>[]> {
    return this.records.namedEach('body', delegateBodies, basis, context);
  }

  @ResolveField(() => [PersonView], { description: 'The people who receive it.' })
  async delegatePersons(
    @Parent() { delegatePersons, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<PersonView>[]> {
    return this.records.namedEach('person', delegatePersons, basis, context);
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument that makes it.', nullable: true })
  async instrument(
    @Parent() { instrument, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', instrument, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision that made it.', nullable: true })
  async madeByDecision(
    @Parent() { madeByDecision, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', madeByDecision, basis, context);
  }

  @ResolveField(() => DecisionConnection, { description: 'The decisions taken under it, by the day they go by.' })
  async decisions(
    @Parent() delegation: Delegation,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'delegation', delegation, under, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records a delegation. Effective on the first day on which it may be used.',
  })
  async grantDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: GrantDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('GrantDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a delegation, from a day on.' })
  async varyDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: VaryDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('VaryDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Suspends a delegation. Effective on the first day on which it may not be used.',
  })
  async suspendDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: SuspendDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('SuspendDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Ends the suspension of a delegation. Effective on the first day on which it may be used again.',
  })
  async resumeDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ResumeDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ResumeDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Gives a delegation a new last day. Effective on the day from which the longer term counts.',
  })
  async extendDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ExtendDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ExtendDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Takes a delegation back. Effective on the first day without it.' })
  async revokeDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RevokeDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RevokeDelegation', args, data, context);
  }
}
