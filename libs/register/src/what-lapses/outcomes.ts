import { addDays, type CivilDate } from '#kernel';
import type { Aggregate } from '#governance';
import type { AppointmentView } from '../rooms/appointment/appointment.view.js';
import type { BodyView } from '../rooms/body/body.view.js';
import type { ConditionView } from '../rooms/delegation/condition.view.js';
import type { DelegationView } from '../rooms/delegation/delegation.view.js';
import type { HoldingView } from '../rooms/holding.view.js';
import type { InstrumentView } from '../rooms/instrument/instrument.view.js';
import type { Answer, Shown } from '../questions/register.js';
import type { HeldThing } from './held-before.js';
import type { LapseOutcome, LapsingEntry, PathStep } from './lapsing-entry.js';
import {
  sameAppointment,
  sameBody,
  sameFunction,
  sameGrantor,
  sameInstrument,
  sameSortOfDelegate,
} from './same-kind.js';
import type { Shares, Sharing } from './shares.js';
import type { SuccessorSide } from './successor-side.js';

type Dated = Shown<HoldingView>;

/** What became of something, and what says so. */
export interface Outcome extends Pick<LapsingEntry, 'by' | 'since' | 'lastDay'> {
  readonly outcome: LapseOutcome;
  readonly path: readonly PathStep[];
}

/** What is known of a thing on the day of the question. */
export interface Afterwards {
  readonly now: Shown | undefined;
  readonly timeline: readonly Answer[];
  /** What names it as that in whose place it stands. */
  readonly replacing: readonly Shown[];
}

const step = (aggregate: Aggregate, id: string, says: string): PathStep => ({ aggregate, id, says });

const firstDay = (one: Shown): CivilDate | undefined => (one as Dated).state.start?.day ?? undefined;

/** What something of a kind is told by, once it is another record. */
const SAME: Readonly<Partial<Record<HeldThing['kind'], (one: never, other: never) => boolean>>> = {
  DELEGATION_GRANTED: (one: DelegationView, other: DelegationView) =>
    sameFunction(one, other) && sameSortOfDelegate(one, other),
  RESERVATION: sameFunction,
  DELEGATION_RECEIVED: (one: DelegationView, other: DelegationView) =>
    sameFunction(one, other) && sameGrantor(one, other),
  BODY: (one: BodyView, other: BodyView) => sameBody(one, other),
  INSTRUMENT: (one: InstrumentView, other: InstrumentView) => sameInstrument(one, other),
  APPOINTMENT: (one: AppointmentView, other: AppointmentView) => sameAppointment(one, other),
};

/**
 * What became of one thing with one successor, or with none: first what is recorded as carried, then what the successor
 * has of the same kind, then its own end.
 */
export const outcomeOf = async (
  thing: HeldThing,
  afterwards: Afterwards,
  shares: Shares,
  sharing: Sharing | undefined,
  side: SuccessorSide | undefined,
): Promise<Outcome> =>
  carriedItself(thing, afterwards, side) ??
  carriedByAnother(thing, afterwards, shares, sharing, side) ??
  (await grantedAgain(thing, shares, sharing, side)) ??
  ended(thing, afterwards) ?? { outcome: 'IN_THE_GAP', path: [] };

/** It names the successor itself: since the stretch in which it began to, which goes on. */
function carriedItself(
  { kind, aggregate, id }: HeldThing,
  { now, timeline }: Afterwards,
  side: SuccessorSide | undefined,
): Outcome | undefined {
  if (!side || !now || isOver(now) || !side.names(kind, id, now.state)) return undefined;
  let since: CivilDate | undefined;
  for (const slice of timeline) {
    if (slice.kind !== 'found' || slice.from > now.from) continue;
    if (!side.names(kind, id, slice.state)) since = undefined;
    else since ??= slice.from;
  }
  const says = 'names the successor itself';
  return { outcome: 'CARRIED', since: since ?? now.from, path: [step(aggregate, id, says)] };
}

