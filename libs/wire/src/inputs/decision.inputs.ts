import {
  InputType,
  IntersectionType,
  OmitType,
  PartialType,
  PickType,
  DecisionPartEnum,
  DecisionRouteEnum,
  DecisionTypeEnum,
  DisclosureClassEnum,
  ExemptGroundEnum,
  ProcurementRouteEnum,
  SpendingEnum,
  VatEnum,
} from '#schema';
import type { CivilDate } from '#kernel';
import type {
  Classification,
  ClassedAtOnce,
  ConditionMet,
  DecisionDetails,
  DecisionPart,
  DecisionRoute,
  DecisionType,
  DisclosureClass,
  ExemptGround,
  Identifier,
  Lifting,
  Procurement,
  ProcurementRoute,
  ProposalDetails,
  Spending,
  Vat,
} from '#governance';
import { Day, Flag, LastDay, OneOf, Part, Prose, Reference, Subject, Text } from '../fields.js';
import { Money, MoneyInput } from '../money.js';
import { IdentifierInput } from './identifier.input.js';
import { VotesInput } from './votes.inputs.js';

const REFERENCE = 'Its human reference, unique in the register.';
const SERIES = 'The series of which the register gives the next number, where no reference is given: ICB-2025/26.';

@InputType({
  description:
    'That a decision, or parts of one, are public, exempt or confidential. Effective on the first day of that; whoever ' +
    'may not see them is refused them from now on for every day, also for those before.',
})
export class ClassifyDecisionInput implements Classification {
  @OneOf(DisclosureClassEnum, 'Who may see it.')
  disclosure!: DisclosureClass;

  @OneOf(ExemptGroundEnum, 'The ground on which it is withheld. It is published.', { optional: true })
  ground?: ExemptGround;

  @Prose('The public interest as it was weighed. It is not published.', { optional: true })
  reasoning?: string;

  @Text('Who decided to withhold it: a resolution, an officer. It is not published.', { optional: true, max: 500 })
  decidedBy?: string;

  @Day('The day by which it is looked at again. It is published.', { optional: true })
  reviewOn?: CivilDate;

  @Text('A neutral title, approved for publication: it stands in the place of the title.', { optional: true, max: 200 })
  publicTitle?: string;

  @OneOf(DecisionPartEnum, 'The parts it is about; the whole decision where they are left out.', {
    optional: true,
    many: true,
  })
  fields?: DecisionPart[];
}

@InputType({
  description: 'That a decision, or parts of one, are no longer withheld. Effective on the first such day.',
})
export class LiftExemptionInput implements Lifting {
  @Prose('Why they are made public.', { optional: true })
  reason?: string;

  @OneOf(DecisionPartEnum, 'The parts; the whole decision, apart from parts withheld for themselves, where left out.', {
    optional: true,
    many: true,
  })
  fields?: DecisionPart[];
}

const AT_ONCE = 'What is withheld of it from the first. Whoever corrects this recording has to say it again.';

const SAID_AGAIN =
  'Who may see this recording, and the decision from then on. Needed where it was ever recorded who may see the decision; it opens nothing that was recorded before.';

@InputType({ description: 'A decision that somebody is asked to take. Effective on the day it was put forward.' })
export class ProposeDecisionInput implements ProposalDetails, ClassedAtOnce {
  @Reference(REFERENCE, { optional: true, max: 200 })
  reference?: string;

  @Reference(SERIES, { optional: true, max: 100 })
  referenceSeries?: string;

  @Text('Its title.', { max: 1000 })
  title!: string;

  @Subject('body', 'The bodies that are to decide.', { optional: true, many: true })
  bodies?: string[];

  @Subject('organisation', 'The organisation that would answer for it in law.', { optional: true })
  organisation?: string;

  @Subject('place', 'The places it is for.', { optional: true, many: true })
  places?: string[];

  @Subject('function', 'The functions of a catalogue that it would exercise.', { optional: true, many: true })
  catalogueFunctions?: string[];

  @Prose('What is proposed, in short.', { optional: true })
  summary?: string;

  @Day('The day by which, or on which, it is to be decided.', { optional: true })
  dueOn?: CivilDate;

