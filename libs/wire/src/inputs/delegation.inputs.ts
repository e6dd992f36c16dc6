import {
  InputType,
  PartialType,
  ConditionKindEnum,
  ConditionTimeEnum,
  DelegationPowerEnum,
  OnwardDelegationEnum,
  UpstreamRouteEnum,
} from '#schema';
import type { CivilDate } from '#kernel';
import type {
  Approval,
  Condition,
  ConditionKind,
  ConditionTime,
  DelegationPower,
  DelegationScope,
  DelegationTerms,
  OnwardDelegation,
  UpstreamRoute,
} from '#governance';
import { Day, Flag, LastDay, OneOf, Part, Prose, Subject, Text, Whole } from '../fields.js';
import { LimitInput } from './limit.input.js';

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

@InputType({ description: 'What has to be so for a power to be used.' })
export class ConditionInput implements Condition {
  @Text('A key of its own among the conditions of the delegation, by which it is named: "1", "cfo-certificate".')
  key!: string;

  @Text('What has to be so, in the words of the source.', { max: 2000 })
  text!: string;

  @OneOf(ConditionKindEnum, 'What sort of condition it is.')
  kind!: ConditionKind;

  @OneOf(ConditionTimeEnum, 'Whether each decision has to meet it, or it has to be met all the time.')
  applies!: ConditionTime;

  @Text('With whom, in the words of the source: "the portfolio holder".', { optional: true })
  with?: string;
}

@InputType({
  description:
    'That a party approved a delegation, or consented to its being passed on. It says at least who, or by which decision.',
})
export class ApprovalInput implements Approval {
  @Subject('organisation', 'The organisation that approved.', { optional: true })
  organisation?: string;

  @Subject('body', 'The body that approved.', { optional: true })
  body?: string;

  @Text('Who approved, in the words of the source, where they are not in the register.', { optional: true })
  name?: string;

  @Subject('decision', 'The decision by which it did.', { optional: true })
  decision?: string;

  @Day('The day on which it did.', { optional: true })
  on?: CivilDate;

  @Text('What else is said about it.', { optional: true, max: 2000 })
  note?: string;
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

  @Subject('seat', 'The post or seat that grants it: whoever held it on the day.', { optional: true })
  grantedBySeat?: string;

  @Subject('person', 'The person who grants it.', { optional: true })
  grantedByPerson?: string;

  @Text('Who grants it, in the words of the source, where they are not in the register.', { optional: true })
  grantedByName?: string;

  @Subject('organisation', 'The organisations that receive it.', { optional: true, many: true })
  delegateOrganisations?: string[];

  @Subject('body', 'The bodies that receive it.', { optional: true, many: true })
  delegateBodies?: string[];

  @Subject('seat', 'The posts and seats that receive it: whoever holds one on the day acts.', {
    optional: true,
    many: true,
  })
  delegateSeats?: string[];

  @Subject('person', 'The people who receive it.', { optional: true, many: true })
  delegatePersons?: string[];

  @Text('Who receives it, in the words of the source: "all 42 ICBs".', { optional: true, many: true })
  delegateNames?: string[];

  @Subject('organisation', 'The organisation whose power it is, where that is said: delegates act for it.', {
    optional: true,
  })
  onBehalfOf?: string;

  @Text('The functions it covers, at least one.', { many: true, max: 2000 })
  functions!: string[];

  @Subject(
    'function',
    'The functions of a catalogue that it lets others exercise, as somebody found them; the words of the source stay beside them.',
    { optional: true, many: true },
  )
  catalogueFunctions?: string[];

  @OneOf(DelegationPowerEnum, 'What the delegates may do.', { optional: true, many: true })
  powers?: DelegationPower[];

  @Part(() => DelegationScopeInput, 'What it is limited to.', { optional: true })
  scope?: DelegationScopeInput;

  @Subject('place', 'The places that it reaches to, beside the words of the scope.', { optional: true, many: true })
  places?: string[];

  @Subject('organisation', 'The organisations that nothing may be bought from under it.', {
    optional: true,
    many: true,
  })
  excludedProviders?: string[];

  @Part(() => LimitInput, 'The most that may be committed, one limit for each basis.', { optional: true, many: true })
  limits?: LimitInput[];

  @Part(() => ConditionInput, 'What has to be so for it to be used.', { optional: true, many: true })
  conditions?: ConditionInput[];

  @Flag('True where whoever grants it may no longer act; false where both may.', { optional: true })
  exclusive?: boolean;

  @OneOf(OnwardDelegationEnum, 'Whether it may be passed on.', { optional: true })
  onward?: OnwardDelegation;

  @Whole('How many times it may be passed on, one after the other: 0 where those it is passed on to may not.', {
    optional: true,
    max: 100,
  })
  onwardDepth?: number;

  @Subject('instrument', 'The instrument that makes it.', { optional: true })
  instrument?: string;

  @Text('The version of the instrument that makes it.', { optional: true })
  version?: string;

  @Text('The clause of the instrument that makes it.', { optional: true })
  clause?: string;

  @Subject('decision', 'The decision that made it.', { optional: true })
  madeByDecision?: string;

  @OneOf(UpstreamRouteEnum, 'How the function reaches the local body from above.', { optional: true })
  upstreamRoute?: UpstreamRoute;

  @Text('Who approved it, in the words of the source.', { optional: true })
  approvedBy?: string;

  @Part(() => ApprovalInput, 'The approvals of the parties, and consents to passing it on.', {
    optional: true,
    many: true,
  })
  approvals?: ApprovalInput[];

  @Whole('The days of notice by which it may be ended.', { optional: true, max: 36_600 })
  noticeDays?: number;

  @Subject('delegation', 'The delegation in whose place it stands: granted again, or carried over.', { optional: true })
  replaces?: string;

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

@InputType({
  description:
    'That a standing condition of a delegation is met. Effective on the day from which it is; it stays so until a breach is recorded.',
})
export class SatisfyConditionInput {
  @Text('The key of the condition.')
  condition!: string;

  @Prose('What shows that it is met.', { optional: true })
  evidence?: string;

  @Subject('decision', 'The decision by which it came to be met.', { optional: true })
  decision?: string;
}

@InputType({
  description:
    'That a standing condition of a delegation was breached. Effective on the first day on which it is not met; it stays so until it is satisfied again.',
})
export class BreachConditionInput {
  @Text('The key of the condition.')
  condition!: string;

  @Prose('How it was breached.', { optional: true })
  reason?: string;
}

@InputType({ description: 'That a delegation was taken back. Effective on the first day without it.' })
export class RevokeDelegationInput {
  @Prose('Why it was revoked.', { optional: true })
  reason?: string;
}
