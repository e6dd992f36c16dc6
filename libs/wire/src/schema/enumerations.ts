import {
  APPOINTMENT_CAPACITIES,
  APPOINTMENT_STATUSES,
  ATTENDANCES,
  BODY_KINDS,
  CASTING_VOTES,
  CONDITION_KINDS,
  CONDITION_STATES,
  CONDITION_TIMES,
  DECISION_PARTS,
  DECISION_ROUTES,
  DECISION_STATUSES,
  DECISION_TYPES,
  DELEGATION_POWERS,
  DELEGATION_STATUSES,
  DELIVERY_WAYS,
  DISCLOSURE_CLASSES,
  EXEMPT_GROUNDS,
  INSTRUMENT_KINDS,
  HOLDING_ROUTES,
  INTEREST_TYPES,
  LEGAL_PERSONALITIES,
  LIMIT_BASES,
  LOG_FILE_FORMATS,
  LOG_PERIODS,
  LOG_READERS,
  MATTER_KINDS,
  MINUTES_STATUSES,
  ONWARD_DELEGATIONS,
  ORGANISATION_KINDS,
  PLACE_ARRANGEMENTS,
  PLACE_KINDS,
  PROCUREMENT_ROUTES,
  PUBLICITY_REGIMES,
  RESPONSE_OUTCOMES,
  SEAT_CATEGORIES,
  SEAT_SOURCES,
  SPENDINGS,
  SUCCESSION_KINDS,
  UPSTREAM_ROUTES,
  VATS,
  VOTES,
} from '#governance';
import { enumeration } from './enumeration.js';

export const AppointmentCapacityEnum = enumeration(
  'AppointmentCapacity',
  'In whose right somebody holds a seat.',
  APPOINTMENT_CAPACITIES,
);
export const AppointmentStatusEnum = enumeration(
  'AppointmentStatus',
  'How firmly somebody holds a seat.',
  APPOINTMENT_STATUSES,
);
export const BodyKindEnum = enumeration('BodyKind', 'What kind of body it is.', BODY_KINDS);
export const LegalPersonalityEnum = enumeration('LegalPersonality', 'What a body is in law.', LEGAL_PERSONALITIES);
export const PlaceKindEnum = enumeration('PlaceKind', 'What a place is in the geography of a system.', PLACE_KINDS);
export const PlaceArrangementEnum = enumeration(
  'PlaceArrangement',
  'How decisions are made at a place: the five arrangements of the ICS Design Framework.',
  PLACE_ARRANGEMENTS,
);
export const PublicityRegimeEnum = enumeration(
  'PublicityRegime',
  'Which law says how a body admits the public and publishes.',
  PUBLICITY_REGIMES,
);
export const SeatCategoryEnum = enumeration('SeatCategory', 'What a seat is for.', SEAT_CATEGORIES);
export const SeatSourceEnum = enumeration('SeatSource', 'What a seat is owed to.', SEAT_SOURCES);
export const LogReaderEnum = enumeration('LogReader', 'For whom a decision log was made.', LOG_READERS);
export const DeliveryWayEnum = enumeration('DeliveryWay', 'How a decision log is delivered.', DELIVERY_WAYS);
export const DecisionTypeEnum = enumeration('DecisionType', 'What a decision does.', DECISION_TYPES);
export const DecisionRouteEnum = enumeration('DecisionRoute', 'How a decision came to be taken.', DECISION_ROUTES);
export const DecisionStatusEnum = enumeration(
  'DecisionStatus',
  'Where a decision stands on a day, as far as it has been recorded.',
  DECISION_STATUSES,
);
export const DisclosureClassEnum = enumeration('DisclosureClass', 'Who may see something.', DISCLOSURE_CLASSES);
export const ExemptGroundEnum = enumeration('ExemptGround', 'On what ground something is withheld.', EXEMPT_GROUNDS);
export const DecisionPartEnum = enumeration(
  'DecisionPart',
  'A part that may be withheld of a decision that is public otherwise.',
  DECISION_PARTS,
);
export const ProcurementRouteEnum = enumeration('ProcurementRoute', 'How a supplier was chosen.', PROCUREMENT_ROUTES);
export const VoteEnum = enumeration('Vote', 'How somebody voted, or why not.', VOTES);
export const CastingVoteEnum = enumeration('CastingVote', 'Which way a casting vote went.', CASTING_VOTES);
export const DelegationPowerEnum = enumeration(
  'DelegationPower',
  'What a delegate may do with a function.',
  DELEGATION_POWERS,
);
export const LimitBasisEnum = enumeration('LimitBasis', 'What a financial limit is measured on.', LIMIT_BASES);
export const VatEnum = enumeration('Vat', 'Whether value added tax is in an amount.', VATS);
export const SpendingEnum = enumeration('Spending', 'What sort of money is spent.', SPENDINGS);
export const ConditionKindEnum = enumeration(
  'ConditionKind',
  'What sort of thing has to be so for a power to be used.',
  CONDITION_KINDS,
);
export const ConditionTimeEnum = enumeration('ConditionTime', 'When a condition has to be met.', CONDITION_TIMES);
export const ConditionStateEnum = enumeration(
  'ConditionState',
  'Where a standing condition is on a day.',
  CONDITION_STATES,
);
export const OnwardDelegationEnum = enumeration(
  'OnwardDelegation',
  'Whether a delegate may pass the power on.',
  ONWARD_DELEGATIONS,
);
export const UpstreamRouteEnum = enumeration(
  'UpstreamRoute',
  'How a function reaches the local body from above.',
  UPSTREAM_ROUTES,
);
export const DelegationStatusEnum = enumeration(
  'DelegationStatus',
  'Where a delegation stands on a day.',
  DELEGATION_STATUSES,
);
export const InstrumentKindEnum = enumeration(
  'InstrumentKind',
  'What sort of document or provision an instrument is.',
  INSTRUMENT_KINDS,
);
export const InterestTypeEnum = enumeration('InterestType', 'What kind of interest it is.', INTEREST_TYPES);
export const AttendanceEnum = enumeration('Attendance', 'How somebody took part in a meeting.', ATTENDANCES);
export const MinutesStatusEnum = enumeration(
  'MinutesStatus',
  'Where the minutes of a meeting stand.',
  MINUTES_STATUSES,
);
export const HoldingRouteEnum = enumeration(
  'HoldingRoute',
  'How an organisation came to exercise a function.',
  HOLDING_ROUTES,
);
export const OrganisationKindEnum = enumeration(
  'OrganisationKind',
  'What an organisation is in law or in practice.',
  ORGANISATION_KINDS,
);
export const SuccessionKindEnum = enumeration(
  'SuccessionKind',
  'How one organisation came after another.',
  SUCCESSION_KINDS,
);
export const MatterKindEnum = enumeration(
  'MatterKind',
  'What a scrutiny committee did when it raised a matter.',
  MATTER_KINDS,
);
export const ResponseOutcomeEnum = enumeration(
  'ResponseOutcome',
  'What the answer to a matter came to.',
  RESPONSE_OUTCOMES,
);
export const LogPeriodEnum = enumeration('LogPeriod', 'How long the periods of decision logs are.', LOG_PERIODS);
export const LogFileFormatEnum = enumeration('LogFileFormat', 'A format of decision logs.', LOG_FILE_FORMATS);
