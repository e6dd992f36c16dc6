import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { streamParts } from '#governance';
import {
  OrganisationView,
  type AppointmentView,
  type BodyView,
  type BudgetView,
  type DecisionView,
  type DelegationView,
  type SeatView,
} from '#register';
import { Belongings } from '../decision/belongings.js';
import {
  OrganisationsUnderArgs,
  SeatsUnderArgs,
  AppointmentsUnderArgs,
  BodiesUnderArgs,
  BudgetsUnderArgs,
  DecisionsUnderArgs,
  DelegationsUnderArgs,
} from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import {
  AppointmentConnection,
  BodyConnection,
  BudgetConnection,
  DecisionConnection,
  DelegationConnection,
  OrganisationConnection,
  SeatConnection,
} from '../graphql/connections.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Organisation = RecordOf<OrganisationView>;

/** What other rooms hold about an organisation. */
@Resolver(() => OrganisationView)
export class OrganisationListsResolver {
  constructor(
    private readonly records: Records,
    private readonly belongings: Belongings,
  ) {}

  @ResolveField(() => OrganisationConnection, { description: 'The organisations that belong to it.' })
  async parts(
    @Parent() organisation: Organisation,
    @Args() under: OrganisationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Organisation>> {
    return this.records.listedUnder('organisation', 'parent', organisation, under, context);
  }

  @ResolveField(() => BodyConnection, { description: 'The bodies that are its own, alone or with others.' })
  async bodies(
    @Parent() organisation: Organisation,
    @Args() under: BodiesUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<BodyView>>> {
    return this.records.listedUnder('body', 'owner', organisation, under, context);
  }

  @ResolveField(() => SeatConnection, { description: 'The posts in it, whoever holds them.' })
  async seats(
    @Parent() organisation: Organisation,
    @Args() under: SeatsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<SeatView>>> {
    return this.records.listedUnder('seat', 'organisation', organisation, under, context);
  }

  @ResolveField(() => AppointmentConnection, { description: 'Appointments that name the organisation itself.' })
  async appointments(
    @Parent() organisation: Organisation,
    @Args() under: AppointmentsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<AppointmentView>>> {
    return this.records.listedUnder('appointment', 'organisation', organisation, under, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'Powers that others let it exercise.' })
  async delegationsReceived(
    @Parent() organisation: Organisation,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'delegateOrganisation', organisation, under, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'Powers that it lets others exercise.' })
  async delegationsGranted(
    @Parent() organisation: Organisation,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'grantedByOrganisation', organisation, under, context);
  }

  @ResolveField(() => DecisionConnection, {
    description:
      'Decisions that it answers for, alone or with others, the earliest first: as was said, or as follows from who decided.',
  })
  async accountableFor(
    @Parent() organisation: Organisation,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    const { id } = streamParts(organisation.id);
    const narrowing = await this.belongings.of(id, organisation.basis, context);
    return this.records.following('decision', narrowing, organisation.basis, under, context);
  }

  @ResolveField(() => BudgetConnection, { description: 'The budgets whose money is its own.' })
  async budgets(
    @Parent() organisation: Organisation,
    @Args() under: BudgetsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<BudgetView>>> {
    return this.records.listedUnder('budget', 'organisation', organisation, under, context);
  }
}
