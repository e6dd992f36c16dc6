import type { Aggregate } from '#governance';
import type { AppointmentView } from '../rooms/appointment/appointment.view.js';
import type { DelegationView } from '../rooms/delegation/delegation.view.js';
import type { ReservationView } from '../rooms/delegation/reservation.view.js';
import type { InstrumentView } from '../rooms/instrument/instrument.view.js';
import type { ScrutinyView } from '../rooms/scrutiny/scrutiny.view.js';
import type { Shown } from '../questions/register.js';
import type { LapsingKind, PathStep } from './lapsing-entry.js';
import type { BodyState, Reads } from './reads.js';

/** Something that an organisation had on the last day before a handover, and how. */
export interface HeldThing {
  readonly kind: LapsingKind;
  readonly aggregate: Aggregate;
  readonly id: string;
  readonly state: object;
  /** Of a condition: its key, and what its delegation is. */
  readonly condition?: string;
  readonly of?: LapsingKind;
  readonly places: readonly string[];
  readonly functions: readonly string[];
  readonly path: readonly PathStep[];
}

interface Scoped {
  readonly places?: readonly string[];
  readonly catalogueFunctions?: readonly string[];
}

/** How one column leads from the organisation, its bodies and its posts to something of theirs. */
type Way = readonly [column: string, of: 'organisation' | 'body' | 'seat', says: string];

const WAYS: Readonly<Record<Exclude<LapsingKind, 'BODY' | 'CONDITION'>, readonly Way[]>> = {
  DELEGATION_GRANTED: [
    ['grantedByOrganisation', 'organisation', 'is granted by it'],
    ['grantedByBody', 'body', 'is granted by it'],
    ['grantedBySeat', 'seat', 'is granted by it'],
  ],
  DELEGATION_RECEIVED: [
    ['delegateOrganisation', 'organisation', 'is received by it'],
    ['delegateBody', 'body', 'is received by it'],
    ['delegateSeat', 'seat', 'is received by it'],
  ],
  RESERVATION: [
    ['organisation', 'organisation', 'is reserved to it'],
    ['body', 'body', 'is reserved to it'],
  ],
  INSTRUMENT: [
    ['organisation', 'organisation', 'is a document of it'],
    ['body', 'body', 'is a document of it'],
  ],
  APPOINTMENT: [
    ['organisation', 'organisation', 'is to it'],
    ['body', 'body', 'is to it'],
  ],
  MATTER: [
    ['addressedToOrganisation', 'organisation', 'is addressed to it and not closed'],
    ['addressedToBody', 'body', 'is addressed to it and not closed'],
  ],
};

const AGGREGATE_OF = {
  DELEGATION_GRANTED: 'delegation',
  DELEGATION_RECEIVED: 'delegation',
  RESERVATION: 'reservation',
  INSTRUMENT: 'instrument',
  APPOINTMENT: 'appointment',
  MATTER: 'scrutiny',
} as const satisfies Record<keyof typeof WAYS, Aggregate>;

type Found = AppointmentView | DelegationView | InstrumentView | ReservationView | ScrutinyView;

/** All that an organisation has, itself or through its bodies and posts; a thing that it has in two ways once. */
export const heldBefore = async (reads: Reads, organisation: string): Promise<readonly HeldThing[]> => {
  const bodies = await reads.bodiesOf(organisation);
  const bodyPaths = new Map(bodies.map((body) => [body.id, pathOfBody(body, bodies)]));
  const seats = [
    ...(await reads.under('seat', 'organisation', [organisation])),
    ...(await reads.under<{ body?: string }>('seat', 'body', bodyPaths.keys())),
  ] as readonly Shown<{ readonly body?: string }>[];
  const paths = {
    organisation: new Map<string, readonly PathStep[]>([[organisation, []]]),
    body: bodyPaths,
    seat: new Map(
      seats.map(({ id, state }) => [
        id,
        [...(bodyPaths.get(state.body ?? '') ?? []), { aggregate: 'seat' as const, id, says: 'is a post in it' }],
      ]),
    ),
  };
  const held: HeldThing[] = bodies.map(({ id, state }) => ({
    ...{ kind: 'BODY' as const, aggregate: 'body' as const, id, state, places: state.places ?? [], functions: [] },
    path: bodyPaths.get(id) ?? [],
  }));
  const seen = new Set<string>();
  for (const kind of Object.keys(WAYS) as (keyof typeof WAYS)[]) {
    const aggregate = AGGREGATE_OF[kind];
    for (const [column, of, says] of WAYS[kind]) {
      for (const { id, state } of await reads.under<Found>(aggregate, column, paths[of].keys())) {
        if (seen.has(`${aggregate}/${id}`) || (state as ScrutinyView).closed) continue;
        seen.add(`${aggregate}/${id}`);
        const from = holdersIn(state, column).find((one) => paths[of].has(one)) ?? '';
        // Whoever holds a seat is on its body.
        const seat = paths.seat.get((state as AppointmentView).seat ?? '');
        const path = [...(paths[of].get(from) ?? seat ?? []), { aggregate, id, says }];
        const { places = [], catalogueFunctions: functions = [] } = state as Scoped;
        const thing = { kind, aggregate, id, state, places, functions, path };
        held.push(thing, ...conditionsOf(thing));
      }
    }
  }
  return held;
};

/** Columns that are called otherwise than the fields of the state. */
const FIELDS: Readonly<Record<string, string>> = {
  delegateOrganisation: 'delegateOrganisations',
  delegateBody: 'delegateBodies',
  delegateSeat: 'delegateSeats',
};

const holdersIn = (state: object, column: string): readonly string[] =>
  [(state as Readonly<Record<string, string | readonly string[] | undefined>>)[FIELDS[column] ?? column] ?? []].flat();

/** From the organisation down to a body of its own. */
function pathOfBody(body: Shown<BodyState>, bodies: readonly Shown<BodyState>[]): readonly PathStep[] {
  const step = { aggregate: 'body' as const, id: body.id };
  const above = bodies.find(({ id }) => id === body.state.parentBody && (body.state.owners?.length ?? 0) === 0);
  if (!above || above === body) return [{ ...step, says: 'is a body of it' }];
  return [...pathOfBody(above, bodies), { ...step, says: 'is below it' }];
}

/** What still has to be met for a power to be used. */
function conditionsOf(thing: HeldThing): readonly HeldThing[] {
  if (thing.aggregate !== 'delegation') return [];
  const open = ((thing.state as DelegationView).conditions ?? []).filter(
    ({ applies, state }) => applies === 'STANDING' && state !== 'SATISFIED',
  );
  return open.map(({ key }) => ({ ...thing, kind: 'CONDITION' as const, condition: key, of: thing.kind }));
}
