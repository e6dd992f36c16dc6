import { because, dayInWords, inBrackets, listed, named, sentence, type NameOf } from '../wording.js';
import type { DecisionLogEvent } from './decision-log.events.js';
import type { DeliveryRoute, DeliveryWay } from './delivery.events.js';

const BY: Readonly<Record<DeliveryWay, string>> = { EMAIL: 'by e-mail', WEBHOOK: 'by webhook' };

/** Without addresses: sentences are read by whoever reads the register. */
const ways = (routes: readonly DeliveryRoute[]): string => listed([...new Set(routes.map(({ by }) => BY[by]))]);

export const decisionLogSentence = ({ type, data }: DecisionLogEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'DecisionLogIssued': {
      const { logId, committee, council, firstDay, lastDay, asAt, knownAt, recipient, replaces, delivered } = data;
      const whose = committee === undefined ? undefined : named(nameOf, 'body', committee);
      const area = council === undefined ? undefined : `the area of ${named(nameOf, 'organisation', council)}`;
      const to = recipient === undefined ? '' : ` to ${recipient}`;
      const instead = replaces === undefined ? '' : `, in place of the log ${named(nameOf, 'decisionLog', replaces)}`;
      return sentence(
        `the decision log ${logId} for ${whose ?? area ?? 'nobody in particular'}, ${dayInWords(firstDay)} to ${dayInWords(lastDay)}` +
          `${inBrackets(`as at ${dayInWords(asAt)}`, `as known at position ${knownAt}`)}, was issued${to}${instead}${delivered ? `, and delivered ${ways(delivered)}` : ''}`,
      );
    }
    case 'DecisionLogDelivered':
      return sentence(`the decision log was delivered ${ways(data.delivered)}`);
    case 'DecisionLogWithdrawn':
      return because('the decision log was withdrawn', data.reason);
  }
};
