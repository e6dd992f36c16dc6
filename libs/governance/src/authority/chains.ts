import { inStep, point, readAhead, under, type Asking, type Known } from '../facts.js';
import type { Actor, Chain, Failure, Hop, MissingDatum } from './authority.js';
import { againstEdge, standingOf } from './edge.js';
import { grantorOf } from './grantor.js';
import { hatsOf } from './hat.js';
import { againstWhole, holderOf } from './holder.js';
import { againstOnward } from './onward.js';
import { APEX_BODIES } from './bodies.js';
import type { BodyRead, DelegationRead } from './readings.js';
import { coversFunction } from './scope.js';
import { delegationNamed, failure, sameActor, type Edge, type Path, type Walk } from './walk.js';
import { limitInWords } from '../delegation/limit.sentences.js';
import { marked, markedActor } from './words.js';

/** Links that a chain has at most, and chains that one search tells of: more than any scheme of delegation has. */
const LONGEST = 24;
const MOST = 200;

/** Under which list a delegation names each kind of delegate. */
const DELEGATES = {
  organisation: ['delegateOrganisation', 'delegateOrganisations'],
  body: ['delegateBody', 'delegateBodies'],
  seat: ['delegateSeat', 'delegateSeats'],
  person: ['delegatePerson', 'delegatePersons'],
} as const;

/** Every way by which the power may have come to somebody, searched upwards from them to whoever holds the function. */
export function* chainsTo(walk: Walk): Asking<readonly Chain[]> {
  if (walk.decider.kind === 'body') yield* readAhead([{ kind: 'ahead', body: walk.decider.id }]);
  const start: Path = { at: walk.decider, hops: [], edges: [], missing: [], met: [walk.decider] };
  const told: Chain[] = [];
  let paths: readonly Path[] = [start];
  while (paths.length > 0 && told.length < MOST) {
    const steps = yield* inStep(paths.map((path) => step(walk, path)));
    told.push(...steps.flatMap(({ ended }) => ended));
    paths = steps.flatMap(({ further }) => further).slice(0, MOST);
  }
  return told.slice(0, MOST);
}

interface Step {
  readonly ended: readonly Chain[];
  readonly further: readonly Path[];
}

function* step(walk: Walk, path: Path): Asking<Step> {
  const ways = yield* inStep<Step>([fromLaw(walk, path), byDelegation(walk, path), byOffice(walk, path)]);
  if (leadsOn(ways))
    return { ended: ways.flatMap(({ ended }) => ended), further: ways.flatMap(({ further }) => further) };
  // Of what does not cover the function is told only where nothing else leads there.
  const beside = yield* byOtherFunctions(walk, path);
  if (leadsOn([beside])) return beside;
  const named = marked({ aggregate: 'function', id: walk.scope.function });
  const found = `no delegation of ${named} to ${markedActor(path.at)} is recorded`;
  const needed = 'one, or that it holds the function in law';
  const at = { aggregate: path.at.kind, id: path.at.id };
  return ended(chain(walk, path, failure('HOLDER', at, found, needed, 'BR-050')));
}

const leadsOn = (ways: readonly Step[]): boolean => ways.some((way) => way.ended.length + way.further.length > 0);

/** An organisation that holds the function, or the body by which it acts. */
function* fromLaw(walk: Walk, path: Path): Asking<Step> {
  const { at } = path;
  if (at.kind === 'body') {
    const body = yield* point<BodyRead>('body', at.id, walk.on);
    if (!body?.begun || !APEX_BODIES.has(body.state.kind)) return NOWHERE;
    const owners = body.state.owners ?? [];
    return further(
      owners.map((id) => {
        const from: Actor = { kind: 'organisation', id };
        const up = climbed(path, from, { ...hopOf('ACTS_FOR', from, at, body, 'body'), notes: [] });
        return path.edges.length === 0 ? { ...up, grantedBy: id } : up;
      }),
    );
  }
  if (at.kind !== 'organisation') return NOWHERE;
  const holder = yield* holderOf(walk, at.id);
  if (holder.kind === 'holds') {
    const hop: Hop = { ...hopOf('HOLDS_FUNCTION', undefined, at, holder.by, 'functionHolding'), notes: [] };
    const whole = yield* againstWhole(walk, path, at.id);
    const missing = [...path.missing, ...whole.missing];
    const hops = [...path.hops, hop];
    return ended(chain(walk, { ...path, hops, missing }, whole.failure, at.id));
  }
  // Where others delegate to it, what those chains say is what counts.
  const granted = yield* delegationsTo(walk, at);
  if (granted.some((known) => mayCover(walk, known))) return NOWHERE;
  if (holder.kind === 'missing') return ended(chain(walk, { ...path, missing: [...path.missing, holder.missing] }));
  return ended(chain(walk, path, holder.failure));
}

