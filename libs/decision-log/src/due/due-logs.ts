import { listed, outstandingRoutes, isSameRoute, type DeliveryRoute } from '#governance';
import { londonDay, Refusal, type CivilDate, type Position } from '#kernel';
import type { DecisionLogView, MeetingView, Place, Register, Selection, Shown, StandingOrderView } from '#register';
import { lapsesKnownAt, type LapseBy } from '../lapsing.js';
import { orderedPeriods, type OrderTerms } from './due-periods.js';

/** A log that a standing order asks for, or one that was issued and has not reached everybody. */
export interface DueLog {
  /** Id of the order; undefined for a log that was issued without one. */
  readonly standingOrder: string | undefined;
  /** Ids of whom it is for: one of the two. */
  readonly committee: string | undefined;
  readonly council: string | undefined;
  readonly firstDay: CivilDate;
  readonly lastDay: CivilDate;
  /** Null while that hangs on a meeting that is not recorded. */
  readonly dueOn: CivilDate | null;
  readonly isDue: boolean;
  /** Why then, as the end of a sentence. */
  readonly reason: string;
  /** What is ordered, where it is still to be issued. */
  readonly terms?: StandingOrderView;
  /** What is issued already, where only deliveries are outstanding. */
  readonly issued?: Outstanding;
}

/** An issued log that somebody has not accepted yet. */
export interface Outstanding {
  readonly id: string;
  readonly state: DecisionLogView;
  readonly routes: readonly DeliveryRoute[];
}

/** A day after everything that is recorded: what is known now, of whatever day. */
export const WHENEVER = '9999-12-30' as CivilDate;

/**
 * What the standing orders ask for today, and what comes next, oldest first: as known now, with every meeting that is
 * recorded, whenever it was convened.
 *
 * @param named one standing order; without it, all of them, and logs that were issued without one.
 * @throws Refusal `ORDER_UNKNOWN`
 */
export const dueLogs = async (
  register: Register,
  { now, named }: { readonly now: number; readonly named?: string | undefined },
): Promise<readonly DueLog[]> => {
  const position = await register.position();
  const place: Place = { asAt: WHENEVER, position };
  const only = named === undefined ? undefined : await orderNamed(register, named, position);
  const orders = (await everyOne<StandingOrderView>(register, 'standingOrder', {}, place)).filter(
    ({ id }) => only === undefined || id === only,
  );
  const due: DueLog[] = [];
  const [today, lapses] = [londonDay(now), lapsesKnownAt(register, position)];
  for (const order of orders) {
    const periods = await periodsOf(register, order, today, place);
    due.push(...(periods.length === 0 ? [] : await unlapsed(periods, order, today, lapses)));
  }
  const undelivered = await outstandingLogs(register, orders, place);
  return [...undelivered.filter(({ standingOrder }) => only === undefined || standingOrder === only), ...due].toSorted(
    (one, other) => (one.lastDay === other.lastDay ? 0 : one.lastDay < other.lastDay ? -1 : 1),
  );
};

async function orderNamed(register: Register, named: string, position: Position): Promise<string> {
  const id = await register.resolveSubject('standingOrder', named, { position });
  if (id !== undefined) return id;
  throw new Refusal('ORDER_UNKNOWN', `there is no standing order called ${JSON.stringify(named.slice(0, 200))}`, {
    field: 'standingOrder',
    remedy: 'give the id of a standing order, as the list of what is due gives it',
  });
}

