import { subjectOf } from '#governance';
import type { DelegationView, HoldingView, Place, Register, ReservationView, Shown } from '#register';
import { namesFor } from '../context.js';
import { lapsesAt } from '../lapsing.js';
import { byText } from '../plain.js';
import type { LogSource } from '../source.js';
import { actsThrough, type ActsThrough } from './held.js';
import { holdersOf } from './posts.js';
import { schemeEntryOf, type SchemeRecord, type Unplaced } from './scheme-entry.js';
import { isInUse, type Scheme, type SchemeEntry, type SchemeHead } from './scheme.js';
import { whole } from './whole-list.js';

type Delegation = Shown<DelegationView & HoldingView>;
type Reservation = Shown<ReservationView & HoldingView>;

/** The scheme of an organisation on a basis, as a class of readers may see it. */
export const gatherScheme = async (source: LogSource, head: SchemeHead): Promise<Scheme> => {
  const { register } = source;
  const { basis, organisation, reader } = head;
  const through = await actsThrough(register, organisation.id, basis);
  const delegations = await grantedThrough(register, through, basis);
  const reservations = await reservedThrough(register, through, basis);
  return { head, entries: placed(await entriesOf(source, { basis, reader }, delegations, reservations)) };
};

/** Delegations and reservations with names for ids, as at and as known at the place of a document. */
export const entriesOf = async (
  source: LogSource,
  { basis, reader }: Pick<SchemeHead, 'basis' | 'reader'>,
  delegations: readonly Delegation[],
  reservations: readonly Reservation[],
): Promise<readonly Unplaced[]> => {
  const { register } = source;
  const lapses = lapsesAt(register, basis.position);
  const seats = delegations.flatMap(({ state }) => [state.grantedBySeat ?? [], state.delegateSeats ?? []].flat());
  const holders = await holdersOf(register, [...new Set(seats)], basis);
  const records: SchemeRecord[] = [];
  for (const { id, state } of reservations) {
    const lapse = await lapses('reservation', state, basis.asAt);
    records.push({ kind: 'RESERVED', subject: subjectOf('reservation', id), state, lapse });
  }
  for (const { id, state } of delegations) {
    const lapse = await lapses('delegation', state, basis.asAt);
    records.push({ kind: 'DELEGATED', subject: subjectOf('delegation', id), state, lapse });
  }
  const names = namesFor(source, basis, reader);
  return names.tellEach(records, (record, lookups) => schemeEntryOf(record, lookups, holders));
};

/** What an organisation, its bodies, posts and people grant: of bodies that others own as well, and of people, what is not another's. */
export async function grantedThrough(
  register: Register,
  { organisation, bodies, shared, seats, persons }: ActsThrough,
  place: Place,
): Promise<readonly Delegation[]> {
  const by = async (column: string, values: readonly string[]) =>
    values.length === 0
      ? []
      : whole<Delegation['state']>(register, 'delegation', { where: { [column]: values } }, place);
  const isOurs = ({ state }: Delegation): boolean =>
    state.onBehalfOf === undefined || state.onBehalfOf === organisation;
  return once([
    ...(await by('grantedByOrganisation', [organisation])),
    ...(await by('grantedByBody', bodies)).filter((one) => !shared.has(one.state.grantedByBody ?? '') || isOurs(one)),
    ...(await by('grantedBySeat', seats)),
    ...(await by('grantedByPerson', persons)).filter(isOurs),
    ...(await by('onBehalfOf', [organisation])),
  ]);
}

async function reservedThrough(
  register: Register,
  { organisation, bodies }: ActsThrough,
  place: Place,
): Promise<readonly Reservation[]> {
  const to = async (column: string, values: readonly string[]) =>
    values.length === 0
      ? []
      : whole<Reservation['state']>(register, 'reservation', { where: { [column]: values } }, place);
  return once([...(await to('organisation', [organisation])), ...(await to('body', bodies))]);
}

/** What is found in two ways is there once. */
export const once = <Row extends Shown>(rows: readonly Row[]): readonly Row[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];

/** By function, then by whoever receives it: what is reserved, what is delegated, then what is suspended or has lapsed. */
function placed(entries: readonly Unplaced[]): readonly SchemeEntry[] {
  const part = (entry: Unplaced): string => (isInUse(entry) ? (entry.kind === 'RESERVED' ? '0' : '1') : '2');
  const keyed = entries.map((entry) => ({
    entry,
    key: [part(entry), functionOf(entry).toLowerCase(), entry.to.map(({ name }) => name.toLowerCase()).join('; ')],
  }));
  return keyed
    .toSorted((a, b) => byText(a.key.join('\n'), b.key.join('\n')) || byText(a.entry.subject, b.entry.subject))
    .map(({ entry }, at) => ({ ...entry, place: at + 1 }));
}

/** By which function an entry is listed: that of the catalogue, else the words of its source. */
export const functionOf = ({ functions, words }: Pick<SchemeEntry, 'functions' | 'words'>): string =>
  functions[0]?.name ?? words[0] ?? 'Not said which function';
