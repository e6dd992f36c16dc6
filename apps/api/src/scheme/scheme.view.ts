import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateScalar, DelegationPowerEnum, enumeration, KnownAtScalar, OnwardDelegationEnum } from '#schema';
import {
  DIFFERENCE_KINDS,
  ENTRY_KINDS,
  ENTRY_STANDINGS,
  PARTY_KINDS,
  type DifferenceKind,
  type EntryKind,
  type EntryStanding,
  type PartyKind,
} from '#decision-log';
import type { DelegationPower, OnwardDelegation } from '#governance';
import type { CivilDate } from '#kernel';
import { BasisView, LimitView, type Basis } from '#register';
import { BasisArgs } from '../graphql/arguments.js';
import { LogLinkView } from '../decision-log/decision-log-summary.view.js';

export const SchemeEntryKindEnum = enumeration(
  'SchemeEntryKind',
  'What an entry of a scheme says of a function.',
  ENTRY_KINDS,
);
export const SchemeStandingEnum = enumeration(
  'SchemeStanding',
  'Where an entry of a scheme stands on the day.',
  ENTRY_STANDINGS,
);
export const SchemePartyKindEnum = enumeration('SchemePartyKind', 'Who reserves, delegates or receives.', PARTY_KINDS);
export const SchemeChangeKindEnum = enumeration(
  'SchemeChangeKind',
  'What happened to an entry of a scheme between two days.',
  DIFFERENCE_KINDS,
);

/** Entries that one answer gives where the question does not say, and at most. */
export const USUAL_ENTRIES = 100;
export const MOST_ENTRIES = 1_000;

const ORGANISATION = 'The organisation: a global id, the part after its slash, or a code.';
const FIRST = `How many to give at most: 1 to ${MOST_ENTRIES}.`;

@ArgsType()
export class SchemeArgs extends BasisArgs {
  @Field(() => ID, { description: ORGANISATION })
  organisation!: string;

  @Field(() => Int, { description: FIRST, defaultValue: USUAL_ENTRIES })
  first!: number;
}

@ArgsType()
export class SchemeDifferenceArgs {
  @Field(() => ID, { description: ORGANISATION })
  organisation!: string;

  @Field(() => DateScalar, { description: 'The earlier day; it means the end of that day.' })
  from!: CivilDate;

  @Field(() => DateScalar, { description: 'The later day; it means the end of that day.' })
  to!: CivilDate;

  @Field(() => KnownAtScalar, {
    description:
      'The state of knowledge for both days: a position, an instant or a day. All that is known now where it is left out.',
    nullable: true,
  })
  asKnownAt?: number | string | null;

  @Field(() => Int, { description: FIRST, defaultValue: USUAL_ENTRIES })
  first!: number;
}

@ObjectType('SchemeName', { description: 'Something that an entry of a scheme names.' })
export class SchemeNameView {
  @Field(() => ID, { description: 'Its global id.' })
  subject!: string;

  @Field(() => String, { description: 'What it is called on the day.' })
  name!: string;
}

@ObjectType('SchemeParty', { description: 'Whoever reserves, delegates or receives.' })
export class SchemePartyView {
  @Field(() => SchemePartyKindEnum, { description: 'What it is.' })
  kind!: PartyKind;

  @Field(() => ID, {
    description: 'Its global id; empty where only the words of the source are there.',
    nullable: true,
  })
  subject!: string | null;

  @Field(() => String, { description: 'What it is called on the day.' })
  name!: string;

  @Field(() => [String], { description: 'Of a post: who holds it on the day; none where nobody is recorded.' })
  heldBy!: readonly string[];

  @Field(() => Boolean, { description: 'Of a post: true where it is recorded that nobody holds it.' })
  vacant!: boolean;
}

@ObjectType('SchemeEntry', { description: 'One delegation or reservation of a scheme, in words.' })
export class SchemeEntryView {
  @Field(() => SchemeEntryKindEnum, { description: 'What it says of its functions.' })
  kind!: EntryKind;

  @Field(() => Int, { description: 'Place in the order of the scheme, from 1.' })
  place!: number;

  @Field(() => ID, { description: 'Global id of the delegation or reservation.' })
  subject!: string;

  @Field(() => SchemeStandingEnum, { description: 'Where it stands on the day.' })
  standing!: EntryStanding;

  @Field(() => String, { description: 'The same in words.' })
  standingInWords!: string;

  @Field(() => [SchemeNameView], { description: 'Functions of a catalogue.' })
  functions!: readonly SchemeNameView[];

  @Field(() => [String], { description: 'The functions in the words of the source.' })
  words!: readonly string[];

  @Field(() => [SchemePartyView], { description: 'Who delegates; none for what is reserved.' })
  from!: readonly SchemePartyView[];

  @Field(() => [SchemePartyView], { description: 'To whom it is delegated or reserved.' })
  to!: readonly SchemePartyView[];

  @Field(() => SchemeNameView, { description: 'The organisation for which they act.', nullable: true })
  onBehalfOf!: SchemeNameView | null;

  @Field(() => [DelegationPowerEnum], { description: 'What they may do.' })
  powers!: readonly DelegationPower[];

