import { InputType, PartialType } from '#schema';
import type { CivilDate } from '#kernel';
import type { ReservationDetails } from '#governance';
import { LastDay, Part, Prose, Subject, Text } from '../fields.js';
import { LimitInput } from './limit.input.js';

@InputType({
  description:
    'A matter that only one body or organisation may decide, and nobody below it. Effective on the first day on which it is reserved.',
})
export class ReserveMatterInput implements ReservationDetails {
  @Subject('body', 'The body to which it is reserved.', { optional: true })
  body?: string;

  @Subject('organisation', 'The organisation to which it is reserved.', { optional: true })
  organisation?: string;

  @Text('To whom it is reserved, in the words of the source, where they are not in the register.', { optional: true })
  reservedToName?: string;

  @Text('The functions it covers, at least one.', { many: true, max: 2000 })
  functions!: string[];

  @Subject(
    'function',
    'The functions of a catalogue that it reserves, as somebody found them; the words of the source stay beside them.',
    {
      optional: true,
      many: true,
    },
  )
  catalogueFunctions?: string[];

  @Subject('place', 'The places for which it is reserved; everywhere without any.', { optional: true, many: true })
  places?: string[];

  @Part(() => LimitInput, 'Reserved above this amount only: what is within it may be decided below.', {
    optional: true,
  })
  above?: LimitInput;

  @Subject('instrument', 'The instrument that makes it.', { optional: true })
  instrument?: string;

  @Text('The version of the instrument that makes it.', { optional: true })
  version?: string;

  @Text('The clause of the instrument that makes it.', { optional: true })
  clause?: string;

  @Prose('How the source says it.', { optional: true })
  text?: string;

  @LastDay('The last day of its term, where that is known.', { optional: true })
  until?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about a reservation. What is not given stays as it was; null takes it away.' })
export class ChangeReservationInput extends PartialType(ReserveMatterInput, InputType) {}

@InputType({ description: 'That a matter is reserved no longer. Effective on the first day on which it is not.' })
export class EndReservationInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}
