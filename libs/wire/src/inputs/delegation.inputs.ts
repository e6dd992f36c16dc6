import {
  InputType,
  PartialType,
  DelegationPowerEnum,
  LimitBasisEnum,
  OnwardDelegationEnum,
  UpstreamRouteEnum,
} from '#schema';
import type { CivilDate } from '#kernel';
import type {
  DelegationPower,
  DelegationScope,
  DelegationTerms,
  LimitBasis,
  OnwardDelegation,
  UpstreamRoute,
} from '#governance';
import { Day, Flag, LastDay, OneOf, Part, Prose, Subject, Text } from '../fields.js';
import { Money, MoneyInput } from '../money.js';

@InputType({ description: 'What a delegation is limited to.' })
export class DelegationScopeInput implements DelegationScope {
  @Text('The service.', { optional: true })
  service?: string;

  @Text('The people it is about.', { optional: true })
  population?: string;

  @Text('The place.', { optional: true })
  place?: string;

  @Text('What is left out.', { optional: true, many: true })
  exclusions?: string[];
}

@InputType({
  description:
    'A delegation: who grants it, who receives it, and what for. Effective on the first day on which it may be used.',
})
export class GrantDelegationInput implements DelegationTerms {
  @Subject('organisation', 'The organisation that grants it.', { optional: true })
  grantedByOrganisation?: string;

  @Subject('body', 'The body that grants it.', { optional: true })
  grantedByBody?: string;

  @Text('Who grants it, in the words of the source, where they are not in the register.', { optional: true })
  grantedByName?: string;

  @Subject('organisation', 'The organisations that receive it.', { optional: true, many: true })
  delegateOrganisations?: string[];

  @Subject('body', 'The bodies that receive it.', { optional: true, many: true })
  delegateBodies?: string[];

  @Subject('person', 'The people who receive it.', { optional: true, many: true })
  delegatePersons?: string[];

  @Text('Who receives it, in the words of the source: "all 42 ICBs".', { optional: true, many: true })
  delegateNames?: string[];

  @Text('The functions it covers, at least one.', { many: true, max: 2000 })
  functions!: string[];

  @OneOf(DelegationPowerEnum, 'What the delegates may do.', { optional: true, many: true })
  powers?: DelegationPower[];

  @Part(() => DelegationScopeInput, 'What it is limited to.', { optional: true })
  scope?: DelegationScopeInput;

  @Subject('place', 'The places that it reaches to, beside the words of the scope.', { optional: true, many: true })
  places?: string[];

  @Money('The most that may be committed.', { optional: true })
  limit?: MoneyInput;

  @OneOf(LimitBasisEnum, 'What the limit is measured on.', { optional: true })
  limitBasis?: LimitBasis;

  @Text('What else is said about the limit, such as VAT.', { optional: true })
  limitNote?: string;

  @Text('What has to be met when it is used.', { optional: true, many: true, max: 2000 })
  conditions?: string[];

  @Flag('True where whoever grants it may no longer act; false where both may.', { optional: true })
  exclusive?: boolean;

  @OneOf(OnwardDelegationEnum, 'Whether it may be passed on.', { optional: true })
  onward?: OnwardDelegation;

  @Subject('instrument', 'The instrument that makes it.', { optional: true })
  instrument?: string;

  @Text('The clause of the instrument that makes it.', { optional: true })
  clause?: string;

  @Subject('decision', 'The decision that made it.', { optional: true })
  madeByDecision?: string;

  @OneOf(UpstreamRouteEnum, 'How the function reaches the local body from above.', { optional: true })
  upstreamRoute?: UpstreamRoute;

  @Text('Who approved it, in the words of the source.', { optional: true })
  approvedBy?: string;

  @Day('The day by which it is to be reviewed.', { optional: true })
  reviewOn?: CivilDate;

  @Day('The day on which it was published.', { optional: true })
  publishedOn?: CivilDate;

  @LastDay('The last day of its term, where that is known.', { optional: true })
  until?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about a delegation. What is not given stays as it was; null takes it away.' })
export class VaryDelegationInput extends PartialType(GrantDelegationInput, InputType) {}

@InputType({ description: 'The suspension of a delegation. Effective on the first day on which it may not be used.' })
export class SuspendDelegationInput {
  @Prose('Why it was suspended.', { optional: true })
  reason?: string;
}

@InputType({ description: 'The end of a suspension. Effective on the first day on which it may be used again.' })
export class ResumeDelegationInput {
  @Prose('Why it was resumed.', { optional: true })
  reason?: string;
}

@InputType({
  description:
    'A new last day for a delegation. Effective on the day from which the longer term counts: at the latest the day ' +
    'after the old last day, or the delegation has a gap.',
})
export class ExtendDelegationInput {
  @LastDay('The new last day of its term.')
  until!: CivilDate;
}

@InputType({ description: 'That a delegation was taken back. Effective on the first day without it.' })
export class RevokeDelegationInput {
  @Prose('Why it was revoked.', { optional: true })
  reason?: string;
}
