import { DateScalar, Field, ObjectType, PlaceKindEnum } from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { referencesAndKeys, type PlaceEvent, type PlaceKind } from '#governance';
import { searchable } from '../../engine/view.js';
import { HoldingView } from '../holding.view.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { firstDay } from '../lifespan.js';
import type { LastingView } from '../lasting.js';

/** The folded state of a place, and the GraphQL type `Place`. */
@ObjectType('Place', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'A system, place or neighbourhood, which bodies, delegations, budgets and decisions are for.',
})
export class PlaceView {
  @Field(() => DateScalar, {
    description: 'The first day on which it was a place, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  definedOn?: CivilDate;

  @Field(() => DateScalar, { description: 'The first day on which it is none any more.', nullable: true })
  endedOn?: CivilDate;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => PlaceKindEnum, { description: 'What it is.' })
  kind!: PlaceKind;

  /** Ids of the places that it lies within; the resolver shows them. */
  parents?: readonly string[];

  @Field(() => [IdentifierView], { description: 'Codes others give it, such as its GSS code.', nullable: true })
  identifiers?: readonly IdentifierView[];

  @Field(() => String, { description: 'How its boundary runs, in the words of the source.', nullable: true })
  boundary?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it is a place no longer.' })
  ended!: boolean;

  @Field(() => String, { description: 'Why it ended.', nullable: true })
  endedBecause?: string;
}

export const placeView: LastingView<PlaceView> = {
  aggregate: 'place',
  initial: { name: '', kind: 'OTHER', ended: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & PlaceEvent;
    switch (type) {
      case 'PlaceDefined':
        return said({ ...data, definedOn: firstDay(event), ended: false });
      case 'PlaceChanged':
        return revised(state, data);
      case 'PlaceEnded':
        return said({ ...state, ended: true, endedOn: firstDay(event), endedBecause: data.reason });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ ended }) => ended,
  title: ({ name }) => name,
  texts: ({ boundary, note, endedBecause }) => [boundary, note, endedBecause],
  order: ({ name }) => name.toLowerCase(),
  untilOver: ['kind', 'parents'],
  columns: {
    kind: ({ kind }) => kind,
    boundary: ({ boundary }) => boundary && searchable(boundary),
    definedOn: ({ definedOn }) => definedOn,
    /** What has not ended is known to have no such day. */
    endedOn: ({ endedOn, ended }) => endedOn ?? (ended ? undefined : ''),
  },
  unindexed: ['boundary', 'definedOn', 'endedOn'],
  lists: {
    parents: ({ parents }) => parents,
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};
