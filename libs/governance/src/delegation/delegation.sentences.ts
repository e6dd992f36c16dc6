import {
  because,
  clausesOf,
  dayInWords,
  daysInWords,
  inBrackets,
  inWords,
  lastDayInWords,
  listed,
  named,
  namedEach,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { Condition } from './condition.js';
import type {
  Approval,
  DelegationEvent,
  DelegationScope,
  DelegationTerm,
  DelegationTerms,
} from './delegation.events.js';
import { limitInWords, soleLimitInWords } from './limit.sentences.js';

const CHANGES: Changes<DelegationTerms & DelegationTerm> = {
  grantedByOrganisation: (id, nameOf) => `it is granted by ${named(nameOf, 'organisation', id)}`,
  grantedByBody: (id, nameOf) => `it is granted by ${named(nameOf, 'body', id)}`,
  grantedBySeat: (id, nameOf) => `it is granted by whoever holds ${named(nameOf, 'seat', id)}`,
  grantedByPerson: (id, nameOf) => `it is granted by ${named(nameOf, 'person', id)}`,
  grantedByName: (name) => `it is granted by ${name}`,
  delegateOrganisations: (ids, nameOf) => `it is held by ${namedEach(nameOf, 'organisation', ids)}`,
  delegateBodies: (ids, nameOf) => `it is held by ${namedEach(nameOf, 'body', ids)}`,
  delegateSeats: (ids, nameOf) => `it is held by whoever holds ${namedEach(nameOf, 'seat', ids)}`,
  delegatePersons: (ids, nameOf) => `it is held by ${namedEach(nameOf, 'person', ids)}`,
  delegateNames: (names) => `it is held by ${listed(names)}`,
  onBehalfOf: (id, nameOf) => `it is used on behalf of ${named(nameOf, 'organisation', id)}`,
  functions: (functions) => `it covers ${listed(functions.map(quoted))}`,
  catalogueFunctions: (ids, nameOf) => `it lets others exercise ${namedEach(nameOf, 'function', ids)}`,
  powers: (powers) => `the powers are: ${powers.map(inWords).join(', ')}`,
  scope: (scope) => `its scope is ${scopeInWords(scope)}`,
  places: (ids, nameOf) => `it reaches to ${namedEach(nameOf, 'place', ids)}`,
  excludedProviders: (ids, nameOf) => `nothing is bought under it from ${namedEach(nameOf, 'organisation', ids)}`,
  limits: (limits) => `its ${limits.length === 1 ? 'limit is' : 'limits are'} ${listed(limits.map(limitInWords))}`,
  conditions: (conditions) =>
    `its ${conditions.length === 1 ? 'condition is' : 'conditions are'} ${listed(conditions.map(conditionInWords))}`,
  exclusive: (exclusive) => (exclusive ? 'whoever granted it may no longer act' : 'whoever granted it may still act'),
  onward: (onward) => `passing it on is ${onward === 'WITH_CONSENT' ? 'permitted with consent' : inWords(onward)}`,
  onwardDepth: (depth) => `it may be passed on ${timesInWords(depth)}`,
  instrument: (id, nameOf) => `it rests on ${named(nameOf, 'instrument', id)}`,
  version: (version) => `it is made by version ${version}`,
  clause: (clause) => `it stands at ${clause}`,
  madeByDecision: (id, nameOf) => `it was made by the decision ${named(nameOf, 'decision', id)}`,
  upstreamRoute: (route) => `the function is ${inWords(route)}`,
  approvedBy: (who) => `it was approved by ${who}`,
  approvals: (approvals, nameOf) => approvalsInWords(approvals, nameOf),
  noticeDays: (days) => `it may be ended with notice of ${daysInWords(days)}`,
  replaces: (id, nameOf) => `it stands in the place of ${named(nameOf, 'delegation', id)}`,
  reviewOn: (day) => `it is to be reviewed on ${dayInWords(day)}`,
  publishedOn: (day) => `it was published on ${dayInWords(day)}`,
  note: (note) => `a note says ${quoted(note)}`,
  to: (to) => `it runs until ${lastDayInWords(to)}`,
};

export const delegationSentence = ({ type, data }: DelegationEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'DelegationGranted': {
      const functions = listed(data.functions.map(quoted));
      const [by, to] = [grantors(data, nameOf), delegates(data, nameOf)];
      const limit = data.limits?.length ? `, up to ${listed(data.limits.map(limitInWords))}` : '';
      const places = data.places?.length ? `, for ${namedEach(nameOf, 'place', data.places)}` : '';
      const exercised = data.catalogueFunctions?.length
        ? `, exercising ${namedEach(nameOf, 'function', data.catalogueFunctions)}`
        : '';
      const until = data.to === undefined ? '' : `, until ${lastDayInWords(data.to)}`;
      const told = `${functions} ${data.functions.length === 1 ? 'was' : 'were'} delegated`;
      return sentence(`${told}${by && ` by ${by}`}${to && ` to ${to}`}${exercised}${places}${limit}${until}`);
    }
    case 'DelegationVaried': {
      const clauses = [...clausesOf(CHANGES, data, nameOf), ...soleLimitInWords(data.soleLimit ?? {})];
      return sentence(clauses.join('; ') || 'nothing was said to change');
    }
    case 'DelegationSuspended':
      return because('the delegation was suspended', data.reason);
    case 'DelegationResumed':
      return because('the delegation is in force again', data.reason);
    case 'DelegationExtended':
      return sentence(`the delegation was extended until ${lastDayInWords(data.to)}`);
    case 'ConditionSatisfied': {
      const by = data.decision === undefined ? '' : ` by the decision ${named(nameOf, 'decision', data.decision)}`;
      return because(`the condition ${quoted(data.condition)} was satisfied${by}`, data.evidence);
    }
    case 'ConditionBreached':
      return because(`the condition ${quoted(data.condition)} was breached`, data.reason);
    case 'DelegationRevoked':
      return because('the delegation was revoked', data.reason);
  }
};

