import { amountColumn } from '../money.view.js';
import {
  DateScalar,
  DelegationPowerEnum,
  DelegationStatusEnum,
  Field,
  LimitBasisEnum,
  ObjectType,
  OnwardDelegationEnum,
  UpstreamRouteEnum,
} from '#schema';
import { addDays, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import {
  type DelegationEvent,
  type DelegationPower,
  type DelegationStatus,
  type LimitBasis,
  type OnwardDelegation,
  type UpstreamRoute,
} from '#governance';
import { HoldingView } from '../holding.view.js';
import { MoneyView } from '../money.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import { withTerm } from '../term.js';
import type { LastingView } from '../lasting.js';

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
  delegateOrganisations?: readonly string[];
  delegateBodies?: readonly string[];
  delegatePersons?: readonly string[];
  places?: readonly string[];
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

  @Field(() => MoneyView, { description: 'The most that may be committed.', nullable: true })
  limit?: MoneyView;

  @Field(() => LimitBasisEnum, { description: 'What the limit is measured on.', nullable: true })
  limitBasis?: LimitBasis;

  @Field(() => String, { description: 'What else is said about the limit, such as VAT.', nullable: true })
  limitNote?: string;

  @Field(() => [String], { description: 'What has to be met when it is used.', nullable: true })
  conditions?: readonly string[];

  @Field(() => Boolean, {
    description: 'True where whoever grants it may no longer act; false where both may; empty where not known.',
    nullable: true,
  })
  exclusive?: boolean;

  @Field(() => OnwardDelegationEnum, { description: 'Whether it may be passed on.', nullable: true })
  onward?: OnwardDelegation;

  @Field(() => String, { description: 'The clause of the instrument that makes it.', nullable: true })
  clause?: string;

  @Field(() => UpstreamRouteEnum, {
    description: 'How the function reaches the local body from above.',
    nullable: true,
  })
  upstreamRoute?: UpstreamRoute;

  @Field(() => String, { description: 'Who approved it, in the words of the source.', nullable: true })
  approvedBy?: string;

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
        return said({ ...withTerm(data), inForceFrom: firstDay(event), status: 'IN_FORCE', ended: false });
      case 'DelegationVaried':
      case 'DelegationExtended':
        return revised(state, withTerm(data));
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
  texts: ({
    grantedByName,
    delegateNames,
    scope,
    limit,
    limitNote,
    conditions,
    clause,
    approvedBy,
    note,
    statusBecause,
  }) => [
    ...[grantedByName, ...(delegateNames ?? []), scope?.service, scope?.population, scope?.place],
    ...[...(scope?.exclusions ?? []), limit?.words, limitNote, ...(conditions ?? []), clause, approvedBy],
    ...[note, statusBecause],
  ],
  order: ({ functions }) => functions.join('; ').toLowerCase(),
  untilOver: [
    'grantedByOrganisation',
    'grantedByBody',
    'instrument',
    'delegateOrganisation',
    'delegateBody',
    'delegatePerson',
    'places',
  ],
  columns: {
    grantedByOrganisation: ({ grantedByOrganisation }) => grantedByOrganisation,
    grantedByBody: ({ grantedByBody }) => grantedByBody,
    instrument: ({ instrument }) => instrument,
    madeByDecision: ({ madeByDecision }) => madeByDecision,
    /** Where nobody else receives it than bodies and organisations of the register. */
    receivedBy: ({ delegatePersons, delegateNames, ended }) =>
      ended || (delegatePersons?.length ?? 0) + (delegateNames?.length ?? 0) > 0 ? null : 'REGISTERED',
    status: ({ status }) => status,
    limit: ({ limit }) => amountColumn(limit),
    reviewOn: ({ reviewOn }) => reviewOn,
    termEnds: ({ termEnds }) => termEnds,
    inForceFrom: ({ inForceFrom }) => inForceFrom,
  },
  unindexed: ['status', 'limit', 'reviewOn', 'termEnds', 'inForceFrom'],
  lists: {
    delegateOrganisation: ({ delegateOrganisations }) => delegateOrganisations,
    delegateBody: ({ delegateBodies }) => delegateBodies,
    delegatePerson: ({ delegatePersons }) => delegatePersons,
    places: ({ places }) => places,
    power: ({ powers }) => powers,
  },
};
