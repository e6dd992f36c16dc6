import {
  Refusal,
  addDays,
  given,
  said,
  type CivilDate,
  type Decider,
  type Fact,
  type Reference,
  type Revised,
} from '#kernel';
import { contradiction } from '../contradiction.js';
import { refersTo, refersToEach, type Part } from '../lifecycle.js';
import { leavesNone, namedAfter, type Named } from '../naming.js';
import { NO_TERM, firstDayWithout, standsInTerm, termAfter, termIn, type TermedLife } from '../term.js';
import type { DelegationEvent, DelegationTerms } from './delegation.events.js';

/** The last day of the term, inclusive. */
interface Until {
  readonly until?: CivilDate;
}

export type DelegationCommand =
  | Fact<'GrantDelegation', DelegationTerms & Until>
  | Fact<'VaryDelegation', Revised<DelegationTerms & Until>>
  | Fact<'SuspendDelegation', { readonly reason?: string }>
  | Fact<'ResumeDelegation', { readonly reason?: string }>
  | Fact<'ExtendDelegation', Required<Until>>
  | Fact<'RevokeDelegation', { readonly reason?: string }>;

/** Who grants it and who receives it: at least one of each is said. */
const GRANTERS: Named = ['grantedByOrganisation', 'grantedByBody', 'grantedByName'];
const DELEGATES: Named = ['delegateOrganisations', 'delegateBodies', 'delegatePersons', 'delegateNames'];
const PARTIES: Named = [...GRANTERS, ...DELEGATES];

export interface DelegationLife extends TermedLife {
  /** Which of `PARTIES` it names. */
  readonly parties: Named;
}

const PARTS: Record<DelegationEvent['type'], Part> = {
  DelegationGranted: 'begins',
  DelegationVaried: 'goes on',
  DelegationSuspended: 'goes on',
  DelegationResumed: 'goes on',
  DelegationExtended: 'goes on',
  DelegationRevoked: 'ends',
};

/** Delegations: each one edge of the graph of authority, from whoever grants to whoever receives. */
export const delegation: Decider<DelegationLife, DelegationCommand, DelegationEvent> = {
  initial: { ...NO_TERM, parties: [] },

  references: ({ type, data }) => (type === 'GrantDelegation' || type === 'VaryDelegation' ? named(data) : []),

  decide({ type, data }) {
    switch (type) {
      case 'GrantDelegation':
        refuseNobody(data);
        refuseLimit(data, undefined);
        return {
          type: 'DelegationGranted',
          data: said({ ...given(terms(data)), functions: [...data.functions], to: firstDayWithout(data.until) }),
        };
      case 'VaryDelegation':
        refuseLimit(data, null);
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

  stands(life, event, effectiveOn) {
    if (event.type === 'DelegationVaried' && leavesNone(life.parties, GRANTERS, event.data)) return fromNobody();
    if (event.type === 'DelegationVaried' && leavesNone(life.parties, DELEGATES, event.data)) return toNobody();
    return standsInTerm(life, PARTS[event.type], termIn(event), effectiveOn, 'delegation');
  },

  evolve(life, event) {
    const part = PARTS[event.type];
    const parties = part === 'ends' ? life.parties : namedAfter(life.parties, PARTIES, event.data, part === 'begins');
    return { ...termAfter(life, part, termIn(event)), parties };
  },
};

function refuseNobody(data: DelegationTerms): void {
  const parties = namedAfter([], PARTIES, data, true);
  if (!parties.some((party) => GRANTERS.includes(party))) throw fromNobody();
  if (!parties.some((party) => DELEGATES.includes(party))) throw toNobody();
}

/**
 * An amount says nothing without what it is measured on. A variation may leave the basis as it is, and may not take it away.
 *
 * @param without what a basis is that is not there.
 */
function refuseLimit({ limit, limitBasis, limitNote }: Revised<DelegationTerms>, without: null | undefined): void {
  if (limit !== undefined && limit !== null && limitBasis === without) {
    throw contradiction('limitBasis', 'is left out beside a limit', {
      remedy: 'say what the limit is measured on: PER_DECISION, PER_YEAR, WHOLE_LIFE, or OTHER with a limitNote',
    });
  }
  if (limitBasis === 'OTHER' && (limitNote ?? '') === '' && without === undefined) {
    throw contradiction('limitNote', 'is left out beside the basis OTHER', {
      remedy: 'say in limitNote what the limit is measured on',
    });
  }
}

const fromNobody = (): Refusal =>
  new Refusal('DELEGATION_FROM_NOBODY', 'the delegation names nobody who grants it', {
    field: 'grantedByOrganisation',
    remedy: 'give grantedByOrganisation, grantedByBody or grantedByName',
  });

const toNobody = (): Refusal =>
  new Refusal('DELEGATION_TO_NOBODY', 'the delegation names nobody who receives it', {
    field: 'delegateBodies',
    remedy: 'give delegateOrganisations, delegateBodies, delegatePersons or delegateNames',
  });

const named = (data: Revised<DelegationTerms>): readonly Reference[] => [
  ...refersTo('organisation', data.grantedByOrganisation, 'grantedByOrganisation'),
  ...refersTo('body', data.grantedByBody, 'grantedByBody'),
  ...refersToEach('organisation', data.delegateOrganisations, 'delegateOrganisations'),
  ...refersToEach('body', data.delegateBodies, 'delegateBodies'),
  ...refersToEach('person', data.delegatePersons, 'delegatePersons'),
  ...refersToEach('place', data.places, 'places'),
  ...refersTo('instrument', data.instrument, 'instrument'),
  ...refersTo('decision', data.madeByDecision, 'madeByDecision'),
];

const copied = <T, Absent extends null | undefined>(list: readonly T[] | Absent): readonly T[] | Absent =>
  list ? [...list] : list;

const terms = (data: Revised<DelegationTerms>): Revised<DelegationTerms> =>
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
    places: copied(data.places),
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
