import { said, type Reference, type Revised } from '#kernel';
import { contradiction } from '../contradiction.js';
import { refersTo, refersToEach } from '../lifecycle.js';
import { refuseConditions, type Condition } from './condition.js';
import type { Approval, DelegationScope, DelegationTerms } from './delegation.events.js';
import { copiedLimit, refuseLimits } from './limit.js';

/** The subjects that the terms of a delegation name. */
export const namedIn = (data: Revised<DelegationTerms>): readonly Reference[] => [
  ...refersTo('organisation', data.grantedByOrganisation, 'grantedByOrganisation'),
  ...refersTo('body', data.grantedByBody, 'grantedByBody'),
  ...refersTo('seat', data.grantedBySeat, 'grantedBySeat'),
  ...refersTo('person', data.grantedByPerson, 'grantedByPerson'),
  ...refersToEach('organisation', data.delegateOrganisations, 'delegateOrganisations'),
  ...refersToEach('body', data.delegateBodies, 'delegateBodies'),
  ...refersToEach('seat', data.delegateSeats, 'delegateSeats'),
  ...refersToEach('person', data.delegatePersons, 'delegatePersons'),
  ...refersTo('organisation', data.onBehalfOf, 'onBehalfOf'),
  ...refersToEach('function', data.catalogueFunctions, 'catalogueFunctions'),
  ...refersToEach('place', data.places, 'places'),
  ...refersToEach('organisation', data.excludedProviders, 'excludedProviders'),
  ...refersTo('instrument', data.instrument, 'instrument'),
  ...refersTo('decision', data.madeByDecision, 'madeByDecision'),
  ...(data.approvals ?? []).flatMap(({ organisation, body, decision }, index) => [
    ...refersTo('organisation', organisation, `approvals[${index}].organisation`),
    ...refersTo('body', body, `approvals[${index}].body`),
    ...refersTo('decision', decision, `approvals[${index}].decision`),
  ]),
  ...refersTo('delegation', data.replaces, 'replaces'),
];

/** @throws Refusal for terms that say something against themselves. */
export const refuseTerms = ({ limits, conditions, approvals, onward, onwardDepth }: Revised<DelegationTerms>): void => {
  refuseLimits(limits ?? []);
  refuseConditions(conditions ?? []);
  for (const [index, { organisation, body, name, decision }] of (approvals ?? []).entries()) {
    if ([organisation, body, name, decision].some((who) => who !== undefined)) continue;
    throw contradiction(`approvals[${index}]`, 'names nobody who approved', {
      remedy: 'give organisation, body, name or decision',
    });
  }
  if (onward === 'PROHIBITED' && (onwardDepth ?? 0) > 0) {
    throw contradiction('onwardDepth', `is ${onwardDepth} where passing it on is prohibited`, {
      remedy: 'leave onwardDepth out, or say that it may be passed on',
    });
  }
};

const copied = <T, Absent extends null | undefined>(list: readonly T[] | Absent): readonly T[] | Absent =>
  list ? [...list] : list;

const each = <T, Absent extends null | undefined>(
  list: readonly T[] | Absent,
  copy: (one: T) => T,
): readonly T[] | Absent => (list ? list.map(copy) : list);

const copiedCondition = ({ key, text, kind, applies, with: whom }: Condition): Condition =>
  said({ key, text, kind, applies, with: whom });

const copiedApproval = ({ organisation, body, name, decision, on, note }: Approval): Approval =>
  said({ organisation, body, name, decision, on, note });

const copiedScope = ({ service, population, place, exclusions }: DelegationScope): DelegationScope =>
  said({ service, population, place, exclusions: copied(exclusions) });

/** What the terms say, their fields by name. */
export const termsIn = (data: Revised<DelegationTerms>): Revised<DelegationTerms> =>
  said({
    grantedByOrganisation: data.grantedByOrganisation,
    grantedByBody: data.grantedByBody,
    grantedBySeat: data.grantedBySeat,
    grantedByPerson: data.grantedByPerson,
    grantedByName: data.grantedByName,
    delegateOrganisations: copied(data.delegateOrganisations),
    delegateBodies: copied(data.delegateBodies),
    delegateSeats: copied(data.delegateSeats),
    delegatePersons: copied(data.delegatePersons),
    delegateNames: copied(data.delegateNames),
    onBehalfOf: data.onBehalfOf,
    functions: copied(data.functions),
    powers: copied(data.powers),
    scope: data.scope && copiedScope(data.scope),
    catalogueFunctions: copied(data.catalogueFunctions),
    places: copied(data.places),
    excludedProviders: copied(data.excludedProviders),
    limits: each(data.limits, copiedLimit),
    conditions: each(data.conditions, copiedCondition),
    exclusive: data.exclusive,
    onward: data.onward,
    onwardDepth: data.onwardDepth,
    instrument: data.instrument,
    version: data.version,
    clause: data.clause,
    madeByDecision: data.madeByDecision,
    upstreamRoute: data.upstreamRoute,
    approvedBy: data.approvedBy,
    approvals: each(data.approvals, copiedApproval),
    noticeDays: data.noticeDays,
    replaces: data.replaces,
    reviewOn: data.reviewOn,
    publishedOn: data.publishedOn,
    note: data.note,
  });
