import {
  because,
  changesIn,
  dayInWords,
  inWords,
  lastDayInWords,
  listed,
  moneyInWords,
  named,
  namedEach,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { DelegationEvent, DelegationScope, DelegationTerm, DelegationTerms } from './delegation.events.js';

const CHANGES: Changes<DelegationTerms & DelegationTerm> = {
  grantedByOrganisation: (id, nameOf) => `it is granted by ${named(nameOf, 'organisation', id)}`,
  grantedByBody: (id, nameOf) => `it is granted by ${named(nameOf, 'body', id)}`,
  grantedByName: (name) => `it is granted by ${name}`,
  delegateOrganisations: (ids, nameOf) => `it is held by ${namedEach(nameOf, 'organisation', ids)}`,
  delegateBodies: (ids, nameOf) => `it is held by ${namedEach(nameOf, 'body', ids)}`,
  delegatePersons: (ids, nameOf) => `it is held by ${namedEach(nameOf, 'person', ids)}`,
  delegateNames: (names) => `it is held by ${listed(names)}`,
  functions: (functions) => `it covers ${listed(functions.map(quoted))}`,
  powers: (powers) => `the powers are: ${powers.map(inWords).join(', ')}`,
  scope: (scope) => `its scope is ${scopeInWords(scope)}`,
  places: (ids, nameOf) => `it reaches to ${namedEach(nameOf, 'place', ids)}`,
  limit: (limit) => `its limit is ${moneyInWords(limit)}`,
  limitBasis: (basis) => `the limit is measured ${inWords(basis)}`,
  limitNote: (note) => `on its limit it says ${quoted(note)}`,
  conditions: (conditions) => `its conditions are ${listed(conditions.map(quoted))}`,
  exclusive: (exclusive) => (exclusive ? 'whoever granted it may no longer act' : 'whoever granted it may still act'),
  onward: (onward) => `passing it on is ${onward === 'WITH_CONSENT' ? 'permitted with consent' : inWords(onward)}`,
  instrument: (id, nameOf) => `it rests on ${named(nameOf, 'instrument', id)}`,
  clause: (clause) => `it stands at ${clause}`,
  madeByDecision: (id, nameOf) => `it was made by the decision ${named(nameOf, 'decision', id)}`,
  upstreamRoute: (route) => `the function is ${inWords(route)}`,
  approvedBy: (who) => `it was approved by ${who}`,
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
      const limit = data.limit === undefined ? '' : `, up to ${moneyInWords(data.limit)}`;
      const places = data.places?.length ? `, for ${namedEach(nameOf, 'place', data.places)}` : '';
      const until = data.to === undefined ? '' : `, until ${lastDayInWords(data.to)}`;
      const told = `${functions} ${data.functions.length === 1 ? 'was' : 'were'} delegated`;
      return sentence(`${told}${by && ` by ${by}`}${to && ` to ${to}`}${places}${limit}${until}`);
    }
    case 'DelegationVaried':
      return changesIn(CHANGES, data, nameOf);
    case 'DelegationSuspended':
      return because('the delegation was suspended', data.reason);
    case 'DelegationResumed':
      return because('the delegation is in force again', data.reason);
    case 'DelegationExtended':
      return sentence(`the delegation was extended until ${lastDayInWords(data.to)}`);
    case 'DelegationRevoked':
      return because('the delegation was revoked', data.reason);
  }
};

const joined = (parts: readonly string[]): string => (parts.length === 0 ? '' : listed(parts));

function grantors(data: DelegationTerms, nameOf: NameOf): string {
  const { grantedByOrganisation: organisation, grantedByBody: body, grantedByName: name } = data;
  return joined([
    ...(body === undefined ? [] : [named(nameOf, 'body', body)]),
    ...(organisation === undefined ? [] : [named(nameOf, 'organisation', organisation)]),
    ...(name === undefined ? [] : [name]),
  ]);
}

function delegates(data: DelegationTerms, nameOf: NameOf): string {
  return joined([
    ...(data.delegateOrganisations ?? []).map((id) => named(nameOf, 'organisation', id)),
    ...(data.delegateBodies ?? []).map((id) => named(nameOf, 'body', id)),
    ...(data.delegatePersons ?? []).map((id) => named(nameOf, 'person', id)),
    ...(data.delegateNames ?? []),
  ]);
}

function scopeInWords({ service, population, place, exclusions }: DelegationScope): string {
  const without = exclusions?.length ? `without ${exclusions.join(', ')}` : undefined;
  return [service, population, place, without].filter((part) => part !== undefined).join(', ') || 'not stated';
}
