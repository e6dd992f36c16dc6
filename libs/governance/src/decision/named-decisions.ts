import type { Fact } from '#kernel';

/** What a decision is called, in a sentence about something else, by whoever is not to know of it: its id would be a name too. */
export const WITHHELD_NAME = 'withheld';

/** Fields of events in which a decision is named, in any room. */
const NAMING = ['supersedes', 'by', 'madeByDecision', 'adoptedByDecision', 'aboutDecision', 'decision'] as const;

/** Lists of events in whose members a decision is named, and by which field. */
const NAMING_EACH = { approvals: 'decision', parties: 'approvedByDecision' } as const;

type Fields = Readonly<Record<string, unknown>>;

/** The decisions that an event names, besides that which it is about. */
export const decisionsNamedBy = ({ type, data }: Fact): readonly string[] => {
  const said = data as Fields;
  const alone = NAMING.filter((field) => field !== 'by' || type.startsWith('Decision')).map((field) => said[field]);
  const each = Object.entries(NAMING_EACH).flatMap(([list, field]) =>
    ((said[list] ?? []) as readonly Fields[]).map((member) => member[field]),
  );
  return [...alone, ...each].filter((id) => typeof id === 'string');
};

/**
 * Whether an event names a decision that whoever is told of it may not know of. Where it comes from, for whom and why it
 * was recorded may then be the other's papers, and is as little told.
 *
 * @param isWithheld by id; what a decision is called says nothing, since it may be called anything.
 */
export const namesWithheld = (event: Fact, isWithheld: (decision: string) => boolean): boolean =>
  decisionsNamedBy(event).some(isWithheld);