  @Flag('True for a key decision of a council’s executive.', { optional: true })
  key?: boolean;

  @Text('Its public page.', { optional: true, max: 500 })
  website?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;

  @Part(() => ClassifyDecisionInput, AT_ONCE, { optional: true })
  disclosure?: ClassifyDecisionInput;
}

@InputType({ description: 'What a decision says about buying.' })
export class ProcurementInput implements Procurement {
  @OneOf(ProcurementRouteEnum, 'How the supplier was chosen.', { optional: true })
  route?: ProcurementRoute;

  @Text('The supplier.', { optional: true })
  supplier?: string;

  @Text('The number of the notice.', { optional: true, code: true })
  noticeId?: string;

  @LastDay('The last day of the standstill.', { optional: true })
  standstillUntil?: CivilDate;

  @Day('The last day for tenders.', { optional: true })
  tenderDeadline?: CivilDate;
}

@InputType({ description: 'How a condition was met that each decision under a delegation has to meet.' })
export class ConditionMetInput implements ConditionMet {
  @Subject('delegation', 'The delegation whose condition it is.')
  delegation!: string;

  @Text('The key of the condition there.')
  condition!: string;

  @Day('The day on which it was met.', { optional: true })
  on?: CivilDate;

  @Prose('What shows that it was.', { optional: true })
  evidence?: string;
}

@InputType({
  description:
    'A decision that was taken. Effective on the day from which it holds; the days it was taken, noticed and ' +
    'published are fields of it. It need not have been proposed.',
})
export class TakeDecisionInput implements DecisionDetails, ClassedAtOnce {
  @Reference(REFERENCE, { optional: true, max: 200 })
  reference?: string;

  @Reference(SERIES, { optional: true, max: 100 })
  referenceSeries?: string;

  @Text('Its title.', { max: 1000 })
  title!: string;

  @Subject('body', 'The bodies that decided.', { optional: true, many: true })
  decidedBy?: string[];

  @Subject('person', 'The officer who decided.', { optional: true })
  officer?: string;

  @Subject('appointment', 'The appointment in which the officer acted, of several that one person may hold.', {
    optional: true,
  })
  appointment?: string;

  @Text('Who decided, in the words of the source, where they are not in the register.', { optional: true })
  decidedByName?: string;

  @Subject('organisation', 'The organisation that answers for it in law.', { optional: true })
  organisation?: string;

  @Subject('organisation', 'The partners that answer for it together.', { optional: true, many: true })
  accountable?: string[];

  @Subject('place', 'The places it is for.', { optional: true, many: true })
  places?: string[];

  @Subject('function', 'The functions of a catalogue that it exercises.', { optional: true, many: true })
  catalogueFunctions?: string[];

  @OneOf(DecisionTypeEnum, 'What it does.', { optional: true })
  kind?: DecisionType;

  @OneOf(DecisionRouteEnum, 'How it came to be taken.', { optional: true })
  route?: DecisionRoute;

  @Text('The outcome as the source prints it.', { optional: true, max: 2000 })
  outcome?: string;

  @Text('How it was voted on, as the source prints it.', { optional: true })
  method?: string;

  @Part(() => VotesInput, 'How it was voted on: a tally, who voted how, or both.', { optional: true })
  votes?: VotesInput;

  @Prose('The resolution or the words of the decision.', { optional: true })
  text?: string;

  @Prose('The reasons given.', { optional: true })
  reasons?: string;

  @Prose('Alternatives considered and rejected.', { optional: true })
  alternatives?: string;

  @Day('The day on which it was taken.', { optional: true })
  takenOn?: CivilDate;

  @Day('The day of the notice that made it known.', { optional: true })
  noticedOn?: CivilDate;

  @Day('The day on which it was published.', { optional: true })
  publishedOn?: CivilDate;

  @Text('Where it stands in its own process, in the words of the source.', { optional: true })
  stage?: string;

  @Money('The amount it is about.', { optional: true })
  amount?: MoneyInput;

  @Money('The amount for each year.', { optional: true })
  amountPerYear?: MoneyInput;

  @Text('What else is said about the amount.', { optional: true, max: 2000 })
  amountNote?: string;

