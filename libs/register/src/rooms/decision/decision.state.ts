import {
  DisclosureClassEnum,
  DateScalar,
  DecisionRouteEnum,
  DecisionStatusEnum,
  DecisionTypeEnum,
  Field,
  ObjectType,
  SpendingEnum,
  VatEnum,
} from '#schema';
import type { CivilDate } from '#kernel';
import {
  type Classed,
  type DecisionRoute,
  type DecisionStatus,
  type DecisionType,
  type DisclosureClass,
  type Spending,
  type Vat,
} from '#governance';
import { MoneyView } from '../money.view.js';
import { ConditionMetView } from './condition-met.view.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { ExemptionView, WithheldPartView } from './disclosure.view.js';
import { ProcurementView } from './procurement.view.js';
import { VotesView } from './votes.view.js';

/** The folded state of a decision, and the GraphQL type `Decision`. */
@ObjectType('Decision', {
  implements: () => [Node, Recorded],
  description: 'Something that a body, an officer or several of them decided, or are asked to decide.',
})
export class DecisionView implements Classed {
  @Field(() => String, { description: 'Its human reference, unique in the register.', nullable: true })
  reference?: string;

  @Field(() => String, { description: 'Its title; of a stub, the title approved for publication.' })
  title!: string;

  @Field(() => DisclosureClassEnum, { description: 'Who may see it.' })
  disclosure!: DisclosureClass;

  @Field(() => ExemptionView, { description: 'Why it is withheld; empty where it is public.', nullable: true })
  exemption?: ExemptionView;

  @Field(() => [WithheldPartView], {
    description: 'Parts that are withheld of it though it is not; empty where none is.',
    nullable: true,
  })
  withheldParts?: readonly WithheldPartView[];

  @Field(() => DecisionStatusEnum, { description: 'Where it stands.' })
  status!: DecisionStatus;

  /** The day it goes by, as far as it says itself: when it was taken, else noticed, else published. */
  datedOn?: CivilDate;

  @Field(() => DateScalar, {
    description:
      'The first day on which it holds, whatever changed since; empty while it is not taken, and where nobody knows the day.',
    nullable: true,
  })
  inForceFrom?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The last day on which it held, once it was superseded whole, was rescinded or has lapsed.',
    nullable: true,
  })
  inForceUntil?: CivilDate;

  /** Ids; the resolver shows the subjects themselves. */
  bodies?: readonly string[];
  decidedBy?: readonly string[];
  officer?: string;
  organisation?: string;
  accountable?: readonly string[];
  places?: readonly string[];
  catalogueFunctions?: readonly string[];
  /** The appointment in which the officer acted. */
  appointment?: string;
  provider?: string;
  delegation?: string;
  instrument?: string;
  meeting?: string;
  implements?: string;
  supersedes?: string;
  supersededBy?: string;
  rescindedBy?: string;

  /** What its own events made of it; `status` adds what days and call-ins do. */
  standing!: Exclude<DecisionStatus, 'IN_STANDSTILL' | 'CALLED_IN'>;
  calledIn?: boolean;
  /** Whether it was taken: a proposal replaces nothing, whatever became of it. */
  taken?: boolean;

  @Field(() => String, { description: 'What was proposed, in short.', nullable: true })
  summary?: string;

  @Field(() => DateScalar, { description: 'The day by which, or on which, it was to be decided.', nullable: true })
  dueOn?: CivilDate;

  @Field(() => Boolean, {
    description: 'True for a key decision of a council’s executive; empty where not known.',
    nullable: true,
  })
  key?: boolean;

  @Field(() => String, { description: 'Who decided, in the words of the source.', nullable: true })
  decidedByName?: string;

  @Field(() => DecisionTypeEnum, { description: 'What it does.', nullable: true })
  kind?: DecisionType;

  @Field(() => DecisionRouteEnum, { description: 'How it came to be taken.', nullable: true })
  route?: DecisionRoute;

  @Field(() => String, {
    description: 'The outcome as the source prints it. "divided" says that a division was called, not who won it.',
    nullable: true,
  })
  outcome?: string;

  @Field(() => String, { description: 'How it was voted on, as the source prints it.', nullable: true })
  method?: string;

  @Field(() => VotesView, { description: 'How it was voted on; empty while not recorded.', nullable: true })
  votes?: VotesView;

  @Field(() => String, { description: 'The resolution or the words of the decision.', nullable: true })
  text?: string;

  @Field(() => String, { description: 'The reasons given.', nullable: true })
  reasons?: string;

  @Field(() => String, { description: 'Alternatives considered and rejected.', nullable: true })
  alternatives?: string;

  @Field(() => DateScalar, { description: 'The day on which it was taken.', nullable: true })
  takenOn?: CivilDate;

  @Field(() => DateScalar, { description: 'The day of the notice that made it known.', nullable: true })
  noticedOn?: CivilDate;

  @Field(() => DateScalar, { description: 'The day on which it was published.', nullable: true })
  publishedOn?: CivilDate;

  @Field(() => String, { description: 'Where it was published.', nullable: true })
  publishedWhere?: string;

  @Field(() => String, {
    description: 'Where it stands in its own process, in the words of the source.',
    nullable: true,
  })
  stage?: string;

  @Field(() => MoneyView, { description: 'The amount it is about.', nullable: true })
  amount?: MoneyView;

  @Field(() => MoneyView, { description: 'The amount for each year.', nullable: true })
  amountPerYear?: MoneyView;

  @Field(() => String, { description: 'What else is said about the amount.', nullable: true })
  amountNote?: string;

  @Field(() => SpendingEnum, { description: 'What sort of money the amount is.', nullable: true })
  spending?: Spending;

  @Field(() => VatEnum, { description: 'Whether value added tax is in the amount.', nullable: true })
  vat?: Vat;

  @Field(() => String, { description: 'For how long, in the words of the source.', nullable: true })
  term?: string;

  @Field(() => String, { description: 'The legal basis, in the words of the source.', nullable: true })
  legalBasis?: string;

  @Field(() => ProcurementView, { description: 'What it says about buying.', nullable: true })
  procurement?: ProcurementView;

  @Field(() => [ConditionMetView], {
    description: 'How the conditions were met that each decision under a delegation has to meet.',
    nullable: true,
  })
  conditionsMet?: readonly ConditionMetView[];

  @Field(() => [String], { description: 'Words it is tagged with.', nullable: true })
  tags?: readonly string[];

  @Field(() => [IdentifierView], { description: 'References others give it.', nullable: true })
  identifiers?: readonly IdentifierView[];

  @Field(() => String, { description: 'Its public page.', nullable: true })
  website?: string;

  @Field(() => String, { description: 'In what the source contradicts itself.', nullable: true })
  conflictInSource?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => String, { description: 'Why it is called in, or was released.', nullable: true })
  calledInBecause?: string;

  @Field(() => String, { description: 'How it was carried out.', nullable: true })
  implementedNote?: string;

  @Field(() => String, {
    description: 'Which part a later decision replaced; empty where it was the whole.',
    nullable: true,
  })
  supersededPart?: string;

  @Field(() => String, { description: 'Why it was rescinded or lapsed.', nullable: true })
  endedBecause?: string;

  @Field(() => Boolean, { description: 'True once it was superseded whole, was rescinded or has lapsed.' })
  ended!: boolean;
}
