import { addDays, daysBetween, UNKNOWN_START, type CivilDate } from '#kernel';
import { subjectOf, type Aggregate } from '#governance';
import type { Place } from '../engine/answer.js';
import type { DelegationView } from '../rooms/delegation/delegation.view.js';
import type { HoldingView } from '../rooms/holding.view.js';
import type { OrganisationView } from '../rooms/organisation/organisation.view.js';
import type { SuccessionView } from '../rooms/organisation/succession.view.js';
import type { Register, Shown } from '../questions/register.js';
import { heldBefore, type HeldThing } from './held-before.js';
import type { LapsingEntry, HandoverDay } from './lapsing-entry.js';
import { conditionWith, outcomeOf, type Afterwards, type Outcome } from './outcomes.js';
import { Reads } from './reads.js';
import { Shares, type Sharing } from './shares.js';
import { SuccessorSide } from './successor-side.js';
import { handoversOf, type Handover } from './handovers.js';

/** What an organisation had and has no longer, and what became of each, as at a day and as known at a position. */
export interface WhatLapses {
  readonly handovers: readonly Handover[];
  readonly entries: readonly LapsingEntry[];
}

/**
 * The delegations, reservations, bodies, appointments, documents, open conditions and open scrutiny matters that end with an
 * organisation, or with the share of it that went to another; of each what became of it with every successor in whose
 * share it is. What nobody recorded is not concluded: a power is the same by its function in a catalogue or by its words.
 *
 * @param id of the organisation.
 */
export const whatLapses = async (register: Register, id: string, place: Place): Promise<WhatLapses> => {
  const now = new Reads(register, place);
  const organisation = await now.point<OrganisationView & HoldingView>('organisation', id);
  if (!organisation) return { handovers: [], entries: [] };
  const successions = await now.under<SuccessionView & HoldingView>('succession', 'predecessor', [id]);
  const handovers = handoversOf(organisation.state, successions, place.asAt).filter(({ on }) => on <= place.asAt);
  const entries: LapsingEntry[] = [];
  for (const handover of handovers) entries.push(...(await new AtHandover(register, now, handover).entries(id)));
  return { handovers, entries };
};

class AtHandover {
  private readonly before: Reads;

  constructor(
    register: Register,
    private readonly now: Reads,
    private readonly handover: Handover,
  ) {
    const { asAt, position } = now.place;
    const day = handover.on === UNKNOWN_START ? asAt : addDays(handover.on, -1);
    this.before = new Reads(register, { asAt: day, position });
  }

  async entries(organisation: string): Promise<readonly LapsingEntry[]> {
    const { now, handover } = this;
    const held = await heldBefore(this.before, organisation);
    const sides = new Map<string, SuccessorSide>();
    for (const one of handover.successors) sides.set(one.organisation, await SuccessorSide.of(now, one.organisation));
    const afterwards = await this.afterwards(held);
    const theirs = (await Promise.all([...sides.values()].map((side) => placesHad(side)))).flat();
    const shares = await Shares.of(this.before, handover, held, theirs);
    const entries: LapsingEntry[] = [];
    for (const thing of held) {
      const sharing = shares.sharing(thing, handover);
      if (sharing.length === 0 && !handover.isWhole) continue;
      for (const share of sharing.length > 0 ? sharing : [undefined]) {
        const side = share && sides.get(share.organisation);
        const known = afterwards.get(subjectOf(thing.aggregate, thing.id)) as Afterwards;
        const outcome = await this.outcome(thing, known, shares, share, side);
        entries.push(this.entry(thing, share, outcome));
      }
    }
    return entries;
  }

  private async outcome(
    thing: HeldThing,
    known: Afterwards,
    shares: Shares,
    share: Sharing | undefined,
    side: SuccessorSide | undefined,
  ): Promise<Outcome> {
    const { condition } = thing;
    if (condition === undefined) return outcomeOf(thing, known, shares, share, side);
    const outcome = await outcomeOf({ ...thing, kind: thing.of ?? thing.kind }, known, shares, share, side);
    const carrier = outcome.by
      ? await this.now.point<DelegationView>('delegation', outcome.by.id)
      : (known.now as Shown<DelegationView> | undefined);
    return conditionWith(condition, outcome, carrier?.state);
  }

  private entry(thing: HeldThing, share: Sharing | undefined, outcome: Outcome): LapsingEntry {
    const { kind, aggregate, id, condition } = thing;
    const { on, isKnown } = this.handover;
    const handover: HandoverDay = { on, isKnown };
    const since = outcome.since && (isKnown && outcome.since < on ? on : outcome.since);
    const gapDays = daysWithout(handover, { ...outcome, ...(since && { since }) }, this.now.place.asAt);
    return {
      ...{ kind, aggregate, id, handover, outcome: outcome.outcome },
      ...(condition !== undefined && { condition }),
      ...(share && { successor: share.organisation }),
      ...(outcome.by && { by: outcome.by }),
      ...(since && { since }),
      ...(outcome.lastDay && { lastDay: outcome.lastDay }),
      ...(gapDays !== undefined && { gapDays }),
      path: [
        ...thing.path,
        ...(share?.by ?? []).map((succession) => ({
          aggregate: 'succession' as const,
          id: succession,
          says: 'names the successor',
        })),
        ...outcome.path,
      ],
    };
  }

  /** What is known of all things by now, a statement for each kind of record. */
  private async afterwards(held: readonly HeldThing[]): Promise<ReadonlyMap<string, Afterwards>> {
    const { now } = this;
    const found = new Map<string, Afterwards>();
    for (const [aggregate, things] of Map.groupBy(held, (one) => one.aggregate)) {
      const ids = [...new Set(things.map(({ id }) => id))];
      const [points, timelines] = [await now.points(aggregate, ids), await now.timelines(aggregate, ids)];
      const replacing = await this.replacing(aggregate, ids);
      for (const id of ids) {
        found.set(subjectOf(aggregate, id), {
          now: points.get(id),
          timeline: timelines.get(id) ?? [],
          replacing: replacing.get(id) ?? [],
        });
      }
    }
    return found;
  }

  private async replacing(aggregate: Aggregate, ids: readonly string[]): Promise<Map<string, Shown[]>> {
    if (aggregate !== 'delegation') return new Map();
    const found = await this.now.under<DelegationView>('delegation', 'replaces', ids);
    return Map.groupBy(found, ({ state }) => state.replaces ?? '');
  }
}

const placesHad = async (side: SuccessorSide): Promise<readonly string[]> => {
  const kinds = ['DELEGATION_GRANTED', 'DELEGATION_RECEIVED', 'BODY'] as const;
  const lists = await Promise.all(kinds.map((kind) => side.having<{ places?: readonly string[] }>(kind)));
  return lists.flat().flatMap(({ state }) => state.places ?? []);
};

/** Between the first day without and what came after, or so far; undefined where one of the days is not known. */
function daysWithout(handover: HandoverDay, { outcome, since, lastDay }: Outcome, asAt: CivilDate): number | undefined {
  if (!handover.isKnown) return undefined;
  switch (outcome) {
    case 'CARRIED':
    case 'RE_GRANTED':
      return since && Math.max(0, daysBetween(handover.on, since));
    case 'ENDED':
      return lastDay && Math.max(0, daysBetween(handover.on, addDays(lastDay, 1)));
    case 'IN_THE_GAP':
      return daysBetween(handover.on, asAt) + 1;
  }
}
