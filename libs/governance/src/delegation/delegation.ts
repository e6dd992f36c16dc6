import { Refusal, addDays, given, said, type CivilDate, type Decider, type Fact, type Revised } from '#kernel';
import { refersTo, type Part } from '../lifecycle.js';
import { leavesNone, namedAfter, type Named } from '../naming.js';
import { NO_TERM, firstDayWithout, standsInTerm, termAfter, termIn, type TermedLife } from '../term.js';
import { standingIn, unknownCondition } from './condition.js';
import type { DelegationEvent, DelegationTerms } from './delegation.events.js';
import { namedIn, refuseTerms, termsIn } from './delegation-terms.js';

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
  | Fact<'SatisfyCondition', { readonly condition: string; readonly evidence?: string; readonly decision?: string }>
  | Fact<'BreachCondition', { readonly condition: string; readonly reason?: string }>
  | Fact<'RevokeDelegation', { readonly reason?: string }>;

/** Who grants it and who receives it: at least one of each is said. */
const GRANTERS: Named = ['grantedByOrganisation', 'grantedByBody', 'grantedBySeat', 'grantedByPerson', 'grantedByName'];
const DELEGATES: Named = [
  'delegateOrganisations',
  'delegateBodies',
  'delegateSeats',
  'delegatePersons',
  'delegateNames',
];
const PARTIES: Named = [...GRANTERS, ...DELEGATES];

export interface DelegationLife extends TermedLife {
  /** Which of `PARTIES` it names. */
  readonly parties: Named;
  /** Keys of the conditions that have to be met all the time. */
  readonly conditions: readonly string[];
}

const PARTS: Record<DelegationEvent['type'], Part> = {
  DelegationGranted: 'begins',
  DelegationVaried: 'goes on',
  DelegationSuspended: 'goes on',
  DelegationResumed: 'goes on',
  DelegationExtended: 'goes on',
  ConditionSatisfied: 'goes on',
  ConditionBreached: 'goes on',
  DelegationRevoked: 'ends',
};

/** Delegations: each one edge of the graph of authority, from whoever grants to whoever receives. */
export const delegation: Decider<DelegationLife, DelegationCommand, DelegationEvent> = {
  initial: { ...NO_TERM, parties: [], conditions: [] },

  references({ type, data }) {
    if (type === 'GrantDelegation' || type === 'VaryDelegation') return namedIn(data);
    return type === 'SatisfyCondition' ? refersTo('decision', data.decision, 'decision') : [];
  },

  decide({ type, data }) {
    switch (type) {
      case 'GrantDelegation':
        refuseNobody(data);
        refuseTerms(data);
        return {
          type: 'DelegationGranted',
          data: said({ ...given(termsIn(data)), functions: [...data.functions], to: firstDayWithout(data.until) }),
        };
      case 'VaryDelegation':
        refuseTerms(data);
        return { type: 'DelegationVaried', data: said({ ...termsIn(data), to: firstDayWithout(data.until) }) };
      case 'SuspendDelegation':
        return { type: 'DelegationSuspended', data: said({ reason: data.reason }) };
      case 'ResumeDelegation':
        return { type: 'DelegationResumed', data: said({ reason: data.reason }) };
      case 'ExtendDelegation':
        return { type: 'DelegationExtended', data: { to: addDays(data.until, 1) } };
      case 'SatisfyCondition': {
        const { condition, evidence, decision } = data;
        return { type: 'ConditionSatisfied', data: said({ condition, evidence, decision }) };
      }
      case 'BreachCondition':
        return { type: 'ConditionBreached', data: said({ condition: data.condition, reason: data.reason }) };
      case 'RevokeDelegation':
        return { type: 'DelegationRevoked', data: said({ reason: data.reason }) };
    }
  },

  stands(life, event, effectiveOn) {
    if (event.type === 'DelegationVaried' && leavesNone(life.parties, GRANTERS, event.data)) return fromNobody();
    if (event.type === 'DelegationVaried' && leavesNone(life.parties, DELEGATES, event.data)) return toNobody();
    const isOfCondition = event.type === 'ConditionSatisfied' || event.type === 'ConditionBreached';
    return (
      standsInTerm(life, PARTS[event.type], termIn(event), effectiveOn, 'delegation') ??
      (isOfCondition ? unknownCondition(event.data.condition, life.conditions) : undefined)
    );
  },

  evolve(life, event) {
    const part = PARTS[event.type];
    const begins = part === 'begins';
    const parties = part === 'ends' ? life.parties : namedAfter(life.parties, PARTIES, event.data, begins);
    const conditions = begins || 'conditions' in event.data ? standingIn(conditionsIn(event)) : life.conditions;
    return { ...termAfter(life, part, termIn(event)), parties, conditions };
  },
};

const conditionsIn = ({ data }: DelegationEvent): DelegationTerms['conditions'] | null =>
  'conditions' in data ? data.conditions : undefined;

function refuseNobody(data: DelegationTerms): void {
  const parties = namedAfter([], PARTIES, data, true);
  if (!parties.some((party) => GRANTERS.includes(party))) throw fromNobody();
  if (!parties.some((party) => DELEGATES.includes(party))) throw toNobody();
}

const fromNobody = (): Refusal =>
  new Refusal('DELEGATION_FROM_NOBODY', 'the delegation names nobody who grants it', {
    field: 'grantedByOrganisation',
    remedy: `give ${GRANTERS.slice(0, -1).join(', ')} or ${GRANTERS.at(-1)}`,
  });

const toNobody = (): Refusal =>
  new Refusal('DELEGATION_TO_NOBODY', 'the delegation names nobody who receives it', {
    field: 'delegateBodies',
    remedy: `give ${DELEGATES.slice(0, -1).join(', ')} or ${DELEGATES.at(-1)}`,
  });
