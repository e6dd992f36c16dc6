import { ArgsType, Field } from '@nestjs/graphql';
import {
  BodyFilter,
  InstrumentFilter,
  AppointmentFilter,
  DelegationFilter,
  InterestFilter,
  BudgetFilter,
  MeetingFilter,
  ScrutinyMatterFilter,
  DecisionFilter,
  IssuedDecisionLogFilter,
  OrganisationFilter,
  FunctionFilter,
  FunctionHoldingFilter,
  PlaceFilter,
  ReservationFilter,
  SeatFilter,
  StandingOrderFilter,
  SuccessionFilter,
} from '#register';
import { LastingUnderArgs, UnderArgs } from './arguments.js';

@ArgsType()
export class BodiesUnderArgs extends LastingUnderArgs {
  @Field(() => BodyFilter, { description: 'Only bodies that are so.', nullable: true })
  filter?: BodyFilter | null;
}

@ArgsType()
export class InstrumentsUnderArgs extends LastingUnderArgs {
  @Field(() => InstrumentFilter, { description: 'Only instruments that are so.', nullable: true })
  filter?: InstrumentFilter | null;
}

@ArgsType()
export class AppointmentsUnderArgs extends LastingUnderArgs {
  @Field(() => AppointmentFilter, { description: 'Only appointments that are so.', nullable: true })
  filter?: AppointmentFilter | null;
}

@ArgsType()
export class DelegationsUnderArgs extends LastingUnderArgs {
  @Field(() => DelegationFilter, { description: 'Only delegations that are so.', nullable: true })
  filter?: DelegationFilter | null;
}

@ArgsType()
export class ReservationsUnderArgs extends LastingUnderArgs {
  @Field(() => ReservationFilter, { description: 'Only reservations that are so.', nullable: true })
  filter?: ReservationFilter | null;
}

@ArgsType()
export class InterestsUnderArgs extends LastingUnderArgs {
  @Field(() => InterestFilter, { description: 'Only interests that are so.', nullable: true })
  filter?: InterestFilter | null;
}

@ArgsType()
export class BudgetsUnderArgs extends LastingUnderArgs {
  @Field(() => BudgetFilter, { description: 'Only budgets that are so.', nullable: true })
  filter?: BudgetFilter | null;
}

@ArgsType()
export class MeetingsUnderArgs extends UnderArgs {
  @Field(() => MeetingFilter, { description: 'Only meetings that are so.', nullable: true })
  filter?: MeetingFilter | null;
}

@ArgsType()
export class ScrutinyMattersUnderArgs extends UnderArgs {
  @Field(() => ScrutinyMatterFilter, { description: 'Only matters that are so.', nullable: true })
  filter?: ScrutinyMatterFilter | null;
}

@ArgsType()
export class DecisionsUnderArgs extends UnderArgs {
  @Field(() => DecisionFilter, { description: 'Only decisions that are so.', nullable: true })
  filter?: DecisionFilter | null;
}

@ArgsType()
export class PlacesUnderArgs extends LastingUnderArgs {
  @Field(() => PlaceFilter, { description: 'Only places that are so.', nullable: true })
  filter?: PlaceFilter | null;
}

@ArgsType()
export class FunctionsUnderArgs extends LastingUnderArgs {
  @Field(() => FunctionFilter, { description: 'Only functions that are so.', nullable: true })
  filter?: FunctionFilter | null;
}

@ArgsType()
export class FunctionHoldingsUnderArgs extends LastingUnderArgs {
  @Field(() => FunctionHoldingFilter, { description: 'Only holdings that are so.', nullable: true })
  filter?: FunctionHoldingFilter | null;
}

@ArgsType()
export class OrganisationsUnderArgs extends LastingUnderArgs {
  @Field(() => OrganisationFilter, { description: 'Only organisations that are so.', nullable: true })
  filter?: OrganisationFilter | null;
}

@ArgsType()
export class SeatsUnderArgs extends LastingUnderArgs {
  @Field(() => SeatFilter, { description: 'Only seats that are so.', nullable: true })
  filter?: SeatFilter | null;
}

@ArgsType()
export class StandingOrdersUnderArgs extends LastingUnderArgs {
  @Field(() => StandingOrderFilter, { description: 'Only orders that are so.', nullable: true })
  filter?: StandingOrderFilter | null;
}

@ArgsType()
export class SuccessionsUnderArgs extends LastingUnderArgs {
  @Field(() => SuccessionFilter, { description: 'Only successions that are so.', nullable: true })
  filter?: SuccessionFilter | null;
}

@ArgsType()
export class IssuedDecisionLogsUnderArgs extends UnderArgs {
  @Field(() => IssuedDecisionLogFilter, { description: 'Only logs that are so.', nullable: true })
  filter?: IssuedDecisionLogFilter | null;
}
