import { searchable } from '../../engine/view.js';
import { yesOrNo } from '../yes-or-no.js';
import { DateScalar, DeliveryWayEnum, Field, InstantScalar, Int, LogReaderEnum, ObjectType } from '#schema';
import { said, type CivilDate, type DomainEvent, type Instant } from '#kernel';
import {
  dayInWords,
  outstandingRoutes,
  type DecisionLogEvent,
  type DeliveryRoute,
  type DeliveryWay,
  type IssuedFile,
  type LogDelivery,
  type LogReader,
} from '#governance';
import { firstDay } from '../lifespan.js';
import { Node, Recorded } from '../recorded.js';
import type { View } from '../../engine/view.js';

@ObjectType('DeliveryRoute', { description: 'Where a decision log is delivered to.' })
export class DeliveryRouteView implements DeliveryRoute {
  @Field(() => DeliveryWayEnum, { description: 'How it is delivered.' })
  by!: DeliveryWay;

  @Field(() => String, { description: 'The e-mail address, or the https address.' })
  to!: string;
}

@ObjectType('LogDelivery', { description: 'That the other side accepted a decision log.' })
export class LogDeliveryView implements LogDelivery {
  @Field(() => DeliveryWayEnum, { description: 'How it was delivered.' })
  by!: DeliveryWay;

  @Field(() => String, { description: 'The e-mail address, or the https address.' })
  to!: string;

  @Field(() => InstantScalar, { description: 'When it was accepted.' })
  at!: Instant;

  @Field(() => String, { description: 'What the other side said.' })
  receipt!: string;
}

@ObjectType('IssuedFile', { description: 'A file of a decision log, by which a copy is recognised.' })
export class IssuedFileView implements IssuedFile {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Int, { description: 'Its length in bytes.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, as 64 hexadecimal digits.' })
  sha256!: string;
}

/** The folded state of an issued decision log, and the GraphQL type `IssuedDecisionLog`. */
@ObjectType('IssuedDecisionLog', {
  implements: () => [Node, Recorded],
  description: 'A decision log that was given to somebody, with everything from which it can be made again.',
})
export class DecisionLogView {
  @Field(() => String, { description: 'The sixteen hexadecimal digits that stand on every page of it.' })
  logId!: string;

  /** Ids; the resolver shows the subjects themselves. */
  committee?: string;
  council?: string;
  about?: readonly string[];
  replaces?: string;
  standingOrder?: string;

  /** Addresses: the resolver shows them to those who issue logs. */
  deliverTo?: readonly DeliveryRoute[];
  delivered?: readonly LogDelivery[];

  /** Id of the command that issued it: sent again, it finds the log it made. */
  commandId?: string;

  @Field(() => DateScalar, { description: 'The first day of its period.' })
  firstDay!: CivilDate;

  @Field(() => DateScalar, { description: 'The last day of its period.' })
  lastDay!: CivilDate;

  @Field(() => DateScalar, { description: 'The day as at which its decisions are shown.' })
  asAt!: CivilDate;

  @Field(() => Int, { description: 'The last position of the register that it uses.' })
  knownAt!: number;

  @Field(() => Int, {
    description: 'The position of the log before, against which changes are marked.',
    nullable: true,
  })
  since?: number;

  @Field(() => LogReaderEnum, { description: 'For whom it was made.' })
  reader!: LogReader;

  @Field(() => String, { description: 'To whom it was given.', nullable: true })
  recipient?: string;

  @Field(() => String, { description: 'The address that its permanent addresses begin with.', nullable: true })
  publicAddress?: string;

  @Field(() => String, { description: 'Version of the program that made it.' })
  release!: string;

  @Field(() => [IssuedFileView], { description: 'Its files.' })
  files!: readonly IssuedFileView[];

  @Field(() => String, { description: 'What else there is to say about it.', nullable: true })
  note?: string;

  @Field(() => DateScalar, {
    description: 'The day on which it was issued.',
    nullable: true,
  })
  issuedOn?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The day on which it was withdrawn.',
    nullable: true,
  })
  withdrawnOn?: CivilDate;

  @Field(() => Boolean, { description: 'True once nobody is to rely on it any more.' })
  withdrawn!: boolean;

  @Field(() => String, { description: 'Why it was withdrawn.', nullable: true })
  withdrawnBecause?: string;
}

/** A withdrawn log stays in the list of its committee: it was issued all the same. */
export const decisionLogView: View<DecisionLogView> = {
  aggregate: 'decisionLog',
  initial: {
    logId: '',
    firstDay: '0001-01-01' as CivilDate,
    lastDay: '0001-01-01' as CivilDate,
    asAt: '0001-01-01' as CivilDate,
    knownAt: -1,
    reader: 'PUBLIC',
    release: '',
    files: [],
    withdrawn: false,
  },

  project(state, event) {
    const { type, data } = event as DomainEvent & DecisionLogEvent;
    switch (type) {
      case 'DecisionLogIssued':
        return said({ ...data, commandId: event.envelope.commandId, issuedOn: firstDay(event), withdrawn: false });
      case 'DecisionLogDelivered':
        return { ...state, delivered: [...(state.delivered ?? []), ...data.delivered] };
      case 'DecisionLogWithdrawn':
        return said({ ...state, withdrawn: true, withdrawnOn: firstDay(event), withdrawnBecause: data.reason });
    }
  },

  turns: () => [],
  show: (state) => state,
  title: ({ logId, firstDay, lastDay }) => `${logId}, ${dayInWords(firstDay)} to ${dayInWords(lastDay)}`,
  titles: () => [],
  texts: ({ recipient, note, withdrawnBecause }) => [recipient, note, withdrawnBecause],
  order: ({ lastDay, knownAt }) => `${lastDay} ${String(knownAt).padStart(12, '0')}`,
  columns: {
    committee: ({ committee }) => committee,
    council: ({ council }) => council,
    standingOrder: ({ standingOrder }) => standingOrder,
    replaces: ({ replaces }) => replaces,
    commandId: ({ commandId }) => commandId,
    reader: ({ reader }) => reader,
    recipient: ({ recipient }) => recipient && searchable(recipient),
    issuedOn: ({ issuedOn }) => issuedOn,
    lastDay: ({ lastDay }) => lastDay,
    withdrawn: ({ withdrawn }) => yesOrNo(withdrawn),
    outstanding: ({ deliverTo, delivered, withdrawn }) =>
      !withdrawn && outstandingRoutes(deliverTo, delivered).length > 0 ? 'yes' : null,
  },
  unindexed: ['reader', 'recipient', 'issuedOn', 'lastDay', 'withdrawn'],
  lists: {
    about: ({ about }) => about,
    identifier: ({ logId }) => [logId],
  },
};
