import { point, points, under, type Asking, type Known } from '../facts.js';
import type { HoldingRoute } from '../function/holding.events.js';
import { dayInWords } from '../wording.js';
import { type Chain, type Failure, type MissingDatum } from './authority.js';
import { lacking } from './matter.js';
import { isPlaceholder } from '#kernel';
import type { BodyRead, HoldingRead, InstrumentRead, OrganisationRead, ReservationRead } from './readings.js';
import { placesOutside } from './scope.js';
import { failure, type Path, type Walk } from './walk.js';
import { limitInWords } from '../delegation/limit.sentences.js';
import { marked, markedActor } from './words.js';

/** The organisation at the head of a chain, and whether it holds the function on the day. */
export type HolderFinding =
  | { readonly kind: 'holds'; readonly by: Known<HoldingRead> }
  | { readonly kind: 'not'; readonly failure: Failure }
  | { readonly kind: 'missing'; readonly missing: MissingDatum };

/** Whether an organisation holds the function: by itself, or as one of its kind on which the law confers it. */
export function* holderOf(walk: Walk, organisation: string): Asking<HolderFinding> {
  const { scope, on } = walk;
  const it = { aggregate: 'organisation', id: organisation } as const;
  const of = yield* point<OrganisationRead>('organisation', organisation, on);
  const all = yield* under<HoldingRead>('functionHolding', 'function', scope.functions, on);
  const named = marked({ aggregate: 'function', id: scope.function });
  if (all.length === 0) {
    const datum = `which organisation holds ${named} in law`;
    return {
      kind: 'missing',
      missing: {
        about: { aggregate: 'function', id: scope.function },
        field: 'holders',
        datum,
        recordedBy: 'whoever keeps the catalogue of functions: RecordHolding',
      },
    };
  }
  const own = all.filter(
    ({ state }) => state.organisation === organisation || (of && state.organisationKind === of.state.kind),
  );
  const there = own.filter(({ begun, state }) => begun && state.holds !== 'NO');
  const reaching = there.filter(
    ({ state: { places } }) => !places?.length || placesOutside(scope, places).length === 0,
  );
  const inLaw = reaching.filter(({ state: { route = 'CONFERRED' } }) => IN_LAW.has(route));
  const sure = inLaw.find(({ state }) => state.holds !== 'NOT_KNOWN');
  if (sure) return { kind: 'holds', by: sure };
  const [lent] = reaching.filter((one) => !inLaw.includes(one));
  if (lent && inLaw.length === 0) return { kind: 'missing', missing: termsOf(lent, organisation, named) };
  const [unsure] = inLaw;
  if (unsure) {
    const datum = `whether ${marked(it)} held ${named} on ${dayInWords(on)}`;
    return {
      kind: 'missing',
      missing: {
        about: { aggregate: 'functionHolding', id: unsure.id },
        field: 'start',
        datum,
        recordedBy: 'whoever keeps the catalogue of functions: ChangeHolding',
      },
    };
  }
  const found =
    there.length > 0
      ? `${marked(it)} holds ${named} for other places`
      : own.length > 0
        ? `${marked(it)} did not hold ${named} on ${dayInWords(on)}`
        : `${marked(it)} does not hold ${named}`;
  return { kind: 'not', failure: failure('HOLDER', it, found, 'whoever holds it in law', 'BR-050') };
}

/** Routes by which a function is an organisation's own. By the others somebody else lets it exercise theirs. */
const IN_LAW: ReadonlySet<HoldingRoute> = new Set(['CONFERRED', 'TRANSFERRED']);

/** That a function is exercised for another, and no delegation says on what terms. */
function termsOf({ id, state }: Known<HoldingRead>, organisation: string, named: string): MissingDatum {
  const by =
    state.fromOrganisation === undefined
      ? 'whoever holds it'
      : marked({ aggregate: 'organisation', id: state.fromOrganisation });
  return {
    about: { aggregate: 'functionHolding', id },
    field: 'delegations',
    datum: `the delegation by which ${by} lets ${marked({ aggregate: 'organisation', id: organisation })} exercise ${named}, with this function of the catalogue`,
    recordedBy: 'whoever records delegations: GrantDelegation, or VaryDelegation where it is there in words',
  };
}

