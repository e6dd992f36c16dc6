import type { CivilDate, Money } from '#kernel';
import type { AppointmentStatus } from '../appointment/appointment.events.js';
import type { BodyKind, LegalPersonality } from '../body/body.events.js';
import type {
  DelegationPower,
  DelegationScope,
  DelegationStatus,
  OnwardDelegation,
} from '../delegation/delegation.events.js';
import type { ConditionState, ConditionTime } from '../delegation/condition.js';
import type { Limit } from '../delegation/limit.js';
import type { Spending, Vat } from '../spending.js';
import type { HoldingRoute } from '../function/holding.events.js';
import type { OrganisationKind } from '../organisation/organisation.events.js';
import type { ConditionMet } from '../decision/decision.events.js';
import type { DecisionStatus, DecisionType } from '../decision/decision-lists.js';

/** What questions about authority read of what the register shows. All of it may be missing. */
export interface Lasts {
  /** Whether it is known to hold on the day. */
  readonly holds?: 'YES' | 'NOT_KNOWN' | 'NO';
  readonly end?: { readonly day: CivilDate | null } | null;
}

export interface ConditionRead {
  readonly key: string;
  readonly text: string;
  readonly applies: ConditionTime;
  /** Of a standing one: what was last recorded of it. */
  readonly state?: ConditionState;
}

export interface ApprovalRead {
  readonly organisation?: string;
  readonly body?: string;
}

export interface DelegationRead extends Lasts {
  readonly status: DelegationStatus;
  readonly termEnds?: CivilDate;
  readonly grantedByOrganisation?: string;
  readonly grantedByBody?: string;
  readonly grantedBySeat?: string;
  readonly grantedByPerson?: string;
  readonly grantedByName?: string;
  readonly delegateOrganisations?: readonly string[];
  readonly delegateBodies?: readonly string[];
  readonly delegateSeats?: readonly string[];
  readonly delegatePersons?: readonly string[];
  readonly functions: readonly string[];
  readonly catalogueFunctions?: readonly string[];
  readonly powers?: readonly DelegationPower[];
  readonly scope?: DelegationScope;
  readonly places?: readonly string[];
  readonly excludedProviders?: readonly string[];
  readonly limits?: readonly Limit[];
  readonly conditions?: readonly ConditionRead[];
  readonly exclusive?: boolean;
  readonly onward?: OnwardDelegation;
  readonly onwardDepth?: number;
  readonly onBehalfOf?: string;
  readonly instrument?: string;
  readonly version?: string;
  readonly clause?: string;
  readonly approvals?: readonly ApprovalRead[];
  readonly replaces?: string;
}

export interface ReservationRead extends Lasts {
  readonly body?: string;
  readonly organisation?: string;
  readonly places?: readonly string[];
  readonly above?: Limit;
  readonly instrument?: string;
  readonly version?: string;
}

export interface HoldingRead extends Lasts {
  readonly function: string;
  readonly organisation?: string;
  readonly organisationKind?: OrganisationKind;
  readonly route?: HoldingRoute;
  readonly fromOrganisation?: string;
  readonly places?: readonly string[];
}

export interface FunctionRead extends Lasts {
  readonly name: string;
  readonly partOf?: string;
  readonly delegable?: boolean;
}

export interface BodyRead extends Lasts {
  readonly kind: BodyKind;
  readonly owners?: readonly string[];
  readonly parentBody?: string;
  readonly legalPersonality?: LegalPersonality;
  readonly suspended?: boolean;
}

export interface OrganisationRead extends Lasts {
  readonly kind: OrganisationKind;
}

export interface SeatRead extends Lasts {
  readonly body?: string;
  readonly organisation?: string;
}

export interface AppointmentRead extends Lasts {
  /** Its last day, once its term is over. */
  readonly inOfficeUntil?: CivilDate;
  readonly person?: string;
  readonly seat?: string;
  readonly body?: string;
  readonly organisation?: string;
  readonly status?: AppointmentStatus;
  readonly vacant?: boolean;
  readonly capacities?: readonly { readonly status?: AppointmentStatus; readonly onLeave?: boolean }[];
}

export interface InstrumentRead extends Lasts {
  readonly invalidVersions?: readonly { readonly version: string; readonly because?: string }[];
  readonly replacedBy?: string;
}

export interface PlaceRead extends Lasts {
  readonly parents?: readonly string[];
}

export interface DecisionRead {
  readonly reference?: string;
  readonly status: DecisionStatus;
  readonly taken?: boolean;
  readonly kind?: DecisionType;
  readonly takenOn?: CivilDate;
  /** The day it goes by, which is shown also where nothing else of it is. */
  readonly datedOn?: CivilDate;
  readonly decidedBy?: readonly string[];
  readonly bodies?: readonly string[];
  readonly officer?: string;
  readonly decidedByName?: string;
  readonly meeting?: string;
  readonly appointment?: string;
  readonly delegation?: string;
  readonly catalogueFunctions?: readonly string[];
  readonly places?: readonly string[];
  readonly provider?: string;
  readonly amount?: Money;
  readonly amountPerYear?: Money;
  readonly spending?: Spending;
  readonly vat?: Vat;
  readonly conditionsMet?: readonly ConditionMet[];
  readonly stub?: boolean;
  readonly withheldParts?: readonly { readonly field: string }[];
}
