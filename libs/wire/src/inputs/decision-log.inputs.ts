import { InputType, LogReaderEnum } from '#schema';
import type { CivilDate } from '#kernel';
import type { DecisionLogDetails, IssuedFile, LogReader } from '#governance';
import { DeliveryRouteInput, LogDeliveryInput } from './delivery.inputs.js';
import { Day, LastDay, OneOf, Part, Prose, Subject, Text, Whole } from '../fields.js';

@InputType({ description: 'A file of a decision log, by which a copy is recognised.' })
export class IssuedFileInput implements IssuedFile {
  @Text('Its name, for example decision-log.html.')
  name!: string;

  @Whole('Its length in bytes.')
  bytes!: number;

  @Text('SHA-256 of its bytes, as 64 hexadecimal digits.', { max: 64 })
  sha256!: string;
}

@InputType({
  description:
    'A decision log that was given to somebody, with everything from which it can be made again. Effective on the day it was issued.',
})
export class IssueDecisionLogInput implements DecisionLogDetails {
  @Text('The sixteen hexadecimal digits that stand on every page of it.', { max: 16 })
  logId!: string;

  @Subject('body', 'The committee it is for.', { optional: true })
  committee?: string;

  @Subject('organisation', 'The council for whose area it is, where it is for no one committee.', { optional: true })
  council?: string;

  @Subject('organisation', 'The organisations it was narrowed to.', { optional: true, many: true })
  about?: readonly string[];

  @Day('The first day of its period.')
  firstDay!: CivilDate;

  @LastDay('The last day of its period.')
  lastDay!: CivilDate;

  @Day('The day as at which the decisions are shown.')
  asAt!: CivilDate;

  @Whole('The last position of the register that it uses.')
  knownAt!: number;

  @Whole('The position of the log before, against which changes are marked.', { optional: true })
  since?: number;

  @OneOf(LogReaderEnum, 'For whom it was made.')
  reader!: LogReader;

  @Text('To whom it was given.', { optional: true })
  recipient?: string;

  @Text('The address that its permanent addresses begin with.', { optional: true })
  publicAddress?: string;

  @Text('Version of the program that made it.', { max: 40 })
  release!: string;

  @Part(() => IssuedFileInput, 'Its files.', { many: true })
  files!: readonly IssuedFileInput[];

  @Subject('decisionLog', 'The issued log that this one replaces, corrected.', { optional: true })
  replaces?: string;

  @Subject('standingOrder', 'The standing order under which it was made.', { optional: true })
  standingOrder?: string;

  @Part(() => DeliveryRouteInput, 'Where it was to be delivered.', { optional: true, many: true })
  deliverTo?: readonly DeliveryRouteInput[];

  @Part(() => LogDeliveryInput, 'Where it had been accepted.', { optional: true, many: true })
  delivered?: readonly LogDeliveryInput[];

  @Prose('What else there is to say about it.', { optional: true })
  note?: string;
}

@InputType({ description: 'That an issued log was delivered where that had been outstanding. Effective on that day.' })
export class RecordLogDeliveryInput {
  @Part(() => LogDeliveryInput, 'Where it was accepted.', { many: true })
  delivered!: readonly LogDeliveryInput[];
}

@InputType({
  description: 'That nobody is to rely on an issued log any more. Effective on the day from which that holds.',
})
export class WithdrawDecisionLogInput {
  @Prose('Why it was withdrawn.')
  reason!: string;
}
