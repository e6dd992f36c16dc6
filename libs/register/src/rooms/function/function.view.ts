import { DateScalar, Field, ObjectType } from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { referencesAndKeys, type FunctionEvent } from '#governance';
import { searchable } from '../../engine/view.js';
import { HoldingView } from '../holding.view.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { firstDay } from '../lifespan.js';
import type { LastingView } from '../lasting.js';
import { yesOrNo } from '../yes-or-no.js';

/** The folded state of a function, and the GraphQL type `Function`. */
@ObjectType('Function', {
  implements: () => [Node, Recorded, HoldingView],
  description:
    'A duty or power that law or policy gives, as a catalogue has it: what delegations and decisions exercise.',
})
export class FunctionView {
  @Field(() => DateScalar, {
    description: 'The first day on which it was a function, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  definedOn?: CivilDate;

  @Field(() => DateScalar, { description: 'The first day on which it is none any more.', nullable: true })
  endedOn?: CivilDate;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'The catalogue that it is from.', nullable: true })
  catalogue?: string;

  @Field(() => String, { description: 'The law that gives it.', nullable: true })
  statute?: string;

  @Field(() => String, { description: 'Where in that law.', nullable: true })
  provision?: string;

  @Field(() => String, { description: 'Where the catalogue has it from.', nullable: true })
  source?: string;

  @Field(() => [String], {
    description: 'Lines of service that it is about, in the words of the source.',
    nullable: true,
  })
  services?: readonly string[];

  @Field(() => Boolean, {
    description: 'Whether whoever holds it may delegate it on; empty where nobody knows.',
    nullable: true,
  })
  delegable?: boolean;

  /** Id of the wider function; the resolver shows it. */
  partOf?: string;

  @Field(() => [IdentifierView], { description: 'References others give it.', nullable: true })
  identifiers?: readonly IdentifierView[];

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it is a function no longer.' })
  ended!: boolean;

  @Field(() => String, { description: 'Why it ended.', nullable: true })
  endedBecause?: string;
}

export const functionView: LastingView<FunctionView> = {
  aggregate: 'function',
  initial: { name: '', ended: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & FunctionEvent;
    switch (type) {
      case 'FunctionDefined':
        return said({ ...data, definedOn: firstDay(event), ended: false });
      case 'FunctionChanged':
        return revised(state, data);
      case 'FunctionEnded':
        return said({ ...state, ended: true, endedOn: firstDay(event), endedBecause: data.reason });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ ended }) => ended,
  title: ({ name }) => name,
  texts: ({ statute, provision, source, services, note, endedBecause }) => [
    ...[statute, provision, source, ...(services ?? []), note, endedBecause],
  ],
  order: ({ name }) => name.toLowerCase(),
  untilOver: ['catalogue', 'partOf'],
  columns: {
    catalogue: ({ catalogue }) => catalogue,
    partOf: ({ partOf }) => partOf,
    statute: ({ statute }) => statute && searchable(statute),
    delegable: ({ delegable }) => (delegable === undefined ? undefined : yesOrNo(delegable)),
    definedOn: ({ definedOn }) => definedOn,
    endedOn: ({ endedOn }) => endedOn,
  },
  unindexed: ['statute', 'delegable', 'definedOn', 'endedOn'],
  lists: {
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};
