import type { CivilDate } from '#kernel';
import { inStep, point, points, under, type Asking, type Known } from '../facts.js';
import { dayInWords } from '../wording.js';
import {
  anyOf,
  chainVerdict,
  together,
  type Actor,
  type AuthorityVerdict,
  type Chain,
  type Failure,
  type MissingDatum,
  type Part,
  type Trace,
} from './authority.js';
import { ADVISING, ADVISORY_BODIES, isJoint, meetsInCommon } from './bodies.js';
import { chainsTo } from './chains.js';
import { unusedCitation } from './citation.js';
import { goneOn } from './grantor.js';
import { againstReservations } from './holder.js';
import { lacking, type Matter } from './matter.js';
import type { BodyRead, DelegationRead, FunctionRead, Lasts, SeatRead } from './readings.js';
import { coversFunction, placesOutside, widerFunctions, widerPlaces, type Scope } from './scope.js';
import { delegationNamed, failure, type Walk } from './walk.js';
import { marked, markedActor } from './words.js';

/**
 * Whether whoever decides a matter may: searched backwards from each decider, for each function, over what is in force on the
 * day of the matter, as known at the position at which the facts are answered. All of it has to hold; for a joint body
 * every parent has to have given the power. The same facts give the same answer for ever: nothing of it is stored.
 */
export function* traceOf(matter: Matter): Asking<Trace> {
  const { on } = matter;
  const parts = yield* partsOf(matter);
  return { verdict: together(parts.map(({ verdict }) => verdict)), ...(on !== undefined && { on }), parts };
}

function* partsOf(matter: Matter): Asking<readonly Part[]> {
  const { on, deciders, functions } = matter;
  const missing: MissingDatum[] = [];
  if (on === undefined) missing.push(lacking(matter, 'takenOn', 'the day on which it was taken'));
  if (deciders.length === 0) missing.push(lacking(matter, 'decidedBy', 'who of the register decided'));
  if (functions.length === 0 && !(yield* onlyAdvises(matter, on))) {
    missing.push(lacking(matter, 'catalogueFunctions', 'the functions of the catalogue that were exercised'));
  }
  if (on === undefined || missing.length > 0) return [undetermined(missing)];
  const each = yield* inStep(deciders.map((decider) => partsOfDecider(matter, decider, on)));
  return each.flat();
}

/** Whether all who decide may only advise, and did no more: that exercises no function (BR-054). */
function* onlyAdvises({ kind, deciders }: Matter, on: CivilDate | undefined): Asking<boolean> {
  if (kind === undefined || on === undefined || !ADVISING.has(kind)) return false;
  const ids = deciders.flatMap((one) => (one.kind === 'body' ? [one.id] : []));
  const bodies = yield* points<BodyRead>('body', ids, on);
  return bodies.length === deciders.length && bodies.every(({ state }) => ADVISORY_BODIES.has(state.kind));
}

function* partsOfDecider(matter: Matter, decider: Actor, on: CivilDate): Asking<readonly Part[]> {
  const known = yield* point<Lasts & BodyRead>(decider.kind, decider.id, on);
  const it = { aggregate: decider.kind, id: decider.id } as const;
  const refused = (why: Failure): Part[] => [
    { decider, verdict: 'NOT_AUTHORISED', chains: [], failure: why, missing: [] },
  ];
  const there = `that ${markedActor(decider)} could act on ${dayInWords(on)}`;
  const gone = decider.kind === 'person' ? undefined : goneOn(known, on);
  if (gone !== undefined) return refused(failure('DECIDER', it, `${markedActor(decider)} ${gone}`, there));
  const body = decider.kind === 'body' ? known?.state : undefined;
  if (body?.suspended) return refused(failure('DECIDER', it, `${markedActor(decider)} was suspended`, there));
  if (body && ADVISORY_BODIES.has(body.kind)) {
    if (matter.kind === undefined) {
      return [{ ...undetermined([lacking(matter, 'kind', 'what it does: whether it only advises')]), decider }];
    }
    if (ADVISING.has(matter.kind)) return [{ decider, verdict: 'AUTHORISED', chains: [], missing: [] }];
    const needed = 'a recommendation, or a body with power to decide';
    return refused(failure('ADVISORY', it, `${markedActor(decider)} may only advise`, needed, 'BR-054'));
  }
  const parents = body && (isJoint(body) || (meetsInCommon(body) && (body.owners?.length ?? 0) > 1)) ? body.owners : [];
  if (body && meetsInCommon(body) && parents && parents.length > 1) {
    const found = `${markedActor(decider)} decided once for ${parents.length} organisations`;
    return refused(failure('PER_PARENT', it, found, 'one decision for each', 'BR-056'));
  }
  const parts = yield* inStep(matter.functions.map((id) => partsOfFunction(matter, decider, id, on, parents ?? [])));
  return parts.flat();
}

