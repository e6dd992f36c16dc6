import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { streamParts } from '#governance';
import { lapsed, OrganisationView, type FunctionHoldingView, type HoldingView, type Restriction } from '#register';
import { FunctionHoldingsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { FunctionHoldingConnection } from '../graphql/connections.js';
import { Lapsing } from '../lapsing/lapsing.js';
import { Lapses } from '../lapses.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

/** What an organisation holds: by holdings that name it, and, while it is there, by those of its kind. */
@Resolver(() => OrganisationView)
export class OrganisationFunctionsResolver {
  private readonly lapsing: Lapsing;

  constructor(
    private readonly records: Records,
    lapses: Lapses,
  ) {
    this.lapsing = new Lapsing(lapses);
  }

  @ResolveField(() => FunctionHoldingConnection, {
    description: 'The functions that it holds: by what names it, and by what every organisation of its kind holds.',
  })
  async functions(
    @Parent() organisation: RecordOf<OrganisationView & HoldingView>,
    @Args() under: FunctionHoldingsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<FunctionHoldingView>>> {
    const { id } = streamParts(organisation.id);
    const byName = { by: 'organisation', value: id };
    const byKind = { by: 'organisationKind', value: organisation.kind };
    const isThere = (await this.lapsing.holds(organisation, context)) !== 'NO';
    const holding: Restriction = { listed: isThere ? [byName, byKind] : [byName] };
    const over = lapsed('functionHolding');
    const only: Restriction = over ? { all: [holding, { not: over }] } : holding;
    return this.records.following(
      'functionHolding',
      { inFull: only, asStub: only },
      organisation.basis,
      under,
      context,
    );
  }
}
