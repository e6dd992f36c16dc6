import { OPEN_END, UNKNOWN_START, type CivilDate, type Position } from '#kernel';
import type { BodyView } from '../rooms/body/body.view.js';
import type { SeatView } from '../rooms/body/seat.view.js';
import type { DelegationView } from '../rooms/delegation/delegation.view.js';
import type { HoldingView } from '../rooms/holding.view.js';
import type { Place } from '../engine/answer.js';
import type { Register } from './register.js';
import type { Listed, Stretch } from './restriction.js';
import { FIRST_DAY } from './parts.js';
import type { DecisionView } from '../rooms/decision/decision.state.js';
import { decidedAt } from '../rooms/decision/decision.view.js';

/** An organisation that answers for a decision, and what makes it answer: any of these, or several. */
export interface Answering {
  readonly organisation: string;
  /** True where whoever recorded the decision said so. */
  readonly said: boolean;
  /** Bodies that decided and are, or were on that day, its own. */
  readonly bodies: readonly string[];
  /** The meeting at which it was decided, where no body is said to have, and that of the meeting is its own. */
  readonly meeting?: string;
  /** Bodies of its own that are asked to decide, while that is only proposed. */
  readonly asked: readonly string[];
  /** The delegation under which it was decided, where the power is the organisation’s. */
  readonly delegation?: string;
}

/** A decision of which somebody asks who answers for it. */
export interface Answered {
  readonly id: string;
  readonly state: DecisionView;
  /** The day on which it was taken; that of the question where nobody knows. */
  readonly day: CivilDate;
  /** The body of its meeting, where there is one. */
  readonly meetingOf: string | undefined;
}

/** The body by which it follows who decided, where none is said to have. */
export const bodyThatMet = ({ state, meetingOf }: Pick<Answered, 'state' | 'meetingOf'>): string | undefined =>
  decidedAt(state) === undefined ? undefined : meetingOf;

/**
 * What decisions belong to an organisation by: who decided or is asked to, or under which delegation, on days of a
 * stretch. Whoever decided may follow from the meeting.
 */
export interface Claim {
  readonly by: 'decidedBy' | 'proposedTo' | 'delegation';
  readonly id: string;
  /** Half-open; from the lowest day, and to no end, where nothing changed. */
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** A stretch of days on which something belongs to the same organisations. */
interface Tenure {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly organisations: readonly string[];
}

type Holder = 'body' | 'seat' | 'delegation';
type HolderState = BodyView & SeatView & DelegationView & HoldingView;

/** What something is through, where that follows: a body above, a post and where that is. */
interface Through {
  readonly holder: Holder;
  readonly id: string;
}

/** A stretch of what holds decisions together, as its room tells it. */
interface Slice {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly state: HolderState;
}

/** What a slice says: whose it is, or through what that follows. */
interface Held {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly own: readonly string[];
  readonly through?: Through | undefined;
}

/**
 * Who answers for decisions, as it follows from who decided, as known at a position: the organisations whose body it
 * is on the day of the decision, all of them where it is joint; of a body without any, those of the body above. Where no
 * body is said to have decided, that of the meeting did; what is only proposed those will answer for whose body is asked.
 * And whoever granted the delegation under which it was decided, or whose post did, who goes on answering. Before the first day and after the
 * last day that is recorded of a body, whose it was then.
 */
export class Belonging {
  private readonly held = new Map<string, readonly Held[]>();
  private readonly known = new Map<string, readonly Tenure[]>();

  constructor(
    private readonly register: Register,
    private readonly position: Position,
  ) {}

  /** @returns by id of the decision; those that were named first. */
  async answering(decisions: readonly Answered[]): Promise<ReadonlyMap<string, readonly Answering[]>> {
    await this.read(
      'body',
      decisions.flatMap((one) => [
        ...(one.state.decidedBy ?? []),
        ...askedOf(one.state),
        ...[bodyThatMet(one) ?? []].flat(),
      ]),
    );
    await this.read(
      'delegation',
      decisions.flatMap(({ state }) => state.delegation ?? []),
    );
    return new Map(decisions.map((decision) => [decision.id, this.answeringFor(decision)]));
  }

