import { DateScalar, InstantScalar, enumeration } from '#schema';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Aggregate } from '#governance';
import type { CivilDate, Instant } from '#kernel';
import { BasisView } from '#register';
import { PageInfo } from '../graphql/connection.js';
import { EarlierRecordingView, WhyView } from './history.view.js';

const AGGREGATE_MEANINGS: Readonly<Record<Aggregate, string>> = {
  organisation: 'A legal person: a board, a trust, a council.',
  succession: 'That one organisation came after another.',
  person: 'A person.',
  place: 'A system, place or neighbourhood.',
  function: 'A duty or power that law or policy gives.',
  functionHolding: 'That an organisation, or a kind of them, holds a function.',
  body: 'A board, committee or group.',
  seat: 'A seat on a body, or a post.',
  instrument: 'A document that gives or shapes authority, or a provision of one.',
  appointment: 'That a person holds a seat or role.',
  delegation: 'That somebody may act for somebody else.',
  reservation: 'A matter that only one body or organisation may decide.',
  meeting: 'A meeting of a body.',
  decision: 'A decision.',
  interest: 'An interest that a person declared.',
  budget: 'Money that may be spent.',
  scrutiny: 'A matter that a scrutiny committee raised.',
  standingOrder: 'That decision logs are made, period after period.',
  decisionLog: 'A decision log that was issued.',
};

/** GraphQL's names are in capitals; behind them stand the register's own. */
export const AggregateEnum: Readonly<Record<string, Aggregate>> = Object.fromEntries(
  (Object.keys(AGGREGATE_MEANINGS) as Aggregate[]).map((aggregate) => [
    aggregate.replaceAll(/[A-Z]/g, '_$&').toUpperCase(),
    aggregate,
  ]),
);
registerEnumType(AggregateEnum, {
  name: 'Aggregate',
  description: 'The kinds of subject the register holds.',
  valuesMap: Object.fromEntries(
    Object.entries(AggregateEnum).map(([name, aggregate]) => [name, { description: AGGREGATE_MEANINGS[aggregate] }]),
  ),
});

export const ChangeKindEnum = enumeration('ChangeKind', 'What a recording does to what was recorded before.', {
  RECORDED: 'It says something new, or brings back what was annulled.',
  CORRECTED: 'It stands in the place of an earlier recording.',
  ANNULLED: 'It drops an earlier recording.',
});
export type ChangeKind = keyof typeof ChangeKindEnum;

@ObjectType('Change', { description: 'One recording, seen as a change of what the register says.' })
export class ChangeView {
  @Field(() => Int, { description: 'Its position in the register.' })
  position!: number;

  @Field(() => ID, { description: 'Id of the event.' })
  eventId!: string;

  @Field(() => InstantScalar, { description: 'When it was recorded.' })
  recordedAt!: Instant;

  @Field(() => DateScalar, {
    description: 'The day from which it holds; for an end, the first day without. Empty where nobody knows.',
    nullable: true,
  })
  effectiveOn!: CivilDate | null;

  @Field(() => ID, { description: 'Global id of the subject it is about.' })
  subject!: string;

  @Field(() => AggregateEnum, { description: 'What kind of subject that is.' })
  aggregate!: Aggregate;

  @Field(() => String, {
    description: 'What the subject is called; empty where nothing is known of it any more.',
    nullable: true,
  })
  title!: string | null;

  @Field(() => String, { description: 'What kind of event it is.' })
  type!: string;

  @Field(() => ChangeKindEnum, { description: 'What it does to what was recorded before.' })
  kind!: ChangeKind;

  @Field(() => String, { description: 'What it says, in plain words.' })
  sentence!: string;

  @Field(() => String, { description: 'Who recorded it: the name, or the id where no name is kept.' })
  recordedBy!: string;

  @Field(() => WhyView, { description: 'Why it corrects or annuls an earlier recording.', nullable: true })
  why!: WhyView | null;

  @Field(() => EarlierRecordingView, {
    description: 'The earlier recording that it corrects, annuls or brings back.',
    nullable: true,
  })
  earlier!: EarlierRecordingView | null;

  @Field(() => Boolean, { description: 'True where it took effect before the London day on which it was recorded.' })
  late!: boolean;

  @Field(() => Int, {
    description:
      'By how many days it was late: 0 where it was not; empty for an annulment, or where the start is not known.',
    nullable: true,
  })
  daysLate!: number | null;
}

@ObjectType('ChangeSummary', { description: 'How many recordings there are between the two moments, by what they do.' })
export class ChangeSummaryView {
  @Field(() => Int, { description: 'Those that say something new.' })
  recorded!: number;

  @Field(() => Int, { description: 'Those that stand in the place of an earlier one.' })
  corrected!: number;

  @Field(() => Int, { description: 'Those that drop an earlier one.' })
  annulled!: number;

  @Field(() => Int, {
    description: 'Of those corrected or annulled, how many because it was recorded wrongly or never happened.',
  })
  reportedAsCorrections!: number;

  @Field(() => Int, { description: 'Those recorded after the day on which they took effect.' })
  late!: number;
}

@ObjectType('ChangesBasis', { description: 'The two states of knowledge between which changes are told.' })
export class ChangesBasisView {
  @Field(() => BasisView, { description: 'The earlier: what it knew is not told again.' })
  from!: BasisView;

  @Field(() => BasisView, {
    description: 'The later: nothing recorded after it is told, and names are as known there.',
  })
  to!: BasisView;
}

@ObjectType('ChangeEdge', { description: 'One entry of a list: the Change and its cursor.' })
export class ChangeEdge {
  @Field(() => ChangeView, { description: 'The entry itself.' })
  node!: ChangeView;

  @Field(() => String, { description: 'Its place in the list.' })
  cursor!: string;
}

/** Counted only when it is asked for: `totalCount` and `summary` are getters. */
@ObjectType('ChangeConnection', { description: 'A page of what was recorded between two moments, in that order.' })
export class ChangeConnection {
  @Field(() => ChangesBasisView, { description: 'What the answer rests on.' })
  basis!: ChangesBasisView;

  @Field(() => [ChangeEdge], { description: 'The entries of this page.' })
  edges!: ChangeEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many entries the whole list has.' })
  totalCount!: Promise<number>;

  @Field(() => ChangeSummaryView, { description: 'Counts over the whole list, all pages.' })
  summary!: Promise<ChangeSummaryView>;
}
