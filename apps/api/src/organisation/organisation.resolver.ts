import { ChangeOrganisationInput, CloseOrganisationInput, RegisterOrganisationInput } from '#wire';
import { OrganisationKindEnum } from '#schema';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import type { OrganisationKind } from '#governance';
import { OrganisationFilter, OrganisationView, type SuccessionView } from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import { SuccessionsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { OrganisationAnswer, OrganisationConnection, SuccessionConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Organisation = RecordOf<OrganisationView>;

@ArgsType()
class OrganisationsArgs extends LastingPageArgs {
  @Field(() => OrganisationFilter, { description: 'Only organisations that are so.', nullable: true })
  filter?: OrganisationFilter | null;

  @Field(() => OrganisationKindEnum, { description: 'Only organisations of this kind.', nullable: true })
  kind?: OrganisationKind | null;

  @Field(() => ID, { description: 'Only those that belong to this organisation.', nullable: true })
  parent?: string | null;
}

@Resolver(() => OrganisationView)
export class OrganisationResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => OrganisationAnswer, { description: 'One organisation, as it stood on a day and as known at a moment.' })
  async organisation(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('organisation', 'organisation', args, context);
  }

  @Query(() => OrganisationConnection, { description: 'Organisations by name, as they stood on a day.' })
  async organisations(
    @Args() args: OrganisationsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Organisation>> {
    const { kind, parent } = args;
    return this.records.page(
      'organisation',
      { where: { kind }, subjects: { parent: ['organisation', parent] } },
      args,
      context,
    );
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation it belongs to.', nullable: true })
  async parent(
    @Parent() { parent, basis }: Organisation,
    @Context() context: RequestContext,
  ): Promise<Organisation | null> {
    return this.records.named('organisation', parent, basis, context);
  }

  @ResolveField(() => SuccessionConnection, { description: 'What came after it.' })
  async succeededBy(
    @Parent() organisation: Organisation,
    @Args() under: SuccessionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<SuccessionView>>> {
    return this.records.listedUnder('succession', 'predecessor', organisation, under, context);
  }

  @ResolveField(() => SuccessionConnection, { description: 'What it came after.' })
  async cameAfter(
    @Parent() organisation: Organisation,
    @Args() under: SuccessionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<SuccessionView>>> {
    return this.records.listedUnder('succession', 'successor', organisation, under, context);
  }

  @Mutation(() => ReceiptView, { description: 'Registers an organisation. Effective on the day it opens.' })
  async registerOrganisation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RegisterOrganisationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RegisterOrganisation', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about an organisation, from a day on.' })
  async changeOrganisation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeOrganisationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeOrganisation', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Closes an organisation. Effective on the first day without it.' })
  async closeOrganisation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: CloseOrganisationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('CloseOrganisation', args, data, context);
  }
}
