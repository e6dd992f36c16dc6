import type { BodyKind } from '../body/body.events.js';
import type { DecisionType } from '../decision/decision-lists.js';
import type { BodyRead } from './readings.js';

/**
 * Bodies by which an organisation itself acts, without a delegation: its board, its full council. A council's executive
 * has its powers from the law too (Local Government Act 2000, section 9D).
 */
export const APEX_BODIES: ReadonlySet<BodyKind> = new Set([
  'SECRETARY_OF_STATE',
  'NHS_ENGLAND',
  'ICB_BOARD',
  'TRUST_BOARD',
  'FT_BOARD',
  'COUNCIL_FULL',
  'COUNCIL_EXECUTIVE',
  'COMBINED_AUTHORITY',
  'CCG_GOVERNING_BODY',
]);

/** Bodies that advise and decide nothing, whatever is delegated to them (BR-054). */
export const ADVISORY_BODIES: ReadonlySet<BodyKind> = new Set([
  'PLACE_CONSULTATIVE_FORUM',
  'ADVISORY_GROUP',
  'ADVISORY_PANEL',
  'SYSTEM_QUALITY_GROUP',
  'CLINICAL_NETWORK',
  'PCN',
]);

/** What anybody may do without power to decide. */
export const ADVISING: ReadonlySet<DecisionType> = new Set([
  'RECOMMEND',
  'ENDORSE',
  'NOTE',
  'DEFER',
  'REFER',
  'WITHDRAW',
]);

/** Whether a body decides for several organisations at once, each of which has to have given it the power (BR-055). */
export const isJoint = ({ kind, legalPersonality, owners = [] }: BodyRead): boolean =>
  owners.length > 1 &&
  !meetsInCommon({ kind }) &&
  (kind === 'JOINT_COMMITTEE' || kind === 'ICP' || legalPersonality === 'JOINT_COMMITTEE_OF');

/** Whether a body only meets with others, so that each decides for its own parent (BR-056). */
export const meetsInCommon = ({ kind }: Pick<BodyRead, 'kind'>): boolean =>
  kind === 'COMMITTEE_IN_COMMON' || kind === 'CLUSTER_BOARD';
