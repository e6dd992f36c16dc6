import { InputType, LogFileFormatEnum, LogPeriodEnum, LogReaderEnum } from '#schema';
import type { CivilDate } from '#kernel';
import type { LogFileFormat, LogPeriod, LogReader, StandingOrderDetails, StandingOrderTerms } from '#governance';
import { DeliveryRouteInput } from './delivery.inputs.js';
import { Day, OneOf, Part, Prose, Subject, Text, Whole } from '../fields.js';

/** What a door is given: the latest day is resolved by the rules where it is left out. */
type Asked<Terms extends StandingOrderTerms> = Omit<Terms, 'daysAfterPeriod'> & Partial<Pick<Terms, 'daysAfterPeriod'>>;

@InputType({
  description:
    'What a standing order is from now on, whole: what is left out is no longer ordered. Effective on the first day on ' +
    'which it holds; it is for periods that end on that day or later.',
})
export class ChangeStandingOrderInput implements Asked<StandingOrderTerms> {
  @Subject('organisation', 'The organisations whose decisions the logs are to hold; else those that concern it.', {
    optional: true,
    many: true,
  })
  about?: readonly string[];

  @OneOf(LogPeriodEnum, 'How long each period is.')
  every!: LogPeriod;

  @Day(
    'First day of the first period, which is the first of a month, a quarter or a financial year: periods before it are not ordered.',
  )
  firstDay!: CivilDate;

  @Whole(
    'How many days before a meeting of the committee a log is due, 0 to 90: the first meeting for which that day falls after the period. Where left out, meetings do not count.',
    {
      optional: true,
      max: 90,
    },
  )
  daysBeforeMeeting?: number;

  @Whole(
    'How many days after the end of its period a log is due at the latest, meeting or not, 0 to 180; 28 where left out.',
    {
      optional: true,
      max: 180,
    },
  )
  daysAfterPeriod?: number;

  @OneOf(LogReaderEnum, 'For whom the logs are made.')
  reader!: LogReader;

  @Text('To whom they are given, in words.')
  recipient!: string;

  @Part(() => DeliveryRouteInput, 'Where they are delivered to; else they are issued, and fetched.', {
    optional: true,
    many: true,
  })
  deliverTo?: readonly DeliveryRouteInput[];

  @OneOf(LogFileFormatEnum, 'The formats; all of them where left out.', { optional: true, many: true })
  formats?: readonly LogFileFormat[];

  @Prose('What else there is to say about it.', { optional: true })
  note?: string;
}

@InputType({
  description:
    'A standing order for decision logs, for a committee or for the area of a council: a log for every period. ' +
    'Effective on the first day on which it holds.',
})
export class PlaceStandingOrderInput extends ChangeStandingOrderInput implements Asked<StandingOrderDetails> {
  @Subject('body', 'The committee the logs are for.', { optional: true })
  committee?: string;

  @Subject('organisation', 'The council for whose area they are, where they are for no one committee.', {
    optional: true,
  })
  council?: string;
}

@InputType({
  description:
    'The end of a standing order. Effective on the first day without it: periods that end on that day or later are not ordered.',
})
export class EndStandingOrderInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}
