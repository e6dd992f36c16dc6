import { DateScalar, KnownAtScalar } from '#schema';
import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { DecisionLog, Figures } from '#decision-log';
import type { CivilDate } from '#kernel';
import { BasisView, MoneyView } from '#register';

/** Which log. */
@ArgsType()
export class DecisionLogArgs {
  @Field(() => ID, { description: 'The committee it is for, or the council for whose area: an id or a reference.' })
  for!: string;

  @Field(() => DateScalar, { description: 'The first day of the period.' })
  from!: CivilDate;

  @Field(() => DateScalar, { description: 'The last day of the period.' })
  to!: CivilDate;

  @Field(() => [ID], { description: 'Only decisions of these organisations.', nullable: true })
  about?: string[] | null;

  @Field(() => DateScalar, { description: 'The day as at which decisions are shown. Default: today.', nullable: true })
  asAt?: CivilDate | null;

  @Field(() => KnownAtScalar, { description: 'The state of knowledge to answer from. Default: now.', nullable: true })
  asKnownAt?: number | string | null;
}

@ObjectType('DecisionLogLink', { description: 'Where a decision log is in one format.' })
export class LogLinkView {
  @Field(() => String, { description: 'html, pdf, csv, docx or json.' })
  format!: string;

  @Field(() => String, { description: 'Its path on this server.' })
  path!: string;
}

@ObjectType('DecisionLogFigures', { description: 'The figures of a decision log, of what whoever asks may see.' })
export class FiguresView implements Omit<Figures, 'amountShown'> {
  @Field(() => Int, { description: 'Decisions dated in the period.' })
  decisions!: number;

  @Field(() => Int, { description: 'Those that are withheld.' })
  withheld!: number;

  @Field(() => Int, { description: 'Those taken in private, withheld ones among them.' })
  inPrivate!: number;

  @Field(() => Int, { description: 'Those taken as urgent.' })
  urgent!: number;

  @Field(() => Int, { description: 'Those called in.' })
  calledIn!: number;

  @Field(() => Int, { description: 'Those made known more than 30 days after they were taken or took effect.' })
  publishedLate!: number;

  @Field(() => Int, { description: 'Those recorded in the register more than 28 days after their day.' })
  recordedLate!: number;

  @Field(() => MoneyView, { description: 'The amounts that are shown, together; no placeholder is among them.' })
  amountShown!: MoneyView;

  @Field(() => Int, { description: 'How many decisions show an amount.' })
  withAmount!: number;
}

@ObjectType('DecisionLogSection', { description: 'A section of a decision log.' })
export class LogSectionView {
  @Field(() => Int, { description: 'Its number, from 1.' })
  number!: number;

  @Field(() => String, { description: 'A stable key.' })
  key!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => Int, { description: 'How many rows its tables have; 0 where there is nothing to report.' })
  rows!: number;

  @Field(() => String, { description: 'The sentence that says that there is nothing to report.', nullable: true })
  nothing?: string;
}

@ObjectType('DecisionLog', { description: 'What a decision log for a committee says on a basis.' })
export class DecisionLogSummaryView {
  @Field(() => String, { description: 'The sixteen hexadecimal digits that stand on every page of it.' })
  logId!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, { description: 'Which organisations’ decisions it holds, and why.' })
  rule!: string;

  @Field(() => BasisView, { description: 'What it rests on.' })
  basis!: BasisView;

  @Field(() => [String], { description: 'Its summary, in sentences.' })
  summary!: readonly string[];

  @Field(() => FiguresView, { description: 'Its figures.' })
  figures!: FiguresView;

  @Field(() => [LogSectionView], { description: 'Its sections, in order.' })
  sections!: readonly LogSectionView[];
}

export const summaryOf = ({ head, sections }: DecisionLog): DecisionLogSummaryView => ({
  logId: head.id,
  title: head.title,
  rule: head.concerning.rule,
  basis: { ...head.basis, asKnownAt: String(head.basis.position), treeSize: null, rootHash: null },
  summary: head.summary,
  // A sum is an amount, though it should come to one penny.
  figures: { ...head.figures, amountShown: { pence: head.figures.amountShown, placeholder: false } },
  sections: sections.map(({ id, number, title, nothing, blocks }) => ({
    number,
    key: id,
    title,
    rows: blocks.reduce(
      (rows, block) =>
        rows + (block.kind === 'table' ? block.rows.length : block.kind === 'decisions' ? block.entries.length : 0),
      0,
    ),
    ...(nothing !== undefined && { nothing }),
  })),
});
