import { HoldingRouteEnum, InputType, OrganisationKindEnum, PartialType } from '#schema';
import type { CivilDate } from '#kernel';
import type { FunctionDetails, HoldingDetails, HoldingRoute, Identifier, OrganisationKind } from '#governance';
import { Flag, LastDay, OneOf, Part, Prose, Subject, Text } from '../fields.js';
import { IdentifierInput } from './identifier.input.js';

@InputType({
  description: 'A duty or power that law or policy gives. Effective on the day from which it is one.',
})
export class DefineFunctionInput implements FunctionDetails {
  @Text('What it is called.')
  name!: string;

  @Text('The catalogue that it is from: ICS-2022, or one of your own.', { optional: true, max: 100 })
  catalogue?: string;

  @Text('The law that gives it: National Health Service Act 2006.', { optional: true })
  statute?: string;

  @Text('Where in that law: s3, s65Z5(1).', { optional: true })
  provision?: string;

  @Text('Where the catalogue has it from.', { optional: true, max: 500 })
  source?: string;

  @Text('Lines of service that it is about, in the words of the source.', { optional: true, many: true })
  services?: string[];

  @Flag('True where whoever holds it may delegate it on, false where they may not. Leave it out where nobody knows.', {
    optional: true,
  })
  delegable?: boolean;

  @Subject('function', 'The wider function that it is part of.', { optional: true })
  partOf?: string;

  @Part(() => IdentifierInput, 'References others give it.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about a function. What is not given stays as it was; null takes it away.' })
export class ChangeFunctionInput extends PartialType(DefineFunctionInput, InputType) {}

@InputType({ description: 'The end of a function. Effective on the first day on which nobody has it.' })
export class EndFunctionInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}

@InputType({
  description:
    'That an organisation, or every organisation of a kind, holds a function. Effective on the first day on which it does.',
})
export class RecordHoldingInput implements HoldingDetails {
  @Subject('function', 'The function.')
  function!: string;

  @Subject('organisation', 'The organisation that holds it. Give this or the kind, not both.', { optional: true })
  organisation?: string;

  @OneOf(
    OrganisationKindEnum,
    'Every organisation of this kind holds it, as a law says “each integrated care board”.',
    {
      optional: true,
    },
  )
  organisationKind?: OrganisationKind;

  @OneOf(HoldingRouteEnum, 'How it came to exercise the function.')
  route!: HoldingRoute;

  @Subject('organisation', 'The organisation that held it before, delegates or directs it.', { optional: true })
  fromOrganisation?: string;

  @Subject('place', 'The places for which it is held; everywhere where none is given.', { optional: true, many: true })
  places?: string[];

  @Text('Lines of service for which it is held, in the words of the source.', { optional: true, many: true })
  services?: string[];

  @Text('The law that gives it to the holder.', { optional: true })
  statute?: string;

  @Text('Where in that law.', { optional: true })
  provision?: string;

  @Subject('instrument', 'The instrument that gives it: an order, a transfer scheme, an agreement.', { optional: true })
  instrument?: string;

  @Text('Where it is said.', { optional: true, max: 500 })
  source?: string;

  @LastDay('The last day on which it is held, where that is known in advance.', { optional: true })
  until?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({
  description: 'What changed about who holds a function. What is not given stays as it was; null takes it away.',
})
export class ChangeHoldingInput extends PartialType(RecordHoldingInput, InputType) {}

@InputType({
  description: 'That a function is held by somebody no longer. Effective on the first day on which it is not.',
})
export class EndHoldingInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}
