/** What a decision does. */
export const DECISION_TYPES = {
  APPROVE: 'Approves something.',
  APPROVE_WITH_CONDITIONS: 'Approves something on conditions.',
  AGREE_IN_PRINCIPLE: 'Agrees in principle; a further decision is needed.',
  RECOMMEND: 'Recommends something to whoever decides.',
  ENDORSE: 'Supports what somebody else decides or has decided.',
  RATIFY: 'Approves afterwards what was done already.',
  DELEGATE: 'Delegates a function.',
  REVOKE_DELEGATION: 'Takes a delegation back.',
  APPOINT: 'Appoints somebody.',
  REMOVE: 'Removes somebody.',
  ESTABLISH_BODY: 'Establishes a body.',
  DISSOLVE_BODY: 'Dissolves a body.',
  ADOPT_DOCUMENT: 'Adopts a document.',
  ALLOCATE: 'Allocates money.',
  AWARD_CONTRACT: 'Awards a contract.',
  MAKE_GRANT: 'Makes a grant.',
  VARY: 'Varies what was agreed before, such as a contract.',
  DEFER: 'Puts the matter off.',
  REFER: 'Sends the matter to somebody else.',
  REJECT: 'Rejects what was proposed.',
  NOTE: 'Notes something; nothing follows from it.',
  TAKE_ASSURANCE: 'Takes assurance, whole or partial, or none.',
  RESCIND: 'Undoes an earlier decision.',
  WITHDRAW: 'Withdraws what was proposed.',
} as const;
export type DecisionType = keyof typeof DECISION_TYPES;

/** How a decision came to be taken. */
export const DECISION_ROUTES = {
  MEETING_IN_PUBLIC: 'At a meeting, with the public admitted.',
  MEETING_PRIVATE_SESSION: 'At a meeting, with the public excluded.',
  EXTRAORDINARY_MEETING: 'At an extraordinary meeting.',
  WRITTEN_PROCEDURE: 'In writing, between meetings.',
  URGENT_CHAIR_CEO: 'By the chair and chief executive, as urgent.',
  OFFICER_DELEGATED: 'By an officer under a delegation.',
  EMERGENCY_EPRR: 'In response to an emergency.',
  JOINT_EXERCISE: 'Jointly with other bodies.',
  SOS_CALL_IN: 'By the Secretary of State after calling the matter in.',
  EXTERNAL_DIRECTION: 'On the direction of somebody entitled to give one.',
} as const;
export type DecisionRoute = keyof typeof DECISION_ROUTES;

/** How a supplier was chosen. PSR: the Provider Selection Regime, in force since 1 January 2024. */
export const PROCUREMENT_ROUTES = {
  PSR_DIRECT_A: 'PSR direct award process A: there is no realistic alternative to the existing provider.',
  PSR_DIRECT_B: 'PSR direct award process B: people have a choice of providers and their number is not limited.',
  PSR_DIRECT_C: 'PSR direct award process C: the existing provider does well and the change is not considerable.',
  PSR_MOST_SUITABLE: 'PSR most suitable provider process.',
  PSR_COMPETITIVE: 'PSR competitive process.',
  PSR_FRAMEWORK_CALLOFF: 'A call-off from a PSR framework agreement.',
  PSR_URGENT_REG14: 'PSR urgent award or modification under regulation 14.',
  PSR_MODIFICATION_REG13: 'PSR modification of a contract under regulation 13.',
  PA2023: 'Under the Procurement Act 2023.',
  PCR2015: 'Under the Public Contracts Regulations 2015.',
  NONE: 'No procurement.',
} as const;
export type ProcurementRoute = keyof typeof PROCUREMENT_ROUTES;

/** Where a decision stands on a day, as far as it has been recorded. */
export const DECISION_STATUSES = {
  PROPOSED: 'Proposed and not taken.',
  TAKEN: 'Taken, and nothing has been recorded since that stops or ends it.',
  IN_STANDSTILL: 'Announced, and the standstill of the procurement is not over.',
  CALLED_IN: 'Called in and not released.',
  IMPLEMENTED: 'Carried out.',
  PART_SUPERSEDED: 'Replaced in part by a later decision.',
  SUPERSEDED: 'Replaced by a later decision.',
  RESCINDED: 'Undone by whoever was entitled to.',
  LAPSED: 'Without effect because its time or a condition passed.',
} as const;
export type DecisionStatus = keyof typeof DECISION_STATUSES;
