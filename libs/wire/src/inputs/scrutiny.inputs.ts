import { InputType, PartialType, MatterKindEnum, ResponseOutcomeEnum } from '#schema';
import type { CivilDate } from '#kernel';
import type { Letter, MatterDetails, MatterKind, Response, ResponseOutcome } from '#governance';
import { Day, OneOf, Prose, Subject, Text } from '../fields.js';

@InputType({ description: 'One matter a scrutiny committee raised. Effective on the day it was raised.' })
export class RaiseMatterInput implements MatterDetails {
  @Subject('body', 'The committee that raised it.')
  committee!: string;

  @OneOf(MatterKindEnum, 'What the committee did.')
  kind!: MatterKind;

  @Prose('What it asked, recommended or said.')
  text!: string;

  @Text('A short title.', { optional: true })
  title?: string;

  @Text('To whom it was addressed, in the words of the source.', { optional: true })
  addressedTo?: string;

  @Subject('organisation', 'The organisation to which it was addressed.', { optional: true })
  addressedToOrganisation?: string;

  @Subject('body', 'The body to which it was addressed.', { optional: true })
  addressedToBody?: string;

  @Day('The day on which it was raised.', { optional: true })
  raisedOn?: CivilDate;

  @Day('The last day for an answer.', { optional: true })
  dueOn?: CivilDate;

  @Subject('decision', 'The decision it is about.', { optional: true })
  aboutDecision?: string;

  @Subject('meeting', 'The meeting it is about, or at which it was raised.', { optional: true })
  aboutMeeting?: string;

  @Text('Where it stands, in the words of the source.', { optional: true })
  progress?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about a matter. What is not given stays as it was; null takes it away.' })
export class ChangeMatterInput extends PartialType(RaiseMatterInput, InputType) {}

@InputType({ description: 'A letter sent about a matter. Effective on the day it was sent.' })
export class RecordLetterInput implements Letter {
  @Day('The day on which it was sent.', { optional: true })
  sentOn?: CivilDate;

  @Text('To whom.', { optional: true })
  to?: string;

  @Prose('What else the source says about it.', { optional: true })
  note?: string;
}

@InputType({ description: 'An answer received to a matter. Effective on the day of the answer.' })
export class RecordResponseInput implements Response {
  @Prose('What it says.', { optional: true })
  text?: string;

  @Day('The day of the answer.', { optional: true })
  respondedOn?: CivilDate;

  @Text('From whom.', { optional: true })
  from?: string;

  @OneOf(ResponseOutcomeEnum, 'What it came to.', { optional: true })
  outcome?: ResponseOutcome;
}

@InputType({ description: 'The closing of a matter. Effective on the day it was closed.' })
export class CloseMatterInput {
  @Text('With what outcome it was closed.', { optional: true, max: 2000 })
  outcome?: string;
}
