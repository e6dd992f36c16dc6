import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('RecordedEvent', { description: 'An event that a command recorded.' })
export class RecordedEventView {
  @Field(() => ID, { description: 'Its id: what a correction or annulment names.' })
  id!: string;

  @Field(() => String, { description: 'What kind of event it is.' })
  type!: string;

  @Field(() => String, { description: 'What it says, as the history tells it.' })
  sentence!: string;

  @Field(() => Int, {
    description: 'Its position in the register; empty where the store cannot know it yet.',
    nullable: true,
  })
  position!: number | null;
}

@ObjectType('FieldChange', { description: 'A field that an event would say otherwise than what stood on its day.' })
export class FieldChangeView {
  @Field(() => ID, { description: 'The event.' })
  event!: string;

  @Field(() => String, { description: 'Name of the field, as events have it.' })
  field!: string;

  @Field(() => String, {
    description: 'What was said before, a text as it is, anything else as JSON; empty where nothing was.',
    nullable: true,
  })
  before!: string | null;

  @Field(() => String, { description: 'What it would say, likewise; empty where nothing is left.', nullable: true })
  after!: string | null;
}

@ObjectType('Receipt', { description: 'What was recorded, and how to wait for it.' })
export class ReceiptView {
  @Field(() => ID, { description: 'Global id of the subject it was recorded about.' })
  subject!: string;

  @Field(() => [RecordedEventView], { description: 'The events recorded, in order.' })
  events!: RecordedEventView[];

  @Field(() => Int, {
    description: 'Position of the last of them in the register; empty where the store cannot know it yet.',
    nullable: true,
  })
  position!: number | null;

  @Field(() => String, { description: 'Give it to a query as "afterReceipt" and the answer takes this command in.' })
  after!: string;

  @Field(() => Boolean, { description: 'True where nothing was recorded, because dryRun was asked for.' })
  dryRun!: boolean;

  @Field(() => [FieldChangeView], {
    description: 'What would change, where dryRun was asked for; empty for what was recorded.',
  })
  changes!: FieldChangeView[];

  @Field(() => String, {
    description: 'The reference that the command gave its subject, or took for it; empty where it did neither.',
    nullable: true,
  })
  reference!: string | null;

  @Field(() => Boolean, { description: 'True where the same command had been recorded before: nothing was added.' })
  alreadyRecorded!: boolean;
}
