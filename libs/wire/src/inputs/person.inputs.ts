import { InputType, PartialType } from '#schema';
import type { Identifier, NamePeriod, PersonDetails } from '#governance';
import { Part, Prose, Reference, Text } from '../fields.js';
import { IdentifierInput } from './identifier.input.js';

@InputType({
  description:
    'What is recorded when a person is registered. Effective on the first day the person is known by the name.',
})
export class RegisterPersonInput implements PersonDetails {
  @Text('The name in full, as the source prints it.')
  name!: string;

  @Text('The name as the source shows it, with title.', { optional: true })
  displayName?: string;

  @Text('The short name, usually the surname.', { optional: true, max: 100 })
  shortName?: string;

  @Text('Gender, in the words of the source.', { optional: true, max: 40 })
  gender?: string;

  @Part(() => IdentifierInput, 'References others give the person.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about a person. What is not given stays as it was; null takes it away.' })
export class ChangePersonInput extends PartialType(RegisterPersonInput, InputType) {}

@InputType({
  description:
    'A name of a person for a stretch of time. Effective on the first day of the name. Several may run at once; a person not yet registered is there from then on.',
})
export class RecordNameInput implements NamePeriod {
  @Reference('Key of this stretch among the person’s own, by which its end is recorded: the row of the source.', {
    max: 200,
  })
  period!: string;

  @Text('The name in full, as the source prints it.')
  name!: string;

  @Text('The name as the source shows it, with title.', { optional: true })
  displayName?: string;

  @Text('The short name, usually the surname.', { optional: true, max: 100 })
  shortName?: string;

  @Text('Gender, in the words of the source.', { optional: true, max: 40 })
  gender?: string;

  @Part(() => IdentifierInput, 'References others give the person under this name.', { optional: true, many: true })
  identifiers?: Identifier[];
}

@InputType({ description: 'The end of a name. Effective on the first day without it.' })
export class EndNameInput {
  @Reference('Key of the stretch that ends.', { max: 200 })
  period!: string;
}
