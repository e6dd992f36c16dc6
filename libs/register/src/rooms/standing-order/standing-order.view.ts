import { searchable } from '../../engine/view.js';
import { DateScalar, Field, Int, LogFileFormatEnum, LogPeriodEnum, LogReaderEnum, ObjectType } from '#schema';
import { said, type CivilDate, type DomainEvent } from '#kernel';
import {
  dayInWords,
  inWords,
  type DeliveryRoute,
  type LogFileFormat,
  type LogPeriod,
  type LogReader,
  type StandingOrderEvent,
} from '#governance';

import { HoldingView } from '../holding.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import type { LastingView } from '../lasting.js';

/** The folded state of a standing order, and the GraphQL type `StandingOrder`. */
@ObjectType('StandingOrder', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'That decision logs are made for a committee or for the area of a council, period after period.',
})
export class StandingOrderView {
  @Field(() => DateScalar, {
    description: 'The first day of the order itself, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  inForceFrom?: CivilDate;

  @Field(() => DateScalar, {
    description: 'Its last day, once it has ended.',
    nullable: true,
  })
  inForceUntil?: CivilDate;

  /** Ids; the resolver shows the subjects themselves. */
  committee?: string;
  council?: string;
  about?: readonly string[];

  @Field(() => LogPeriodEnum, { description: 'How long each period is.' })
  every!: LogPeriod;

  @Field(() => DateScalar, { description: 'First day of the first period; periods before it are not ordered.' })
  firstDay!: CivilDate;

  @Field(() => Int, {
    description:
      'How many days before a meeting of the committee a log is due: the first meeting for which that day falls after the period. Empty where meetings do not count.',
    nullable: true,
  })
  daysBeforeMeeting?: number;

  @Field(() => Int, {
    description: 'How many days after the end of its period a log is due at the latest, meeting or not.',
  })
  daysAfterPeriod!: number;

  @Field(() => LogReaderEnum, { description: 'For whom the logs are made.' })
  reader!: LogReader;

  @Field(() => String, { description: 'To whom they are given, in words.' })
  recipient!: string;

  /** Addresses: the resolver shows them to those who issue logs. */
  deliverTo?: readonly DeliveryRoute[];

  @Field(() => [LogFileFormatEnum], { description: 'The formats; empty for all of them.', nullable: true })
  formats?: readonly LogFileFormat[];

  @Field(() => String, { description: 'What else there is to say about it.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it has ended.' })
  ended!: boolean;

  @Field(() => String, { description: 'Why it ended.', nullable: true })
  endedBecause?: string;
}

export const standingOrderView: LastingView<StandingOrderView> = {
  aggregate: 'standingOrder',
  initial: {
    every: 'MONTH',
    firstDay: '0001-01-01' as CivilDate,
    daysAfterPeriod: 0,
    reader: 'PUBLIC',
    recipient: '',
    ended: false,
  },

  project(state, event) {
    const { type, data } = event as DomainEvent & StandingOrderEvent;
    switch (type) {
      case 'StandingOrderPlaced':
        return said({ ...data, inForceFrom: firstDay(event), ended: false });
      case 'StandingOrderChanged': {
        const { committee, council, inForceFrom, ended } = state;
        return said({ committee, council, inForceFrom, ...data, ended });
      }
      case 'StandingOrderEnded':
        return said({ ...state, ended: true, inForceUntil: lastDay(event), endedBecause: data.reason });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ ended }) => ended,
  title: ({ every, firstDay }) => `a decision log every ${inWords(every)} from ${dayInWords(firstDay)}`,
  titles: () => [],
  texts: ({ recipient, note, endedBecause }) => [recipient, note, endedBecause],
  order: ({ firstDay }) => firstDay,
  untilOver: ['committee', 'council', 'about'],
  columns: {
    committee: ({ committee }) => committee,
    council: ({ council }) => council,
    every: ({ every }) => every,
    reader: ({ reader }) => reader,
    recipient: ({ recipient }) => searchable(recipient),
    inForceFrom: ({ inForceFrom }) => inForceFrom,
  },
  unindexed: ['every', 'reader', 'recipient', 'inForceFrom'],
  lists: {
    about: ({ about }) => about,
  },
};
