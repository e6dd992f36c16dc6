import { ChangePersonInput, EndNameInput, RecordNameInput, RegisterPersonInput } from '#wire';
import { Args, ArgsType, Context, Field, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import {
  PersonFilter,
  PersonView,
  type AppointmentView,
  type DecisionView,
  type DelegationView,
  type InterestView,
} from '#register';
import { OneArgs, PageArgs, RecordArgs } from '../graphql/arguments.js';
import {
  AppointmentsUnderArgs,
  DecisionsUnderArgs,
  DelegationsUnderArgs,
  InterestsUnderArgs,
} from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import {
  AppointmentConnection,
  DecisionConnection,
  DelegationConnection,
  InterestConnection,
  PersonAnswer,
  PersonConnection,
} from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Person = RecordOf<PersonView>;

@ArgsType()
class PeopleArgs extends PageArgs {
  @Field(() => PersonFilter, { description: 'Only people who are so.', nullable: true })
  filter?: PersonFilter | null;
}

@Resolver(() => PersonView)
export class PersonResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => PersonAnswer, { description: 'One person, under the name of a day and as known at a moment.' })
  async person(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('person', 'person', args, context);
  }

  @Query(() => PersonConnection, { description: 'People by name, as they were called on a day.' })
  async people(@Args() args: PeopleArgs, @Context() context: RequestContext): Promise<Connection<Person>> {
    return this.records.page('person', {}, args, context);
  }

  @ResolveField(() => AppointmentConnection, {
    description: 'What the person held on the day: seats, posts and roles.',
  })
  async appointments(
    @Parent() person: Person,
    @Args() under: AppointmentsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<AppointmentView>>> {
    return this.records.listedUnder('appointment', 'person', person, under, context);
  }

  @ResolveField(() => InterestConnection, {
    description: 'What the person had declared that may conflict with a part in decisions.',
  })
  async interests(
    @Parent() person: Person,
    @Args() under: InterestsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<InterestView>>> {
    return this.records.listedUnder('interest', 'person', person, under, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'Powers that were delegated to the person by name.' })
  async delegationsReceived(
    @Parent() person: Person,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'delegatePerson', person, under, context);
  }

  @ResolveField(() => DecisionConnection, { description: 'Decisions recorded as taken by the person as an officer.' })
  async decisionsTaken(
    @Parent() person: Person,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'officer', person, under, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Registers a person. Effective on the first day the person is known by the name.',
  })
  async registerPerson(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RegisterPersonInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RegisterPerson', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a person, from a day on.' })
  async changePerson(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangePersonInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangePerson', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records a name of a person for a stretch of time. Effective on its first day; several may run at once.',
  })
  async recordName(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordNameInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordName', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Ends a name of a person. Effective on the first day without it.' })
  async endName(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndNameInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndName', args, data, context);
  }
}
