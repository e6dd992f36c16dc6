import { canonicalJson } from '#kernel';
import type { Block, Section } from '../document.js';
import { counted, inShort } from '../plain.js';
import { committeeMatters } from './committee-matters.js';
import { forwardLook } from './forward-look.js';
import { budgetBlocks } from './money.js';
import type { LogContext, Unnumbered } from './section.js';
import { whoDecides, type WhoDecides } from './who-decides.js';

/** What a log says that is not about its decisions, but stands beside them. */
export interface Beside {
  readonly budgets: readonly Block[];
  readonly changes: WhoDecides;
  readonly matters: Unnumbered;
  readonly ahead: Unnumbered;
}

export const besideTheDecisions = async (context: LogContext): Promise<Beside> => ({
  budgets: await budgetBlocks(context),
  changes: await whoDecides(context),
  matters: await committeeMatters(context),
  ahead: await forwardLook(context),
});

/** Names that are called otherwise are told one by one up to this many. */
const MOST_NAMES = 40;

/**
 * For the front page: which sections say otherwise than in the log before though no decision in them is marked, and
 * what is called otherwise in its texts. One sentence each, in the order of the sections.
 *
 * @param before the same question, as known at the position of the log before.
 */
export const changedBeside = async (
  context: LogContext,
  before: LogContext,
  now: Beside,
  sections: readonly Section[],
): Promise<readonly string[]> => {
  const then = await besideTheDecisions(before);
  const differ = (one: object, other: object): boolean => canonicalJson(one) !== canonicalJson(other);
  const called = (id: string): string => {
    const section = sections.find((each) => each.id === id);
    return `Section ${section?.number ?? ''}, ${section?.title ?? id},`;
  };
  const renamed = await context.names.calledOtherwise(before.names);
  const names = renamed.map(
    ([was, is]) => `What was called “${inShort(was)}” in the last log is called “${inShort(is)}”.`,
  );
  return [
    ...(differ(now.budgets, then.budgets) ? [`${called('money')} says otherwise of budgets than the last log.`] : []),
    ...[now.changes.section, now.matters, now.ahead].flatMap((section, at) => {
      const other = [then.changes.section, then.matters, then.ahead][at];
      return other && differ(section, other) ? [`${called(section.id)} differs from the last log.`] : [];
    }),
    ...names.slice(0, MOST_NAMES),
    ...(names.length > MOST_NAMES ? [`So are ${counted(names.length - MOST_NAMES, 'more name')}.`] : []),
  ];
};
