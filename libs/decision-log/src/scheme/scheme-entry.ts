import { dayInWords, inWords, limitInWords } from '#governance';
import type {
  ApprovalView,
  ConditionView,
  DelegationView,
  HoldingView,
  InstrumentView,
  Lapse,
  ReservationView,
} from '#register';
import type { Detail } from '../document.js';
import type { Lookups } from '../names.js';
import { capital, detail, onOneLine } from '../plain.js';
import { called, heldByInWords, Parties, partyInWords } from './parties.js';
import type { Holders } from './posts.js';
import type { Party, SchemeEntry } from './scheme.js';
import { standingOf } from './standing.js';

/** An entry before it has a place. */
export type Unplaced = Omit<SchemeEntry, 'place'>;

/** What an entry is made of: a delegation or a reservation, and what it has lapsed with. */
export type SchemeRecord = { readonly subject: string; readonly lapse: Lapse | undefined } & (
  | { readonly kind: 'DELEGATED'; readonly state: DelegationView & HoldingView }
  | { readonly kind: 'RESERVED'; readonly state: ReservationView & HoldingView }
);

/** One delegation or reservation in words, as far as whoever reads may see what it names. */
export const schemeEntryOf = (record: SchemeRecord, lookups: Lookups, holders: Holders): Unplaced => {
  const parties = new Parties(lookups, holders);
  const { kind, subject, state, lapse } = record;
  const isGranted = kind === 'DELEGATED';
  const granted: Partial<DelegationView> = isGranted ? state : {};
  const reserved: Partial<ReservationView> = isGranted ? {} : state;
  const limits = isGranted ? (state.limits ?? []) : [state.above ?? []].flat();
  const facts = {
    ...{ kind, subject },
    ...standingOf(state, lapse, invalidityOf(state, lookups)),
    functions: (state.catalogueFunctions ?? []).map((id) => called('function', id, lookups)),
    words: state.functions.map(onOneLine),
    from: isGranted ? parties.grantors(state) : [],
    to: isGranted ? parties.delegates(state) : parties.reservedTo(state),
    onBehalfOf: granted.onBehalfOf === undefined ? null : called('organisation', granted.onBehalfOf, lookups),
    powers: granted.powers ?? [],
    places: (state.places ?? []).map((id) => called('place', id, lookups)),
    scope: scopeOf(granted),
    limits,
    conditions: (granted.conditions ?? []).map((one) => shownCondition(one, lookups)),
    onward: granted.onward ?? null,
    onwardDepth: granted.onwardDepth ?? null,
    instrument: state.instrument === undefined ? null : called('instrument', state.instrument, lookups),
    version: state.version ?? null,
    clause: state.clause ?? null,
    madeByDecision:
      granted.madeByDecision === undefined || lookups.isWithheld(granted.madeByDecision)
        ? null
        : called('decision', granted.madeByDecision, lookups),
    inForceFrom: state.start.day,
    reviewOn: granted.reviewOn ?? null,
    note: state.note ?? null,
  };
  const details = detailsOf(facts, {
    text: reserved.text,
    excluded: (granted.excludedProviders ?? []).map((id) => called('organisation', id, lookups).name),
    exclusive: granted.exclusive,
    noticeDays: granted.noticeDays,
    approvals: (granted.approvals ?? []).flatMap((one) => approvalInWords(one, lookups)),
    approvedBy: granted.approvedBy,
    upstream: granted.upstreamRoute && inWords(granted.upstreamRoute),
  });
  return { ...facts, details, text: textOf(facts) };
};

/** Why the version of the document that makes it is not valid, where that is recorded by the day. */
function invalidityOf({ instrument, version }: DelegationView | ReservationView, lookups: Lookups): string | undefined {
  if (instrument === undefined || version === undefined) return undefined;
  const { invalidVersions = [] } = lookups.stateOf<InstrumentView>('instrument', instrument) ?? {};
  const found = invalidVersions.find((one) => one.version === version);
  if (!found) return undefined;
  const name = called('instrument', instrument, lookups).name;
  return `version ${version} of ${name} was found never to have been valid: ${onOneLine(found.because)}`;
}

