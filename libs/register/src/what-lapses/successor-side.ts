import type { Aggregate } from '#governance';
import type { CivilDate } from '#kernel';
import type { AppointmentView } from '../rooms/appointment/appointment.view.js';
import type { DelegationView } from '../rooms/delegation/delegation.view.js';
import type { ReservationView } from '../rooms/delegation/reservation.view.js';
import type { InstrumentView } from '../rooms/instrument/instrument.view.js';
import type { ScrutinyView } from '../rooms/scrutiny/scrutiny.view.js';
import type { Shown } from '../questions/register.js';
import type { LapsingKind } from './lapsing-entry.js';
import type { BodyState, Reads } from './reads.js';
import { keysOf } from './same-kind.js';

const firstDay = ({ state }: Shown): string => (state as Dated).start.day ?? '';
const byFirstDay = (a: Shown, b: Shown): number => {
  const [one, other] = [`${firstDay(a)} ${a.id}`, `${firstDay(b)} ${b.id}`];
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

type Dated = { readonly start: { readonly day: CivilDate | null } };

/** What a successor has on the day of the question, by which is told what went over to it, or was granted again. */
export class SuccessorSide {
  private readonly lists = new Map<string, Promise<readonly Shown[]>>();
  private readonly indexes = new Map<string, Promise<ReadonlyMap<string, readonly Shown[]>>>();

  private constructor(
    private readonly reads: Reads,
    readonly organisation: string,
    readonly bodies: ReadonlyMap<string, Shown<BodyState>>,
    private readonly seats: ReadonlySet<string>,
  ) {}

  static async of(reads: Reads, organisation: string): Promise<SuccessorSide> {
    const bodies = new Map((await reads.bodiesOf(organisation)).map((body) => [body.id, body]));
    const seats = [
      ...(await reads.under('seat', 'organisation', [organisation])),
      ...(await reads.under('seat', 'body', bodies.keys())),
    ];
    return new SuccessorSide(reads, organisation, bodies, new Set(seats.map(({ id }) => id)));
  }

  /** Whether a record, as one slice of it has it, names the successor where it named the predecessor. */
  names(kind: LapsingKind, id: string, state: object): boolean {
    const { organisation, bodies, seats } = this;
    const isBody = (body: string | undefined): boolean => body !== undefined && bodies.has(body);
    const isSeat = (seat: string | undefined): boolean => seat !== undefined && seats.has(seat);
    switch (kind) {
      case 'DELEGATION_GRANTED': {
        const { grantedByOrganisation, grantedByBody, grantedBySeat } = state as DelegationView;
        return grantedByOrganisation === organisation || isBody(grantedByBody) || isSeat(grantedBySeat);
      }
      case 'DELEGATION_RECEIVED': {
        const { delegateOrganisations, delegateBodies, delegateSeats } = state as DelegationView;
        return (
          delegateOrganisations?.includes(organisation) === true ||
          delegateBodies?.some(isBody) === true ||
          delegateSeats?.some(isSeat) === true
        );
      }
      case 'BODY': {
        const { owners = [], parentBody } = state as BodyState;
        return bodies.has(id) && (owners.includes(organisation) || (owners.length === 0 && isBody(parentBody)));
      }
      case 'APPOINTMENT': {
        const { organisation: to, body, seat } = state as AppointmentView;
        return to === organisation || isBody(body) || isSeat(seat);
      }
      case 'RESERVATION':
      case 'INSTRUMENT': {
        const { organisation: of, body } = state as InstrumentView | ReservationView;
        return of === organisation || isBody(body);
      }
      case 'MATTER': {
        const { addressedToOrganisation, addressedToBody } = state as ScrutinyView;
        return addressedToOrganisation === organisation || isBody(addressedToBody);
      }
      case 'CONDITION':
        return false;
    }
  }

  /** What it has of a kind, the earliest first. Each list is read once. */
  async having<State extends object>(kind: LapsingKind): Promise<readonly Shown<State>[]> {
    const found = this.lists.get(kind) ?? this.read(kind);
    this.lists.set(kind, found);
    return (await found) as readonly Shown<State>[];
  }

  /** What it has of a kind that may be the same as something, the earliest first. */
  async like(kind: LapsingKind, state: object): Promise<readonly Shown[]> {
    const found = this.indexes.get(kind) ?? this.index(kind);
    this.indexes.set(kind, found);
    const index = await found;
    const like = new Set(keysOf(kind, state).flatMap((key) => index.get(key) ?? []));
    return [...like].toSorted(byFirstDay);
  }

  private async index(kind: LapsingKind): Promise<ReadonlyMap<string, readonly Shown[]>> {
    const keyed = (await this.having(kind)).flatMap((one) => keysOf(kind, one.state).map((key) => ({ key, one })));
    const groups = [...Map.groupBy(keyed, ({ key }) => key)];
    return new Map(groups.map(([key, some]) => [key, some.map(({ one }) => one)]));
  }

  private async read(kind: LapsingKind): Promise<readonly Shown[]> {
    const [own, bodies, seats] = [[this.organisation], [...this.bodies.keys()], [...this.seats]];
    const lists: Readonly<Record<LapsingKind, readonly (readonly [Aggregate, string, readonly string[]])[]>> = {
      DELEGATION_GRANTED: [
        ['delegation', 'grantedByOrganisation', own],
        ['delegation', 'grantedByBody', bodies],
        ['delegation', 'grantedBySeat', seats],
      ],
      DELEGATION_RECEIVED: [
        ['delegation', 'delegateOrganisation', own],
        ['delegation', 'delegateBody', bodies],
        ['delegation', 'delegateSeat', seats],
      ],
      APPOINTMENT: [
        ['appointment', 'organisation', own],
        ['appointment', 'body', bodies],
      ],
      RESERVATION: [
        ['reservation', 'organisation', own],
        ['reservation', 'body', bodies],
      ],
      INSTRUMENT: [
        ['instrument', 'organisation', own],
        ['instrument', 'body', bodies],
      ],
      BODY: [],
      CONDITION: [],
      MATTER: [],
    };
    const found = new Map<string, Shown>(kind === 'BODY' ? this.bodies : []);
    for (const [aggregate, column, values] of lists[kind]) {
      for (const one of await this.reads.under(aggregate, column, values)) found.set(one.id, one);
    }
    return [...found.values()].toSorted(byFirstDay);
  }
}