  /** What the decisions are found by that organisations answer for because of who decided. */
  async claimsOf(organisations: readonly string[]): Promise<readonly Claim[]> {
    const owned = await this.register.everUnder('body', 'owner', organisations, this.position);
    const bodies = await this.withThoseBelow(owned);
    const under = (aggregate: Holder, by: string, ids: readonly string[]): Promise<readonly string[]> =>
      this.register.everUnder(aggregate, by, ids, this.position);
    const posts = await Promise.all([under('seat', 'organisation', organisations), under('seat', 'body', bodies)]);
    const granted = await Promise.all([
      under('delegation', 'grantedByOrganisation', organisations),
      under('delegation', 'grantedByBody', bodies),
      under('delegation', 'grantedBySeat', [...new Set(posts.flat())]),
    ]);
    const delegations = [...new Set(granted.flat())].toSorted();
    await this.read('body', bodies);
    await this.read('delegation', delegations);
    const claims = (holder: Holder, ids: readonly string[], by: Claim['by']): Claim[] =>
      ids.flatMap((id) => {
        const theirs = this.tenures(holder, id).filter(({ organisations: of }) =>
          of.some((one) => organisations.includes(one)),
        );
        return joined(theirs).map(({ from, to }) => ({ by, id, from, to }) as const);
      });
    return [
      ...claims('body', bodies, 'decidedBy'),
      ...claims('body', bodies, 'proposedTo'),
      ...claims('delegation', delegations, 'delegation'),
    ];
  }

  private answeringFor(decision: Answered): readonly Answering[] {
    const { state, day } = decision;
    const said = [state.organisation ?? [], state.accountable ?? []].flat();
    const found = new Map<
      string,
      { said: boolean; bodies: string[]; asked: string[]; meeting?: string; delegation?: string }
    >();
    const of = (organisation: string) => {
      const one = found.get(organisation) ?? { said: said.includes(organisation), bodies: [], asked: [] };
      found.set(organisation, one);
      return one;
    };
    for (const organisation of said) of(organisation);
    for (const body of state.decidedBy ?? []) {
      for (const organisation of this.ownersOn('body', body, day)) of(organisation).bodies.push(body);
    }
    const met = bodyThatMet(decision);
    if (met !== undefined && state.meeting !== undefined) {
      for (const organisation of this.ownersOn('body', met, day)) of(organisation).meeting = state.meeting;
    }
    for (const body of askedOf(state)) {
      for (const organisation of this.ownersOn('body', body, day)) of(organisation).asked.push(body);
    }
    const { delegation } = state;
    if (delegation !== undefined) {
      for (const organisation of this.ownersOn('delegation', delegation, day)) of(organisation).delegation = delegation;
    }
    return [...found].map(([organisation, because]) => ({ organisation, ...because }));
  }

  private ownersOn(holder: Holder, id: string, day: CivilDate): readonly string[] {
    const key = `${holder} ${id}`;
    const tenures = this.known.get(key) ?? this.tenures(holder, id);
    this.known.set(key, tenures);
    return tenures.find(({ from, to }) => from <= day && day < to)?.organisations ?? [];
  }

  /** In order of days, each beginning where another ends or later; of what the register does not hold, none. */
  private tenures(holder: Holder, id: string, under: readonly string[] = []): readonly Tenure[] {
    const held = this.held.get(`${holder} ${id}`) ?? [];
    return held.flatMap(({ from, to, own, through }): Tenure[] => {
      if (own.length > 0 || through === undefined) return [{ from, to, organisations: own }];
      const key = `${through.holder} ${through.id}`;
      if (under.includes(key)) return [];
      return within(this.tenures(through.holder, through.id, [...under, key]), from, to);
    });
  }

  /** Bodies, and those below them, however far down, on any day. */
  private async withThoseBelow(owned: readonly string[]): Promise<readonly string[]> {
    const all = new Set(owned);
    for (let above = owned; above.length > 0;) {
      const below = await this.register.everUnder('body', 'parentBody', above, this.position);
      above = below.filter((id) => !all.has(id));
      for (const id of above) all.add(id);
    }
    return [...all].toSorted();
  }

  /** Reads what is not known yet, and the bodies through which it follows. */
  private async read(holder: Holder, ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.held.has(`${holder} ${id}`));
    if (missing.length === 0) return;
    const slices = await this.register.slicesOf<HolderState>(holder, missing, this.position);
    const through: Through[] = [];
    for (const id of missing) {
      const held = lastWhileItWas(
        (slices.get(id) ?? []).flatMap((slice) =>
          slice.kind === 'found' ? [{ state: slice.state, from: slice.from, to: slice.to ?? OPEN_END }] : [],
        ),
      ).map(({ state, from, to }): Held => ({ ...heldBy(holder, state), from, to }));
      this.held.set(`${holder} ${id}`, widened(held));
      through.push(...held.flatMap((one) => one.through ?? []));
    }
    for (const next of ['seat', 'body'] as const) {
      const ofIt = through.flatMap(({ holder: of, id }) => (of === next ? [id] : []));
      await this.read(next, ofIt);
    }
  }
}