type Facts = Omit<Unplaced, 'details' | 'text'>;

/** What machines are not given apart. */
interface Beside {
  readonly text: string | undefined;
  readonly excluded: readonly string[];
  readonly exclusive: boolean | undefined;
  readonly noticeDays: number | undefined;
  readonly approvals: readonly string[];
  readonly approvedBy: string | undefined;
  readonly upstream: string | undefined;
}

function detailsOf(facts: Facts, beside: Beside): readonly Detail[] {
  const { kind, functions, words, from, to, limits, conditions, instrument, version, clause } = facts;
  const isGranted = kind === 'DELEGATED';
  return [
    ...several(
      'Function',
      functions.map(({ name }) => name),
    ),
    ...several('In the words of the source', words),
    ...detail('How the source says it', beside.text),
    ...several(
      'Delegated by',
      from.map(({ name }) => name),
    ),
    ...several(
      isGranted ? 'Delegated to' : 'Reserved to',
      to.map(({ name }) => name),
    ),
    ...several(
      'Who holds the post that day',
      [...from, ...to].filter(isPost).map((one) => `${one.name}: ${heldByInWords(one)}`),
    ),
    ...detail('On behalf of', facts.onBehalfOf?.name),
    ...several(
      'What they may do',
      facts.powers.map((power) => capital(inWords(power))),
    ),
    ...several(
      'Places',
      facts.places.map(({ name }) => name),
    ),
    ...several('Limited to', facts.scope),
    ...several('Nothing bought from', beside.excluded),
    ...several(isGranted ? 'Limit' : 'Reserved above', limits.map(limitInWords)),
    ...several('Conditions', conditions.map(conditionInWords)),
    ...detail('Whoever delegates', exclusiveInWords(beside.exclusive)),
    ...detail('Passing it on', onwardInWords(facts)),
    ...detail('Comes from above', beside.upstream && capital(beside.upstream)),
    ...several('Made by', madeBy(instrument?.name, version, clause)),
    ...detail('Made by the decision', facts.madeByDecision?.name),
    ...several('Approved', [
      ...beside.approvals,
      ...(beside.approvedBy === undefined ? [] : [onOneLine(beside.approvedBy)]),
    ]),
    ...detail('Standing', facts.standingInWords),
    ...detail('Review by', facts.reviewOn === null ? undefined : dayInWords(facts.reviewOn)),
    ...detail('Notice', beside.noticeDays === undefined ? undefined : `${beside.noticeDays} days`),
    ...detail('Note', facts.note ?? undefined),
  ];
}

const isPost = ({ kind }: Party): boolean => kind === 'POST';

const several = (label: string, values: readonly string[]): Detail[] => {
  const [one] = values.length === 0 ? [] : detail(label, values[0]);
  return one ? [{ label, values: values.flatMap((value) => detail(label, value)[0]?.values ?? []) }] : [];
};

export const madeBy = (
  instrument: string | undefined,
  version: string | null,
  clause: string | null,
): readonly string[] => {
  const parts = [instrument, version === null ? undefined : `version ${version}`, clause ?? undefined];
  const said = parts.filter((part) => part !== undefined).join(', ');
  return said === '' ? [] : [said];
};

const exclusiveInWords = (exclusive: boolean | undefined): string | undefined => {
  if (exclusive === undefined) return undefined;
  return exclusive ? 'May no longer act' : 'May still act';
};

export const onwardInWords = ({ onward, onwardDepth }: Pick<Facts, 'onward' | 'onwardDepth'>): string | undefined => {
  const times = onwardDepth === null ? '' : onwardDepth === 1 ? 'once' : `${onwardDepth} times, one after the other`;
  if (onward === null) return onwardDepth === null ? undefined : onwardDepth === 0 ? 'Prohibited' : capital(times);
  const whether = onward === 'WITH_CONSENT' ? 'Permitted with consent' : capital(inWords(onward));
  return onward === 'PROHIBITED' || times === '' ? whether : `${whether}, ${times}`;
};

