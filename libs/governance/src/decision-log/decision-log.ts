import { Refusal, said, type Decider, type Fact } from '#kernel';
import { lifeAfter, refersTo, refersToEach, standsInLife, UNBORN, type Life, type Part } from '../lifecycle.js';
import type { DecisionLogDetails, DecisionLogEvent } from './decision-log.events.js';
import type { LogDelivery } from './delivery.events.js';

export type DecisionLogCommand =
  | Fact<'IssueDecisionLog', DecisionLogDetails>
  | Fact<'RecordLogDelivery', { readonly delivered: readonly LogDelivery[] }>
  | Fact<'WithdrawDecisionLog', { readonly reason: string }>;

const PARTS: Record<DecisionLogEvent['type'], Part> = {
  DecisionLogIssued: 'begins',
  DecisionLogDelivered: 'goes on',
  DecisionLogWithdrawn: 'ends',
};

/** Decision logs that were given to somebody, each a subject of its own; one corrected is issued anew and names this one. */
export const decisionLog: Decider<Life, DecisionLogCommand, DecisionLogEvent> = {
  initial: UNBORN,

  references: (command) =>
    command.type === 'IssueDecisionLog'
      ? [
          ...refersTo('body', command.data.committee, 'committee'),
          ...refersTo('organisation', command.data.council, 'council'),
          ...refersToEach('organisation', command.data.about, 'about'),
          ...refersTo('decisionLog', command.data.replaces, 'replaces'),
          ...refersTo('standingOrder', command.data.standingOrder, 'standingOrder'),
        ]
      : [],

  decide({ type, data }) {
    switch (type) {
      case 'IssueDecisionLog':
        return { type: 'DecisionLogIssued', data: issued(data) };
      case 'RecordLogDelivery':
        return { type: 'DecisionLogDelivered', data: { delivered: data.delivered.map(delivery) } };
      case 'WithdrawDecisionLog':
        return { type: 'DecisionLogWithdrawn', data: { reason: data.reason } };
    }
  },

  stands(life, event) {
    if (event.type === 'DecisionLogIssued' && event.data.lastDay < event.data.firstDay) {
      return new Refusal(
        'LOG_PERIOD_BACKWARDS',
        `the period ends on ${event.data.lastDay}, before it starts on ${event.data.firstDay}`,
        {
          field: 'lastDay',
          rule: 'T4',
          remedy: 'give the first day and the last day, both inclusive',
        },
      );
    }
    return standsInLife(life, PARTS[event.type], 'decision log');
  },

  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const issued = (data: DecisionLogDetails): DecisionLogDetails =>
  said({
    logId: data.logId,
    committee: data.committee,
    council: data.council,
    about: data.about && [...data.about],
    firstDay: data.firstDay,
    lastDay: data.lastDay,
    asAt: data.asAt,
    knownAt: data.knownAt,
    since: data.since,
    reader: data.reader,
    recipient: data.recipient,
    publicAddress: data.publicAddress,
    release: data.release,
    files: data.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    replaces: data.replaces,
    standingOrder: data.standingOrder,
    deliverTo: data.deliverTo?.map(({ by, to }) => ({ by, to })),
    delivered: data.delivered?.map(delivery),
    note: data.note,
  });

const delivery = ({ by, to, at, receipt }: LogDelivery): LogDelivery => ({ by, to, at, receipt });
