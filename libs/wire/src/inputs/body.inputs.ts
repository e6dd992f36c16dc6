import {
  InputType,
  BodyKindEnum,
  LegalPersonalityEnum,
  PlaceArrangementEnum,
  PublicityRegimeEnum,
  SeatCategoryEnum,
  SeatSourceEnum,
} from '#schema';
import type {
  BodyDetails,
  BodyDissolvedData,
  BodyKind,
  Identifier,
  LegalPersonality,
  PlaceArrangement,
  PlaceArrangementData,
  PublicityRegime,
  QuorumRule,
  SeatCategory,
  SeatDetails,
  SeatSource,
} from '#governance';
import { Flag, OneOf, Part, Prose, Subject, Text, Whole } from '../fields.js';
import { IdentifierInput } from './identifier.input.js';

@InputType({ description: 'What has to be there for a meeting to be able to decide.' })
export class QuorumRuleInput implements QuorumRule {
  @Whole('Least number of members present.', { optional: true, max: 10_000 })
  members?: number;

  @Prose('The rest of the rule in words: roles, deputies.', { optional: true })
  note?: string;
}

@InputType({ description: 'What is recorded when a body is established. Effective on its first day.' })
export class EstablishBodyInput implements BodyDetails {
  @Text('Its name in full.')
  name!: string;

  @OneOf(BodyKindEnum, 'What kind of body it is.')
  kind!: BodyKind;

  @Subject('organisation', 'The organisations whose body it is; several for a joint body.', {
    optional: true,
    many: true,
  })
  owners?: string[];

  @Subject('body', 'The body it is a sub-body of.', { optional: true })
  parentBody?: string;

  @Subject('place', 'The places it is for.', { optional: true, many: true })
  places?: string[];

  @OneOf(LegalPersonalityEnum, 'What it is in law.', { optional: true })
  legalPersonality?: LegalPersonality;

  @Prose('What it is for, in the words of the source.', { optional: true })
  remit?: string;

  @Prose('What it may decide, in the words of the source.', { optional: true })
  powers?: string;

  @Prose('How often and how it meets.', { optional: true })
  meets?: string;

  @Part(() => QuorumRuleInput, 'What has to be there for it to be able to decide.', { optional: true })
  quorum?: QuorumRule;

  @Subject('instrument', 'The instrument that makes it and its quorum.', { optional: true })
  instrument?: string;

  @Text('The version of that instrument.', { optional: true, max: 100 })
  version?: string;

  @OneOf(PublicityRegimeEnum, 'Which law says how it admits the public and publishes.', { optional: true })
  publicityRegime?: PublicityRegime;

  @Part(() => IdentifierInput, 'References others give it, such as its committee number.', {
    optional: true,
    many: true,
  })
  identifiers?: Identifier[];

  @Text('The group in which its owner lists it.', { optional: true })
  category?: string;

  @Text('Its public page.', { optional: true, max: 500 })
  website?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about a body. What is not given stays as it was; null takes it away.' })
export class ChangeBodyInput implements Partial<BodyDetails> {
  @Text('Its new name in full.', { optional: true })
  name?: string;

  @OneOf(BodyKindEnum, 'What kind of body it is from now on.', { optional: true })
  kind?: BodyKind;

  @Subject('organisation', 'All organisations whose body it is from now on.', { optional: true, many: true })
  owners?: string[];

  @Subject('body', 'The body it is a sub-body of from now on.', { optional: true })
  parentBody?: string;

  @Subject('place', 'The places it is for from now on.', { optional: true, many: true })
  places?: string[];

  @OneOf(LegalPersonalityEnum, 'What it is in law from now on.', { optional: true })
  legalPersonality?: LegalPersonality;

  @Prose('What it is for from now on.', { optional: true })
  remit?: string;

  @Prose('What it may decide from now on.', { optional: true })
  powers?: string;

  @Prose('How often and how it meets from now on.', { optional: true })
  meets?: string;

  @Part(() => QuorumRuleInput, 'The whole rule from now on.', { optional: true })
  quorum?: QuorumRule;

  @Subject('instrument', 'The instrument that makes it and its quorum.', { optional: true })
  instrument?: string;

  @Text('The version of that instrument.', { optional: true, max: 100 })
  version?: string;