export const conditionInWords = ({
  text,
  kind,
  applies,
  with: whom,
  state,
  because,
}: SchemeEntry['conditions'][number]): string => {
  const sort = kind === 'OTHER' ? undefined : `${inWords(kind)}${whom === undefined ? '' : ` with ${whom}`}`;
  const where =
    applies === 'STANDING'
      ? `at all times; ${state === undefined ? 'not recorded whether it is met' : stateInWords(state)}${because === undefined ? '' : `: ${because}`}`
      : 'for each decision';
  return `“${onOneLine(text)}” (${[sort, where].filter(Boolean).join(', ')})`;
};

const stateInWords = (state: NonNullable<ConditionView['state']>): string =>
  state === 'NOT_RECORDED' ? 'not recorded whether it is met' : inWords(state);

function scopeOf({ scope }: Partial<DelegationView>): readonly string[] {
  const { service, population, place, exclusions } = scope ?? {};
  const without = exclusions?.length ? [`without ${exclusions.join(', ')}`] : [];
  return [...[service, population, place].flatMap((part) => part ?? []), ...without].map(onOneLine);
}

/** Without the decision that met it; where whoever reads may not know of that, without what shows that it is met, too. */
function shownCondition(
  { decision, ...condition }: ConditionView,
  { isWithheld }: Lookups,
): SchemeEntry['conditions'][number] {
  if (decision === undefined || !isWithheld(decision)) return condition;
  const { evidence: _, ...shown } = condition;
  return shown;
}

/** Nothing where only a decision approved of which whoever reads may not know. */
function approvalInWords(
  { organisation, body, name, decision, on }: ApprovalView,
  lookups: Lookups,
): readonly string[] {
  const isSeen = decision !== undefined && !lookups.isWithheld(decision);
  const who = [
    ...(body === undefined ? [] : [called('body', body, lookups).name]),
    ...(organisation === undefined ? [] : [called('organisation', organisation, lookups).name]),
    ...(name === undefined ? [] : [onOneLine(name)]),
    ...(isSeen ? [`decision ${called('decision', decision, lookups).name}`] : []),
  ];
  return who.length === 0 ? [] : [`${who.join(', ')}${on === undefined ? '' : ` on ${dayInWords(on)}`}`];
}

/** `Approve contracts: delegated by ICB Board to Chief finance officer (Ann Archer), up to £1,000.00 per decision.` */
function textOf(facts: Facts): string {
  const { kind, functions, words, from, to, limits, places, conditions, instrument, version, clause } = facts;
  const amounts = limits.map(limitInWords).join('; ');
  const how = [
    kind === 'RESERVED'
      ? `reserved to ${to.map(partyInWords).join('; ') || 'nobody who is named'}`
      : `delegated${from.length === 0 ? '' : ` by ${from.map(partyInWords).join('; ')}`} to ${to.map(partyInWords).join('; ') || 'nobody who is named'}`,
    ...(places.length === 0 ? [] : [`for ${places.map(({ name }) => name).join(', ')}`]),
    ...(amounts === '' ? [] : [`${kind === 'RESERVED' ? 'above' : 'up to'} ${amounts}`]),
    ...(conditions.length === 0 ? [] : [`with ${withCount(conditions.length, 'condition')}`]),
    ...madeBy(instrument?.name, version, clause).map((by) => `by ${by}`),
  ];
  const what = [...new Set([...functions.map(({ name }) => name), ...words])].join('; ');
  return `${capital(what)}: ${how.join(', ')}. ${facts.standingInWords}`;
}

const withCount = (count: number, one: string): string => (count === 1 ? `a ${one}` : `${count} ${one}s`);
