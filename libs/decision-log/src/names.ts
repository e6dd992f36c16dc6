import { subjectOf, type Aggregate, type NameOf } from '#governance';
import type { CivilDate } from '#kernel';
import { titleOf, type Place, type Register, type Shown } from '#register';

/** The last day the register takes: whatever begins later than the day asked about has begun by then. */
export const LAST_DAY = '9999-12-30' as CivilDate;

/** What a text may ask about other subjects while it is being written. */
export interface Lookups {
  readonly nameOf: NameOf;
  /** The state of a subject; undefined where nothing is there. */
  readonly stateOf: <State extends object>(aggregate: Aggregate, id: string) => State | undefined;
}

/** Names and states for texts, as known at a place: as they stand on its day; what begins later, as it is going to. */
export class Names {
  /** Null where nothing is there. */
  private readonly states = new Map<string, object | null>();

  constructor(
    private readonly register: Register,
    private readonly place: Place,
    /** A decision by its state, as far as whoever reads may see it. */
    private readonly disclosed: (decisions: readonly Shown[]) => Promise<ReadonlyMap<string, object | null>>,
  ) {}

  /** Runs `write` until everything it asks for is there: first to learn what is wanted, then with it. */
  async tell<Told>(write: (lookups: Lookups) => Told): Promise<Told> {
    for (;;) {
      const wanted = new Map<Aggregate, Set<string>>();
      const find = (aggregate: Aggregate, id: string): object | undefined => {
        const state = this.states.get(subjectOf(aggregate, id));
        if (state === undefined) wanted.set(aggregate, (wanted.get(aggregate) ?? new Set()).add(id));
        return state ?? undefined;
      };
      const nameOf: NameOf = (aggregate, id) => {
        const state = find(aggregate, id);
        return state && titleOf(aggregate, state, nameOf);
      };
      const stateOf = <State extends object>(aggregate: Aggregate, id: string): State | undefined =>
        find(aggregate, id) as State | undefined;
      const told = write({ nameOf, stateOf });
      if (wanted.size === 0) return told;
      await Promise.all([...wanted].map(async ([aggregate, ids]) => this.load(aggregate, [...ids])));
    }
  }

  private async load(aggregate: Aggregate, ids: readonly string[]): Promise<void> {
    const later: string[] = [];
    const found: Shown[] = [];
    for (const [id, answer] of await this.register.pointMany(aggregate, ids, this.place)) {
      if (answer.kind === 'not-yet-begun') later.push(id);
      if (answer.kind === 'found') found.push(answer);
      this.states.set(subjectOf(aggregate, id), null);
    }
    const then = { asAt: LAST_DAY, position: this.place.position };
    for (const answer of (await this.register.pointMany(aggregate, later, then)).values()) {
      if (answer.kind === 'found') found.push(answer);
    }
    const visible = aggregate === 'decision' ? await this.disclosed(found) : undefined;
    for (const { id, state } of found) {
      this.states.set(subjectOf(aggregate, id), visible ? (visible.get(id) ?? null) : state);
    }
  }
}