  @OneOf(SpendingEnum, 'What sort of money the amount is.', { optional: true })
  spending?: Spending;

  @OneOf(VatEnum, 'Whether value added tax is in the amount.', { optional: true })
  vat?: Vat;

  @Text('For how long, in the words of the source.', { optional: true })
  term?: string;

  @Text('The legal basis, in the words of the source.', { optional: true, max: 2000 })
  legalBasis?: string;

  @Part(() => ProcurementInput, 'What it says about buying.', { optional: true })
  procurement?: ProcurementInput;

  @Subject('organisation', 'The organisation that is bought from, beside how the source writes the supplier.', {
    optional: true,
  })
  provider?: string;

  @Subject('delegation', 'The delegation it was taken under.', { optional: true })
  delegation?: string;

  @Part(() => ConditionMetInput, 'How the conditions were met that each decision under a delegation has to meet.', {
    optional: true,
    many: true,
  })
  conditionsMet?: ConditionMetInput[];

  @Subject('instrument', 'The instrument it was taken under.', { optional: true })
  instrument?: string;

  @Subject('meeting', 'The meeting at which it was taken.', { optional: true })
  meeting?: string;

  @Subject('scrutiny', 'The scrutiny matter it gives effect to.', { optional: true })
  implements?: string;

  @Subject('decision', 'The earlier decision it replaces.', { optional: true })
  supersedes?: string;

  @Text('Words to tag it with.', { optional: true, many: true, max: 100 })
  tags?: string[];

  @Part(() => IdentifierInput, 'References others give it.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Text('Its public page.', { optional: true, max: 500 })
  website?: string;

  @Prose('In what the source contradicts itself.', { optional: true })
  conflictInSource?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;

  @Part(() => ClassifyDecisionInput, AT_ONCE, { optional: true })
  disclosure?: ClassifyDecisionInput;
}

@InputType({
  description:
    'What a later notice or release says about a decision, proposed or taken. What is not given stays as it was, also inside procurement; null takes it away.',
})
export class ChangeDecisionInput extends PartialType(
  IntersectionType(
    OmitType(TakeDecisionInput, ['referenceSeries', 'disclosure'], InputType),
    PickType(ProposeDecisionInput, ['bodies', 'summary', 'dueOn', 'key'], InputType),
    InputType,
  ),
  InputType,
) {
  @Part(() => ClassifyDecisionInput, SAID_AGAIN, { optional: true })
  disclosure?: ClassifyDecisionInput;
}

@InputType({ description: 'That a decision was published. Effective on the day of publication.' })
export class PublishDecisionInput {
  @Day('The day on which it was published.')
  publishedOn!: CivilDate;

  @Text('Where it was published.', { optional: true, max: 500 })
  where?: string;
}

@InputType({ description: 'That a decision was called in. Effective on the day of the call-in.' })
export class CallInDecisionInput {
  @Prose('Why it was called in.', { optional: true })
  reason?: string;
}

@InputType({ description: 'That a call-in is over and the decision goes on. Effective on the day of the release.' })
export class ReleaseDecisionInput {
  @Prose('Why it was released.', { optional: true })
  reason?: string;
}

@InputType({ description: 'That a decision was carried out. Effective on the day it was done.' })
export class ImplementDecisionInput {
  @Prose('How it was carried out.', { optional: true })
  note?: string;
}

@InputType({
  description: 'That a later decision replaced this one, whole or in part. Effective on the first day of that.',
})
export class SupersedeDecisionInput {
  @Subject('decision', 'The later decision.')
  by!: string;

  @Text('Which part it replaces; leave it out where it replaces the whole.', { optional: true, max: 2000 })
  part?: string;
}

@InputType({ description: 'That a decision was undone. Effective on the first day without it.' })
export class RescindDecisionInput {
  @Subject('decision', 'The decision that undid it.', { optional: true })
  by?: string;

  @Prose('Why it was undone.', { optional: true })
  reason?: string;
}

@InputType({ description: 'That a decision lost its effect because its time or a condition passed.' })
export class LapseDecisionInput {
  @Prose('Why it lapsed.', { optional: true })
  reason?: string;
}
