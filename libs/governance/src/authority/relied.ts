import type { CivilDate } from '#kernel';
import { inStep, points, under, type Asking, type Known } from '../facts.js';
import { chainVerdict, type Actor, type Chain, type SubjectNamed, type Trace } from './authority.js';
import { matterOf, type Matter } from './matter.js';
import { traceOf } from './trace.js';
import type { AppointmentRead, BodyRead, DecisionRead, DelegationRead } from './readings.js';

/** What decisions may have relied on: a record, or a version of an instrument. */
export interface Foundation extends SubjectNamed {
  /** Of an instrument: the version. */
  readonly version?: string;
}

/** Whether a trace rests on something: some chain by which it holds goes through it. */
export const restsOn = ({ parts }: Trace, foundation: Foundation): boolean =>
  parts.some(({ chains }) =>
    chains.some((chain) => chainVerdict(chain) !== 'NOT_AUTHORISED' && goesThrough(chain, foundation)),
  );

export const goesThrough = ({ hops }: Chain, { aggregate, id, version }: Foundation): boolean =>
  hops.some(({ by, from, to, terms }) => {
    if (aggregate === 'instrument')
      return terms?.instrument === id && (version === undefined || terms.version === version);
    if (by.aggregate === aggregate && by.id === id) return true;
    return [from, to].some((actor) => actor?.kind === aggregate && actor.id === id);
  });

/** A decision that rests on something, with its trace. */
export interface Resting {
  readonly matter: Matter;
  readonly trace: Trace;
}

/** Every decision that rests on a record or a version, proved as things are answered. */
export function* restingOn(foundation: Foundation, on: CivilDate): Asking<readonly Resting[]> {
  const matters = yield* mattersOf(yield* decisionsBelow(foundation, on), on);
  const traces = yield* inStep(matters.map((matter) => traceOf(matter)));
  return matters.flatMap((matter, at) => {
    const trace = traces[at];
    return trace && restsOn(trace, foundation) ? [{ matter, trace }] : [];
  });
}

/** Recorded decisions as matters, with what follows from their meetings. */
export function* mattersOf(decisions: readonly Known<DecisionRead>[], on: CivilDate): Asking<readonly Matter[]> {
  const meetings = yield* points<MeetingRead>(
    'meeting',
    [...new Set(decisions.flatMap(({ state }) => state.meeting ?? []))],
    on,
  );
  const held = new Map(meetings.map(({ id, state }) => [id, state]));
  return decisions.map(({ id, state }) => {
    const meeting = state.meeting === undefined ? undefined : held.get(state.meeting);
    const follows =
      (state.decidedBy ?? []).length === 0 && !(state.officer !== undefined && state.delegation !== undefined);
    return matterOf(id, state, {
      ...(follows && meeting?.body !== undefined && { body: meeting.body }),
      ...(meeting?.heldOn !== undefined && { on: meeting.heldOn }),
    });
  });
}

interface MeetingRead {
  readonly body?: string;
  readonly heldOn?: CivilDate;
}

/** Levels of delegations below one another that are followed down. */
const LEVELS = 24;

/**
 * Decisions that may rest on something: those of whoever has power by it, however far down it was passed on. As they
 * stand on a day; what each rests on is for its trace to say.
 */
export function* decisionsBelow(foundation: Foundation, on: CivilDate): Asking<readonly Known<DecisionRead>[]> {
  const delegations = new Set<string>();
  const reached = new Map<string, Actor>();
  const reach = (actors: readonly Actor[]): readonly Actor[] => {
    const fresh = actors.filter(({ kind, id }) => !reached.has(`${kind}/${id}`));
    for (const actor of fresh) reached.set(`${actor.kind}/${actor.id}`, actor);
    return fresh;
  };
  let level = reach(yield* firstReached(foundation, delegations, on));
  for (let at = 0; at < LEVELS && level.length > 0; at++) {
    const below = yield* grantedBy(level, on);
    for (const { id } of below) delegations.add(id);
    level = reach([
      ...below.flatMap(({ state }) => delegatesOf(state)),
      ...(yield* inPost(level, on)),
      ...(yield* acting(level, on)),
    ]);
  }
  const idsOf = (kind: Actor['kind']) => [...reached.values()].flatMap((one) => (one.kind === kind ? [one.id] : []));
  const meetings = yield* under<object>('meeting', 'body', idsOf('body'), on);
  const met = meetings.map(({ id }) => id);
  const decisions = [
    ...(yield* under<DecisionRead>('decision', 'decidedBy', idsOf('body'), on)),
    ...(yield* under<DecisionRead>('decision', 'decidedAt', met, on)),
    ...(yield* under<DecisionRead>('decision', 'officer', idsOf('person'), on)),
    ...(yield* under<DecisionRead>('decision', 'delegation', [...delegations], on)),
  ];
  const each = new Map(decisions.filter(({ state }) => state.taken === true).map((known) => [known.id, known]));
  return [...each.values()].toSorted((a, b) =>
    (a.state.takenOn ?? '') + a.id < (b.state.takenOn ?? '') + b.id ? -1 : 1,
  );
}

