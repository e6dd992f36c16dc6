import { searchable } from '../../engine/view.js';
import { yesOrNo } from '../yes-or-no.js';
import {
  BodyKindEnum,
  DateScalar,
  Field,
  Int,
  LegalPersonalityEnum,
  ObjectType,
  PlaceArrangementEnum,
  PublicityRegimeEnum,
} from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import {
  type BodyEvent,
  type BodyKind,
  type LegalPersonality,
  type PlaceArrangement,
  type PlaceArrangementData,
  type PublicityRegime,
  type QuorumRule,
  referencesAndKeys,
  versionKey,
} from '#governance';
import { HoldingView } from '../holding.view.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { firstDay } from '../lifespan.js';
import type { LastingView } from '../lasting.js';

@ObjectType('QuorumRule', { description: 'What has to be there for a meeting to be able to decide.' })
export class QuorumRuleView implements QuorumRule {
  @Field(() => Int, { description: 'Least number of members present.', nullable: true })
  members?: number;

  @Field(() => String, { description: 'The rest of the rule in words: roles, deputies.', nullable: true })
  note?: string;
}

@ObjectType('PlaceArrangementAdopted', { description: 'The arrangement a body has for a place.' })
export class PlaceArrangementView implements PlaceArrangementData {
  @Field(() => String, { description: 'Name of the place.' })
  place!: string;

  @Field(() => PlaceArrangementEnum, { description: 'How decisions are made there.' })
  arrangement!: PlaceArrangement;
}

/** The folded state of a body, and the GraphQL type `Body`. */
@ObjectType('Body', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'A group that meets, advises or decides: a board, a committee, a forum.',
})
export class BodyView {
  @Field(() => DateScalar, {
    description: 'The day on which it was established, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  establishedOn?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The day on which it was dissolved: the first day without it.',
    nullable: true,
  })
  dissolvedOn?: CivilDate;

  @Field(() => String, { description: 'Its name in full.' })
  name!: string;

  @Field(() => BodyKindEnum, { description: 'What kind of body it is.' })
  kind!: BodyKind;

  /** Ids of the organisations whose body it is, and of the body above; the resolver shows them. */
  owners?: readonly string[];
  parentBody?: string;
  /** Ids of the places it is for. */
  places?: readonly string[];

  @Field(() => LegalPersonalityEnum, { description: 'What it is in law.', nullable: true })
  legalPersonality?: LegalPersonality;

  @Field(() => String, { description: 'What it is for, in the words of the source.', nullable: true })
  remit?: string;

  @Field(() => String, { description: 'What it may decide, in the words of the source.', nullable: true })
  powers?: string;

  @Field(() => String, { description: 'How often and how it meets.', nullable: true })
  meets?: string;

  @Field(() => QuorumRuleView, { description: 'What has to be there for it to be able to decide.', nullable: true })
  quorum?: QuorumRuleView;

  /** Id of the instrument that makes it and its quorum; the resolver shows it. */
  instrument?: string;

  @Field(() => String, { description: 'The version of the instrument that makes it.', nullable: true })
  version?: string;

  @Field(() => PublicityRegimeEnum, {
    description: 'Which law says how it admits the public and publishes.',
    nullable: true,
  })
  publicityRegime?: PublicityRegime;

  @Field(() => [IdentifierView], {
    description: 'References others give it, such as its committee number.',
    nullable: true,
  })
  identifiers?: readonly IdentifierView[];

  @Field(() => String, { description: 'The group in which its owner lists it.', nullable: true })
  category?: string;

  @Field(() => String, { description: 'Its public page.', nullable: true })
  website?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => [PlaceArrangementView], { description: 'The arrangements it has for places, one for each place.' })
  placeArrangements!: readonly PlaceArrangementView[];

  @Field(() => Boolean, { description: 'True while it is suspended.' })
  suspended!: boolean;

  @Field(() => String, { description: 'Why it is suspended.', nullable: true })
  suspendedBecause?: string;

  @Field(() => Boolean, { description: 'True once it has been dissolved.' })
  dissolved!: boolean;

  @Field(() => String, { description: 'Why it was dissolved.', nullable: true })
  dissolvedBecause?: string;

  /** Id of the body it became part of; the resolver shows it. */
  mergedInto?: string;
}

const NOTHING: BodyView = { name: '', kind: 'OTHER', placeArrangements: [], suspended: false, dissolved: false };

export const bodyView: LastingView<BodyView> = {
  aggregate: 'body',
  initial: NOTHING,

  project(state, event) {
    const { type, data } = event as DomainEvent & BodyEvent;
    switch (type) {
      case 'BodyEstablished':
        return said({
          ...data,
          establishedOn: firstDay(event),
          placeArrangements: [],
          suspended: false,
          dissolved: false,
        });
      case 'BodyChanged':
        return revised(state, data);
      case 'PlaceArrangementAdopted': {
        const others = state.placeArrangements.filter(({ place }) => place !== data.place);
        return { ...state, placeArrangements: [...others, data] };
      }
      case 'BodySuspended':
        return {
          ...active(state),
          suspended: true,
          ...(data.reason !== undefined && { suspendedBecause: data.reason }),
        };
      case 'BodyResumed':
        return active(state);
      case 'BodyDissolved':
        return said({
          ...active(state),
          dissolved: true,
          dissolvedOn: firstDay(event),
          dissolvedBecause: data.reason,
          mergedInto: data.mergedInto,
        });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ dissolved }) => dissolved,
  title: ({ name }) => name,
  texts: ({ remit, powers, meets, quorum, category, note, placeArrangements, suspendedBecause, dissolvedBecause }) => [
    ...[remit, powers, meets, quorum?.note, category, note, suspendedBecause, dissolvedBecause],
    ...placeArrangements.map(({ place }) => place),
  ],
  order: ({ name }) => name.toLowerCase(),
  untilOver: ['kind', 'parentBody', 'owner', 'places', 'instrument', 'ofVersion'],
  columns: {
    kind: ({ kind }) => kind,
    parentBody: ({ parentBody }) => parentBody,
    instrument: ({ instrument }) => instrument,
    ofVersion: ({ instrument, version }) => versionKey(instrument, version),
    /** Only a body that is gone has it, and keeps it. */
    mergedInto: ({ mergedInto }) => mergedInto,
    suspended: ({ suspended }) => yesOrNo(suspended),
    category: ({ category }) => category && searchable(category),
    publicityRegime: ({ publicityRegime }) => publicityRegime,
    establishedOn: ({ establishedOn }) => establishedOn,
  },
  unindexed: ['suspended', 'category', 'publicityRegime', 'establishedOn'],
  lists: {
    places: ({ places }) => places,
    owner: ({ owners }) => owners,
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};

function active(state: BodyView): BodyView {
  if (!state.suspended) return state;
  const { suspendedBecause: _because, ...rest } = state;
  return { ...rest, suspended: false };
}
