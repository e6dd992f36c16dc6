import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  BodyView,
  DecisionView,
  DelegationView,
  InstrumentView,
  OrganisationView,
  PersonView,
  DelegationFilter,
  SeatView,
} from '#register';
import { LastingPageArgs, OneArgs } from '../graphql/arguments.js';
import { DecisionsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { DecisionConnection, DelegationAnswer, DelegationConnection } from '../graphql/connections.js';
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
      'Only those that whoever holds this post or seat grants and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  grantedBySeat?: string | null;

  @Field(() => ID, {
    description:
      'Only those that this person grants and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  grantedByPerson?: string | null;

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
      'Only those that whoever holds this post or seat receives and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  delegateSeat?: string | null;

  @Field(() => ID, {
    description:
      'Only those that reach to this place and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  place?: string | null;

  @Field(() => ID, {
    description:
      'Only those that let others exercise this function of a catalogue and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  catalogueFunction?: string | null;

  @Field(() => ID, {
    description:
      'Only those that this person receives and that have not ended, unless "holds" or "status" asks for those.',
    nullable: true,
  })
  delegatePerson?: string | null;
}

@Resolver(() => DelegationView)
export class DelegationResolver {
  constructor(private readonly records: Records) {}

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
    const { grantedByOrganisation, grantedByBody, grantedBySeat, grantedByPerson, instrument } = args;
    const { place, catalogueFunction } = args;
    const { delegateOrganisation, delegateBody, delegateSeat, delegatePerson } = args;
    return this.records.page(
      'delegation',
      {
        subjects: {
          grantedByOrganisation: ['organisation', grantedByOrganisation],
          grantedByBody: ['body', grantedByBody],
          grantedBySeat: ['seat', grantedBySeat],
          grantedByPerson: ['person', grantedByPerson],
          instrument: ['instrument', instrument],
          delegateOrganisation: ['organisation', delegateOrganisation],
          delegateBody: ['body', delegateBody],
          delegateSeat: ['seat', delegateSeat],
          delegatePerson: ['person', delegatePerson],
          places: ['place', place, 'place'],
          catalogueFunction: ['function', catalogueFunction],
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

  @ResolveField(() => SeatView, {
    description: 'The post or seat that grants it: whoever held it on the day.',
    nullable: true,
  })
  async grantedBySeat(
    @Parent() { grantedBySeat, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<SeatView> | null> {
    return this.records.named('seat', grantedBySeat, basis, context);
  }

  @ResolveField(() => PersonView, { description: 'The person who grants it.', nullable: true })
  async grantedByPerson(
    @Parent() { grantedByPerson, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<PersonView> | null> {
    return this.records.named('person', grantedByPerson, basis, context);
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

  @ResolveField(() => [SeatView], {
    description: 'The posts and seats that receive it: whoever holds one on the day acts.',
  })
  async delegateSeats(
    @Parent() { delegateSeats, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<SeatView>[]> {
    return this.records.namedEach('seat', delegateSeats, basis, context);
  }

  @ResolveField(() => [PersonView], { description: 'The people who receive it.' })
  async delegatePersons(
    @Parent() { delegatePersons, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<PersonView>[]> {
    return this.records.namedEach('person', delegatePersons, basis, context);
  }

  @ResolveField(() => OrganisationView, {
    description: 'The organisation whose power it is, where that is said: delegates act for it.',
    nullable: true,
  })
  async onBehalfOf(
    @Parent() { onBehalfOf, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', onBehalfOf, basis, context);
  }

  @ResolveField(() => [OrganisationView], {
    description: 'The organisations that nothing may be bought from under it.',
  })
  async excludedProviders(
    @Parent() { excludedProviders, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<OrganisationView>[]> {
    return this.records.namedEach('organisation', excludedProviders, basis, context);
  }

  @ResolveField(() => DelegationView, {
    description: 'The delegation in whose place it stands: granted again, or carried over.',
    nullable: true,
  })
  async replaces(
    @Parent() { replaces, basis }: Delegation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DelegationView> | null> {
    return this.records.named('delegation', replaces, basis, context);
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
}
