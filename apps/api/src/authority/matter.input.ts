import { DateScalar, DecisionTypeEnum } from '#schema';
import { Field, ID, InputType } from '@nestjs/graphql';
import {
  ACTOR_KINDS,
  streamParts,
  type Actor,
  type ActorKind,
  type Aggregate,
  type DecisionType,
  type Matter,
} from '#governance';
import { Refusal, type CivilDate } from '#kernel';
import { AmountBound, nodeIdIn, penceOf } from '#register';

@InputType({ description: 'A condition that is, or is going to be, met.' })
export class MatterConditionInput {
  @Field(() => ID, { description: 'The delegation whose condition it is.' })
  delegation!: string;

  @Field(() => String, { description: 'The key of the condition in the delegation.' })
  condition!: string;

  @Field(() => DateScalar, { description: 'The day on which it was met.', nullable: true })
  on?: CivilDate | null;
}

@InputType({ description: 'Something that somebody thinks of deciding.' })
export class MatterInput {
  @Field(() => ID, {
    description:
      'Who would decide: the global id of a body (body/board), a post (seat/…), a person (person/…) or an organisation (organisation/…).',
  })
  decider!: string;

  @Field(() => ID, {
    description: 'Of an officer, the appointment in which they would act: their hat.',
    nullable: true,
  })
  appointment?: string | null;

  @Field(() => [ID], { description: 'The functions of the catalogue that would be exercised: at least one.' })
  functions!: string[];

  @Field(() => DateScalar, {
    description: 'The day on which it would be decided; that of the question where it is left out.',
    nullable: true,
  })
  on?: CivilDate | null;

  @Field(() => DecisionTypeEnum, {
    description: 'What it would do. What only recommends needs no power to decide.',
    nullable: true,
  })
  kind?: DecisionType | null;

  @Field(() => AmountBound, { description: 'What it would cost over its whole life.', nullable: true })
  amount?: AmountBound | null;

  @Field(() => AmountBound, { description: 'What it would cost a year.', nullable: true })
  amountPerYear?: AmountBound | null;

  @Field(() => [ID], { description: 'The places that it would be for.', nullable: true })
  places?: string[] | null;

  @Field(() => ID, { description: 'The organisation that would provide it.', nullable: true })
  provider?: string | null;

  @Field(() => [MatterConditionInput], { description: 'Conditions that are met.', nullable: true })
  conditionsMet?: MatterConditionInput[] | null;
}

/** Finds a subject that somebody named. */
export type KeyOf = (aggregate: Aggregate, named: string, field: string) => Promise<string>;

/** @throws Refusal naming the field, where a subject is not of the register or a decider is nobody who decides. */
export const matterAsked = async (input: MatterInput, today: CivilDate, keyOf: KeyOf): Promise<Matter> => {
  if (input.functions.length === 0) {
    throw new Refusal('INPUT', 'matter.functions is empty: needed at least one function of the catalogue', {
      field: 'matter.functions',
      remedy: 'list the functions with the query "functions"',
    });
  }
  const each = async (aggregate: Aggregate, named: readonly string[], field: string): Promise<readonly string[]> =>
    Promise.all(named.map(async (one, at) => keyOf(aggregate, one, `${field}[${at}]`)));
  const amount = penceOf(input.amount ?? undefined, 'matter.amount');
  const amountPerYear = penceOf(input.amountPerYear ?? undefined, 'matter.amountPerYear');
  const conditionsMet = (input.conditionsMet ?? []).map(async ({ delegation, condition, on }, at) => ({
    delegation: await keyOf('delegation', delegation, `matter.conditionsMet[${at}].delegation`),
    condition,
    ...(on && { on }),
  }));
  return {
    deciders: [await deciderAsked(input.decider, keyOf)],
    functions: await each('function', input.functions, 'matter.functions'),
    places: await each('place', input.places ?? [], 'matter.places'),
    on: input.on ?? today,
    conditionsMet: await Promise.all(conditionsMet),
    withheld: [],
    ...(input.appointment && { hat: await keyOf('appointment', input.appointment, 'matter.appointment') }),
    ...(input.kind && { kind: input.kind }),
    ...(amount !== undefined && { amount: { pence: amount } }),
    ...(amountPerYear !== undefined && { amountPerYear: { pence: amountPerYear } }),
    ...(input.provider && { provider: await keyOf('organisation', input.provider, 'matter.provider') }),
  };
};

async function deciderAsked(named: string, keyOf: KeyOf): Promise<Actor> {
  const { aggregate } = streamParts(nodeIdIn(named).subject);
  const kind = ACTOR_KINDS.find((one) => one === aggregate);
  if (kind) return { kind, id: await keyOf(kind, named, 'matter.decider') };
  const kinds = ACTOR_KINDS.map((one: ActorKind) => `${one}/…`).join(', ');
  throw new Refusal('UNKNOWN_SUBJECT', `matter.decider names nobody who decides: found ${JSON.stringify(named)}`, {
    field: 'matter.decider',
    remedy: `give the global id of one of these: ${kinds}`,
  });
}
