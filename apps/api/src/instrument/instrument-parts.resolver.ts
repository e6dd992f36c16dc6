import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BodyView, DecisionView, InstrumentPartyView, InstrumentView, OrganisationView, type Basis } from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Party = InstrumentPartyView & { readonly basis: Basis };

/** Parts of an instrument that name others: the basis of the instrument is handed down to them (T6). */
@Resolver(() => InstrumentView)
export class InstrumentPartsResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => [InstrumentPartyView], {
    description: 'The parties to it, and how each approved it.',
    nullable: true,
  })
  parties(@Parent() { parties, basis }: RecordOf<InstrumentView>): readonly Party[] | undefined {
    return parties?.map((party) => ({ ...party, basis }));
  }

  @ResolveField(() => DecisionView, { description: 'The decision that adopted the version in force.', nullable: true })
  async versionAdoptedByDecision(
    @Parent() { versionAdoptedByDecision, basis }: RecordOf<InstrumentView>,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', versionAdoptedByDecision, basis, context);
  }
}

@Resolver(() => InstrumentPartyView)
export class InstrumentPartyResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => OrganisationView, { description: 'The organisation that is a party.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: Party,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body that is a party, or acts for it.', nullable: true })
  async body(@Parent() { body, basis }: Party, @Context() context: RequestContext): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', body, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision by which it approved.', nullable: true })
  async approvedByDecision(
    @Parent() { approvedByDecision, basis }: Party,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', approvedByDecision, basis, context);
  }
}
