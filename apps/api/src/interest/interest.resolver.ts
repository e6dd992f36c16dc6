import { AmendInterestInput, DeclareInterestInput, EndInterestInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { InterestView, OrganisationView, PersonView, InterestFilter } from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { InterestAnswer, InterestConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Interest = RecordOf<InterestView>;

@ArgsType()
class InterestsArgs extends LastingPageArgs {
  @Field(() => InterestFilter, { description: 'Only interests that are so.', nullable: true })
  filter?: InterestFilter | null;

  @Field(() => ID, { description: 'Only interests of this person.', nullable: true })
  person?: string | null;

  @Field(() => ID, { description: 'Only interests in this organisation.', nullable: true })
  organisation?: string | null;
}

@Resolver(() => InterestView)
export class InterestResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => InterestAnswer, { description: 'One declared interest, as it stood on a day and as known at a moment.' })
  async interest(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('interest', 'interest', args, context);
  }

  @Query(() => InterestConnection, {
    description:
      'Declared interests, as they stood on a day. Those that had ended are left out as soon as a filter is given.',
  })
  async interests(@Args() args: InterestsArgs, @Context() context: RequestContext): Promise<Connection<Interest>> {
    const { person, organisation } = args;
    return this.records.page(
      'interest',
      { subjects: { person: ['person', person], organisation: ['organisation', organisation] } },
      args,
      context,
    );
  }

  @ResolveField(() => PersonView, { description: 'Who holds the interest.', nullable: true })
  async person(
    @Parent() { person, basis }: Interest,
    @Context() context: RequestContext,
  ): Promise<RecordOf<PersonView> | null> {
    return this.records.named('person', person, basis, context);
  }

  @ResolveField(() => OrganisationView, {
    description: 'The organisation it is in, where the register has it.',
    nullable: true,
  })
  async organisation(
    @Parent() { organisation, basis }: Interest,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records an interest that a person declares. Effective on the day it arose.',
  })
  async declareInterest(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: DeclareInterestInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('DeclareInterest', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about an interest, from a day on.' })
  async amendInterest(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: AmendInterestInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('AmendInterest', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Ends an interest. Effective on the first day without it.' })
  async endInterest(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndInterestInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndInterest', args, data, context);
  }
}
