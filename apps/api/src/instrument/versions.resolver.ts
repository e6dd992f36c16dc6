import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access';
import { clauseDifferences, streamParts, versionKey, type Aggregate, type IssuedVersion } from '#governance';
import { Refusal } from '#kernel';
import {
  DecisionView,
  InstrumentView,
  Register,
  type BodyView,
  type DelegationView,
  type ReservationView,
  type SeatView,
} from '#register';
import { Disclosing } from '../disclosing.js';
import { BasisArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { BodyConnection, DelegationConnection, ReservationConnection, SeatConnection } from '../graphql/connections.js';
import {
  BodiesUnderArgs,
  DelegationsUnderArgs,
  ReservationsUnderArgs,
  SeatsUnderArgs,
} from '../graphql/filter-arguments.js';
import { Records, type Listing, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { SubjectKeys } from '../subject-keys.js';
import { InstrumentVersions } from './versions.js';
import { InstrumentDifferenceView, InstrumentVersionView, versionShown } from './versions.view.js';

@ArgsType()
class DifferenceArgs extends BasisArgs {
  @Field(() => ID, { description: 'The instrument.' })
  id!: string;

  @Field(() => String, { description: 'The version that is compared, as it was issued.' })
  from!: string;

  @Field(() => String, { description: 'The version that it is compared with, as it was issued.' })
  to!: string;
}

@Resolver(() => InstrumentView)
export class InstrumentVersionsResolver {
  private readonly keys: SubjectKeys;

  constructor(
    private readonly records: Records,
    private readonly issued: InstrumentVersions,
    register: Register,
    disclosing: Disclosing,
  ) {
    this.keys = new SubjectKeys(register, disclosing);
  }

  @ResolveField(() => [InstrumentVersionView], {
    description: 'Its versions that were issued by the day, in the order in which they take effect, drafts among them.',
  })
  async versions(
    @Parent() { id, basis }: RecordOf<InstrumentView>,
    @Context() context: RequestContext,
  ): Promise<readonly InstrumentVersionView[]> {
    const key = streamParts(id).id;
    return (await this.issued.of(key, basis, context)).map((version) => versionShown(key, version, basis));
  }

  @Query(() => InstrumentDifferenceView, {
    description:
      'What is different in two versions of an instrument, clause by clause, and the decision that adopted each; as far as both were issued by the day and are known at the moment.',
  })
  async instrumentDifference(
    @Args() args: DifferenceArgs,
    @Context() context: RequestContext,
  ): Promise<InstrumentDifferenceView> {
    mayRead(context.actor, 'instrument');
    const basis = await this.records.basis(args, context);
    const key = await this.keys.keyOf('instrument', args.id, basis, 'id', context);
    const versions = await this.issued.of(key, basis, context);
    const [from, to] = [versionNamed(versions, args.from, 'from'), versionNamed(versions, args.to, 'to')];
    const unknown = [from, to].filter(({ clauses }) => clauses === undefined);
    return {
      basis,
      from: versionShown(key, from, basis),
      to: versionShown(key, to, basis),
      clauses: unknown.length > 0 ? undefined : clauseDifferences(from.clauses ?? [], to.clauses ?? []),
      notKnown:
        unknown.length === 0
          ? undefined
          : unknown.map(({ version }) => `of version ${version} no clauses are recorded`).join('; '),
    };
  }
}

const versionNamed = (versions: readonly IssuedVersion[], named: string, field: string): IssuedVersion => {
  const found = versions.find(({ version }) => version === named.normalize('NFC'));
  if (found) return found;
  const issued = versions.map(({ version }) => JSON.stringify(version)).join(', ') || 'none';
  throw new Refusal(
    'INSTRUMENT_VERSION_UNKNOWN',
    `${field} names no version that was issued by that day: found ${JSON.stringify(named)}, issued were ${issued}`,
    { field, remedy: 'name a version as it was issued, or ask about a later day' },
  );
};

/** What a version makes is listed by instrument and version together. */
@Resolver(() => InstrumentVersionView)
export class InstrumentVersionResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => DecisionView, { description: 'The decision that adopted it.', nullable: true })
  async adoptedByDecision(
    @Parent() { adoptedBy, basis }: InstrumentVersionView,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', adoptedBy, basis, context);
  }

  @ResolveField(() => DecisionView, {
    description: 'The decision by which it was found never to have been valid.',
    nullable: true,
  })
  async foundInvalidByDecision(
    @Parent() { foundBy, basis }: InstrumentVersionView,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', foundBy, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision that ratified it.', nullable: true })
  async ratifiedByDecision(
    @Parent() { ratifiedBy, basis }: InstrumentVersionView,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', ratifiedBy, basis, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'The delegations that it makes.' })
  async delegations(
    @Parent() version: InstrumentVersionView,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.made('delegation', version, under, context);
  }

  @ResolveField(() => ReservationConnection, { description: 'The reservations that it makes.' })
  async reservations(
    @Parent() version: InstrumentVersionView,
    @Args() under: ReservationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<ReservationView>>> {
    return this.made('reservation', version, under, context);
  }

  @ResolveField(() => SeatConnection, { description: 'The seats and posts that it provides for.' })
  async seats(
    @Parent() version: InstrumentVersionView,
    @Args() under: SeatsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<SeatView>>> {
    return this.made('seat', version, under, context);
  }

  @ResolveField(() => BodyConnection, { description: 'The bodies that it makes, with their quorum.' })
  async bodies(
    @Parent() version: InstrumentVersionView,
    @Args() under: BodiesUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<BodyView>>> {
    return this.made('body', version, under, context);
  }

  private async made<State extends object>(
    aggregate: Aggregate,
    { instrument, version, basis }: InstrumentVersionView,
    under: Listing,
    context: RequestContext,
  ): Promise<Connection<RecordOf<State>>> {
    const id = `version/${versionKey(instrument, version)}`;
    return this.records.listedUnder<State>(aggregate, 'ofVersion', { id, basis }, under, context);
  }
}
