import { ChangePlaceInput, DefinePlaceInput, EndPlaceInput } from '#wire';
import { PlaceKindEnum } from '#schema';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import type { PlaceKind } from '#governance';
import {
  PlaceFilter,
  PlaceView,
  type BodyView,
  type BudgetView,
  type DecisionView,
  type DelegationView,
} from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import {
  BodiesUnderArgs,
  BudgetsUnderArgs,
  DecisionsUnderArgs,
  DelegationsUnderArgs,
  PlacesUnderArgs,
} from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import {
  BodyConnection,
  BudgetConnection,
  DecisionConnection,
  DelegationConnection,
  PlaceAnswer,
  PlaceConnection,
} from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Place = RecordOf<PlaceView>;

@ArgsType()
class PlacesArgs extends LastingPageArgs {
  @Field(() => PlaceFilter, { description: 'Only places that are so.', nullable: true })
  filter?: PlaceFilter | null;

  @Field(() => PlaceKindEnum, { description: 'Only places of this kind.', nullable: true })
  kind?: PlaceKind | null;

  @Field(() => ID, { description: 'Only those directly within this place.', nullable: true })
  parent?: string | null;
}

@Resolver(() => PlaceView)
export class PlaceResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => PlaceAnswer, { description: 'One place, as it stood on a day and as known at a moment.' })
  async place(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('place', 'place', args, context);
  }

  @Query(() => PlaceConnection, { description: 'Systems, places and neighbourhoods by name, as they stood on a day.' })
  async places(@Args() args: PlacesArgs, @Context() context: RequestContext): Promise<Connection<Place>> {
    const { kind, parent } = args;
    return this.records.page(
      'place',
      { where: { kind }, subjects: { parents: ['place', parent, 'parent'] } },
      args,
      context,
    );
  }

  @ResolveField(() => [PlaceView], { description: 'The places that it lies within.' })
  async parents(@Parent() { parents, basis }: Place, @Context() context: RequestContext): Promise<readonly Place[]> {
    return this.records.namedEach('place', parents, basis, context);
  }

  @ResolveField(() => PlaceConnection, { description: 'The places directly within it.' })
  async parts(
    @Parent() place: Place,
    @Args() under: PlacesUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Place>> {
    return this.records.listedUnder('place', 'parents', place, under, context);
  }

  @ResolveField(() => BodyConnection, { description: 'The bodies that are for it.' })
  async bodies(
    @Parent() place: Place,
    @Args() under: BodiesUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<BodyView>>> {
    return this.records.listedUnder('body', 'places', place, under, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'The delegations that reach to it.' })
  async delegations(
    @Parent() place: Place,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'places', place, under, context);
  }

  @ResolveField(() => BudgetConnection, { description: 'The budgets that are for it.' })
  async budgets(
    @Parent() place: Place,
    @Args() under: BudgetsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<BudgetView>>> {
    return this.records.listedUnder('budget', 'places', place, under, context);
  }

  @ResolveField(() => DecisionConnection, { description: 'The decisions that are for it, the earliest first.' })
  async decisions(
    @Parent() place: Place,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'places', place, under, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Defines a system, place or neighbourhood. Effective on the day from which it is one.',
  })
  async definePlace(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: DefinePlaceInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('DefinePlace', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a place, from a day on.' })
  async changePlace(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangePlaceInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangePlace', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Ends a place. Effective on the first day on which it is none.' })
  async endPlace(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndPlaceInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndPlace', args, data, context);
  }
}
