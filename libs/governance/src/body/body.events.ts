import type { Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** What kind of body it is. */
export const BODY_KINDS = {
  SECRETARY_OF_STATE: 'The Secretary of State, acting as one.',
  NHS_ENGLAND: 'The board of NHS England.',
  ICB_BOARD: 'The board of an integrated care board.',
  ICB_COMMITTEE: 'A committee of an integrated care board.',
  ICB_SUBCOMMITTEE: 'A sub-committee of an integrated care board.',
  ICP: 'An integrated care partnership: the statutory joint committee of a board and the councils of its area.',
  JOINT_COMMITTEE: 'One committee of two or more bodies that decides for all of them.',
  COMMITTEE_IN_COMMON: 'A committee that meets together with those of other bodies; each decides for its own parent.',
  PLACE_CONSULTATIVE_FORUM: 'A forum at place that advises and decides nothing.',
  PROVIDER_COLLABORATIVE_BOARD: 'The board of a provider collaborative.',
  ADVISORY_GROUP: 'A group that may advise or recommend only.',
  SYSTEM_QUALITY_GROUP: 'A group that shares intelligence on the quality of care in a system.',
  CLINICAL_NETWORK: 'A clinical network.',
  TRUST_BOARD: 'The board of an NHS trust.',
  FT_BOARD: 'The board of directors of an NHS foundation trust.',
  FT_COUNCIL_OF_GOVERNORS: 'The council of governors of an NHS foundation trust.',
  COUNCIL_FULL: 'A council, all its members meeting.',
  COUNCIL_EXECUTIVE: 'The executive or cabinet of a council.',
  COUNCIL_COMMITTEE: 'A committee of a council.',
  HWB: 'A health and wellbeing board.',
  HOSC: 'A health overview and scrutiny committee of one council.',
  JHOSC: 'A joint health overview and scrutiny committee of several councils.',
  COMBINED_AUTHORITY: 'A combined authority, its members meeting.',
  PCN: 'A primary care network.',
  LOCALITY_PARTNERSHIP: 'A partnership of bodies in one locality.',
  TASK_AND_FINISH: 'A group set up for one task.',
  CCG_GOVERNING_BODY: 'The governing body of a clinical commissioning group; none since 1 July 2022.',
  SELECT_COMMITTEE: 'A select committee of a legislature.',
  LEGISLATIVE_CHAMBER: 'A chamber of a legislature.',
  EXECUTIVE_GROUP: 'A group of executives of one organisation.',
  CLUSTER_BOARD: 'A board that integrated care boards of a cluster share; each stays a legal body of its own.',
  ADVISORY_PANEL: 'A panel that advises or hears cases.',
  OTHER: 'Something else; the note says what.',
} as const;
export type BodyKind = keyof typeof BODY_KINDS;

/** What a body is in law. */
export const LEGAL_PERSONALITIES = {
  CORPORATE: 'A legal person of its own.',
  COMMITTEE_OF: 'Part of one legal person, whose functions it exercises.',
  JOINT_COMMITTEE_OF: 'Part of several legal persons, whose functions it exercises for all of them.',
  UNINCORPORATED_NON_STATUTORY: 'Nothing in law: people who agreed to meet.',
} as const;
export type LegalPersonality = keyof typeof LEGAL_PERSONALITIES;

/** How decisions are made at a place: the five arrangements of the ICS Design Framework of June 2021. */
export const PLACE_ARRANGEMENTS = {
  CONSULTATIVE_FORUM: 'A forum that informs decisions which others make.',
  ICB_COMMITTEE: 'A committee of the integrated care board with power to decide.',
  JOINT_COMMITTEE: 'A joint committee of the integrated care board and partners.',
  INDIVIDUAL_DIRECTOR: 'One director with delegated power, who may be jointly appointed.',
  LEAD_PROVIDER: 'A lead provider that manages resources and delivery under contract.',
} as const;
export type PlaceArrangement = keyof typeof PLACE_ARRANGEMENTS;

/** Which law says how a body admits the public and publishes. */
export const PUBLICITY_REGIMES = {
  NHS_1960_ACT: 'Public Bodies (Admission to Meetings) Act 1960, as it applies to NHS bodies.',
  LGA_PART_VA: 'Local Government Act 1972, Part VA: councils and their committees.',
  EXEC_2012: 'Executive arrangements regulations 2012: council executives and key decisions.',
  OFFICER_2014: 'Openness of Local Government Bodies Regulations 2014: records of officers’ decisions.',
  ICP_OWN_PROCEDURE: 'The procedure that an integrated care partnership set itself.',
  NONE: 'None applies.',
} as const;
export type PublicityRegime = keyof typeof PUBLICITY_REGIMES;

/** What has to be there for a meeting to be able to decide. */
export interface QuorumRule {
  /** Least number of members present, where the rule has one. */
  readonly members?: number;
  /** The rest of the rule in words: the mix of roles, whether deputies count. */
  readonly note?: string;
}

export interface BodyDetails {
  readonly name: string;
  readonly kind: BodyKind;
  /** Ids of the organisations whose body it is; several for a joint body. */
  readonly owners?: readonly string[];
  /** Id of the body it is a sub-body of. */
  readonly parentBody?: string;
  /** Ids of the places it is for. */
  readonly places?: readonly string[];
  readonly legalPersonality?: LegalPersonality;
  /** What it is for, in the words of the source. */
  readonly remit?: string;
  /** What it may decide, in the words of the source. */
  readonly powers?: string;
  /** How often and how it meets. */
  readonly meets?: string;
  readonly quorum?: QuorumRule;
  /** Id of the instrument that makes it and its quorum, and the version of it. */
  readonly instrument?: string;
  readonly version?: string;
  readonly publicityRegime?: PublicityRegime;
  readonly identifiers?: readonly Identifier[];
  /** The group in which its owner lists it. */
  readonly category?: string;
  readonly website?: string;
  readonly note?: string;
}

export interface PlaceArrangementData {
  /** Name of the place. */
  readonly place: string;
  readonly arrangement: PlaceArrangement;
}

export interface BodyDissolvedData {
  readonly reason?: string;
  /** Id of the body that it became part of. */
  readonly mergedInto?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type BodyEvent =
  | Fact<'BodyEstablished', BodyDetails>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'BodyChanged', Revised<BodyDetails>>
  /** Replaces the arrangement that the body had for the same place. */
  | Fact<'PlaceArrangementAdopted', PlaceArrangementData>
  | Fact<'BodySuspended', { readonly reason?: string }>
  /** Effective on the first day on which it acts again. */
  | Fact<'BodyResumed', { readonly reason?: string }>
  | Fact<'BodyDissolved', BodyDissolvedData>;
