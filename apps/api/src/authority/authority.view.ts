import { AUTHORITY_TESTS, AUTHORITY_VERDICTS, HOP_KINDS } from '#governance';
import type { AuthorityTest, AuthorityVerdict, HopKind } from '#governance';
import { DateScalar, enumeration } from '#schema';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';
import { BasisView, type Basis } from '#register';

export const AuthorityVerdictEnum = enumeration('AuthorityVerdict', 'Whether whoever decides may.', AUTHORITY_VERDICTS);
export const AuthorityTestEnum = enumeration(
  'AuthorityTest',
  'What a chain of authority is tested for; the first test that it fails is told.',
  AUTHORITY_TESTS,
);
export const HopKindEnum = enumeration('HopKind', 'What makes a link of a chain of authority.', HOP_KINDS);

@ObjectType('AuthorityParty', { description: 'Somebody, or a record, that a chain of authority names.' })
export class PartyView {
  @Field(() => ID, { description: 'Global id, such as body/board.' })
  subject!: string;

  @Field(() => String, { description: 'What it was called on the day.' })
  name!: string;
}

@ObjectType('MissingDatum', {
  description: 'Something that is not recorded and without which nothing can be said either way.',
})
export class MissingDatumView {
  @Field(() => PartyView, {
    description: 'The record in which it is missing; empty where the question lacks it.',
    nullable: true,
  })
  about!: PartyView | null;

  @Field(() => String, { description: 'The field in which it is recorded.' })
  field!: string;

  @Field(() => String, { description: 'What is missing, in words.' })
  datum!: string;

  @Field(() => String, { description: 'Who could record it, and with which command.' })
  recordedBy!: string;
}

@ObjectType('FailedTest', { description: 'The first test that a chain of authority fails.' })
export class FailedTestView {
  @Field(() => AuthorityTestEnum, { description: 'Which test.' })
  test!: AuthorityTest;

  @Field(() => String, {
    description: 'The rule of the register’s rule book, where it is one: BR-062.',
    nullable: true,
  })
  rule!: string | null;

  @Field(() => PartyView, { description: 'The record at which it fails.' })
  at!: PartyView;

  @Field(() => String, { description: 'What was found.' })
  found!: string;

  @Field(() => String, { description: 'What was needed.' })
  needed!: string;

  @Field(() => String, { description: 'All of it as a sentence.' })
  sentence!: string;
}

@ObjectType('AuthorityHop', {
  description: 'One link of a chain of authority: from whoever has the power to whoever gets it.',
})
export class HopView {
  @Field(() => HopKindEnum, { description: 'What makes it.' })
  kind!: HopKind;

  @Field(() => PartyView, {
    description: 'Whose power it is; empty where it comes from the law itself.',
    nullable: true,
  })
  from!: PartyView | null;

  @Field(() => PartyView, { description: 'Who gets it.' })
  to!: PartyView;

  @Field(() => PartyView, { description: 'The record that makes it: a delegation, an appointment, a holding, a body.' })
  by!: PartyView;

  @Field(() => PartyView, { description: 'The instrument that makes it, where one is named.', nullable: true })
  instrument!: PartyView | null;

  @Field(() => String, { description: 'The version of the instrument.', nullable: true })
  version!: string | null;

  @Field(() => String, { description: 'The clause of the instrument.', nullable: true })
  clause!: string | null;

  @Field(() => [String], { description: 'Its limits, with what they are measured on.' })
  limits!: readonly string[];

  @Field(() => DateScalar, {
    description: 'The first day on which the record says this; empty where nobody knows it.',
    nullable: true,
  })
  since!: CivilDate | null;

  @Field(() => DateScalar, { description: 'The last day on which it does; empty where none is known.', nullable: true })
  until!: CivilDate | null;

  @Field(() => Int, { description: 'The position since which the register says so.' })
  position!: number;

  @Field(() => [String], { description: 'What of it only a person can judge, or should know.' })
  notes!: readonly string[];

  @Field(() => String, { description: 'The link as a sentence.' })
  sentence!: string;
}

@ObjectType('AuthorityChain', {
  description: 'A way by which the power may have come, from whoever holds the function in law to whoever decides.',
})
export class ChainView {
  @Field(() => AuthorityVerdictEnum, { description: 'Whether this chain holds by itself.' })
  verdict!: AuthorityVerdict;

  @Field(() => [HopView], {
    description: 'Its links, from the law down; as far as the search came where a test failed.',
  })
  hops!: readonly HopView[];