/** Another record says that it stands in its place: a re-grant, what it was merged into, a later document. */
function carriedByAnother(
  thing: HeldThing,
  { now, replacing }: Afterwards,
  shares: Shares,
  sharing: Sharing | undefined,
  side: SuccessorSide | undefined,
): Outcome | undefined {
  const { kind, aggregate, id } = thing;
  const into = intoOf(kind, now?.state);
  if (into !== undefined && now) {
    const says = kind === 'BODY' ? 'became part of another' : 'gave way to another';
    const isTheirs = !side || kind === 'INSTRUMENT' || side.bodies.has(into);
    const hasDay = (now as Dated).state.end?.day;
    if (isTheirs) {
      return {
        ...{ outcome: 'CARRIED', by: { aggregate, id: into }, path: [step(aggregate, id, says)] },
        ...(hasDay && { since: now.from }),
      };
    }
  }
  const naming = replacing.find(
    (one) => !side || (side.names(kind, one.id, one.state) && reaches(one.state, thing, shares, sharing)),
  );
  const since = naming && firstDay(naming);
  return (
    naming && {
      ...{ outcome: 'CARRIED', by: { aggregate, id: naming.id }, ...(since && { since }) },
      path: [step(aggregate, naming.id, 'says that it stands in its place')],
    }
  );
}

function intoOf(kind: HeldThing['kind'], state: object | undefined): string | undefined {
  if (kind === 'BODY') return (state as { readonly mergedInto?: string } | undefined)?.mergedInto;
  return kind === 'INSTRUMENT' ? (state as { readonly replacedBy?: string } | undefined)?.replacedBy : undefined;
}

async function grantedAgain(
  thing: HeldThing,
  shares: Shares,
  sharing: Sharing | undefined,
  side: SuccessorSide | undefined,
): Promise<Outcome | undefined> {
  const isSame = SAME[thing.kind] as ((one: object, other: object) => boolean) | undefined;
  if (!side || !isSame) return undefined;
  const like = await side.like(thing.kind, thing.state);
  const again = like.find(
    (one) => one.id !== thing.id && isSame(thing.state, one.state) && reaches(one.state, thing, shares, sharing),
  );
  const since = again && firstDay(again);
  return (
    again && {
      ...{ outcome: 'RE_GRANTED', by: { aggregate: thing.aggregate, id: again.id }, ...(since && { since }) },
      path: [step(thing.aggregate, again.id, 'is of the same kind with the successor')],
    }
  );
}

/** Whether what the successor has reaches to the places of its share: without places it reaches everywhere. */
function reaches(other: object, thing: HeldThing, shares: Shares, sharing: Sharing | undefined): boolean {
  const { places = [] } = other as { readonly places?: readonly string[] };
  const wanted = sharing && sharing.places.length > 0 ? sharing.places : thing.places;
  return places.length === 0 || wanted.length === 0 || shares.meet(places, wanted);
}

/** Ends that are recorded, those of terms, and that of a matter, which is closed from a day on. */
type Ended = Partial<HoldingView> & Readonly<Partial<Record<'inForceUntil' | 'inOfficeUntil' | 'closedOn', CivilDate>>>;

const isOver = ({ state }: Shown): boolean =>
  (state as Partial<HoldingView>).holds === 'NO' || (state as { readonly closed?: boolean }).closed === true;

function ended({ aggregate, id }: HeldThing, { now }: Afterwards): Outcome | undefined {
  if (!now || !isOver(now)) return undefined;
  const { end, inForceUntil, inOfficeUntil, closedOn } = now.state as Ended;
  const lastDay = end?.day ?? inForceUntil ?? inOfficeUntil ?? (closedOn && addDays(closedOn, -1));
  return { outcome: 'ENDED', path: [step(aggregate, id, 'says that it ended')], ...(lastDay && { lastDay }) };
}

/** What became of a condition goes by what became of its delegation: carried only where the same key is there as well. */
export const conditionWith = (key: string, delegation: Outcome, carrier: DelegationView | undefined): Outcome => {
  if (delegation.outcome !== 'CARRIED' && delegation.outcome !== 'RE_GRANTED') return delegation;
  const { conditions = [] } = carrier ?? {};
  const there = conditions.find((one: ConditionView) => one.key === key && one.applies === 'STANDING');
  const at = delegation.by;
  if (there)
    return { ...delegation, path: [...delegation.path, ...(at ? [step('delegation', at.id, 'has it as well')] : [])] };
  const path = at ? [step('delegation', at.id, 'does not have it')] : [];
  return { outcome: 'IN_THE_GAP', path: [...delegation.path, ...path] };
};
