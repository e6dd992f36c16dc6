import { dayInWords, inWords, listed } from '#governance';
import { epochMsOf, londonDay, type CivilDate } from '#kernel';
import type { ChangeMark, DecisionFacts, Detail } from './document.js';
import type { DatedDecision } from './dated.js';
import type { FullDisclosure } from './source.js';
import { address, amountInWords, capital, detail, inShort, isCut, line, onOneLine, visible } from './plain.js';

interface Place {
  readonly mark?: ChangeMark;
  readonly permalink?: string;
  /** Parts that are withheld, with why. */
  readonly withheld?: FullDisclosure['withheld'];
}

/** What is printed below the heading of a decision, in the order in which it is read. */
export const detailsOf = (
  facts: DecisionFacts,
  { begins, shown, datedOn, byMeeting }: DatedDecision,
  { mark, permalink, withheld = [] }: Place,
): Detail[] => [
  ...detail('Changed', mark?.words),
  ...(isCut(facts.title) ? detail('Title in full', facts.title) : []),
  ...detail('Decided by', decidedBy(facts)),
  ...detail('How', facts.route && capital(inWords(facts.route))),
  ...days(facts, byMeeting ? datedOn : undefined),
  ...detail('Status', capital(statusWords(facts.status, begins))),
  ...detail('What it does', facts.type && capital(inWords(facts.type))),
  ...detail('Answerable', facts.accountable.length === 0 ? '' : listed(facts.accountable)),
  ...detail('Decision', facts.text),
  ...detail('Outcome, in the words of the source', facts.outcome),
  ...detail('How it was voted on', shown.state.method),
  ...detail('Votes', facts.votes && capital(facts.votes)),
  ...detail('Where it stands in its own process', facts.stage),
  ...detail('Reasons', facts.reasons),
  ...detail('Alternatives rejected', facts.alternatives),
  ...money(facts),
  ...detail('Authority', [facts.authority, facts.legalBasis].filter(Boolean).join('; ')),
  ...detail('Meeting', facts.meeting),
  ...procurement(facts),
  ...detail('Key decision', facts.key === null ? '' : facts.key ? 'Yes' : 'No'),
  ...detail('Replaces', facts.supersedes),
  ...detail('Replaced by', replacedBy(facts, shown.state.supersededPart)),
  ...detail('Called in because', shown.state.calledInBecause),
  ...detail('Ended because', shown.state.endedBecause),
  ...detail('The source contradicts itself', facts.conflictInSource),
  ...detail('Note', facts.note),
  ...(facts.papers === '' ? [] : [{ label: 'Papers', values: [address(facts.papers)] }]),
  ...withheldParts(withheld),
  ...history(facts),
  ...(permalink === undefined ? [] : [{ label: 'Permanent address', values: [line(permalink, permalink)] }]),
];

export const stubDetails = ({
  mark,
  ground,
  reviewOn,
  permalink,
}: Place & { readonly ground: string; readonly reviewOn: CivilDate | null }): Detail[] => [
  ...detail('Changed', mark?.words),
  ...detail('Withheld because', ground),
  ...detail('To be looked at again on', reviewOn === null ? '' : dayInWords(reviewOn)),
  ...(permalink === undefined ? [] : [{ label: 'Permanent address', values: [line(permalink, permalink)] }]),
];

const decidedBy = ({ decidedBy: bodies, officer, bodyOfMeeting }: DecisionFacts): string => {
  const said = [bodies.length === 0 ? '' : listed(bodies), officer === '' ? '' : `${officer} (officer)`]
    .filter(Boolean)
    .join('; ');
  const met = bodyOfMeeting === '' ? '' : `it was at a meeting of ${bodyOfMeeting}`;
  return [said || 'Not said', met].filter(Boolean).join('; ');
};

/** @param held the day of its meeting, where it has none of its own. */
function days(
  { takenOn, effectiveFrom, noticedOn, publishedOn, recordedAt }: DecisionFacts,
  held: CivilDate | undefined,
): Detail[] {
  const unsaid = held === undefined ? 'Not known' : `Not said; its meeting was on ${dayInWords(held)}`;
  return [
    ...detail('Taken on', takenOn === null ? unsaid : dayInWords(takenOn)),
    ...detail('Holds from', effectiveFrom === null ? 'Not known' : dayInWords(effectiveFrom)),
    ...detail('Made known on', noticedOn === null ? '' : dayInWords(noticedOn)),
    ...detail('Published on', publishedOn === null ? '' : dayInWords(publishedOn)),
    ...detail('First recorded on', dayInWords(londonDay(epochMsOf(recordedAt)))),
  ];
}

function money({ amount, amountPerYear, amountNote, term }: DecisionFacts): Detail[] {
  const note = amountNote === '' ? '' : ` (${amountNote})`;
  return [
    ...detail('Amount', amount.kind === 'none' ? amountNote : `${capital(amountInWords(amount))}${note}`),
    ...detail('Amount a year', capital(amountInWords(amountPerYear))),
    ...detail('For how long', term),
  ];
}

function procurement({ procurementRoute, supplier, noticeId, standstillUntil }: DecisionFacts): Detail[] {
  return [
    ...detail('Procurement', procurementRoute && capital(inWords(procurementRoute))),
    ...detail('Supplier', supplier),
    ...detail('Notice', noticeId),
    ...detail('Standstill until', standstillUntil === null ? '' : dayInWords(standstillUntil)),
  ];
}

const replacedBy = ({ supersededBy }: DecisionFacts, part: string | undefined): string =>
  supersededBy === '' || part === undefined ? supersededBy : `${supersededBy}, in part: ${part}`;

const statusWords = (status: string, begins: CivilDate | undefined): string =>
  begins === undefined ? inWords(status) : `${inWords(status)}, to hold from ${dayInWords(begins)}`;

const withheldParts = (withheld: NonNullable<Place['withheld']>): Detail[] =>
  withheld.length === 0
    ? []
    : [
        {
          label: 'Withheld',
          values: withheld.map(({ field, ground, reviewOn }) => {
            const again = reviewOn === undefined ? '' : ` Looked at again on ${dayInWords(reviewOn)}.`;
            return line(`${capital(partInWords(field))}: ${ground}${again}`);
          }),
        },
      ];

/** `amountPerYear` as `amount per year`. */
const partInWords = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const history = (facts: DecisionFacts): Detail[] =>
  facts.history.length === 0 ? [] : [{ label: 'History', values: facts.history.map((text) => line(visible(text))) }];

/** What stands in the cells of a table about a decision. */
export const cells = {
  title: (title: string) => inShort(title),
  amount: (facts: DecisionFacts) =>
    capital(amountInWords(facts.amount)) || (facts.amountNote === '' ? '–' : inShort(facts.amountNote)),
  type: (facts: DecisionFacts) => (facts.type === '' ? '–' : capital(inWords(facts.type))),
  status: (facts: DecisionFacts) => capital(inWords(facts.status)),
  day: (day: CivilDate | null) => (day === null ? 'Not known' : dayInWords(day)),
  orDash: (text: string) => onOneLine(text) || '–',
};
