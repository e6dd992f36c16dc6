import {
  BreachConditionInput,
  ExtendDelegationInput,
  GrantDelegationInput,
  ResumeDelegationInput,
  RevokeDelegationInput,
  SatisfyConditionInput,
  SuspendDelegationInput,
  VaryDelegationInput,
} from '#wire';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { DelegationView } from '#register';
import { RecordArgs } from '../graphql/arguments.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import type { RequestContext } from '../request-context.js';

/** Commands of delegations. */
@Resolver(() => DelegationView)
export class DelegationMutationsResolver {
  constructor(private readonly recording: Recording) {}

  @Mutation(() => ReceiptView, {
    description: 'Records a delegation. Effective on the first day on which it may be used.',
  })
  async grantDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: GrantDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('GrantDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a delegation, from a day on.' })
  async varyDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: VaryDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('VaryDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Suspends a delegation. Effective on the first day on which it may not be used.',
  })
  async suspendDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: SuspendDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('SuspendDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Ends the suspension of a delegation. Effective on the first day on which it may be used again.',
  })
  async resumeDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ResumeDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ResumeDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Gives a delegation a new last day. Effective on the day from which the longer term counts.',
  })
  async extendDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ExtendDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ExtendDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Takes a delegation back. Effective on the first day without it.' })
  async revokeDelegation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RevokeDelegationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RevokeDelegation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records that a standing condition of a delegation is met. Effective on the day from which it is; it stays so until a breach.',
  })
  async satisfyCondition(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: SatisfyConditionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('SatisfyCondition', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records that a standing condition of a delegation was breached. Effective on the first day on which it is not met; it stays so until it is satisfied again.',
  })
  async breachCondition(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: BreachConditionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('BreachCondition', args, data, context);
  }
}
