import type { BodyKind, InstrumentKind } from '#governance';
import { searchable } from '../engine/view.js';
import type { AppointmentView } from '../rooms/appointment/appointment.view.js';
import type { BodyView } from '../rooms/body/body.view.js';
import type { DelegationView } from '../rooms/delegation/delegation.view.js';
import type { InstrumentView } from '../rooms/instrument/instrument.view.js';
import type { LapsingKind } from './lapsing-entry.js';

/** Bodies of which an organisation has one: whoever comes after has the same by its kind. Others are told by their names. */
const ONE_OF_A_KIND: ReadonlySet<BodyKind> = new Set([
  ...(['ICB_BOARD', 'ICP', 'TRUST_BOARD', 'FT_BOARD', 'FT_COUNCIL_OF_GOVERNORS', 'COUNCIL_FULL'] as const),
  ...(['COUNCIL_EXECUTIVE', 'HWB', 'HOSC', 'SYSTEM_QUALITY_GROUP', 'CCG_GOVERNING_BODY'] as const),
]);

/** Documents of which an organisation has one. */
const ONE_DOCUMENT: ReadonlySet<InstrumentKind> = new Set([
  ...(['CONSTITUTION', 'STANDING_ORDER', 'FINANCIAL_SCHEME', 'OPERATIONAL_SCHEME', 'HANDBOOK'] as const),
]);

/** The board of the one does what the governing body of the other did. */
const SAME: Readonly<Partial<Record<BodyKind, BodyKind>>> = { CCG_GOVERNING_BODY: 'ICB_BOARD' };

/** What a power, or a matter that is reserved, is over. */
type OverFunctions = Pick<DelegationView, 'functions' | 'catalogueFunctions'>;

/** Whether two powers are over the same function: by the catalogue where both name it, else by the same words. */
export const sameFunction = (one: OverFunctions, other: OverFunctions): boolean => {
  const [ids, others] = [one.catalogueFunctions ?? [], other.catalogueFunctions ?? []];
  if (ids.length > 0 && others.length > 0) return ids.some((id) => others.includes(id));
  return one.functions.some((words) => other.functions.some((said) => sameWords(words, said)));
};

const DELEGATES = ['delegateOrganisations', 'delegateBodies', 'delegateSeats', 'delegatePersons'] as const;

/** Whether two powers go to the same sort of delegate: what a post had is not granted again by a grant to a committee. */
export const sameSortOfDelegate = (one: DelegationView, other: DelegationView): boolean => {
  const sorts = (of: DelegationView) => DELEGATES.filter((field) => (of[field]?.length ?? 0) > 0);
  const [ours, theirs] = [sorts(one), sorts(other)];
  return ours.length === 0 || theirs.length === 0 || ours.some((sort) => theirs.includes(sort));
};

/** Whether two powers are granted by the same; one that does not say by whom may be by anybody. */
export const sameGrantor = (one: DelegationView, other: DelegationView): boolean =>
  (['grantedByOrganisation', 'grantedByBody', 'grantedBySeat'] as const).every(
    (field) => one[field] === undefined || other[field] === undefined || one[field] === other[field],
  );

export const sameBody = (one: BodyView, other: BodyView): boolean =>
  (SAME[one.kind] ?? one.kind) === other.kind && (ONE_OF_A_KIND.has(other.kind) || sameWords(one.name, other.name));

export const sameInstrument = (one: InstrumentView, other: InstrumentView): boolean =>
  one.kind === other.kind &&
  ((ONE_DOCUMENT.has(one.kind) && one.clause === other.clause) || sameWords(one.title, other.title));

export const sameAppointment = (one: AppointmentView, other: AppointmentView): boolean =>
  one.person !== undefined &&
  one.person === other.person &&
  (one.role === undefined || other.role === undefined || sameWords(one.role, other.role));

/** By what others of the same kind are found: two that are the same have one of these in common. */
export const keysOf = (kind: LapsingKind, state: object): readonly string[] => {
  switch (kind) {
    case 'DELEGATION_GRANTED':
    case 'DELEGATION_RECEIVED':
    case 'RESERVATION': {
      const { catalogueFunctions = [], functions } = state as OverFunctions;
      return [...catalogueFunctions.map((id) => `id ${id}`), ...functions.map((words) => `words ${plain(words)}`)];
    }
    case 'BODY': {
      const { kind: of, name } = state as BodyView;
      const kinds = ONE_OF_A_KIND.has(of) ? [`kind ${SAME[of] ?? of}`] : [];
      return [...kinds, `words ${plain(name)}`];
    }
    case 'INSTRUMENT': {
      const { kind: of, title } = state as InstrumentView;
      const kinds = ONE_DOCUMENT.has(of) ? [`kind ${of}`] : [];
      return [...kinds, `words ${plain(title)}`];
    }
    case 'APPOINTMENT':
      return [(state as AppointmentView).person ?? []].flat();
    case 'CONDITION':
    case 'MATTER':
      return [];
  }
};

const plain = (words: string): string => searchable(words).trim();

const sameWords = (one: string, other: string): boolean => plain(one) === plain(other);
