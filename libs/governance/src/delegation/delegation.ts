import { Refusal, addDays, said, type CivilDate, type Decider, type Fact, type Reference } from '#kernel';
import { refersTo, refersToEach, type Part } from '../lifecycle.js';
import { NO_TERM, standsInTerm, termAfter, type TermedLife } from '../term.js';
import type { DelegationEvent, DelegationTerm, DelegationTerms } from './delegation.events.js';

/** The last day of the term, inclusive. */
interface Until {
  readonly until?: CivilDate;
}

export type DelegationCommand =
  | Fact<'GrantDelegation', DelegationTerms & Until>
  | Fact<'VaryDelegation', Partial<DelegationTerms> & Until>
  | Fact<'SuspendDelegation', { readonly reason?: string }>
  | Fact<'ResumeDelegation', { readonly reason?: string }>
  | Fact<'ExtendDelegation', Required<Until>>
  | Fact<'RevokeDelegation', { readonly reason?: string }>;

const PARTS: Record<DelegationEvent['type'], Part> = {
  DelegationGranted: 'begins',
  DelegationVaried: 'goes on',
  DelegationSuspended: 'goes on',
  DelegationResumed: 'goes on',
  DelegationExtended: 'goes on',
  DelegationRevoked: 'ends',
};

/** Delegations: each one edge of the graph of authority, from whoever grants to whoever receives. */
export const delegation: Decider<TermedLife, DelegationCommand, DelegationEvent> = {
  initial: NO_TERM,

  references: ({ type, data }) => (type === 'GrantDelegation' || type === 'VaryDelegation' ? named(data) : []),

  decide({ type, data }) {
    switch (type) {
      case 'GrantDelegation':
        refuseNobody(data);
        return {
          type: 'DelegationGranted',
          data: said({ ...terms(data), functions: [...data.functions], to: firstDayWithout(data.until) }),
        };
      case 'VaryDelegation':
        return { type: 'DelegationVaried', data: said({ ...terms(data), to: firstDayWithout(data.until) }) };
      case 'SuspendDelegation':
        return { type: 'DelegationSuspended', data: said({ reason: data.reason }) };
      case 'ResumeDelegation':
        return { type: 'DelegationResumed', data: said({ reason: data.reason }) };
      case 'ExtendDelegation':
        return { type: 'DelegationExtended', data: { to: addDays(data.until, 1) } };
      case 'RevokeDelegation':
        return { type: 'DelegationRevoked', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, event, effectiveOn) => standsInTerm(life, PARTS[event.type], termOf(event), effectiveOn, 'delegation'),
  evolve: (life, event) => termAfter(life, PARTS[event.type], termOf(event)),
};

const termOf = ({ data }: DelegationEvent): DelegationTerm => ('to' in data ? { to: data.to } : {});

const firstDayWithout = (until: CivilDate | undefined): CivilDate | undefined => until && addDays(until, 1);

function refuseNobody(data: DelegationTerms): void {
  if (!(data.grantedByOrganisation ?? data.grantedByBody ?? data.grantedByName)) {
    throw new Refusal('DELEGATION_FROM_NOBODY', 'the delegation names nobody who grants it', {
      field: 'grantedByOrganisation',
      remedy: 'give grantedByOrganisation, grantedByBody or grantedByName',
    });
  }
  const delegates = [data.delegateOrganisations, data.delegateBodies, data.delegatePersons, data.delegateNames];
  if (!delegates.some((several) => several?.length)) {
    throw new Refusal('DELEGATION_TO_NOBODY', 'the delegation names nobody who receives it', {
      field: 'delegateBodies',
      remedy: 'give delegateOrganisations, delegateBodies, delegatePersons or delegateNames',
    });
  }
}

const named = (data: Partial<DelegationTerms>): readonly Reference[] => [
  ...refersTo('organisation', data.grantedByOrganisation, 'grantedByOrganisation'),
  ...refersTo('body', data.grantedByBody, 'grantedByBody'),
  ...refersToEach('organisation', data.delegateOrganisations, 'delegateOrganisations'),
  ...refersToEach('body', data.delegateBodies, 'delegateBodies'),
  ...refersToEach('person', data.delegatePersons, 'delegatePersons'),
  ...refersTo('instrument', data.instrument, 'instrument'),
  ...refersTo('decision', data.madeByDecision, 'madeByDecision'),
];

const copied = <T>(list: readonly T[] | undefined): readonly T[] | undefined => list && [...list];

const terms = (data: Partial<DelegationTerms>): Partial<DelegationTerms> =>
  said({
    grantedByOrganisation: data.grantedByOrganisation,
    grantedByBody: data.grantedByBody,
    grantedByName: data.grantedByName,
    delegateOrganisations: copied(data.delegateOrganisations),
    delegateBodies: copied(data.delegateBodies),
    delegatePersons: copied(data.delegatePersons),
    delegateNames: copied(data.delegateNames),
    functions: copied(data.functions),
    powers: copied(data.powers),
    scope:
      data.scope &&
      said({
        service: data.scope.service,
        population: data.scope.population,
        place: data.scope.place,
        exclusions: copied(data.scope.exclusions),
      }),
    limit: data.limit,
    limitBasis: data.limitBasis,
    limitNote: data.limitNote,
    conditions: copied(data.conditions),
    exclusive: data.exclusive,
    onward: data.onward,
    instrument: data.instrument,
    clause: data.clause,
    madeByDecision: data.madeByDecision,
    upstreamRoute: data.upstreamRoute,
    approvedBy: data.approvedBy,
    reviewOn: data.reviewOn,
    publishedOn: data.publishedOn,
    note: data.note,
  });
