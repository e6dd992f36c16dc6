import { InputType, InterestTypeEnum } from '#schema';
import type { CivilDate } from '#kernel';
import type { InterestDetails, InterestType } from '#governance';
import { Day, LastDay, OneOf, Prose, Subject, Text } from '../fields.js';

@InputType({ description: 'An interest that a person declares. Effective on the day it arose.' })
export class DeclareInterestInput implements InterestDetails {
  @Subject('person', 'Who holds the interest.')
  person!: string;

  @OneOf(InterestTypeEnum, 'What kind of interest it is.')
  kind!: InterestType;

  @Prose('What it consists in, in the words of the declaration.')
  nature!: string;

  @Subject('organisation', 'The organisation it is in, where the register has it.', { optional: true })
  organisation?: string;

  @Text('The organisation it is in, as declared.', { optional: true })
  organisationName?: string;

  @Day('When it was declared.', { optional: true })
  declaredOn?: CivilDate;

  @Day('When it was published.', { optional: true })
  publishedOn?: CivilDate;

  @LastDay('Last day of the interest, where it is known in advance.', { optional: true })
  until?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about an interest. What is not given stays as it was; null takes it away.' })
export class AmendInterestInput implements Partial<InterestDetails> {
  @Subject('person', 'Who holds the interest from now on.', { optional: true })
  person?: string;

  @OneOf(InterestTypeEnum, 'What kind of interest it is from now on.', { optional: true })
  kind?: InterestType;

  @Prose('What it consists in from now on.', { optional: true })
  nature?: string;

  @Subject('organisation', 'The organisation it is in from now on.', { optional: true })
  organisation?: string;

  @Text('The organisation it is in from now on, as declared.', { optional: true })
  organisationName?: string;

  @Day('When it was declared.', { optional: true })
  declaredOn?: CivilDate;

  @Day('When it was published.', { optional: true })
  publishedOn?: CivilDate;

  @LastDay('Last day of the interest from now on.', { optional: true })
  until?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'The end of an interest. Effective on the first day without it.' })
export class EndInterestInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}
