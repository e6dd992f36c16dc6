import { inWords } from '#governance';
import { lapsed, type AppointmentView, type HoldingView, type Place, type Register, type SeatView } from '#register';
import type { Lookups } from '../names.js';
import { whole } from './whole-list.js';

/** Who holds one post at the most that is named. */
const MOST_HOLDERS = 50;

/** The posts of an organisation and of its bodies, and who is appointed to it or to a post in it on the day. */
export const seatedIn = async (
  register: Register,
  organisation: string,
  bodies: readonly string[],
  place: Place,
): Promise<{ readonly seats: readonly string[]; readonly persons: readonly string[] }> => {
  const under = (column: string, values: readonly string[]) =>
    values.length === 0
      ? Promise.resolve([])
      : whole<SeatView>(register, 'seat', { where: { [column]: values }, ended: true }, place);
  const seats = [...(await under('organisation', [organisation])), ...(await under('body', bodies))];
  const over = lapsed('appointment');
  const appointed = await whole<AppointmentView>(
    register,
    'appointment',
    { where: { organisation }, ...(over && { restriction: { not: over } }) },
    place,
  );
  return {
    seats: [...new Set(seats.map(({ id }) => id))],
    persons: [...new Set(appointed.flatMap(({ state }) => state.person ?? []))],
  };
};

/** Who holds posts on a day. */
export interface Holders {
  readonly appointments: ReadonlyMap<string, readonly (AppointmentView & HoldingView)[]>;
  /** Posts of which it is recorded that nobody holds them. */
  readonly vacant: ReadonlySet<string>;
}

export const holdersOf = async (register: Register, seats: readonly string[], place: Place): Promise<Holders> => {
  const over = lapsed('appointment');
  const each = { firstEach: MOST_HOLDERS, ...(over && { restriction: { not: over } }) };
  const held = await register.listMany<AppointmentView & HoldingView>('appointment', 'seat', seats, each, place);
  const nobody = await register.listMany('appointment', 'seat', seats, { ...each, recordedAsNone: true }, place);
  return {
    appointments: new Map([...held].map(([seat, { rows }]) => [seat, rows.map(({ state }) => state)])),
    vacant: new Set(nobody.keys()),
  };
};

/** `Ann Archer (acting)`. */
export const holderInWords = (
  { person, capacities, status, holds }: AppointmentView & HoldingView,
  { nameOf }: Lookups,
): string => {
  const name = person === undefined ? 'somebody who is not named' : (nameOf('person', person) ?? person);
  const how = [
    ...(status === undefined || status === 'SUBSTANTIVE' ? [] : [inWords(status)]),
    ...(status !== 'ACTING' && capacities.some(({ acting }) => acting) ? ['acting'] : []),
    ...(capacities.some(({ onLeave }) => onLeave) ? ['on leave'] : []),
    ...(holds === 'NOT_KNOWN' ? ['not known whether still'] : []),
  ];
  return how.length === 0 ? name : `${name} (${how.join(', ')})`;
};
