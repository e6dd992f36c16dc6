import { ConditionKindEnum, ConditionStateEnum, ConditionTimeEnum, DateScalar, Field, ObjectType } from '#schema';
import { said, type CivilDate } from '#kernel';
import type { Condition, ConditionKind, ConditionState, ConditionTime } from '#governance';

@ObjectType('DelegationCondition', { description: 'What has to be so for a power to be used.' })
export class ConditionView implements Condition {
  @Field(() => String, { description: 'By which it is named among the conditions of its delegation.' })
  key!: string;

  @Field(() => String, { description: 'What has to be so, in the words of the source.' })
  text!: string;

  @Field(() => ConditionKindEnum, { description: 'What sort of condition it is.' })
  kind!: ConditionKind;

  @Field(() => ConditionTimeEnum, { description: 'Whether each decision has to meet it, or it has to be met always.' })
  applies!: ConditionTime;

  @Field(() => String, { description: 'With whom, in the words of the source.', nullable: true })
  with?: string;

  @Field(() => ConditionStateEnum, {
    description: 'Where it is; empty where each decision has to meet it: what met it is recorded with the decision.',
    nullable: true,
  })
  state?: ConditionState;

  @Field(() => DateScalar, {
    description: 'The first day on which it is so; empty where nobody knows it or nothing is recorded.',
    nullable: true,
  })
  since?: CivilDate;

  @Field(() => String, { description: 'What shows that it is met.', nullable: true })
  evidence?: string;

  /** Id; the resolver shows the decision. */
  decision?: string;

  @Field(() => String, { description: 'How it was breached.', nullable: true })
  because?: string;
}

/** Conditions as a delegation says them; those whose key there was already stay where they were. */
export const conditionsAfter = (
  before: readonly ConditionView[] | undefined,
  conditions: readonly Condition[],
): readonly ConditionView[] =>
  conditions.map((condition) => {
    if (condition.applies !== 'STANDING') return condition;
    const { state, since, evidence, decision, because } = before?.find(({ key }) => key === condition.key) ?? {};
    return said({ ...condition, state: state ?? 'NOT_RECORDED', since, evidence, decision, because });
  });

type Mark = Pick<ConditionView, 'state' | 'since' | 'evidence' | 'decision' | 'because'>;

/** The conditions after one of them was satisfied or breached: what was said of that before goes. */
export const conditionsMarked = (
  before: readonly ConditionView[] | undefined,
  marked: string,
  mark: Mark,
): readonly ConditionView[] | undefined =>
  before?.map((one) => {
    if (one.key !== marked || one.applies !== 'STANDING') return one;
    const { key, text, kind, applies, with: whom } = one;
    return said({ key, text, kind, applies, with: whom, ...mark });
  });