  @OneOf(PublicityRegimeEnum, 'Which law says how it admits the public and publishes from now on.', { optional: true })
  publicityRegime?: PublicityRegime;

  @Part(() => IdentifierInput, 'All references others give it from now on.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Text('The group in which its owner lists it from now on.', { optional: true })
  category?: string;

  @Text('Its new public page.', { optional: true, max: 500 })
  website?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'How a body decides for a place from now on. Replaces its arrangement for the same place.' })
export class AdoptPlaceArrangementInput implements PlaceArrangementData {
  @Text('Name of the place.')
  place!: string;

  @OneOf(PlaceArrangementEnum, 'How decisions are made there.')
  arrangement!: PlaceArrangement;
}

@InputType({ description: 'That a body is suspended. Effective on the first day on which it may not act.' })
export class SuspendBodyInput {
  @Prose('Why it is suspended.', { optional: true })
  reason?: string;
}

@InputType({ description: 'That a suspended body acts again. Effective on the first day on which it does.' })
export class ResumeBodyInput {
  @Prose('Why it acts again.', { optional: true })
  reason?: string;
}

@InputType({ description: 'The end of a body. Effective on the first day without it.' })
export class DissolveBodyInput implements BodyDissolvedData {
  @Prose('Why it was dissolved.', { optional: true })
  reason?: string;

  @Subject('body', 'The body it became part of.', { optional: true })
  mergedInto?: string;
}

@InputType({ description: 'What is recorded when a seat or post is defined. Effective on its first day.' })
export class DefineSeatInput implements SeatDetails {
  @Text('What the seat is called.')
  title!: string;

  @Subject('body', 'The body it is a seat on.', { optional: true })
  body?: string;

  @Subject('organisation', 'The organisation it is a post in.', { optional: true })
  organisation?: string;

  @OneOf(SeatCategoryEnum, 'What it is for.', { optional: true })
  category?: SeatCategory;

  @OneOf(SeatSourceEnum, 'What it is owed to: an Act, a constitution, terms of reference.', { optional: true })
  source?: SeatSource;

  @Flag('Whether its holder votes.', { optional: true })
  voting?: boolean;

  @Text('The title as it is shown.', { optional: true })
  displayTitle?: string;

  @Text('Its rank, in the words of the source.', { optional: true })
  rank?: string;

  @Text('The district or sector its holder is elected or nominated by.', { optional: true })
  constituency?: string;

  @Subject('instrument', 'The instrument that provides for it.', { optional: true })
  instrument?: string;

  @Text('The version of that instrument.', { optional: true, max: 100 })
  version?: string;

  @Text('Where in that instrument.', { optional: true })
  clause?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;

  @Part(() => IdentifierInput, 'References others give it.', { optional: true, many: true })
  identifiers?: Identifier[];
}

@InputType({ description: 'What changed about a seat. What is not given stays as it was; null takes it away.' })
export class ChangeSeatInput implements Partial<SeatDetails> {
  @Text('What the seat is called from now on.', { optional: true })
  title?: string;

  @Subject('body', 'The body it is a seat on from now on.', { optional: true })
  body?: string;

  @Subject('organisation', 'The organisation it is a post in from now on.', { optional: true })
  organisation?: string;

  @OneOf(SeatCategoryEnum, 'What it is for from now on.', { optional: true })
  category?: SeatCategory;

  @OneOf(SeatSourceEnum, 'What it is owed to from now on.', { optional: true })
  source?: SeatSource;

  @Flag('Whether its holder votes from now on.', { optional: true })
  voting?: boolean;

  @Text('The title as it is shown from now on.', { optional: true })
  displayTitle?: string;

  @Text('Its rank from now on.', { optional: true })
  rank?: string;

  @Text('The district or sector its holder is elected or nominated by from now on.', { optional: true })
  constituency?: string;

  @Subject('instrument', 'The instrument that provides for it.', { optional: true })
  instrument?: string;

  @Text('The version of that instrument.', { optional: true, max: 100 })
  version?: string;

  @Text('Where in that instrument.', { optional: true })
  clause?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;

  @Part(() => IdentifierInput, 'All references others give it from now on.', { optional: true, many: true })
  identifiers?: Identifier[];
}

@InputType({ description: 'The end of a seat. Effective on the first day without it.' })
export class RemoveSeatInput {
  @Prose('Why it was removed.', { optional: true })
  reason?: string;
}
