import {
  DateScalar,
  DelegationPowerEnum,
  DelegationStatusEnum,
  Field,
  Int,
  ObjectType,
  OnwardDelegationEnum,
  UpstreamRouteEnum,
} from '#schema';
import { addDays, given, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import {
  versionKey,
  withSoleLimit,
  type DelegationEvent,
  type DelegationPower,
  type DelegationStatus,
  type OnwardDelegation,
  type UpstreamRoute,
} from '#governance';
import { HoldingView } from '../holding.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import { withTerm } from '../term.js';
import type { LastingView } from '../lasting.js';
import { ApprovalView } from './approval.view.js';
import { ConditionView, conditionsAfter, conditionsMarked } from './condition.view.js';
import { LimitView, highestAmount, textsOfLimits } from './limit.view.js';

@ObjectType('DelegationScope', { description: 'What a delegation is limited to.' })
export class DelegationScopeView {
  @Field(() => String, { description: 'The service.', nullable: true })
  service?: string;

  @Field(() => String, { description: 'The people it is about.', nullable: true })
  population?: string;

  @Field(() => String, { description: 'The place.', nullable: true })
  place?: string;

  @Field(() => [String], { description: 'What is left out.', nullable: true })
  exclusions?: readonly string[];
}

/** The folded state of a delegation, and the GraphQL type `Delegation`. */
@ObjectType('Delegation', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'A power that one body or organisation lets others exercise; whoever grants it stays accountable.',
})
export class DelegationView {
  @Field(() => DateScalar, {
    description: 'The first day of the delegation itself, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  inForceFrom?: CivilDate;

  @Field(() => DateScalar, {
    description: 'Its last day, once it has ended; empty while it lasts.',
    nullable: true,
  })
  inForceUntil?: CivilDate;

  /** Ids; the resolver shows the subjects themselves. */
  grantedByOrganisation?: string;
  grantedByBody?: string;
  grantedBySeat?: string;
  grantedByPerson?: string;
  delegateOrganisations?: readonly string[];
  delegateBodies?: readonly string[];
  delegateSeats?: readonly string[];
  delegatePersons?: readonly string[];
  onBehalfOf?: string;
  excludedProviders?: readonly string[];
  replaces?: string;
  places?: readonly string[];
  catalogueFunctions?: readonly string[];
  instrument?: string;
  madeByDecision?: string;

  @Field(() => String, { description: 'Who grants it, in the words of the source.', nullable: true })
  grantedByName?: string;

  @Field(() => [String], { description: 'Who receives it, in the words of the source.', nullable: true })
  delegateNames?: readonly string[];

  @Field(() => [String], { description: 'The functions it covers.' })
  functions!: readonly string[];

  @Field(() => [DelegationPowerEnum], { description: 'What the delegates may do.', nullable: true })
  powers?: readonly DelegationPower[];

  @Field(() => DelegationScopeView, { description: 'What it is limited to.', nullable: true })
  scope?: DelegationScopeView;

  @Field(() => [LimitView], { description: 'The most that may be committed, on each basis.', nullable: true })
  limits?: readonly LimitView[];

  @Field(() => [ConditionView], { description: 'What has to be so for it to be used.', nullable: true })
  conditions?: readonly ConditionView[];

  @Field(() => Boolean, {
    description: 'True where whoever grants it may no longer act; false where both may; empty where not known.',
    nullable: true,
  })
  exclusive?: boolean;

  @Field(() => OnwardDelegationEnum, { description: 'Whether it may be passed on.', nullable: true })
  onward?: OnwardDelegation;

  @Field(() => Int, {
    description: 'How many times it may be passed on, one after the other; empty where that is not said.',
    nullable: true,
  })
  onwardDepth?: number;

  @Field(() => String, { description: 'The version of the instrument that makes it.', nullable: true })
  version?: string;

  @Field(() => String, { description: 'The clause of the instrument that makes it.', nullable: true })
  clause?: string;

  @Field(() => UpstreamRouteEnum, {
    description: 'How the function reaches the local body from above.',
    nullable: true,
  })
  upstreamRoute?: UpstreamRoute;

  @Field(() => String, { description: 'Who approved it, in the words of the source.', nullable: true })
  approvedBy?: string;

  @Field(() => [ApprovalView], {
    description: 'The approvals of the parties, and consents to passing it on.',
    nullable: true,
  })
  approvals?: readonly ApprovalView[];

  @Field(() => Int, { description: 'The days of notice by which it may be ended.', nullable: true })
  noticeDays?: number;

  @Field(() => DateScalar, { description: 'The day by which it is to be reviewed.', nullable: true })
  reviewOn?: CivilDate;

  @Field(() => DateScalar, { description: 'The day on which it was published.', nullable: true })
  publishedOn?: CivilDate;

  @Field(() => DateScalar, { description: 'The last day of its term; empty while no end is known.', nullable: true })
  termEnds?: CivilDate;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => DelegationStatusEnum, { description: 'Where it stands.' })
  status!: DelegationStatus;

  @Field(() => String, { description: 'Why it was suspended or revoked.', nullable: true })
  statusBecause?: string;

  @Field(() => Boolean, { description: 'True once it has expired or was revoked.' })
  ended!: boolean;
}

export const delegationView: LastingView<DelegationView> = {
  aggregate: 'delegation',
  initial: { functions: [], status: 'IN_FORCE', ended: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & DelegationEvent;
    switch (type) {
      case 'DelegationGranted':
        return said({
          ...withTerm(data),
          conditions: data.conditions && conditionsAfter(undefined, data.conditions),
          inForceFrom: firstDay(event),
          status: 'IN_FORCE',
          ended: false,
        });
      case 'DelegationVaried': {
        const { soleLimit, conditions, ...rest } = data;
        const next = revised(state, withTerm(rest));
        return given<DelegationView>({
          ...next,
          ...(soleLimit && { limits: withSoleLimit(next.limits, soleLimit) }),
          ...(conditions !== undefined && { conditions: conditions && conditionsAfter(next.conditions, conditions) }),
        }) as DelegationView;
      }
      case 'DelegationExtended':
        return revised(state, withTerm(data));
      case 'ConditionSatisfied': {
        const { condition, evidence, decision } = data;
        const mark = { state: 'SATISFIED', since: firstDay(event), evidence, decision } as const;
        return said({ ...state, conditions: conditionsMarked(state.conditions, condition, mark) });
      }
      case 'ConditionBreached': {
        const mark = { state: 'BREACHED', since: firstDay(event), because: data.reason } as const;
        return said({ ...state, conditions: conditionsMarked(state.conditions, data.condition, mark) });
      }
      case 'DelegationSuspended':
        return said({ ...state, status: state.ended ? state.status : 'SUSPENDED', statusBecause: data.reason });
      case 'DelegationResumed': {
        if (state.ended) return state;
        const { statusBecause: _, ...kept } = state;
        return { ...kept, status: 'IN_FORCE' };
      }
      case 'DelegationRevoked':
        return said({
          ...state,
          status: 'REVOKED',
          ended: true,
          inForceUntil: lastDay(event, state.termEnds),
          statusBecause: data.reason,
        });
    }
  },

  turns: ({ termEnds, ended }) => (ended || termEnds === undefined ? [] : [addDays(termEnds, 1)]),

  show: (state, date) =>
    state.ended || state.termEnds === undefined || date <= state.termEnds
      ? state
      : { ...state, status: 'EXPIRED', ended: true, inForceUntil: state.termEnds },

  isOver: ({ ended }) => ended,
  title: ({ functions }) => functions.join('; '),
  texts: ({ scope, limits, conditions, approvals, ...of }) => [
    ...[of.grantedByName, ...(of.delegateNames ?? []), scope?.service, scope?.population, scope?.place],
    ...[...(scope?.exclusions ?? []), ...textsOfLimits(limits), of.clause, of.approvedBy],
    ...(conditions ?? []).flatMap((one) => [one.text, one.with, one.evidence, one.because]),
    ...(approvals ?? []).flatMap(({ name, note }) => [name, note]),
    ...[of.note, of.statusBecause],
  ],
  order: ({ functions }) => functions.join('; ').toLowerCase(),
  untilOver: [
    'grantedByOrganisation',
    'grantedByBody',
    'grantedBySeat',
    'grantedByPerson',
    'instrument',
    'ofVersion',
    'onBehalfOf',
    'delegateOrganisation',
    'delegateBody',
    'delegateSeat',
    'delegatePerson',
    'places',
    'excludedProvider',
    'catalogueFunction',
  ],
  columns: {
    grantedByOrganisation: ({ grantedByOrganisation }) => grantedByOrganisation,
    grantedByBody: ({ grantedByBody }) => grantedByBody,
    grantedBySeat: ({ grantedBySeat }) => grantedBySeat,
    grantedByPerson: ({ grantedByPerson }) => grantedByPerson,
    onBehalfOf: ({ onBehalfOf }) => onBehalfOf,
    instrument: ({ instrument }) => instrument,
    ofVersion: ({ instrument, version }) => versionKey(instrument, version),
    replaces: ({ replaces }) => replaces,
    madeByDecision: ({ madeByDecision }) => madeByDecision,
    /** Where nobody else receives it than bodies, organisations and seats of the register. */
    receivedBy: ({ delegatePersons, delegateNames, ended }) =>
      ended || (delegatePersons?.length ?? 0) + (delegateNames?.length ?? 0) > 0 ? null : 'REGISTERED',
    status: ({ status }) => status,
    limit: ({ limits }) => highestAmount(limits),
    reviewOn: ({ reviewOn }) => reviewOn,
    termEnds: ({ termEnds }) => termEnds,
    inForceFrom: ({ inForceFrom }) => inForceFrom,
  },
  unindexed: ['status', 'limit', 'reviewOn', 'termEnds', 'inForceFrom'],
  lists: {
    delegateOrganisation: ({ delegateOrganisations }) => delegateOrganisations,
    delegateBody: ({ delegateBodies }) => delegateBodies,
    delegateSeat: ({ delegateSeats }) => delegateSeats,
    delegatePerson: ({ delegatePersons }) => delegatePersons,
    excludedProvider: ({ excludedProviders }) => excludedProviders,
    conditionMetBy: ({ conditions }) => idsOf(conditions, 'decision'),
    approvedByOrganisation: ({ approvals }) => idsOf(approvals, 'organisation'),
    approvedByBody: ({ approvals }) => idsOf(approvals, 'body'),
    approvedByDecision: ({ approvals }) => idsOf(approvals, 'decision'),
    places: ({ places }) => places,
    catalogueFunction: ({ catalogueFunctions }) => catalogueFunctions,
    power: ({ powers }) => powers,
  },
};

/** The different ids that parts of it give in a field. */
function idsOf<Field extends string>(
  parts: readonly { readonly [Name in Field]?: string }[] | undefined,
  field: Field,
): readonly string[] | undefined {
  return parts && [...new Set(parts.flatMap((part) => part[field] ?? []))];
}
