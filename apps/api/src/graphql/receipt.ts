import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('RecordedEvent', { description: 'An event that a command recorded.' })
export class RecordedEventView {
  @Field(() => ID, { description: 'Its id: what a correction or annulment names.' })
  id!: string;

  @Field(() => String, { description: 'What kind of event it is.' })
  type!: string;

  @Field(() => Int, {
    description: 'Its position in the register; empty where the store cannot know it yet.',
    nullable: true,
  })
  position!: number | null;
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

  @Field(() => Boolean, { description: 'True where the same command had been recorded before: nothing was added.' })
  alreadyRecorded!: boolean;
}
