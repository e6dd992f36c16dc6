import type { CivilDate } from '#kernel';
import { inStep, points, under, type Asking } from '../facts.js';
import type { Actor, Chain, Trace } from './authority.js';
import { ADVISORY_BODIES, APEX_BODIES } from './bodies.js';
import type { Matter } from './matter.js';
import type { AppointmentRead, BodyRead, DelegationRead, HoldingRead, SeatRead } from './readings.js';
import { widerFunctions } from './scope.js';
import { traceOf } from './trace.js';
import { sameActor } from './walk.js';

/** Somebody who may decide a matter, with the chain by which. */
export interface Able {
  readonly actor: Actor;
  readonly trace: Trace;
}

/** Candidates that are tried at most. */
const MOST = 200;

/**
 * Who may decide a matter, nearest first: those above whoever was asked about, on the way by which their power would have
 * come; then others of the same organisation, the lowest first; then all others.
 */
export function* whoCan(matter: Matter, asked: Trace): Asking<readonly Able[]> {
  const { on, functions } = matter;
  if (on === undefined || functions.length === 0) return [];
  const own = yield* organisationsOf(matter.deciders, on);
  const candidates = yield* candidatesFor(functions, own, on);
  const others = candidates.filter((actor) => !matter.deciders.some((decider) => sameActor(decider, actor)));
  const traces = yield* inStep(
    others.slice(0, MOST).map((actor) => {
      const { hat: _hat, delegation: _cited, ...rest } = matter;
      return traceOf({ ...rest, deciders: [actor] });
    }),
  );
  const able = traces.flatMap((trace, at) => {
    const actor = others[at];
    return actor && trace.verdict === 'AUTHORISED' ? [{ actor, trace }] : [];
  });
  const above = asked.parts
    .flatMap(({ chains }) => chains)
    .flatMap(({ hops }) => hops.toReversed().flatMap(({ from }) => from ?? []));
  const nearness = ({ actor, trace }: Able): readonly number[] => {
    const at = above.findIndex((one) => sameActor(one, actor));
    const [chain] = holding(trace);
    const isOwn = own.includes(chain?.grantedBy ?? chain?.principal ?? '');
    return [at === -1 ? 1 : 0, at, isOwn ? 0 : 1, -(chain?.hops.length ?? 0)];
  };
  return able.toSorted((a, b) => compared(nearness(a), nearness(b)) || (a.actor.id < b.actor.id ? -1 : 1));
}

const holding = ({ parts }: Trace): readonly Chain[] =>
  parts.flatMap(({ chains }) => chains.filter(({ failure, missing }) => !failure && missing.length === 0));

const compared = (a: readonly number[], b: readonly number[]): number => {
  for (const [at, one] of a.entries()) if (one !== b[at]) return one - (b[at] ?? 0);
  return 0;
};

/** The organisations to which those who were asked about belong, and those that came after them. */
function* organisationsOf(deciders: readonly Actor[], on: CivilDate): Asking<readonly string[]> {
  const idsOf = (kind: Actor['kind']) => deciders.flatMap((one) => (one.kind === kind ? [one.id] : []));
  const held = yield* under<AppointmentRead>('appointment', 'person', idsOf('person'), on);
  const seats = yield* points<SeatRead>(
    'seat',
    [...idsOf('seat'), ...held.flatMap(({ state }) => state.seat ?? [])],
    on,
  );
  const bodies = yield* points<BodyRead>(
    'body',
    [...idsOf('body'), ...seats.flatMap(({ state }) => state.body ?? [])],
    on,
  );
  const own = [
    ...idsOf('organisation'),
    ...seats.flatMap(({ state }) => state.organisation ?? []),
    ...bodies.flatMap(({ state }) => state.owners ?? []),
  ];
  const after = yield* under<{ readonly successor?: string }>('succession', 'predecessor', [...new Set(own)], on);
  return [...new Set([...own, ...after.flatMap(({ begun, state }) => (begun ? (state.successor ?? []) : []))])];
}

/** Bodies and posts that may have the power: by which a holder acts, or to which any of the functions was delegated. */
function* candidatesFor(functions: readonly string[], own: readonly string[], on: CivilDate): Asking<readonly Actor[]> {
  const [first = ''] = functions;
  const wider = yield* widerFunctions(first, on);
  const granted = yield* under<DelegationRead>('delegation', 'catalogueFunction', wider, on);
  const holdings = yield* under<HoldingRead>('functionHolding', 'function', wider, on);
  const inForce = granted.filter(({ begun, state }) => begun && state.holds !== 'NO').map(({ state }) => state);
  const organisations = [
    ...own,
    ...holdings.flatMap(({ state }) => state.organisation ?? []),
    ...inForce.flatMap(({ delegateOrganisations = [] }) => delegateOrganisations),
  ];
  const owned = yield* under<BodyRead>('body', 'owner', [...new Set(organisations)], on);
  const apex = owned.filter(({ begun, state }) => begun && state.holds !== 'NO' && APEX_BODIES.has(state.kind));
  const delegates = inForce.flatMap(({ delegateBodies = [] }) => delegateBodies);
  const bodies = (yield* points<BodyRead>('body', [...new Set(delegates)], on)).filter(
    ({ state }) => !ADVISORY_BODIES.has(state.kind),
  );
  const found: Actor[] = [
    ...[...apex, ...bodies].map(({ id }): Actor => ({ kind: 'body', id })),
    ...inForce.flatMap(({ delegateSeats = [] }) => delegateSeats).map((id): Actor => ({ kind: 'seat', id })),
    ...inForce.flatMap(({ delegatePersons = [] }) => delegatePersons).map((id): Actor => ({ kind: 'person', id })),
  ];
  return found.filter((actor, at) => found.findIndex((one) => sameActor(one, actor)) === at);
}
