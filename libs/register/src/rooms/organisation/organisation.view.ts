import { searchable } from '../../engine/view.js';
import { DateScalar, Field, ObjectType, OrganisationKindEnum } from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { type OrganisationEvent, type OrganisationKind, referencesAndKeys } from '#governance';
import { HoldingView } from '../holding.view.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { firstDay } from '../lifespan.js';
import type { LastingView } from '../lasting.js';

/** The folded state of an organisation, and the GraphQL type `Organisation`. */
@ObjectType('Organisation', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'A legal person that is or was a partner: an integrated care board, a trust, a council.',
})
export class OrganisationView {
  @Field(() => DateScalar, {
    description: 'The day on which it opened, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  openedOn?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The day on which it closed: the first day without it.',
    nullable: true,
  })
  closedOn?: CivilDate;

  @Field(() => String, { description: 'Its name in full.' })
  name!: string;

  @Field(() => OrganisationKindEnum, { description: 'What it is.' })
  kind!: OrganisationKind;

  @Field(() => String, { description: 'Its usual short name.', nullable: true })
  shortName?: string;

  @Field(() => [IdentifierView], { description: 'References others give it, such as its ODS code.', nullable: true })
  identifiers?: readonly IdentifierView[];

  /** Id of the organisation it belongs to; the resolver shows the organisation itself. */
  parent?: string;

  @Field(() => String, { description: 'Its region, as the source names it.', nullable: true })
  region?: string;

  @Field(() => String, { description: 'The area it serves, in the words of the source.', nullable: true })
  area?: string;

  @Field(() => String, { description: 'The integrated care system it is part of.', nullable: true })
  system?: string;

  @Field(() => String, { description: 'Its postcode.', nullable: true })
  postcode?: string;

  @Field(() => String, { description: 'Its public website.', nullable: true })
  website?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it has closed.' })
  closed!: boolean;

  @Field(() => String, { description: 'Why it closed.', nullable: true })
  closedBecause?: string;
}

const NOTHING: OrganisationView = { name: '', kind: 'OTHER', closed: false };

export const organisationView: LastingView<OrganisationView> = {
  aggregate: 'organisation',
  initial: NOTHING,

  project(state, event) {
    const { type, data } = event as DomainEvent & OrganisationEvent;
    switch (type) {
      case 'OrganisationRegistered':
        return said({ ...data, openedOn: firstDay(event), closed: false });
      case 'OrganisationChanged':
        return revised(state, data);
      case 'OrganisationClosed':
        return said({ ...state, closed: true, closedOn: firstDay(event), closedBecause: data.reason });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ closed }) => closed,
  title: ({ name }) => name,
  titles: ({ name, shortName }) => [name, shortName],
  texts: ({ region, area, system, postcode, note, closedBecause }) => [
    ...[region, area, system, postcode, note, closedBecause],
  ],
  order: ({ name }) => name.toLowerCase(),
  untilOver: ['kind', 'parent'],
  columns: {
    kind: ({ kind }) => kind,
    parent: ({ parent }) => parent,
    region: ({ region }) => region && searchable(region),
    area: ({ area }) => area && searchable(area),
    system: ({ system }) => system && searchable(system),
    openedOn: ({ openedOn }) => openedOn,
    /** What has not closed is known to have no such day. */
    closedOn: ({ closedOn, closed }) => closedOn ?? (closed ? undefined : ''),
  },
  unindexed: ['region', 'area', 'system', 'openedOn', 'closedOn'],
  lists: {
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};