/** Who has it before them: nobody once it was taken or dropped. */
const askedOf = ({ standing, bodies }: DecisionView): readonly string[] =>
  standing === 'PROPOSED' ? (bodies ?? []) : [];

/** What of the claims a list is narrowed by on a basis: decisions by their own day, and those without one. */
export interface Narrowed {
  readonly dated: readonly Listed[];
  /** Decisions by the meeting from which it follows who decided: by their own day, or else by that of the meeting. */
  readonly met: readonly Listed[];
  /** Decisions without a day of their own, which go by their meeting’s, or, where there is none, by the day asked about. */
  readonly undated: readonly (Claim & { readonly listed: Listed; readonly holdsNow: boolean })[];
}

export const narrowedBy = (claims: readonly Claim[], { asAt, position }: Place): Narrowed => ({
  dated: claims.map((claim) => ({ by: claim.by, value: claim.id, ...(!isWhole(claim) && ownDays(claim)) })),
  met: claims
    .filter(({ by }) => by === 'decidedBy')
    .flatMap((claim) => metIn(claim.id, { asAt, position }, isWhole(claim) ? undefined : claim)),
  undated: claims
    .filter((claim) => !isWhole(claim))
    .map((claim) => ({
      ...claim,
      listed: { by: claim.by, value: claim.id, from: '', to: FIRST_DAY },
      holdsNow: claim.from <= asAt && asAt < claim.to,
    })),
});

const ownDays = ({ from, to }: Stretch): Stretch => ({ from: from === UNKNOWN_START ? FIRST_DAY : from, to });

/**
 * Decisions that follow from having been taken at a meeting of a body, as at and as known at a place.
 *
 * @param days on which, by their own day or else by that of the meeting; on whichever without it.
 */
export const metIn = (body: string, { asAt, position }: Place, days?: Stretch): readonly Listed[] => {
  const via = { names: 'decidedAt', aggregate: 'meeting', at: { asAt, position } };
  const of = { by: 'body', value: body };
  if (!days) return [{ ...of, via }];
  return [
    { ...of, ...ownDays(days), via },
    { ...of, from: '', to: FIRST_DAY, via: { ...via, within: { from: days.from, to: days.to } } },
  ];
};

const isWhole = ({ from, to }: Stretch): boolean => from === UNKNOWN_START && to === OPEN_END;

function heldBy(holder: Holder, state: HolderState): Pick<Held, 'own' | 'through'> {
  const { owners = [], parentBody, organisation, body, grantedByOrganisation, grantedByBody, grantedBySeat } = state;
  const alone = (one: string | undefined): readonly string[] => (one === undefined ? [] : [one]);
  const by = (of: Holder, id: string | undefined): Through | undefined => (id === undefined ? id : { holder: of, id });
  switch (holder) {
    case 'body':
      return { own: owners, through: by('body', parentBody) };
    case 'seat':
      return { own: alone(organisation), through: by('body', body) };
    case 'delegation':
      return { own: alone(grantedByOrganisation), through: by('body', grantedByBody) ?? by('seat', grantedBySeat) };
  }
}

/** Once something has ended, what was said of it while it was counts, and not what somebody changed about it since. */
const lastWhileItWas = (slices: readonly Slice[]): readonly Slice[] => {
  let last: HolderState | undefined;
  return slices.flatMap((slice) => {
    if (slice.state.holds !== 'NO') last = slice.state;
    return last ? [{ ...slice, state: last }] : [];
  });
};

/** What is said first counts for all days before, what is said last for all after. */
const widened = (held: readonly Held[]): readonly Held[] =>
  held.map((one, at) => ({
    ...one,
    ...(at === 0 && { from: UNKNOWN_START }),
    ...(at === held.length - 1 && { to: OPEN_END }),
  }));

const within = (tenures: readonly Tenure[], first: CivilDate, end: CivilDate): Tenure[] =>
  tenures.flatMap(({ from, to, organisations }) => {
    const clipped = { from: from < first ? first : from, to: to > end ? end : to, organisations };
    return clipped.from < clipped.to ? [clipped] : [];
  });

/** Stretches that follow on each other as one. */
const joined = (tenures: readonly Tenure[]): readonly Pick<Tenure, 'from' | 'to'>[] => {
  const stretches: { from: CivilDate; to: CivilDate }[] = [];
  for (const { from, to } of tenures) {
    const last = stretches.at(-1);
    if (last?.to === from) last.to = to;
    else stretches.push({ from, to });
  }
  return stretches;
};
