import { DateScalar, Field, HoldingRouteEnum, ObjectType, OrganisationKindEnum } from '#schema';
import { addDays, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import type { HoldingEvent, HoldingRoute, OrganisationKind } from '#governance';
import { HoldingView } from '../holding.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import { withTerm } from '../term.js';
import type { LastingView } from '../lasting.js';

/** The folded state of who holds a function, and the GraphQL type `FunctionHolding`. */
@ObjectType('FunctionHolding', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'That an organisation, or every organisation of a kind, holds a function.',
})
export class FunctionHoldingView {
  @Field(() => DateScalar, {
    description: 'The first day on which it is held, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  heldSince?: CivilDate;

  @Field(() => DateScalar, { description: 'The last day on which it was held, once it is no longer.', nullable: true })
  heldUntil?: CivilDate;

  /** Ids; the resolver shows the subjects themselves. */
  function!: string;
  organisation?: string;
  fromOrganisation?: string;
  places?: readonly string[];
  instrument?: string;

  @Field(() => OrganisationKindEnum, {
    description: 'Of which kind every organisation holds it; empty where one organisation does.',
    nullable: true,
  })
  organisationKind?: OrganisationKind;

  @Field(() => HoldingRouteEnum, { description: 'How it came to exercise the function.' })
  route!: HoldingRoute;

  @Field(() => [String], {
    description: 'Lines of service for which it is held, in the words of the source.',
    nullable: true,
  })
  services?: readonly string[];

  @Field(() => String, { description: 'The law that gives it to the holder.', nullable: true })
  statute?: string;

  @Field(() => String, { description: 'Where in that law.', nullable: true })
  provision?: string;

  @Field(() => String, { description: 'Where it is said.', nullable: true })
  source?: string;

  @Field(() => DateScalar, { description: 'The last day of its term; empty while no end is known.', nullable: true })
  termEnds?: CivilDate;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it is held no longer.' })
  ended!: boolean;

  @Field(() => String, { description: 'Why it ended.', nullable: true })
  endedBecause?: string;
}

export const functionHoldingView: LastingView<FunctionHoldingView> = {
  aggregate: 'functionHolding',
  initial: { function: '', route: 'CONFERRED', ended: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & HoldingEvent;
    switch (type) {
      case 'HoldingRecorded':
        return said({ ...withTerm(data), heldSince: firstDay(event), ended: false });
      case 'HoldingChanged':
        return revised(state, withTerm(data));
      case 'HoldingEnded':
        return said({
          ...state,
          ended: true,
          heldUntil: lastDay(event, state.termEnds),
          endedBecause: data.reason,
        });
    }
  },

  turns: ({ termEnds, ended }) => (termEnds === undefined || ended ? [] : [addDays(termEnds, 1)]),
  show: (state, date) =>
    !state.ended && state.termEnds !== undefined && state.termEnds < date
      ? { ...state, ended: true, heldUntil: state.termEnds }
      : state,
  isOver: ({ ended }) => ended,
  title: ({ function: held, organisation, organisationKind }) => `${held} held by ${organisation ?? organisationKind}`,
  titles: () => [],
  texts: ({ services, statute, provision, source, note, endedBecause }) => [
    ...[...(services ?? []), statute, provision, source, note, endedBecause],
  ],
  order: ({ function: held, organisation, organisationKind }) => `${held} ${organisation ?? organisationKind}`,
  untilOver: ['function', 'organisation', 'organisationKind', 'fromOrganisation', 'instrument', 'places'],
  columns: {
    function: ({ function: held }) => held,
    organisation: ({ organisation }) => organisation,
    organisationKind: ({ organisationKind }) => organisationKind,
    fromOrganisation: ({ fromOrganisation }) => fromOrganisation,
    instrument: ({ instrument }) => instrument,
    route: ({ route }) => route,
    heldSince: ({ heldSince }) => heldSince,
    termEnds: ({ termEnds }) => termEnds,
  },
  unindexed: ['route', 'heldSince', 'termEnds'],
  lists: { places: ({ places }) => places },
};
