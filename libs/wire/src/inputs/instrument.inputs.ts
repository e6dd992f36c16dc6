import { InputType, PartialType, OmitType, InstrumentKindEnum } from '#schema';
import type { CivilDate } from '#kernel';
import type {
  Clause,
  Identifier,
  InstrumentAdoptedData,
  InstrumentKind,
  InstrumentParty,
  InstrumentVersion,
  InstrumentWithdrawnData,
  VersionFoundInvalidData,
  VersionRatifiedData,
} from '#governance';
import { Day, Flag, OneOf, Part, Prose, Subject, Text } from '../fields.js';
import { IdentifierInput } from './identifier.input.js';

@InputType({ description: 'A party to an instrument, and how it approved it. It says at least who.' })
export class InstrumentPartyInput implements InstrumentParty {
  @Subject('organisation', 'The organisation that is a party.', { optional: true })
  organisation?: string;

  @Subject('body', 'The body that is a party, or acts for it.', { optional: true })
  body?: string;

  @Text('The party in the words of the source, where it is not in the register.', { optional: true })
  name?: string;

  @Subject('decision', 'The decision by which it approved.', { optional: true })
  approvedByDecision?: string;

  @Day('The day on which it approved.', { optional: true })
  approvedOn?: CivilDate;
}

@InputType({ description: 'A clause of a version, in the words of the source.' })
export class ClauseInput implements Clause {
  @Text('By which it is named: 4.2, Schedule 1B paragraph 3.', { max: 100 })
  clause!: string;

  @Text('Its heading.', { optional: true })
  title?: string;

  @Prose('Its words.')
  text!: string;
}

@InputType({ description: 'An instrument, or one provision of one. Effective on the day it takes effect.' })
export class AdoptInstrumentInput implements InstrumentAdoptedData {
  @Text('Its title.')
  title!: string;

  @OneOf(InstrumentKindEnum, 'What sort of document or provision it is.')
  kind!: InstrumentKind;

  @Subject('organisation', 'The organisation whose instrument it is.', { optional: true })
  organisation?: string;

  @Subject('body', 'The body it governs or belongs to.', { optional: true })
  body?: string;

  @Subject('instrument', 'The instrument that this one is a provision of.', { optional: true })
  partOf?: string;

  @Text('Where in the whole it stands, for a provision: clause or paragraph.', { optional: true })
  clause?: string;

  @Prose('What it provides.', { optional: true })
  text?: string;

  @Text('The number of its first version.', { optional: true, max: 100 })
  version?: string;

  @Flag('True where the first version is a draft and not in force.', { optional: true })
  draft?: boolean;

  @Day('The day on which it was adopted, which may be before it takes effect.', { optional: true })
  adoptedOn?: CivilDate;

  @Subject('decision', 'The decision that adopted it.', { optional: true })
  adoptedByDecision?: string;

  @Part(() => InstrumentPartyInput, 'The parties to it, and how each approved it.', { optional: true, many: true })
  parties?: InstrumentPartyInput[];

  @Text('Where it is published.', { optional: true, max: 500 })
  website?: string;

  @Part(() => IdentifierInput, 'References others give it.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about an instrument. What is not given stays as it was; null takes it away.' })
export class ChangeInstrumentInput extends PartialType(
  OmitType(AdoptInstrumentInput, ['version', 'draft'], InputType),
  InputType,
) {}

@InputType({ description: 'A new version of an instrument. Effective on the day it takes effect.' })
export class IssueVersionInput implements InstrumentVersion {
  @Text('Its number or name, as the source gives it, for example 3.0.', { max: 100 })
  version!: string;

  @Prose('What it changes.', { optional: true })
  change?: string;

  @Day('The day on which it was approved, which may be before it takes effect.', { optional: true })
  approvedOn?: CivilDate;

  @Flag('True where it is a draft and not in force.', { optional: true })
  draft?: boolean;

  @Subject('decision', 'The decision that adopted it.', { optional: true })
  adoptedByDecision?: string;

  @Part(() => ClauseInput, 'Its clauses, all of them, so that versions can be compared.', {
    optional: true,
    many: true,
  })
  clauses?: ClauseInput[];
}

@InputType({
  description:
    'That a version was found never to have been valid. Effective on the day from which it never was, mostly that on which it was to take effect: the version before stands from then on.',
})
export class FindVersionInvalidInput implements VersionFoundInvalidData {
  @Text('The version, as it was issued.', { max: 100 })
  version!: string;

  @Prose('Why it was not valid: adopted by an inquorate board.')
  reason!: string;

  @Subject('decision', 'The decision by which it was found.', { optional: true })
  decision?: string;
}

@InputType({
  description:
    'That a version was ratified. Effective on the day from which it is valid: an earlier one where the ratification reaches back.',
})
export class RatifyVersionInput implements VersionRatifiedData {
  @Text('The version, as it was issued.', { max: 100 })
  version!: string;

  @Subject('decision', 'The decision that ratified it.', { optional: true })
  decision?: string;
}

@InputType({ description: 'The withdrawal of an instrument. Effective on the first day without it.' })
export class WithdrawInstrumentInput implements InstrumentWithdrawnData {
  @Prose('Why it was withdrawn.', { optional: true })
  reason?: string;

  @Subject('instrument', 'The instrument that stands in its place.', { optional: true })
  replacedBy?: string;
}