/** What stands against a whole chain once its head is known: reservations, and on whose behalf it was granted. */
export function* againstWhole(walk: Walk, path: Path, principal: string): Asking<Pick<Chain, 'failure' | 'missing'>> {
  for (const { known } of path.edges) {
    const { onBehalfOf } = known.state;
    if (onBehalfOf === undefined || onBehalfOf === principal) continue;
    const found = `it is exercised for ${marked({ aggregate: 'organisation', id: onBehalfOf })}`;
    const needed = `for ${marked({ aggregate: 'organisation', id: principal })}, whose function it is`;
    return { missing: [], failure: failure('PRINCIPAL', { aggregate: 'delegation', id: known.id }, found, needed) };
  }
  if (walk.delegable === false && path.edges.length > 0) {
    const it = { aggregate: 'function', id: walk.scope.function } as const;
    return { missing: [], failure: failure('ONWARD', it, 'it may not be delegated', 'whoever holds it', 'BR-052') };
  }
  return yield* againstReservations(walk, path, principal);
}

/** Matters reserved are decided by whom they are reserved to, and by nobody below (BR-053). */
export function* againstReservations(
  walk: Walk,
  path: Pick<Path, 'met' | 'edges'>,
  principal: string,
): Asking<Pick<Chain, 'failure' | 'missing'>> {
  const { scope, on, matter, decider } = walk;
  const reservations = yield* under<ReservationRead>('reservation', 'catalogueFunction', scope.functions, on);
  const bodies = yield* points<BodyRead>(
    'body',
    reservations.flatMap(({ state }) => state.body ?? []),
    on,
  );
  const missing: MissingDatum[] = [];
  for (const { id, state, begun } of reservations) {
    if (!begun || state.holds === 'NO' || (yield* isVoid(state, walk))) continue;
    const owners = bodies.find((body) => body.id === state.body)?.state.owners ?? [];
    const isTheirs =
      state.organisation === principal ||
      owners.includes(principal) ||
      path.met.some((actor) => actor.kind === 'body' && actor.id === state.body);
    const isReservedTo =
      (decider.kind === 'body' && decider.id === state.body) || (state.body === undefined && path.edges.length === 0);
    if (!isTheirs || isReservedTo) continue;
    if (
      state.places?.length &&
      scope.places.length > 0 &&
      placesOutside(scope, state.places).length === scope.places.length
    )
      continue;
    const { above } = state;
    const pence = matter.amount && !isPlaceholder(matter.amount) ? matter.amount.pence : undefined;
    if (above && pence === undefined) {
      missing.push(lacking(matter, 'amount', `the amount, above ${limitInWords(above)}, from which it is reserved`));
      continue;
    }
    if (above && above.amount && (pence ?? 0) <= above.amount.pence) continue;
    const to =
      state.body === undefined
        ? { aggregate: 'organisation' as const, id: state.organisation ?? '' }
        : { aggregate: 'body' as const, id: state.body };
    const what = above
      ? `above ${limitInWords(above)} it is reserved to ${marked(to)}`
      : `it is reserved to ${marked(to)}`;
    return {
      missing,
      failure: failure(
        'RESERVED',
        { aggregate: 'reservation', id },
        what,
        `${marked(to)}, and not ${markedActor(decider)}`,
        'BR-053',
      ),
    };
  }
  return { missing };
}

/** Whether the version of the instrument that reserves it was found invalid. */
function* isVoid({ instrument, version }: ReservationRead, { on }: Walk): Asking<boolean> {
  if (instrument === undefined || version === undefined) return false;
  const of = yield* point<InstrumentRead>('instrument', instrument, on);
  return of?.state.invalidVersions?.some((one) => one.version === version) ?? false;
}
