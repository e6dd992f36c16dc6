import { DateScalar, Field, InterestTypeEnum, ObjectType } from '#schema';
import { addDays, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { type InterestEvent, type InterestType } from '#governance';
import { HoldingView } from '../holding.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import { withTerm } from '../term.js';
import type { LastingView } from '../lasting.js';

/** The folded state of an interest, and the GraphQL type `Interest`. */
@ObjectType('Interest', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'Something a person declared that may conflict with a part in decisions.',
})
export class InterestView {
  @Field(() => DateScalar, {
    description: 'The first day of the interest itself, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  heldSince?: CivilDate;

  @Field(() => DateScalar, {
    description: 'Its last day, once it has ended; empty while it lasts.',
    nullable: true,
  })
  heldUntil?: CivilDate;

  /** Ids of who holds it and of what it is in; the resolver shows them. */
  person!: string;
  organisation?: string;

  @Field(() => InterestTypeEnum, { description: 'What kind of interest it is.' })
  kind!: InterestType;

  @Field(() => String, { description: 'What it consists in, in the words of the declaration.' })
  nature!: string;

  @Field(() => String, { description: 'The organisation it is in, as declared.', nullable: true })
  organisationName?: string;

  @Field(() => DateScalar, { description: 'When it was declared.', nullable: true })
  declaredOn?: CivilDate;

  @Field(() => DateScalar, { description: 'When it was published.', nullable: true })
  publishedOn?: CivilDate;

  @Field(() => DateScalar, { description: 'Last day of the interest, where it is known in advance.', nullable: true })
  termEnds?: CivilDate;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it has ended.' })
  ended!: boolean;

  @Field(() => String, { description: 'Why it ended.', nullable: true })
  endedBecause?: string;
}

export const interestView: LastingView<InterestView> = {
  aggregate: 'interest',
  initial: { person: '', kind: 'FINANCIAL', nature: '', ended: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & InterestEvent;
    switch (type) {
      case 'InterestDeclared':
        return said({ ...withTerm(data), heldSince: firstDay(event), ended: false });
      case 'InterestAmended':
        return revised(state, withTerm(data));
      case 'InterestEnded':
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
  title: ({ nature, organisationName }) => (organisationName === undefined ? nature : `${nature}, ${organisationName}`),
  texts: ({ note, endedBecause }) => [note, endedBecause],
  order: ({ person, nature }) => `${person} ${nature.toLowerCase()}`,
  untilOver: ['person', 'organisation'],
  columns: {
    person: ({ person }) => person,
    organisation: ({ organisation }) => organisation,
    kind: ({ kind }) => kind,
    declaredOn: ({ declaredOn }) => declaredOn,
    publishedOn: ({ publishedOn }) => publishedOn,
  },
  unindexed: ['kind', 'declaredOn', 'publishedOn'],
  lists: {},
};