  @Field(() => PartyView, {
    description: 'The organisation whose function it is; empty where the chain never came so far.',
    nullable: true,
  })
  principal!: PartyView | null;

  @Field(() => FailedTestView, {
    description: 'The first test that it fails; empty where it fails none.',
    nullable: true,
  })
  failure!: FailedTestView | null;

  @Field(() => [MissingDatumView], { description: 'What is missing in it.' })
  missing!: readonly MissingDatumView[];

  @Field(() => String, { description: 'The chain in one line.' })
  sentence!: string;
}

@ObjectType('AuthorityPart', {
  description: 'The answer for one decider, one function and, for a joint body, one parent. All parts have to hold.',
})
export class PartView {
  @Field(() => AuthorityVerdictEnum, { description: 'Whether this part holds.' })
  verdict!: AuthorityVerdict;

  @Field(() => PartyView, { description: 'Who decides; empty where that is what is missing.', nullable: true })
  decider!: PartyView | null;

  @Field(() => PartyView, {
    description: 'The function; empty where that is what is missing, or none is needed.',
    nullable: true,
  })
  function!: PartyView | null;

  @Field(() => PartyView, { description: 'Of a joint body, the parent whose power this is about.', nullable: true })
  parent!: PartyView | null;

  @Field(() => [ChainView], {
    description: 'All chains: those that hold first, then those in which something is missing, then those that fail.',
  })
  chains!: readonly ChainView[];

  @Field(() => FailedTestView, {
    description: 'What is so whatever chain there is: an advisory forum decides nothing.',
    nullable: true,
  })
  failure!: FailedTestView | null;

  @Field(() => [MissingDatumView], { description: 'What is missing, and who could record it.' })
  missing!: readonly MissingDatumView[];
}

@ObjectType('Authority', {
  description:
    'Whether whoever decides may: by which chains, as at the day of the decision and as known at the basis. It is worked out when it is asked and stored nowhere: the same question on the same basis has the same answer.',
})
export class AuthorityView {
  @Field(() => AuthorityVerdictEnum, { description: 'The verdict. A datum that is missing is never a yes.' })
  verdict!: AuthorityVerdict;

  @Field(() => DateScalar, { description: 'The day it is about: that on which it is decided.', nullable: true })
  on!: CivilDate | null;

  @Field(() => String, { description: 'The verdict, with what it rests on, in words.' })
  sentence!: string;

  @Field(() => [PartView], { description: 'The parts, all of which have to hold.' })
  parts!: readonly PartView[];

  @Field(() => [MissingDatumView], { description: 'All that is missing, each once.' })
  missing!: readonly MissingDatumView[];

  @Field(() => String, {
    description:
      'The edition of the rules by which it was found: on the same basis, the same edition gives the same answer.',
  })
  edition!: string;

  @Field(() => BasisView, { description: 'What the answer rests on.' })
  basis!: Basis;
}

@ObjectType('AuthorityCompared', {
  description: 'The authority for a decision, and what a second state of knowledge says of it.',
})
export class AuthorityComparedView extends AuthorityView {
  @Field(() => AuthorityView, {
    description: 'The same as known at "comparedWith"; empty where that was not asked for.',
    nullable: true,
  })
  compared!: AuthorityView | null;

  @Field(() => [String], {
    description: 'In which way the two differ, in sentences: what was found before, and what is found then.',
  })
  differences!: readonly string[];
}

@ObjectType('AbleParty', { description: 'Somebody who may decide a matter.' })
export class AbleView {
  @Field(() => PartyView, { description: 'Who.' })
  party!: PartyView;

  @Field(() => PartyView, { description: 'Of a post, whoever holds it on the day, where one does.', nullable: true })
  holder!: PartyView | null;

  @Field(() => AuthorityView, { description: 'By which chain.' })
  authority!: AuthorityView;
}

@ObjectType('MayDecide', { description: 'Whether somebody may decide a matter; and if not, who can.' })
export class MayDecideView {
  @Field(() => AuthorityView, { description: 'Whether whoever was asked about may.' })
  authority!: AuthorityView;

  @Field(() => [AbleView], { description: 'Where they may not: who can, the nearest first. Empty where they may.' })
  whoCan!: readonly AbleView[];

  @Field(() => AuthorityView, {
    description: 'The same as things are recorded, where something was supposed.',
    nullable: true,
  })
  asRecorded!: AuthorityView | null;

  @Field(() => [String], {
    description: 'What the supposition changes, in sentences; empty where nothing was supposed.',
  })
  differences!: readonly string[];
}