/** Delegations to somebody that may be meant, as they stand on the day. */
function* delegationsTo(walk: Walk, to: Actor): Asking<readonly Known<DelegationRead>[]> {
  const [list, field] = DELEGATES[to.kind];
  const all = yield* under<DelegationRead>('delegation', list, [to.id], walk.on);
  const theirs = all.filter(({ begun, state }) => !begun || state[field]?.includes(to.id));
  return theirs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function* byDelegation(walk: Walk, path: Path): Asking<Step> {
  const all = yield* delegationsTo(walk, path.at);
  return yield* overEach(
    walk,
    path,
    all.filter((known) => mayCover(walk, known)),
  );
}

/** Delegations of other functions: those by which somebody passes on what they were never given, or that a decision names. */
function* byOtherFunctions(walk: Walk, path: Path): Asking<Step> {
  const all = yield* delegationsTo(walk, path.at);
  const isMeant = ({ id }: Known): boolean => path.edges.length > 0 || id === walk.matter.delegation;
  return yield* overEach(
    walk,
    path,
    all.filter((known) => !mayCover(walk, known) && isMeant(known)),
  );
}

const mayCover = ({ scope }: Walk, { state: { catalogueFunctions } }: Known<DelegationRead>): boolean =>
  !catalogueFunctions?.length || coversFunction(scope, catalogueFunctions);

function* overEach(walk: Walk, path: Path, delegations: readonly Known<DelegationRead>[]): Asking<Step> {
  const steps = yield* inStep(delegations.map((known) => overEdge(walk, path, known)));
  return { ended: steps.flatMap((one) => one.ended), further: steps.flatMap((one) => one.further) };
}

/** One delegation upwards: its own terms, whether its power could go on, and who granted it. */
export function* overEdge(walk: Walk, path: Path, delegation: Known<DelegationRead>): Asking<Step> {
  const standing = yield* standingOf(delegation, walk.on);
  const edge: Edge = { known: standing.known, to: path.at };
  const grantor = yield* grantorOf(walk, edge.known);
  const tested = standing.failure
    ? { failure: standing.failure, missing: [], notes: [] }
    : yield* againstEdge(walk, edge, path.edges[0]);
  const onward = tested.failure ? NOTHING : yield* againstOnward(walk, edge, path.edges);
  const { instrument, version, clause, limits, places, termEnds } = edge.known.state;
  const from = grantor.grantor;
  const hop: Hop = {
    ...hopOf('DELEGATED', from, path.at, edge.known, 'delegation'),
    terms: {
      ...(instrument !== undefined && { instrument }),
      ...(version !== undefined && { version }),
      ...(clause !== undefined && { clause }),
      ...(limits && { limits }),
      ...(places && { places }),
      ...(termEnds !== undefined && { termEnds }),
    },
    ...(standing.notes.length > 0 && { leftOut: standing.notes }),
    notes: [...(limits ?? []).map((limit) => `up to ${limitInWords(limit)}`), ...standing.notes, ...tested.notes],
  };
  const missing = [...path.missing, ...tested.missing, ...onward.missing, ...grantor.missing];
  const by = path.edges.length === 0 ? grantor.organisation : path.grantedBy;
  const next: Path = {
    at: from ?? path.at,
    hops: [...path.hops, hop],
    edges: [...path.edges, edge],
    missing,
    met: from ? [...path.met, from] : path.met,
    ...(by !== undefined && { grantedBy: by }),
  };
  const failed = tested.failure ?? onward.failure ?? grantor.failure ?? circling(path, from, edge);
  if (failed || !from) return ended(chain(walk, next, failed));
  return further([next]);
}

const circling = (path: Path, from: Actor | undefined, edge: Edge): Failure | undefined => {
  if (!from) return undefined;
  if (path.met.some((met) => sameActor(met, from))) {
    const found = `the chain comes back to ${markedActor(from)}`;
    return failure('CYCLE', delegationNamed(edge.known.id), found, 'somebody who holds the function', 'BR-072');
  }
  if (path.hops.length < LONGEST) return undefined;
  return failure('CYCLE', delegationNamed(edge.known.id), `the chain is longer than ${LONGEST} links`, 'a shorter one');
};

/** The posts that a person holds on the day. */
function* byOffice(walk: Walk, path: Path): Asking<Step> {
  if (path.at.kind !== 'person') return NOWHERE;
  const { held, failed } = yield* hatsOf(walk, path);
  return {
    further: held.map(({ known, seat, missing }) => {
      const from: Actor = { kind: 'seat', id: seat };
      const up = climbed(path, from, { ...hopOf('HOLDS_POST', from, path.at, known, 'appointment'), notes: [] });
      return { ...up, missing: [...up.missing, ...missing] };
    }),
    ended: failed.map(({ known, seat, failure: why }) => {
      const from: Actor = { kind: 'seat', id: seat };
      const hop: Hop = { ...hopOf('HOLDS_POST', from, path.at, known, 'appointment'), notes: [] };
      return chain(walk, { ...path, hops: [...path.hops, hop] }, why);
    }),
  };
}

const NOWHERE: Step = { ended: [], further: [] };
const NOTHING: { readonly failure?: Failure; readonly missing: readonly MissingDatum[] } = { missing: [] };
const ended = (...chains: readonly Chain[]): Step => ({ ended: chains, further: [] });
const further = (paths: readonly Path[]): Step => ({ ended: [], further: paths });

const climbed = (path: Path, to: Actor, hop: Hop): Path => ({
  ...path,
  at: to,
  hops: [...path.hops, hop],
  met: [...path.met, to],
});

const hopOf = (
  kind: Hop['kind'],
  from: Actor | undefined,
  to: Actor,
  { id, from: since, to: until, recordedFrom }: Known,
  aggregate: Hop['by']['aggregate'],
): Omit<Hop, 'notes'> => ({ kind, ...(from && { from }), to, by: { aggregate, id }, since, until, recordedFrom });

/** A path told from its head down. */
const chain = (walk: Walk, path: Path, why?: Failure, principal?: string): Chain => ({
  function: walk.scope.function,
  hops: path.hops.toReversed(),
  missing: path.missing,
  ...(why && { failure: why }),
  ...(principal !== undefined && { principal }),
  ...(path.grantedBy !== undefined && { grantedBy: path.grantedBy }),
});
