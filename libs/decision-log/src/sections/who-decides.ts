import { inWords, streamParts, type NameOf } from '#governance';
import { addDays, liveEvents, type DomainEvent } from '#kernel';
import type { AppointmentView, DelegationView, Place, Register, ReservationView, SeatView } from '#register';
import type { Block, ChangeRow } from '../document.js';
import { LAST_DAY } from '../names.js';
import { byText, capital, counted, dayOrNot, line, onOneLine } from '../plain.js';
import { recordingsOfMany, tell, type Naming } from '../recordings.js';
import { claimsOf } from '../whose.js';
import { sectionOf, type LogContext, type Unnumbered } from './section.js';

/** Whose changes are told here, and how each kind is called. */
const KINDS = {
  delegation: 'Delegations',
  reservation: 'Reserved matters',
  body: 'Committees and other bodies',
  seat: 'Seats',
  appointment: 'Appointments and vacancies',
} as const;
type Kind = keyof typeof KINDS;

const isKind = (aggregate: string): aggregate is Kind => aggregate in KINDS;

export interface WhoDecides {
  readonly section: Unnumbered;
  readonly delegations: readonly ChangeRow[];
  readonly appointments: readonly ChangeRow[];
}

/** Section 6: what took effect in the period about who decides, of the organisations, bodies and committee of the log. */
export const whoDecides = async (context: LogContext): Promise<WhoDecides> => {
  const changes = new Map<Kind, ChangeRow[]>();
  const streams = await streamsChanged(context);
  const concerned = await ofTheScope(context, streams);
  for (const [stream, found] of await changesOf(context, concerned)) {
    const kind = streamParts(stream).aggregate;
    if (isKind(kind)) changes.set(kind, [...(changes.get(kind) ?? []), ...found]);
  }
  const blocks: Block[] = [];
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const rows = (changes.get(kind) ?? []).toSorted(
      (a, b) => byText(a.effectiveOn, b.effectiveOn) || a.position - b.position,
    );
    changes.set(kind, rows);
    if (rows.length === 0) continue;
    blocks.push(
      { kind: 'heading', text: KINDS[kind] },
      {
        kind: 'table',
        caption: `${KINDS[kind]}: ${counted(rows.length, 'change')}`,
        columns: [
          { title: 'With effect from', heads: true, width: 2 },
          { title: 'What changed', width: 8 },
        ],
        rows: rows.map(({ effectiveOn, sentence }) => [line(dayOrNot(effectiveOn)), line(sentence)]),
      },
    );
  }
  return {
    section: sectionOf(
      'who-decides',
      'Changes in who decides',
      'What took effect in the period: delegations made, varied and revoked; matters reserved; committees; appointments and vacancies.',
      blocks,
      'There is nothing to report: no delegation, reserved matter, committee or appointment is recorded as changing in the period.',
    ),
    delegations: changes.get('delegation') ?? [],
    appointments: changes.get('appointment') ?? [],
  };
};

/** Streams of these kinds with a change that takes effect in the period. */
async function streamsChanged({ source: { register }, scope }: LogContext): Promise<readonly string[]> {
  const days = { from: scope.period.from, to: addDays(scope.period.to, 1) };
  const kinds = Object.keys(KINDS) as Kind[];
  const changed = await Promise.all(
    kinds.map(async (kind) =>
      (await register.changedIn(kind, days, scope.basis.position)).map((id) => `${kind}/${id}`),
    ),
  );
  return changed.flat();
}

