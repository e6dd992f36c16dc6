import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { WhyKindEnum } from '#wire';
import { DateScalar, InstantScalar, enumeration } from '#schema';
import type { CivilDate, Instant } from '#kernel';

export const EventStatusEnum = enumeration('EventStatus', 'What became of a recording, as known at the basis.', {
  IN_FORCE: 'It counts: it is part of what the register says.',
  CORRECTED: 'A later recording stands in its place.',
  ANNULLED: 'It was dropped, and nothing was put in its place.',
});
export type EventStatus = keyof typeof EventStatusEnum;

@ObjectType('EventSource', {
  description: 'Where a fact comes from: the page, minute or row that an auditor can open.',
})
export class EventSourceView {
  @Field(() => String, { description: 'The collection it belongs to.', nullable: true })
  system?: string;

  @Field(() => String, { description: 'The document or file.', nullable: true })
  document?: string;

  @Field(() => String, { description: 'Its public address.', nullable: true })
  url?: string;

  @Field(() => String, { description: 'The place inside it: an item number, a page, a row.', nullable: true })
  locator?: string;

  @Field(() => InstantScalar, { description: 'When the source itself came to say so.', nullable: true })
  statedAt?: Instant;
}

@ObjectType('Why', { description: 'Why a recording was corrected or annulled.' })
export class WhyView {
  @Field(() => WhyKindEnum, { description: 'Which kind of reason it is.' })
  kind!: string;

  @Field(() => String, { description: 'The reason in words.' })
  reason!: string;

  @Field(() => String, { description: 'Where the reason can be looked up.', nullable: true })
  evidence?: string;
}

@ObjectType('EarlierRecording', { description: 'A recording that a later one puts right, drops or brings back.' })
export class EarlierRecordingView {
  @Field(() => ID, { description: 'Id of its event.' })
  eventId!: string;

  @Field(() => Int, { description: 'Its position in the register.' })
  position!: number;

  @Field(() => DateScalar, {
    description: 'The day from which it was said to hold; empty where not known.',
    nullable: true,
  })
  effectiveOn!: CivilDate | null;

  @Field(() => String, { description: 'What it said.' })
  sentence!: string;
}

@ObjectType('LaterRecording', {
  description: 'A later recording that put this one right, dropped it or brought it back.',
})
export class LaterRecordingView {
  @Field(() => ID, { description: 'Id of its event.' })
  eventId!: string;

  @Field(() => Int, { description: 'Its position in the register.' })
  position!: number;

  @Field(() => InstantScalar, { description: 'When it was recorded.' })
  recordedAt!: Instant;

  @Field(() => String, { description: 'Who recorded it.' })
  by!: string;

  @Field(() => WhyView, { description: 'Why.', nullable: true })
  why!: WhyView | null;

  @Field(() => String, { description: 'What it says.' })
  sentence!: string;
}

@ObjectType('HistoryEntry', {
  description: 'One recording about a subject, with what it put right and what became of it.',
})
export class HistoryEntryView {
  @Field(() => Int, { description: 'Its position in the register.' })
  position!: number;

  @Field(() => ID, { description: 'Id of the event: what a correction or annulment names.' })
  eventId!: string;

  @Field(() => InstantScalar, { description: 'When it was recorded.' })
  recordedAt!: Instant;

  @Field(() => DateScalar, {
    description: 'The day from which it holds; for an end, the first day without. Empty where nobody knows.',
    nullable: true,
  })
  effectiveOn!: CivilDate | null;

  @Field(() => Boolean, { description: 'False where nobody knows the day.' })
  startKnown!: boolean;

  @Field(() => String, {
    description: 'The year or the month in which the day is, as it was said, where no more is known: 2018, 2018-05.',
    nullable: true,
  })
  effectiveIn?: string;

  @Field(() => String, { description: 'What kind of event it is.' })
  type!: string;

  @Field(() => String, { description: 'What it says, in plain words.' })
  sentence!: string;

  @Field(() => String, { description: 'Who recorded it: the name, or the id where no name is kept.' })
  recordedBy!: string;

  @Field(() => String, { description: 'Who vouches for that person: an identity provider, or a mode of the register.' })
  vouchedBy!: string;

  @Field(() => String, { description: 'The body or organisation for which it was recorded.', nullable: true })
  onBehalfOf?: string;

  @Field(() => EventSourceView, { description: 'Where it comes from.', nullable: true })
  source?: EventSourceView;

  @Field(() => EventStatusEnum, { description: 'What became of it, as known at the basis.' })
  status!: EventStatus;

  @Field(() => WhyView, { description: 'Why it corrects or annuls an earlier recording.', nullable: true })
  why!: WhyView | null;

  @Field(() => EarlierRecordingView, { description: 'The recording it stands in the place of.', nullable: true })
  corrects!: EarlierRecordingView | null;

  @Field(() => EarlierRecordingView, { description: 'The recording it drops.', nullable: true })
  annuls!: EarlierRecordingView | null;

  @Field(() => EarlierRecordingView, { description: 'The annulled recording that it brings back.', nullable: true })
  bringsBack!: EarlierRecordingView | null;

  @Field(() => LaterRecordingView, { description: 'What stands in its place.', nullable: true })
  correctedBy!: LaterRecordingView | null;

  @Field(() => LaterRecordingView, { description: 'What dropped it.', nullable: true })
  annulledBy!: LaterRecordingView | null;

  @Field(() => LaterRecordingView, { description: 'What brought it back after it was annulled.', nullable: true })
  broughtBackBy!: LaterRecordingView | null;
}

@ObjectType('TimelineEntry', {
  description: 'A stretch of days on which a subject stood unchanged, as known at the basis.',
})
export class TimelineEntryView {
  @Field(() => DateScalar, { description: 'First day of the stretch; empty where it is not known.', nullable: true })
  stretchFrom!: CivilDate | null;

  @Field(() => DateScalar, { description: 'Last day of the stretch; empty while no end is known.', nullable: true })
  stretchUntil!: CivilDate | null;

  @Field(() => DateScalar, {
    description: 'As stretchFrom.',
    deprecationReason:
      'It is of the stretch, not of the thing itself: ask for stretchFrom. It goes on or after 2027-06-01.',
    nullable: true,
  })
  from!: CivilDate | null;

  @Field(() => DateScalar, {
    description: 'The day after stretchUntil.',
    deprecationReason:
      'It is of the stretch, not of the thing itself: ask for stretchUntil. It goes on or after 2027-06-01.',
    nullable: true,
  })
  to!: CivilDate | null;

  @Field(() => DateScalar, {
    description: 'As stretchUntil.',
    deprecationReason:
      'It is of the stretch, not of the thing itself: ask for stretchUntil. It goes on or after 2027-06-01.',
    nullable: true,
  })
  until!: CivilDate | null;

  @Field(() => Boolean, { description: 'False where nobody knows when it began.' })
  startKnown!: boolean;

  @Field(() => Int, {
    description: 'Position at which the register came to say this; empty for a stretch recorded as having nothing.',
    nullable: true,
  })
  recordedFrom!: number | null;

  @Field(() => InstantScalar, { description: 'When the register came to say this.', nullable: true })
  recordedAt!: Instant | null;

  @Field(() => String, { description: 'What the subject was called.', nullable: true })
  title!: string | null;

  @Field(() => Boolean, { description: 'True where it is recorded that there was nothing: a seat recorded as vacant.' })
  absent!: boolean;

  @Field(() => [String], {
    description: 'What took effect on the first day, in plain words. Empty where it changed by itself: a term ran out.',
  })
  sentences!: readonly string[];
}
