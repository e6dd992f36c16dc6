import { DateScalar, Field, ObjectType, ProcurementRouteEnum } from '#schema';
import type { CivilDate } from '#kernel';
import { type ProcurementRoute } from '#governance';

@ObjectType('Procurement', { description: 'What a decision says about buying.' })
export class ProcurementView {
  @Field(() => ProcurementRouteEnum, { description: 'How the supplier was chosen.', nullable: true })
  route?: ProcurementRoute;

  @Field(() => String, { description: 'The supplier.', nullable: true })
  supplier?: string;

  @Field(() => String, { description: 'The number of the notice.', nullable: true })
  noticeId?: string;

  @Field(() => DateScalar, { description: 'The last day of the standstill.', nullable: true })
  standstillUntil?: CivilDate;

  @Field(() => DateScalar, { description: 'The last day for tenders.', nullable: true })
  tenderDeadline?: CivilDate;
}
