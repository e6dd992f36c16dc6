import { HoldingView } from '../holding.view.js';
import { yesOrNo } from '../yes-or-no.js';
import { DateScalar, Field, ObjectType, SuccessionKindEnum } from '#schema';
import { said, type CivilDate, type DomainEvent } from '#kernel';
import { type SuccessionEvent, type SuccessionKind } from '#governance';
import { firstDay } from '../lifespan.js';
import { Node, Recorded } from '../recorded.js';
import type { LastingView } from '../lasting.js';

/** The folded state of a succession, and the GraphQL type `Succession`. */
@ObjectType('Succession', {
  implements: () => [Node, Recorded, HoldingView],
  description:
    'That one organisation came after another, in all or for a share: a merger, a split, a transfer of functions.',
})
export class SuccessionView {
  /** Ids; the resolver shows the organisations themselves. */
  predecessor!: string;
  successor!: string;
  places?: readonly string[];
  catalogueFunctions?: readonly string[];
  instrument?: string;
  madeByDecision?: string;

  @Field(() => SuccessionKindEnum, { description: 'How it came after.' })
  kind!: SuccessionKind;

  @Field(() => String, { description: 'What share of it went over, in the words of the source.', nullable: true })
  share?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => DateScalar, {
    description: 'The first day on which the successor was responsible; empty where nobody knows it.',
    nullable: true,
  })
  tookEffectOn?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The first day on which it no longer held.',
    nullable: true,
  })
  endedOn?: CivilDate;

  @Field(() => Boolean, { description: 'True once it no longer holds.' })
  ended!: boolean;
}

export const successionView: LastingView<SuccessionView> = {
  aggregate: 'succession',
  initial: { predecessor: '', successor: '', kind: 'REPLACEMENT', ended: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & SuccessionEvent;
    switch (type) {
      case 'SuccessionRecorded':
        return said({ ...data, tookEffectOn: firstDay(event), ended: false });
      case 'SuccessionEnded':
        return said({ ...state, ended: true, endedOn: firstDay(event) });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ ended }) => ended,
  title: ({ predecessor, successor }) => `${predecessor} → ${successor}`,
  titles: () => [],
  texts: ({ share, note }) => [share, note],
  order: ({ predecessor, successor }) => `${predecessor} ${successor}`,
  untilOver: ['predecessor', 'successor', 'places', 'catalogueFunction', 'instrument'],
  columns: {
    predecessor: ({ predecessor }) => predecessor,
    successor: ({ successor }) => successor,
    instrument: ({ instrument }) => instrument,
    madeByDecision: ({ madeByDecision }) => madeByDecision,
    kind: ({ kind }) => kind,
    tookEffectOn: ({ tookEffectOn }) => tookEffectOn,
    isOver: ({ ended }) => yesOrNo(ended),
  },
  unindexed: ['kind', 'tookEffectOn', 'isOver'],
  lists: {
    places: ({ places }) => places,
    catalogueFunction: ({ catalogueFunctions }) => catalogueFunctions,
  },
};