/** Of the streams those that concern the organisations, bodies or committee of the log. */
async function ofTheScope({ source, scope }: LogContext, streams: readonly string[]): Promise<readonly string[]> {
  const { register } = source;
  const { position } = scope.basis;
  const place = { asAt: LAST_DAY, position };
  const ids = (kind: Kind): string[] =>
    streams.map(streamParts).flatMap(({ aggregate, id }) => (aggregate === kind ? [id] : []));
  const organisations = new Set(scope.organisations.map(({ id }) => id));
  const seats = await statesOf<SeatView>(register, 'seat', ids('seat'), place);
  const appointments = await statesOf<AppointmentView>(register, 'appointment', ids('appointment'), place);
  const delegations = await statesOf<DelegationView>(register, 'delegation', ids('delegation'), place);
  const reservations = await statesOf<ReservationView>(register, 'reservation', ids('reservation'), place);
  const seatsIn = ({ grantedBySeat, delegateSeats = [] }: DelegationView) => [grantedBySeat, ...delegateSeats];
  const named = [...[...appointments.values()].map(({ seat }) => seat), ...[...delegations.values()].flatMap(seatsIn)];
  const seatsNamed = await statesOf<SeatView>(register, 'seat', named, place);
  const claims = await claimsOf(register, scope);
  const theirs = new Set(claims.filter(({ by }) => by === 'decidedBy').map(({ id }) => id));
  const bodyOf = ({ body, seat }: AppointmentView): string | undefined => body ?? seatsNamed.get(seat ?? '')?.body;
  const organisationOf = ({ organisation, seat }: AppointmentView): string | undefined =>
    organisation ?? seatsNamed.get(seat ?? '')?.organisation;
  const bodiesOf = ({ grantedByBody, delegateBodies = [] }: DelegationView) => [grantedByBody, ...delegateBodies];

  const own = new Set([scope.committee.id, ...scope.bodies.map(({ id }) => id)]);
  const isMeant = (id: string | undefined): boolean => id !== undefined && (own.has(id) || theirs.has(id));
  const isIn = (id: string | undefined): boolean => id !== undefined && organisations.has(id);
  const isOurs = ({ grantedByOrganisation, delegateOrganisations = [] }: DelegationView): boolean =>
    [grantedByOrganisation, ...delegateOrganisations].some((id) => organisations.has(id ?? ''));
  const isOurSeat = (id: string | undefined): boolean => {
    const seat = seatsNamed.get(id ?? '');
    return seat !== undefined && (isMeant(seat.body) || isIn(seat.organisation));
  };

  const meant = [
    ...ids('body').flatMap((id) => (isMeant(id) ? [`body/${id}`] : [])),
    ...[...seats].flatMap(([id, { body, organisation }]) =>
      isMeant(body) || isIn(organisation) ? [`seat/${id}`] : [],
    ),
    ...[...appointments].flatMap(([id, state]) =>
      isMeant(bodyOf(state)) || isIn(organisationOf(state)) ? [`appointment/${id}`] : [],
    ),
    ...[...delegations].flatMap(([id, state]) =>
      isOurs(state) || bodiesOf(state).some(isMeant) || seatsIn(state).some(isOurSeat) ? [`delegation/${id}`] : [],
    ),
    ...[...reservations].flatMap(([id, { body, organisation }]) =>
      isMeant(body) || isIn(organisation) ? [`reservation/${id}`] : [],
    ),
  ];
  return meant.toSorted(byText);
}

/** The states of those that are there. */
async function statesOf<State extends object>(
  register: Register,
  kind: Kind,
  ids: readonly (string | undefined)[],
  place: Place,
): Promise<ReadonlyMap<string, State>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))];
  const states = new Map<string, State>();
  for (const [id, answer] of await register.pointMany<State>(kind, wanted, place)) {
    if (answer.kind === 'found') states.set(id, answer.state);
  }
  return states;
}

async function changesOf(
  { source, scope, names }: LogContext,
  streams: readonly string[],
): Promise<readonly (readonly [stream: string, rows: readonly ChangeRow[]])[]> {
  const { from, to } = scope.period;
  const recordings = [...(await recordingsOfMany(source, streams, scope.basis.position))];
  return names.tellEach(recordings, ([stream, { events }], lookups) => {
    const live = liveEvents(events).map(({ event }) => event);
    const inPeriod = live.filter(({ effectiveOn }) => effectiveOn >= from && effectiveOn <= to);
    return [stream, inPeriod.map((event) => rowOf(event, events, lookups))];
  });
}

const rowOf = (event: DomainEvent, events: readonly DomainEvent[], naming: Naming): ChangeRow => {
  const begun = liveEvents(events)[0]?.event;
  const what =
    begun === undefined || begun.id === event.id
      ? ''
      : `${subjectWords(event.stream, naming.namesOn(event.effectiveOn))}: `;
  return {
    subject: event.stream,
    effectiveOn: event.effectiveOn,
    change: inWords(event.type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()),
    sentence: capital(onOneLine(`${what}${tell(event, [], naming, undefined)}`)),
    recordedAt: event.recordedAt,
    position: event.position,
  };
};

/** What a change is about, where the sentence of the event does not say it. */
const subjectWords = (stream: string, nameOf: NameOf): string => {
  const { aggregate, id } = streamParts(stream);
  return isKind(aggregate) ? (nameOf(aggregate, id) ?? id) : id;
};