function* firstReached(
  { aggregate, id }: Foundation,
  delegations: Set<string>,
  on: CivilDate,
): Asking<readonly Actor[]> {
  switch (aggregate) {
    case 'delegation':
    case 'instrument': {
      const made =
        aggregate === 'delegation'
          ? yield* pointAsList(id, on)
          : yield* under<DelegationRead>('delegation', 'instrument', [id], on);
      for (const one of made) delegations.add(one.id);
      return made.flatMap(({ state }) => delegatesOf(state));
    }
    case 'appointment': {
      const [found] = yield [{ kind: 'point', aggregate, id, on }];
      const person = (found?.[0]?.state as AppointmentRead | undefined)?.person;
      return person === undefined ? [] : [{ kind: 'person', id: person }];
    }
    case 'organisation':
    case 'body':
    case 'seat':
    case 'person':
      return [{ kind: aggregate, id }];
    default:
      return [];
  }
}

function* pointAsList(id: string, on: CivilDate): Asking<readonly Known<DelegationRead>[]> {
  const [found = []] = yield [{ kind: 'point', aggregate: 'delegation', id, on }];
  return found as unknown as readonly Known<DelegationRead>[];
}

const delegatesOf = (state: DelegationRead): readonly Actor[] => [
  ...(state.delegateOrganisations ?? []).map((id): Actor => ({ kind: 'organisation', id })),
  ...(state.delegateBodies ?? []).map((id): Actor => ({ kind: 'body', id })),
  ...(state.delegateSeats ?? []).map((id): Actor => ({ kind: 'seat', id })),
  ...(state.delegatePersons ?? []).map((id): Actor => ({ kind: 'person', id })),
];

/** What those of a level granted themselves. */
function* grantedBy(level: readonly Actor[], on: CivilDate): Asking<readonly Known<DelegationRead>[]> {
  const idsOf = (kind: Actor['kind']) => level.flatMap((one) => (one.kind === kind ? [one.id] : []));
  return [
    ...(yield* under<DelegationRead>('delegation', 'grantedByBody', idsOf('body'), on)),
    ...(yield* under<DelegationRead>('delegation', 'grantedByOrganisation', idsOf('organisation'), on)),
    ...(yield* under<DelegationRead>('delegation', 'grantedBySeat', idsOf('seat'), on)),
    ...(yield* under<DelegationRead>('delegation', 'grantedByPerson', idsOf('person'), on)),
  ];
}

/** Whoever ever held the posts of a level. */
function* inPost(level: readonly Actor[], on: CivilDate): Asking<readonly Actor[]> {
  const seats = level.flatMap(({ kind, id }) => (kind === 'seat' ? [id] : []));
  const held = yield* under<AppointmentRead>('appointment', 'seat', seats, on);
  return held.flatMap(({ state }): Actor[] =>
    state.person === undefined ? [] : [{ kind: 'person', id: state.person }],
  );
}

/** The bodies of the organisations of a level. */
function* acting(level: readonly Actor[], on: CivilDate): Asking<readonly Actor[]> {
  const organisations = level.flatMap(({ kind, id }) => (kind === 'organisation' ? [id] : []));
  const bodies = yield* under<BodyRead>('body', 'owner', organisations, on);
  return bodies.map(({ id }): Actor => ({ kind: 'body', id }));
}
