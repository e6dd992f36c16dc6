import { addDays, type CivilDate } from '#kernel';
import type { SuccessionKind } from '#governance';
import type { HoldingView } from '../rooms/holding.view.js';
import type { OrganisationView } from '../rooms/organisation/organisation.view.js';
import type { SuccessionView } from '../rooms/organisation/succession.view.js';
import type { Shown } from '../questions/register.js';
import type { HandoverDay } from './lapsing-entry.js';

/** An organisation that came after, and the records that say so, each for its share. */
export interface Successor {
  readonly organisation: string;
  readonly by: readonly { readonly id: string; readonly share: SuccessionView }[];
}

/** A day from which something of an organisation is no longer its own, and who came after it. */
export interface Handover extends HandoverDay {
  /** Whether all of it goes, or only the shares that are named. */
  readonly isWhole: boolean;
  readonly successors: readonly Successor[];
}

type Succession = SuccessionView & HoldingView;

/** Ways in which the predecessor as a whole gives way, also where its closing is not recorded. */
const WHOLE: ReadonlySet<SuccessionKind> = new Set(['MERGER', 'SPLIT', 'REPLACEMENT', 'RENAMING', 'ABOLITION']);

/**
 * When what an organisation had was no longer its own. Once it is gone, all of it, and who came after it then or later
 * takes the shares; before that only the shares that are named.
 *
 * @param asAt the day of the question, by which a day that nobody knows has come at the latest.
 */
export const handoversOf = (
  organisation: OrganisationView & HoldingView,
  successions: readonly Shown<Succession>[],
  asAt: CivilDate,
): readonly Handover[] => {
  const dated = successions.map(({ id, state }) => ({ id, state, day: beganOn(state, asAt) }));
  const gone = goneOn(organisation, asAt);
  const wholly = dated.filter(({ state, day }) => (gone ? !day.isKnown || day.on >= gone.on : WHOLE.has(state.kind)));
  const whole = gone ?? wholly.map(({ day }) => day).toSorted((a, b) => (a.on < b.on ? -1 : 1))[0];
  const partly = Map.groupBy(
    dated.filter((one) => !wholly.includes(one)),
    ({ day }) => `${day.on} ${day.isKnown}`,
  );
  return [
    ...[...partly.values()].map((some) => ({
      ...(some[0]?.day as HandoverDay),
      isWhole: false,
      successors: grouped(some),
    })),
    ...(whole ? [{ ...whole, isWhole: true, successors: grouped(wholly) }] : []),
  ].toSorted((a, b) => (a.on < b.on ? -1 : 1));
};

function grouped(some: readonly { readonly id: string; readonly state: Succession }[]): readonly Successor[] {
  return [...Map.groupBy(some, ({ state }) => state.successor)].map(([organisation, by]) => ({
    organisation,
    by: by.map(({ id, state: share }) => ({ id, share })),
  }));
}

const beganOn = ({ start }: HoldingView, asAt: CivilDate): HandoverDay => ({
  on: start.day ?? start.notBefore ?? asAt,
  isKnown: start.day !== null,
});

function goneOn({ holds, end }: HoldingView, asAt: CivilDate): HandoverDay | undefined {
  if (!end) return undefined;
  const last = end.day ?? end.notBefore;
  if (last === null) return holds === 'YES' ? undefined : { on: asAt, isKnown: false };
  return { on: addDays(last, 1), isKnown: end.day !== null };
}
