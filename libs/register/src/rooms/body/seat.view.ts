import { searchable } from '../../engine/view.js';
import { yesOrNo } from '../yes-or-no.js';
import { DateScalar, Field, ObjectType, SeatCategoryEnum, SeatSourceEnum } from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { type SeatCategory, type SeatEvent, type SeatSource, referencesAndKeys, versionKey } from '#governance';
import { HoldingView } from '../holding.view.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { firstDay } from '../lifespan.js';
import type { LastingView } from '../lasting.js';

/** The folded state of a seat, and the GraphQL type `Seat`. */
@ObjectType('Seat', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'A position on a body or a post in an organisation, whoever holds it.',
})
export class SeatView {
  @Field(() => DateScalar, {
    description: 'The first day of the seat, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  definedOn?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The first day without the seat, once it was removed.',
    nullable: true,
  })
  removedOn?: CivilDate;

  @Field(() => String, { description: 'What the seat is called.' })
  title!: string;

  /** Ids of the body it is on and of the organisation it is in; the resolver shows them. */
  body?: string;
  organisation?: string;
  /** The instrument that provides for it. */
  instrument?: string;

  @Field(() => SeatCategoryEnum, { description: 'What it is for.', nullable: true })
  category?: SeatCategory;

  @Field(() => SeatSourceEnum, {
    description: 'What it is owed to: an Act, a constitution, terms of reference.',
    nullable: true,
  })
  source?: SeatSource;

  @Field(() => Boolean, {
    description: 'Whether its holder votes; empty where the source does not say.',
    nullable: true,
  })
  voting?: boolean;

  @Field(() => String, { description: 'The title as it is shown.', nullable: true })
  displayTitle?: string;

  @Field(() => String, { description: 'Its rank, in the words of the source.', nullable: true })
  rank?: string;

  @Field(() => String, { description: 'The district or sector its holder is elected or nominated by.', nullable: true })
  constituency?: string;

  @Field(() => String, { description: 'The version of the instrument that provides for it.', nullable: true })
  version?: string;

  @Field(() => String, { description: 'Where in that instrument.', nullable: true })
  clause?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => [IdentifierView], { description: 'References others give it.', nullable: true })
  identifiers?: readonly IdentifierView[];

  @Field(() => Boolean, { description: 'True once it no longer exists.' })
  removed!: boolean;

  @Field(() => String, { description: 'Why it no longer exists.', nullable: true })
  removedBecause?: string;
}

export const seatView: LastingView<SeatView> = {
  aggregate: 'seat',
  initial: { title: '', removed: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & SeatEvent;
    switch (type) {
      case 'SeatDefined':
        return said({ ...data, definedOn: firstDay(event), removed: false });
      case 'SeatChanged':
        return revised(state, data);
      case 'SeatRemoved':
        return said({ ...state, removed: true, removedOn: firstDay(event), removedBecause: data.reason });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ removed }) => removed,
  title: ({ title, displayTitle }) => displayTitle ?? title,
  titles: ({ title, displayTitle }) => [title, displayTitle],
  texts: ({ rank, constituency, note, removedBecause }) => [rank, constituency, note, removedBecause],
  order: ({ title }) => title.toLowerCase(),
  untilOver: ['body', 'organisation', 'instrument', 'ofVersion'],
  columns: {
    body: ({ body }) => body,
    organisation: ({ organisation }) => organisation,
    category: ({ category }) => category,
    instrument: ({ instrument }) => instrument,
    ofVersion: ({ instrument, version }) => versionKey(instrument, version),
    source: ({ source }) => source,
    voting: ({ voting }) => (voting === undefined ? undefined : yesOrNo(voting)),
    constituency: ({ constituency }) => constituency && searchable(constituency),
    definedOn: ({ definedOn }) => definedOn,
  },
  unindexed: ['category', 'source', 'voting', 'constituency', 'definedOn'],
  lists: {
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};
