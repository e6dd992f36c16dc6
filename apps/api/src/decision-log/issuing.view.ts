import { DateScalar, DeliveryWayEnum, LogFileFormatEnum, LogReaderEnum } from '#schema';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Receipt } from '#command';
import type { DeliveryWay, LogReader } from '#governance';
import type { CivilDate } from '#kernel';
import { IssuedFileView, LogDeliveryView } from '#register';
import { ReceiptView } from '../graphql/receipt.js';
import { DecisionLogArgs } from './decision-log-summary.view.js';

@ObjectType('OutstandingDelivery', { description: 'A delivery that nobody accepted.' })
export class OutstandingDeliveryView {
  @Field(() => DeliveryWayEnum, { description: 'How it was tried.' })
  by!: DeliveryWay;

  @Field(() => String, { description: 'The e-mail address, or the https address.' })
  to!: string;

  @Field(() => String, { description: 'Why it was not accepted.' })
  why!: string;
}

@ObjectType('IssueReceipt', { description: 'What became of a decision log that was to be issued.' })
export class IssueReceiptView {
  @Field(() => ID, { description: 'Global id of the issued log.' })
  id!: string;

  @Field(() => ReceiptView, { description: 'What was recorded, and how to wait for it.' })
  receipt!: Receipt;

  @Field(() => [IssuedFileView], { description: 'Its files.' })
  files!: readonly IssuedFileView[];

  @Field(() => [LogDeliveryView], { description: 'Where it was accepted just now.' })
  delivered!: readonly LogDeliveryView[];

  @Field(() => [OutstandingDeliveryView], {
    description: 'Where it was not; what is due has it again until it is.',
  })
  outstanding!: readonly OutstandingDeliveryView[];
}

@ObjectType('DueIssue', { description: 'What became of a decision log that was due.' })
export class DueIssueView {
  @Field(() => ID, { description: 'The standing order; empty for a log that was issued without one.', nullable: true })
  standingOrder!: string | null;

  @Field(() => DateScalar, { description: 'The first day of the period.' })
  firstDay!: CivilDate;

  @Field(() => DateScalar, { description: 'The last day of the period.' })
  lastDay!: CivilDate;

  @Field(() => IssueReceiptView, { description: 'The log; empty where it was not issued.', nullable: true })
  issued!: IssueReceiptView | null;

  @Field(() => String, {
    description: 'The code of the refusal, where it was not issued or not delivered.',
    nullable: true,
  })
  code!: string | null;

  @Field(() => String, { description: 'Why not, in a sentence.', nullable: true })
  message!: string | null;
}

@InputType('DeliverTo', { description: 'Where a decision log is to be delivered.' })
export class DeliverToInput {
  @Field(() => DeliveryWayEnum, { description: 'How.' })
  by!: DeliveryWay;

  @Field(() => String, { description: 'The e-mail address, or the https address.' })
  to!: string;
}

@ArgsType()
export class IssueArgs extends DecisionLogArgs {
  @Field(() => Int, { description: 'Position of the log before, to mark what has changed since.', nullable: true })
  since?: number | null;

  @Field(() => LogReaderEnum, { description: 'For whom it is made. Default: anybody.', nullable: true })
  reader?: LogReader | null;

  @Field(() => [LogFileFormatEnum], { description: 'The formats. Default: all of them.', nullable: true })
  formats?: (keyof typeof LogFileFormatEnum)[] | null;

  @Field(() => String, { description: 'To whom it is given, in words.', nullable: true })
  recipient?: string | null;

  @Field(() => ID, { description: 'The issued log that it corrects: what has changed is marked.', nullable: true })
  replaces?: string | null;

  @Field(() => [DeliverToInput], {
    description: 'Where it is delivered. Default: nowhere; it is fetched.',
    nullable: true,
  })
  deliverTo?: DeliverToInput[] | null;

  @Field(() => String, { description: 'What else there is to say about it.', nullable: true })
  note?: string | null;

  @Field(() => String, {
    description: 'A text of your own: sent again by you with it, the mutation finds the log it issued.',
    nullable: true,
  })
  commandId?: string | null;
}