async function periodsOf(
  register: Register,
  { id, state }: Shown<StandingOrderView>,
  today: CivilDate,
  place: Place,
): Promise<readonly DueLog[]> {
  const { committee, council } = state;
  const meetings =
    committee === undefined
      ? []
      : await everyOne<MeetingView>(register, 'meeting', { where: { body: committee } }, place);
  const logs = await everyOne<DecisionLogView>(register, 'decisionLog', { where: { standingOrder: id } }, place);
  const timeline = (await register.slices<StandingOrderView>('standingOrder', id, place.position)).flatMap((slice) =>
    slice.kind === 'found' ? [{ ...termsOf(slice.state), from: slice.from, to: slice.to, state: slice.state }] : [],
  );
  const periods = orderedPeriods({
    timeline,
    meetings: meetings.flatMap((meeting) => (meeting.state.cancelled ? [] : [meeting.state.heldOn])),
    issued: logs.flatMap((log) => (log.state.withdrawn ? [] : [log.state])),
    today,
  });
  return periods.map(({ terms, ...period }) => ({
    standingOrder: id,
    committee,
    council,
    ...period,
    terms: terms.state,
  }));
}

/**
 * Without what would be issued to nobody: an order lapses with its committee or its council, and from that day on nothing
 * is due of it any more, whichever period it is of.
 */
async function unlapsed(
  periods: readonly DueLog[],
  { state }: Shown<StandingOrderView>,
  today: CivilDate,
  lapses: LapseBy,
): Promise<readonly DueLog[]> {
  if (await lapses('standingOrder', state, today)) return [];
  const last = (await lapses('standingOrder', state, WHENEVER))?.lastDay;
  return last ? periods.filter(({ dueOn, lastDay }) => (dueOn ?? lastDay) <= last) : periods;
}

/** A council has no meetings: its logs are due by the calendar alone. */
const termsOf = ({ council, ...state }: StandingOrderView): Omit<OrderTerms, 'from' | 'to'> => ({
  ended: state.ended,
  every: state.every,
  firstDay: state.firstDay,
  daysBeforeMeeting: council === undefined ? state.daysBeforeMeeting : undefined,
  daysAfterPeriod: state.daysAfterPeriod,
});

/**
 * Issued logs that are still to be delivered to somebody. A withdrawn log is not, nor one that was replaced, nor one to
 * an address that its order no longer names.
 */
async function outstandingLogs(
  register: Register,
  orders: readonly Shown<StandingOrderView>[],
  place: Place,
): Promise<readonly DueLog[]> {
  const logs = await everyOne<DecisionLogView>(register, 'decisionLog', { where: { outstanding: 'yes' } }, place);
  const later = await everyOne<DecisionLogView>(
    register,
    'decisionLog',
    { where: { replaces: logs.map(({ id }) => id) } },
    place,
  );
  const replaced = new Set(later.flatMap(({ state }) => (state.withdrawn ? [] : [state.replaces])));
  return logs.flatMap(({ id, state, from }) => {
    const order = orders.find((one) => one.id === state.standingOrder);
    const routes = outstandingOf(state, order?.state);
    if (routes.length === 0 || replaced.has(id)) return [];
    const { standingOrder, committee, council, firstDay, lastDay } = state;
    const to = listed(routes.map((route) => route.to));
    const reason = `delivery to ${to} outstanding`;
    const issued = { id, state, routes };
    return [{ standingOrder, committee, council, firstDay, lastDay, dueOn: from, isDue: true, reason, issued }];
  });
}

/** Where an issued log is still to be delivered. @param order as it is now, where there is one. */
export const outstandingOf = (
  { deliverTo, delivered }: Pick<DecisionLogView, 'deliverTo' | 'delivered'>,
  order: StandingOrderView | undefined,
): readonly DeliveryRoute[] =>
  outstandingRoutes(deliverTo, delivered).filter(
    (route) => order === undefined || (order.deliverTo ?? []).some((one) => isSameRoute(one, route)),
  );

/** Subjects read at a time. */
const PAGE = 500;

/** Every subject that a selection finds, page after page. */
async function everyOne<State extends object>(
  register: Register,
  aggregate: string,
  selection: Selection,
  place: Place,
): Promise<readonly Shown<State>[]> {
  const found: Shown<State>[] = [];
  for (let after: string | undefined; ;) {
    const page = await register.list<State>(aggregate, { ...selection, first: PAGE, after }, place);
    found.push(...page.rows);
    after = page.rows.at(-1)?.cursor;
    if (!page.hasNext || after === undefined) return found;
  }
}
