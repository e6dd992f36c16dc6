import { everyInWords, inWords, named, subjectOf, type OrganisationKind } from '#governance';
import {
  lapsed,
  type DelegationView,
  type FunctionHoldingView,
  type FunctionView,
  type HoldingView,
  type Place,
  type Register,
  type Shown,
} from '#register';
import type { LogBasis, ReaderClass } from '../document.js';
import { namesFor } from '../context.js';
import type { Lookups } from '../names.js';
import { byText, onOneLine } from '../plain.js';
import type { LogSource } from '../source.js';
import { called } from './parties.js';
import { actsThrough, type ActsThrough } from './held.js';
import { entriesOf, grantedThrough, once } from './gather-scheme.js';
import type { Unplaced } from './scheme-entry.js';
import type { Called } from './scheme.js';
import { whole } from './whole-list.js';

/** Who holds a function in law. */
export interface MapHolder {
  /** Global id of the organisation; null where all of a kind hold it. */
  readonly subject: string | null;
  readonly name: string;
  /** By which route, and where that stands: `conferred, NHS Act 2006, s. 3`. */
  readonly how: string;
}

/** A function, who holds it, and who delegates it to whom. */
export interface MapFunction {
  /** Of a catalogue; null where only the words of the source are there. */
  readonly function: Called | null;
  readonly title: string;
  readonly heldBy: readonly MapHolder[];
  readonly delegations: readonly Unplaced[];
}

/** Functions and decisions of an organisation, or for a place, on a day: who holds them, who delegates them to whom. */
export interface FunctionsMap {
  readonly head: MapHead;
  /** By name. */
  readonly functions: readonly MapFunction[];
  /** Each delegation once, whatever functions it is of. */
  readonly delegations: readonly Unplaced[];
}

export interface MapHead {
  readonly of: Called & { readonly aggregate: 'organisation' | 'place'; readonly id: string };
  readonly basis: LogBasis;
  readonly reader: ReaderClass;
}

type Holding = Shown<FunctionHoldingView & HoldingView>;
type Delegation = Shown<DelegationView & HoldingView>;

/** @param kind of the organisation: what every one of its kind holds, it holds as well. */
export const gatherMap = async (
  source: LogSource,
  head: MapHead,
  kind: OrganisationKind | undefined,
): Promise<FunctionsMap> => {
  const { register } = source;
  const { basis, of } = head;
  const found =
    of.aggregate === 'place'
      ? await forPlace(register, of.id, basis)
      : await ofOrganisation(register, of.id, kind, basis);
  const exercised = found.delegations.flatMap(({ state }) => state.catalogueFunctions ?? []);
  const wider = await widerFunctions(register, exercised, basis);
  const others = await holdings(
    register,
    { function: [...new Set([...wider.keys(), ...[...wider.values()].flat()])] },
    basis,
  );
  const held = once([...found.holdings, ...others]);
  const delegations = await entriesOf(source, head, found.delegations, []);
  const names = namesFor(source, basis, head.reader);
  const holders = await names.tellEach(held, ({ state }, lookups) => {
    const [whose, holder] = [called('function', state.function, lookups), holderOf(state, lookups)];
    // Whoever holds a function holds what is part of it.
    const parts = [...wider].flatMap(([id, above]) => (above.includes(state.function) ? [id] : []));
    return [
      { function: whose, holder },
      ...parts.map((id) => ({
        function: called('function', id, lookups),
        holder: { ...holder, how: `${holder.how}, as part of “${whose.name}”` },
      })),
    ];
  });
  return { head, functions: grouped(holders.flat(), delegations), delegations };
};

/** Of each function those that it is part of, however far up, on the day. */
async function widerFunctions(
  register: Register,
  ids: readonly string[],
  place: Place,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const above = new Map<string, string>();
  for (let level = [...new Set(ids)]; level.length > 0;) {
    const found = await register.pointMany<FunctionView>('function', level, place);
    const next: string[] = [];
    for (const [id, answer] of found) {
      const partOf = answer.kind === 'found' ? answer.state.partOf : undefined;
      if (partOf === undefined) continue;
      above.set(id, partOf);
      if (!above.has(partOf)) next.push(partOf);
    }
    level = [...new Set(next)];
  }
  const upFrom = (id: string): readonly string[] => {
    const way: string[] = [];
    for (let at = above.get(id); at !== undefined && !way.includes(at); at = above.get(at)) way.push(at);
    return way;
  };
  return new Map([...new Set(ids)].map((id) => [id, upFrom(id)]));
}

interface Found {
  readonly delegations: readonly Delegation[];
  readonly holdings: readonly Holding[];
}

async function ofOrganisation(
  register: Register,
  organisation: string,
  kind: OrganisationKind | undefined,
  place: Place,
): Promise<Found> {
  const through = await actsThrough(register, organisation, place);
  const granted = await grantedThrough(register, through, place);
  const received = await receivedThrough(register, through, place);
  return {
    delegations: once([...granted, ...received]),
    holdings: [
      ...(await holdings(register, { organisation: [organisation] }, place)),
      ...(kind === undefined ? [] : await holdings(register, { organisationKind: [kind] }, place)),
    ],
  };
}

