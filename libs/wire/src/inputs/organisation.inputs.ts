import { InputType, OrganisationKindEnum, SuccessionKindEnum } from '#schema';
import type {
  Identifier,
  OrganisationDetails,
  OrganisationKind,
  SuccessionKind,
  SuccessionRecordedData,
} from '#governance';
import { OneOf, Part, Prose, Subject, Text } from '../fields.js';
import { IdentifierInput } from './identifier.input.js';

@InputType({ description: 'What is recorded when an organisation is registered. Effective on the day it opens.' })
export class RegisterOrganisationInput implements OrganisationDetails {
  @Text('Its name in full.')
  name!: string;

  @OneOf(OrganisationKindEnum, 'What it is.')
  kind!: OrganisationKind;

  @Text('Its usual short name.', { optional: true, max: 100 })
  shortName?: string;

  @Part(() => IdentifierInput, 'References others give it, such as its ODS code.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Subject('organisation', 'The organisation it belongs to.', { optional: true })
  parent?: string;

  @Text('Its region, as the source names it.', { optional: true })
  region?: string;

  @Text('The area it serves, in the words of the source.', { optional: true })
  area?: string;

  @Text('The integrated care system it is part of.', { optional: true })
  system?: string;

  @Text('Its postcode.', { optional: true, max: 12 })
  postcode?: string;

  @Text('Its public website.', { optional: true, max: 500 })
  website?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({
  description: 'What changed about an organisation. What is not given stays as it was; null takes it away.',
})
export class ChangeOrganisationInput implements Partial<OrganisationDetails> {
  @Text('Its new name in full.', { optional: true })
  name?: string;

  @OneOf(OrganisationKindEnum, 'What it is from now on.', { optional: true })
  kind?: OrganisationKind;

  @Text('Its new short name.', { optional: true, max: 100 })
  shortName?: string;

  @Part(() => IdentifierInput, 'All references others give it from now on.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Subject('organisation', 'The organisation it belongs to from now on.', { optional: true })
  parent?: string;

  @Text('Its region from now on.', { optional: true })
  region?: string;

  @Text('The area it serves from now on.', { optional: true })
  area?: string;

  @Text('The integrated care system it is part of from now on.', { optional: true })
  system?: string;

  @Text('Its new postcode.', { optional: true, max: 12 })
  postcode?: string;

  @Text('Its new website.', { optional: true, max: 500 })
  website?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'The closing of an organisation. Effective on the first day without it.' })
export class CloseOrganisationInput {
  @Prose('Why it closed.', { optional: true })
  reason?: string;
}

@InputType({ description: 'That one organisation came after another. Effective on the first day of the successor.' })
export class RecordSuccessionInput implements SuccessionRecordedData {
  @Subject('organisation', 'The organisation that was.')
  predecessor!: string;

  @Subject('organisation', 'The organisation that came after.')
  successor!: string;

  @OneOf(SuccessionKindEnum, 'How it came after.')
  kind!: SuccessionKind;

  @Subject('place', 'The places whose share went over, where not all of it did.', { optional: true, many: true })
  places?: string[];

  @Subject('function', 'The functions of a catalogue that went over, where not all did.', {
    optional: true,
    many: true,
  })
  catalogueFunctions?: string[];

  @Text('The share in the words of the source.', { optional: true, max: 1000 })
  share?: string;

  @Subject('instrument', 'The instrument by which it went over: an order, a transfer scheme.', { optional: true })
  instrument?: string;

  @Subject('decision', 'The decision by which it went over.', { optional: true })
  madeByDecision?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'The end of a succession that was recorded for a time only.' })
export class EndSuccessionInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}
