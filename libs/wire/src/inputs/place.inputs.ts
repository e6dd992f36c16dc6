import { InputType, PartialType, PlaceKindEnum } from '#schema';
import type { Identifier, PlaceDetails, PlaceKind } from '#governance';
import { OneOf, Part, Prose, Subject, Text } from '../fields.js';
import { IdentifierInput } from './identifier.input.js';

@InputType({ description: 'What is recorded when a place is defined. Effective on the day from which it is one.' })
export class DefinePlaceInput implements PlaceDetails {
  @Text('Its name.')
  name!: string;

  @OneOf(PlaceKindEnum, 'What it is.')
  kind!: PlaceKind;

  @Subject('place', 'The places that it lies within: a neighbourhood’s place, a place’s system.', {
    optional: true,
    many: true,
  })
  parents?: string[];

  @Part(() => IdentifierInput, 'Codes others give it, such as its GSS code.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Prose('How its boundary runs, in the words of the source.', { optional: true })
  boundary?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about a place. What is not given stays as it was; null takes it away.' })
export class ChangePlaceInput extends PartialType(DefinePlaceInput, InputType) {}

@InputType({ description: 'The end of a place. Effective on the first day on which it is none.' })
export class EndPlaceInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}
