import { Field, ID, InputType, DateScalar, InstantScalar, enumeration } from '#schema';
import type { CivilDate, Instant, NotPatientNumber, Source, Why } from '#kernel';

export const WhyKindEnum = enumeration('WhyKind', 'Why an event is corrected or annulled.', {
  ERROR: 'It was recorded wrongly: a slip of the pen, a wrong date. Reported as a correction.',
  NEVER_HAPPENED: 'It did not happen. Reported as a correction.',
  CANCELLED_BEFORE_EFFECT: 'It was called off before it took effect.',
  QUASHED: 'A court or a higher authority set it aside from the beginning.',
});

export const UnsaidEnum = enumeration(
  'Unsaid',
  'What becomes of what a corrected event said and its correction does not.',
  {
    KEEP: 'It stays as the corrected event said it.',
    DROP: 'It is dropped: it was never so.',
  },
);

export const RecordingModeEnum = enumeration('RecordingMode', 'What is to be done about law and local rules.', {
  RETROSPECTIVE: 'Record what happened, whatever the law says of it.',
  PROSPECTIVE:
    'Check first whether it may be: what whoever decides has no authority for is refused, and so is what cannot be determined. For decisions and delegations.',
});

/** The register's own word for a `WhyKind` of the API: GraphQL names have no hyphens. */
export const whyOf = ({ kind, ...rest }: WhyInput): Why => ({
  ...rest,
  kind: kind.toLowerCase().replaceAll('_', '-') as Why['kind'],
});

@InputType({ description: 'Why an event is corrected or annulled.' })
export class WhyInput {
  @Field(() => WhyKindEnum, { description: 'Which kind of reason it is.' })
  kind!: string;

  @Field(() => String, { description: 'The reason in words.' })
  reason!: string;

  @Field(() => String, { description: 'Where the reason can be looked up.', nullable: true })
  evidence?: string;
}

@InputType({ description: 'Where a fact comes from: the page, minute or row that an auditor can open.' })
export class SourceInput implements Source {
  @Field(() => String, { description: 'The collection it belongs to.', nullable: true })
  system?: string;

  @Field(() => String, { description: 'The document or file.', nullable: true })
  document?: string;

  @Field(() => String, { description: 'Its public address.', nullable: true })
  url?: string;

  @Field(() => String, { description: 'The place inside it: an item number, a page, a row.', nullable: true })
  locator?: string;

  @Field(() => InstantScalar, { description: 'When the source came to say so.', nullable: true })
  statedAt?: Instant;
}

@InputType({ description: 'Ten digits that may be taken for an NHS number, and what they are instead.' })
export class NotPatientNumberInput implements NotPatientNumber {
  @Field(() => String, { description: 'The number, as it stands in what is recorded.' })
  number!: string;

  @Field(() => String, {
    description: 'What it is, for example "number of the framework contract". Kept with the event.',
  })
  is!: string;
}

export const NOT_PATIENT_NUMBERS =
  'Numbers of ten digits that the register refused as a patient’s (PATIENT_NUMBER) and that are something else.';

@InputType({
  description: 'When a fact takes effect, where it comes from, and whether it puts an earlier recording right.',
})
export class RecordingInput {
  @Field(() => ID, {
    description:
      'A name of your own for this command, for ever: sent again by you with the same name it is recorded once. Made for you where you give none.',
    nullable: true,
  })
  commandId?: string;

  @Field(() => DateScalar, {
    description:
      'The day from which the fact holds; for an end, the first day without. Leave it out only with startKnown: false.',
    nullable: true,
  })
  effectiveOn?: CivilDate;

  @Field(() => Boolean, {
    description:
      'Say false where nobody knows the day on which it began or ended; a day given besides stands in for the start.',
    nullable: true,
  })
  startKnown?: boolean;

  @Field(() => String, {
    description:
      'In place of effectiveOn, of something that begins or ends: the year or the month, where no more is known: 2018, 2018-05.',
    nullable: true,
  })
  effectiveIn?: string;

  @Field(() => DateScalar, {
    description: 'In place of effectiveOn: the earliest that it can be; for an end, the first day without.',
    nullable: true,
  })
  notBefore?: CivilDate;

  @Field(() => DateScalar, {
    description:
      'In place of effectiveOn: the latest that it can be; for a beginning, the first day on which it is known to hold.',
    nullable: true,
  })
  notAfter?: CivilDate;

  @Field(() => SourceInput, { description: 'Where the fact comes from.', nullable: true })
  source?: SourceInput;

  @Field(() => String, { description: 'The body or organisation for which you record it.', nullable: true })
  onBehalfOf?: string;

  @Field(() => [NotPatientNumberInput], { description: NOT_PATIENT_NUMBERS, nullable: true })
  notPatientNumbers?: NotPatientNumberInput[];

  @Field(() => ID, {
    description: 'Id of the event that this one puts right: it takes its place, whole. Needs "why".',
    nullable: true,
  })
  corrects?: string;

  @Field(() => UnsaidEnum, {
    description:
      'Beside "corrects": what becomes of what the corrected event said and this recording leaves out. Without it, leaving something out is refused by name.',
    nullable: true,
  })
  unsaid?: 'KEEP' | 'DROP';

  @Field(() => ID, { description: 'Id of the annulled event whose place this one takes back.', nullable: true })
  again?: string;

  @Field(() => WhyInput, { description: 'Why an earlier event is put right.', nullable: true })
  why?: WhyInput;

  @Field(() => RecordingModeEnum, {
    description: 'What is to be done about law and local rules: RETROSPECTIVE where it is left out.',
    nullable: true,
  })
  mode?: 'RETROSPECTIVE' | 'PROSPECTIVE';
}
