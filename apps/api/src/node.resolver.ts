import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { isAggregate, streamParts, type Aggregate } from '#governance';
import { Refusal } from '#kernel';
import { Node, nodeIdIn } from '#register';
import { LARGEST_PAGE } from './graphql/arguments.js';
import { Records, type RecordOf } from './records.js';
import type { RequestContext } from './request-context.js';

/** What a record of each kind is called in the schema. */
const TYPES: Readonly<Record<Aggregate, string>> = {
  organisation: 'Organisation',
  succession: 'Succession',
  person: 'Person',
  place: 'Place',
  function: 'Function',
  functionHolding: 'FunctionHolding',
  body: 'Body',
  seat: 'Seat',
  instrument: 'Instrument',
  appointment: 'Appointment',
  delegation: 'Delegation',
  reservation: 'Reservation',
  meeting: 'Meeting',
  decision: 'Decision',
  interest: 'Interest',
  budget: 'Budget',
  scrutiny: 'ScrutinyMatter',
  standingOrder: 'StandingOrder',
  decisionLog: 'IssuedDecisionLog',
};

type NodeRecord = RecordOf<object> & { readonly __typename: string };

/** Records by their ids, each on the basis that its id says (ADR 34): what stores of clients refetch by. */
@Resolver(() => Node)
export class NodeResolver {
  constructor(private readonly records: Records) {}

  @Query(() => Node, {
    description:
      'A record by its id, as it stood at the time that the id says; empty where there is none then. References are not looked for.',
    nullable: true,
  })
  async node(
    @Args('id', { type: () => ID, description: 'The "id" of a record, as an answer gave it.' }) id: string,
    @Context() context: RequestContext,
  ): Promise<NodeRecord | null> {
    const { subject, asAt, asKnownAt } = nodeIdIn(id);
    const { aggregate, id: key } = streamParts(subject);
    if (!isAggregate(aggregate)) return null;
    const basis = await this.records.basis({ asAt: asAt ?? null, asKnownAt: asKnownAt ?? null }, context);
    const record = await this.records.named(aggregate, key.normalize('NFC'), basis, context);
    return record && { ...record, __typename: TYPES[aggregate] };
  }

  @Query(() => [Node], {
    description: 'Several records by their ids, in their order; empty in the place of each that there is not.',
    nullable: 'items',
  })
  async nodes(
    @Args('ids', { type: () => [ID], description: 'At most 100 ids of records.' }) ids: readonly string[],
    @Context() context: RequestContext,
  ): Promise<readonly (NodeRecord | null)[]> {
    if (ids.length > LARGEST_PAGE) {
      throw new Refusal('PAGE_SIZE', `ids are ${ids.length}: needed at most ${LARGEST_PAGE}`, {
        field: 'ids',
        remedy: 'ask for them in several questions',
      });
    }
    return Promise.all(ids.map(async (id) => this.node(id, context)));
  }
}
