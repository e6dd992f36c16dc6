import { DateScalar, DecisionPartEnum, DisclosureClassEnum, ExemptGroundEnum, Field, ObjectType } from '#schema';
import type { CivilDate } from '#kernel';
import {
  type DecisionPart,
  type DisclosureClass,
  type ExemptGround,
  type WithheldPart,
  type Withholding,
} from '#governance';

@ObjectType('Exemption', { description: 'Why something is withheld. Of a stub, what may be published of that.' })
export class ExemptionView implements Withholding {
  @Field(() => ExemptGroundEnum, { description: 'The ground.', nullable: true })
  ground?: ExemptGround;

  @Field(() => String, { description: 'The public interest as it was weighed.', nullable: true })
  reasoning?: string;

  @Field(() => String, { description: 'Who decided to withhold it.', nullable: true })
  decidedBy?: string;

  @Field(() => DateScalar, { description: 'The day by which it is looked at again.', nullable: true })
  reviewOn?: CivilDate;

  @Field(() => String, { description: 'The title approved for publication.', nullable: true })
  publicTitle?: string;
}

@ObjectType('WithheldPart', { description: 'A part of a decision that is withheld for itself, and why.' })
export class WithheldPartView implements WithheldPart {
  @Field(() => DecisionPartEnum, { description: 'The part.' })
  field!: DecisionPart;

  @Field(() => DisclosureClassEnum, { description: 'Who may see it.' })
  disclosure!: Exclude<DisclosureClass, 'PUBLIC'>;

  @Field(() => ExemptGroundEnum, { description: 'The ground.', nullable: true })
  ground?: ExemptGround;

  @Field(() => String, { description: 'The public interest as it was weighed.', nullable: true })
  reasoning?: string;

  @Field(() => String, { description: 'Who decided to withhold it.', nullable: true })
  decidedBy?: string;

  @Field(() => DateScalar, { description: 'The day by which it is looked at again.', nullable: true })
  reviewOn?: CivilDate;
}