async function receivedThrough(
  register: Register,
  { organisation, bodies, shared, seats, persons }: ActsThrough,
  place: Place,
): Promise<readonly Delegation[]> {
  const by = async (column: string, values: readonly string[]) =>
    values.length === 0
      ? []
      : whole<Delegation['state']>(register, 'delegation', { where: { [column]: values } }, place);
  const isOurs = ({ state }: Delegation): boolean =>
    state.onBehalfOf === undefined || state.onBehalfOf === organisation;
  const isOfOwnBody = ({ state }: Delegation): boolean =>
    (state.delegateBodies ?? []).some((id) => bodies.includes(id) && !shared.has(id));
  return [
    ...(await by('delegateOrganisation', [organisation])),
    ...(await by('delegateBody', bodies)).filter((one) => isOfOwnBody(one) || isOurs(one)),
    ...(await by('delegateSeat', seats)),
    ...(await by('delegatePerson', persons)).filter(isOurs),
  ];
}

/** What names the place, or a place within it; what names none reaches everywhere, and is not of it. */
async function forPlace(register: Register, id: string, place: Place): Promise<Found> {
  const within = new Set([id]);
  for (let above: readonly string[] = [id]; above.length > 0;) {
    const below = await whole(register, 'place', { where: { parents: above } }, place);
    above = below.flatMap((one) => (within.has(one.id) ? [] : [one.id]));
    for (const one of above) within.add(one);
  }
  const places = [...within];
  return {
    delegations: await whole<Delegation['state']>(register, 'delegation', { where: { places } }, place),
    holdings: await holdings(register, { places }, place),
  };
}

function holdings(
  register: Register,
  where: Readonly<Record<string, readonly string[]>>,
  place: Place,
): Promise<readonly Holding[]> {
  const over = lapsed('functionHolding');
  if (Object.values(where).some((values) => values.length === 0)) return Promise.resolve([]);
  return whole<Holding['state']>(
    register,
    'functionHolding',
    { where, ...(over && { restriction: { not: over } }) },
    place,
  );
}

function holderOf(state: FunctionHoldingView & HoldingView, lookups: Lookups): MapHolder {
  const { organisation, organisationKind = 'OTHER', route, statute, provision, fromOrganisation, services } = state;
  const from = fromOrganisation === undefined ? '' : ` from ${named(lookups.nameOf, 'organisation', fromOrganisation)}`;
  const how = [
    `${inWords(route)}${from}`,
    ...[statute, provision].flatMap((part) => part ?? []),
    ...(services?.length ? [`for ${services.join(', ')}`] : []),
    ...(state.holds === 'NOT_KNOWN' ? ['not known whether still'] : []),
  ];
  return {
    subject: organisation === undefined ? null : subjectOf('organisation', organisation),
    name:
      organisation === undefined ? everyInWords(organisationKind) : called('organisation', organisation, lookups).name,
    how: onOneLine(how.join(', ')),
  };
}

/** Function by function: those of a catalogue by their ids, others by the words of the source. */
function grouped(
  holders: readonly { readonly function: Called; readonly holder: MapHolder }[],
  delegations: readonly Unplaced[],
): readonly MapFunction[] {
  interface Growing {
    readonly function: Called | null;
    readonly title: string;
    readonly heldBy: MapHolder[];
    readonly delegations: Unplaced[];
  }
  const all = new Map<string, Growing>();
  const of = (key: string, found: Called | null, title: string): Growing => {
    const there = all.get(key) ?? { function: found, title, heldBy: [], delegations: [] };
    all.set(key, there);
    return there;
  };
  for (const { function: held, holder } of holders) of(held.subject, held, held.name).heldBy.push(holder);
  for (const delegation of delegations) {
    for (const one of delegation.functions) of(one.subject, one, one.name).delegations.push(delegation);
    if (delegation.functions.length > 0) continue;
    for (const words of delegation.words) of(`“${words.toLowerCase()}”`, null, words).delegations.push(delegation);
  }
  const inOrder = (a: { readonly key: string }, b: { readonly key: string }): number => byText(a.key, b.key);
  return [...all]
    .map(([key, one]) => ({ key: `${one.title.toLowerCase()}\n${key}`, one }))
    .toSorted(inOrder)
    .map(({ one }) => ({
      ...one,
      heldBy: one.heldBy.toSorted((a, b) => byText(`${a.name}\n${a.how}`, `${b.name}\n${b.how}`)),
      delegations: one.delegations.toSorted((a, b) => byText(keyOf(a), keyOf(b))),
    }));
}

const keyOf = ({ from, to, subject }: Unplaced): string =>
  [...[from, to].map((some) => some.map(({ name }) => name).join('; ')), subject].join('\n');
