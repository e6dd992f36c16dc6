import { because, dayInWords, inBrackets, named, sentence, type NameOf } from '../wording.js';
import type { DecisionLogEvent } from './decision-log.events.js';

export const decisionLogSentence = ({ type, data }: DecisionLogEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'DecisionLogIssued': {
      const { logId, committee, council, firstDay, lastDay, asAt, knownAt, recipient, replaces } = data;
      const whose = committee === undefined ? undefined : named(nameOf, 'body', committee);
      const area = council === undefined ? undefined : `the area of ${named(nameOf, 'organisation', council)}`;
      const to = recipient === undefined ? '' : ` to ${recipient}`;
      const instead = replaces === undefined ? '' : `, in place of the log ${named(nameOf, 'decisionLog', replaces)}`;
      return sentence(
        `the decision log ${logId} for ${whose ?? area ?? 'nobody in particular'}, ${dayInWords(firstDay)} to ${dayInWords(lastDay)}` +
          `${inBrackets(`as at ${dayInWords(asAt)}`, `as known at position ${knownAt}`)}, was issued${to}${instead}`,
      );
    }
    case 'DecisionLogWithdrawn':
      return because('the decision log was withdrawn', data.reason);
  }
};