function* partsOfFunction(
  matter: Matter,
  decider: Actor,
  id: string,
  on: CivilDate,
  parents: readonly string[],
): Asking<readonly Part[]> {
  const of = yield* point<FunctionRead>('function', id, on);
  const functions = yield* widerFunctions(id, on);
  const around = yield* inStep(matter.places.map((place) => widerPlaces(place, on)));
  const places = matter.places.map((place, at) => ({ id: place, within: around[at] ?? [place] }));
  const scope: Scope = { on, function: id, functions, places };
  const walk: Walk = { matter, scope, on, decider, delegable: of?.state.delegable };
  const reserved = yield* reservedElsewhere(walk);
  const away = reserved ?? (yield* givenAway(walk));
  const found = yield* chainsTo(walk);
  const cited = yield* unusedCitation(walk, found);
  const chains = [...found, ...(cited ? [cited] : [])].toSorted(byVerdict);
  const part = (of_: readonly Chain[], parent?: string): Part => ({
    decider,
    function: id,
    ...(parent !== undefined && { parent }),
    verdict: away ? 'NOT_AUTHORISED' : anyOf(of_.map(chainVerdict)),
    chains: of_,
    ...(away && { failure: away }),
    missing: of_.flatMap((one) => (one.failure ? [] : one.missing)),
  });
  if (parents.length === 0 || away) return [part(chains)];
  // A power that somebody else gave counts for none of the parents.
  return parents.map((parent) => {
    const theirs = chains.filter(({ grantedBy, principal }) => (grantedBy ?? principal) === parent);
    if (theirs.length > 0) return part(theirs, parent);
    const it = { aggregate: 'organisation', id: parent } as const;
    const why = `no delegation of ${marked({ aggregate: 'function', id })} by ${marked(it)} to ${markedActor(decider)} is recorded`;
    return { ...part([], parent), failure: failure('HOLDER', it, why, 'one by each parent', 'BR-055') };
  });
}

/** That the matter is reserved to another body of the same organisation, whatever was delegated (BR-053). */
function* reservedElsewhere(walk: Walk): Asking<Failure | undefined> {
  const { decider, on } = walk;
  const known =
    decider.kind === 'body' || decider.kind === 'seat'
      ? yield* point<BodyRead & SeatRead>(decider.kind, decider.id, on)
      : undefined;
  const own = [
    ...(known?.state.owners ?? []),
    ...(known?.state.organisation === undefined ? [] : [known.state.organisation]),
  ];
  for (const organisation of own) {
    const { failure: why } = yield* againstReservations(walk, { met: [decider], edges: [] }, organisation);
    if (why) return why;
  }
  return undefined;
}

/** A delegation by which whoever decides gave the power away, for others to exercise alone. */
function* givenAway({ decider, on, scope }: Walk): Asking<Failure | undefined> {
  if (decider.kind === 'person') return undefined;
  const by = { body: 'grantedByBody', organisation: 'grantedByOrganisation', seat: 'grantedBySeat' }[decider.kind];
  const granted: readonly Known<DelegationRead>[] = yield* under<DelegationRead>('delegation', by, [decider.id], on);
  for (const { id, state, begun } of granted) {
    if (state.exclusive !== true || !begun || state.holds === 'NO' || state.status !== 'IN_FORCE') continue;
    if (!coversFunction(scope, state.catalogueFunctions ?? [])) continue;
    const isElsewhere = state.places?.length && placesOutside(scope, state.places).length === scope.places.length;
    if (isElsewhere && scope.places.length > 0) continue;
    const found = `${marked(delegationNamed(id))} leaves it to others alone`;
    return failure('EXCLUSIVE', delegationNamed(id), found, 'whoever it was left to');
  }
  return undefined;
}

const undetermined = (missing: readonly MissingDatum[]): Part => ({
  verdict: 'CANNOT_DETERMINE',
  chains: [],
  missing,
});

const RANK: Readonly<Record<AuthorityVerdict, number>> = { AUTHORISED: 0, CANNOT_DETERMINE: 1, NOT_AUTHORISED: 2 };

/** Those that hold first, of those the shortest; last what leads nowhere at all. */
const byVerdict = (a: Chain, b: Chain): number =>
  RANK[chainVerdict(a)] - RANK[chainVerdict(b)] || length(a) - length(b) || (key(a) < key(b) ? -1 : 1);

const length = ({ hops }: Chain): number => (hops.length === 0 ? Number.MAX_SAFE_INTEGER : hops.length);

const key = ({ hops }: Chain): string => hops.map(({ by }) => `${by.aggregate}/${by.id}`).join(' ');