  @Field(() => [SchemeNameView], { description: 'Places it reaches to; none where it is not limited to any.' })
  places!: readonly SchemeNameView[];

  @Field(() => [String], { description: 'What else it is limited to, in the words of the source.' })
  scope!: readonly string[];

  @Field(() => [LimitView], { description: 'Up to which amounts; of what is reserved, above which.' })
  limits!: readonly LimitView[];

  @Field(() => OnwardDelegationEnum, { description: 'Whether it may be passed on.', nullable: true })
  onward!: OnwardDelegation | null;

  @Field(() => Int, { description: 'How many times, one after the other.', nullable: true })
  onwardDepth!: number | null;

  @Field(() => SchemeNameView, { description: 'The document that makes it.', nullable: true })
  instrument!: SchemeNameView | null;

  @Field(() => String, { description: 'The version of that document.', nullable: true })
  version!: string | null;

  @Field(() => String, { description: 'The clause of that document.', nullable: true })
  clause!: string | null;

  @Field(() => SchemeNameView, { description: 'The decision that made it, where it may be known of.', nullable: true })
  madeByDecision!: SchemeNameView | null;

  @Field(() => DateScalar, { description: 'Its first day; empty where nobody knows it.', nullable: true })
  inForceFrom!: CivilDate | null;

  @Field(() => DateScalar, { description: 'Its last day: of its term, or with what it lapsed.', nullable: true })
  until!: CivilDate | null;

  @Field(() => DateScalar, { description: 'The day by which it is to be reviewed.', nullable: true })
  reviewOn!: CivilDate | null;

  @Field(() => String, { description: 'All of it that matters most, in a sentence or two.' })
  text!: string;
}

@ObjectType('SchemeOfDelegation', {
  description:
    'What is reserved to an organisation and its bodies, and what it, its bodies, posts and people delegate to whom, on a day.',
})
export class SchemeOfDelegationView {
  @Field(() => BasisView, { description: 'What the answer rests on.' })
  basis!: Basis;

  /** Id; the resolver shows the organisation. */
  organisation!: string;

  @Field(() => [SchemeEntryView], {
    description:
      'What is reserved, what is delegated, then what is suspended, not valid or has lapsed; each by function and whoever receives it.',
  })
  entries!: readonly SchemeEntryView[];

  @Field(() => Int, { description: 'How many entries there are, also where not all are given.' })
  totalCount!: number;

  @Field(() => String, { description: 'The same as text, a line for each entry that is given.' })
  text!: string;

  @Field(() => [LogLinkView], { description: 'Where it is as a document, on the same basis, in each format.' })
  links!: readonly LogLinkView[];
}

@ObjectType('SchemeFieldChange', { description: 'One thing that an entry of a scheme says otherwise.' })
export class SchemeFieldChangeView {
  @Field(() => String, { description: 'What changed, as documents call it.' })
  field!: string;

  @Field(() => [String], { description: 'What was said before; none where nothing was.' })
  before!: readonly string[];

  @Field(() => [String], { description: 'What is said after; none where nothing is.' })
  after!: readonly string[];

  @Field(() => String, { description: 'The same as a sentence.' })
  sentence!: string;
}

@ObjectType('SchemeChange', {
  description: 'An entry of a scheme that was added, removed or changed between two days.',
})
export class SchemeChangeView {
  @Field(() => SchemeChangeKindEnum, { description: 'What happened to it.' })
  kind!: DifferenceKind;

  @Field(() => ID, { description: 'Global id of the delegation or reservation.' })
  subject!: string;

  @Field(() => String, { description: 'The function it is listed by.' })
  title!: string;

  @Field(() => SchemeEntryView, { description: 'The entry on the earlier day.', nullable: true })
  before!: SchemeEntryView | null;

  @Field(() => SchemeEntryView, { description: 'The entry on the later day.', nullable: true })
  after!: SchemeEntryView | null;

  @Field(() => [SchemeFieldChangeView], {
    description: 'What it says otherwise; none for what was added or removed whole.',
  })
  fields!: readonly SchemeFieldChangeView[];

  @Field(() => [SchemeNameView], { description: 'Decisions that made it so, as far as they may be known of.' })
  decisions!: readonly SchemeNameView[];

  @Field(() => String, { description: 'All of it in sentences.' })
  text!: string;
}

@ObjectType('SchemeDifference', {
  description: 'What a scheme says on a day that it did not say on another, both as known at one moment.',
})
export class SchemeDifferenceView {
  @Field(() => BasisView, { description: 'What the answer rests on; as at is the later day.' })
  basis!: Basis;

  /** Id; the resolver shows the organisation. */
  organisation!: string;

  @Field(() => [SchemeChangeView], {
    description: 'What was added or changed, in the order of the scheme, then what was removed.',
  })
  changes!: readonly SchemeChangeView[];

  @Field(() => Int, { description: 'How many changes there are, also where not all are given.' })
  totalCount!: number;

  @Field(() => String, { description: 'The same as text, a line for each change that is given.' })
  text!: string;

  @Field(() => [LogLinkView], { description: 'Where it is as a document, on the same basis, in each format.' })
  links!: readonly LogLinkView[];
}
