import {
  CallInDecisionInput,
  ChangeDecisionInput,
  ClassifyDecisionInput,
  ImplementDecisionInput,
  LapseDecisionInput,
  LiftExemptionInput,
  ProposeDecisionInput,
  PublishDecisionInput,
  ReleaseDecisionInput,
  RescindDecisionInput,
  SupersedeDecisionInput,
  TakeDecisionInput,
} from '#wire';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { DecisionView } from '#register';
import { RecordArgs } from '../graphql/arguments.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import type { RequestContext } from '../request-context.js';

@Resolver(() => DecisionView)
export class DecisionMutationsResolver {
  constructor(private readonly recording: Recording) {}

  @Mutation(() => ReceiptView, {
    description: 'Records a decision that somebody is asked to take. Effective on the day it was put forward.',
  })
  async proposeDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ProposeDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ProposeDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records a decision that was taken, proposed before or not. Effective on the day from which it holds.',
  })
  async takeDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: TakeDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('TakeDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records what a later notice or release says about a decision, from a day on.',
  })
  async changeDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a decision was published. Effective on the day of publication.',
  })
  async publishDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: PublishDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('PublishDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a decision was called in. Effective on the day of the call-in.',
  })
  async callInDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: CallInDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('CallInDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a call-in is over and the decision goes on. Effective on the day of the release.',
  })
  async releaseDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ReleaseDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ReleaseDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a decision was carried out. Effective on the day it was done.',
  })
  async implementDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ImplementDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ImplementDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records that a later decision replaced this one, whole or in part. Effective on the first day of that.',
  })
  async supersedeDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: SupersedeDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('SupersedeDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a decision was undone. Effective on the first day without it.',
  })
  async rescindDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RescindDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RescindDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a decision lost its effect because its time or a condition passed.',
  })
  async lapseDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: LapseDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('LapseDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records that a decision, or parts of one, are public, exempt or confidential. Effective on the first day of that.',
  })
  async classifyDecision(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ClassifyDecisionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ClassifyDecision', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a decision, or parts of one, are no longer withheld. Effective on the first such day.',
  })
  async liftExemption(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: LiftExemptionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('LiftExemption', args, data, context);
  }
}