const joined = (parts: readonly string[]): string => (parts.length === 0 ? '' : listed(parts));

function grantors(data: DelegationTerms, nameOf: NameOf): string {
  const { grantedByOrganisation: organisation, grantedByBody: body, grantedByName: name } = data;
  const { grantedBySeat: seat, grantedByPerson: person } = data;
  return joined([
    ...(body === undefined ? [] : [named(nameOf, 'body', body)]),
    ...(organisation === undefined ? [] : [named(nameOf, 'organisation', organisation)]),
    ...(seat === undefined ? [] : [holderOf(seat, nameOf)]),
    ...(person === undefined ? [] : [named(nameOf, 'person', person)]),
    ...(name === undefined ? [] : [name]),
  ]);
}

function delegates(data: DelegationTerms, nameOf: NameOf): string {
  return joined([
    ...(data.delegateOrganisations ?? []).map((id) => named(nameOf, 'organisation', id)),
    ...(data.delegateBodies ?? []).map((id) => named(nameOf, 'body', id)),
    ...(data.delegateSeats ?? []).map((id) => holderOf(id, nameOf)),
    ...(data.delegatePersons ?? []).map((id) => named(nameOf, 'person', id)),
    ...(data.delegateNames ?? []),
  ]);
}

const holderOf = (seat: string, nameOf: NameOf): string => `whoever holds ${named(nameOf, 'seat', seat)}`;

const conditionInWords = ({ key, text, kind, applies, with: whom }: Condition): string =>
  `${quoted(text)}${inBrackets(
    key,
    kind === 'OTHER' ? undefined : `${inWords(kind)}${whom === undefined ? '' : ` with ${whom}`}`,
    applies === 'STANDING' ? 'at all times' : undefined,
  )}`;

function timesInWords(depth: number): string {
  if (depth === 0) return 'no further';
  return depth === 1 ? 'once' : `${depth} times, one after the other`;
}

const approvalsInWords = (approvals: readonly Approval[], nameOf: NameOf): string =>
  approvals
    .map(({ organisation, body, name, decision, on }) => {
      const who = [
        ...(body === undefined ? [] : [named(nameOf, 'body', body)]),
        ...(organisation === undefined ? [] : [named(nameOf, 'organisation', organisation)]),
        ...(name === undefined ? [] : [name]),
        ...(decision === undefined ? [] : [`the decision ${named(nameOf, 'decision', decision)}`]),
      ];
      return `it was approved by ${who.join(', ')}${on === undefined ? '' : ` on ${dayInWords(on)}`}`;
    })
    .join('; ');

function scopeInWords({ service, population, place, exclusions }: DelegationScope): string {
  const without = exclusions?.length ? `without ${exclusions.join(', ')}` : undefined;
  return [service, population, place, without].filter((part) => part !== undefined).join(', ') || 'not stated';
}
