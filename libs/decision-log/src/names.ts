import { streamParts, subjectOf, WITHHELD_NAME, type Aggregate, type NameOf } from '#governance';
import type { CivilDate } from '#kernel';
import {
  calledOn,
  mayBeRenamed,
  namesBorne,
  titleOf,
  type Borne,
  type Place,
  type Register,
  type Shown,
} from '#register';

/** The last day the register takes: whatever begins later than the day asked about has begun by then. */
export const LAST_DAY = '9999-12-30' as CivilDate;

/** What a text may ask about other subjects while it is being written. */
export interface Lookups {
  readonly nameOf: NameOf;
  /**
   * Names for a sentence about a day: each subject is called as it was on that day, and what it is called now stands behind
   * it where that is another name.
   */
  readonly namesOn: (day: CivilDate | undefined) => NameOf;
  /** The state of a subject; undefined where nothing is there. */
  readonly stateOf: <State extends object>(aggregate: Aggregate, id: string) => State | undefined;
  /** Whether a decision is one that whoever reads may not know of. */
  readonly isWithheld: (decision: string) => boolean;
}

/** Stands for a decision that the reader may not know of, where another points to it: not even its id is told. */
export const NOT_SHOWN = { title: WITHHELD_NAME, reference: WITHHELD_NAME };

/** What is called by the names of others. */
const NAMED_BY_OTHERS = new Set(['appointment', 'interest', 'meeting']);

type Wanted = Map<Aggregate, Set<string>>;

/** How many are written ahead to learn what they want. */
const LOT = 64;

/** States that are kept from page to page where nobody asks afterwards what was told. */
const MOST_KEPT = 10_000;

/** Names and states for texts, as known at a place: as they stand on its day; what begins later, as it is going to. */
export class Names {
  /** Null where nothing is there. */
  private readonly states = new Map<string, object | null>();
  /** The names that subjects bore, earliest first. */
  private readonly borne = new Map<string, readonly Borne[]>();

  constructor(
    private readonly register: Register,
    private readonly place: Place,
    /** Decisions by their states, as far as whoever reads may see them, and those that do not stand any more. */
    private readonly disclosed: (
      decisions: readonly Shown[],
      gone: readonly string[],
    ) => Promise<ReadonlyMap<string, object | null>>,
    /** Whether nobody will ask for `calledOtherwise`: then memory does not grow with what is told. */
    private readonly mayForget = false,
  ) {}

  /** Runs `write` until everything it asks for is there: first to learn what is wanted, then with it. */
  async tell<Told>(write: (lookups: Lookups) => Told): Promise<Told> {
    for (;;) {
      const wanted: Wanted = new Map();
      const renamed: Wanted = new Map();
      const told = write(this.lookups(wanted, renamed));
      if (wanted.size + renamed.size === 0) return told;
      await this.loadAll(wanted, renamed);
    }
  }

  /** The same for each of several, in their order; what one of them wanted is there for those after it. */
  async tellEach<Of, Told>(these: readonly Of[], write: (one: Of, lookups: Lookups) => Told): Promise<readonly Told[]> {
    if (this.mayForget && this.states.size > MOST_KEPT) this.states.clear();
    if (this.borne.size > MOST_KEPT) this.borne.clear();
    const told: Told[] = [];
    for (let begun = 0; begun < these.length;) {
      const wanted: Wanted = new Map();
      const renamed: Wanted = new Map();
      const lookups = this.lookups(wanted, renamed);
      const isAllThere = (): boolean => wanted.size + renamed.size === 0;
      for (let at = begun; at < Math.min(begun + LOT, these.length) || (isAllThere() && at < these.length); at++) {
        const one = write(these[at] as Of, lookups);
        if (isAllThere()) {
          told.push(one);
          begun = at + 1;
        }
      }
      if (!isAllThere()) await this.loadAll(wanted, renamed);
    }
    return told;
  }

  /** Whatever was told of here by a name of its own and is called otherwise in `before`: what it was called, and is. */
  async calledOtherwise(before: Names): Promise<readonly (readonly [was: string, is: string])[]> {
    const told = [...this.states]
      .flatMap(([subject, state]) => (state === null ? [] : [streamParts(subject)]))
      .filter(({ aggregate }) => !NAMED_BY_OTHERS.has(aggregate));
    const names = ({ nameOf }: Lookups) => told.map(({ aggregate, id }) => nameOf(aggregate as Aggregate, id));
    const [now, then] = [await this.tell(names), await before.tell(names)];
    return now.flatMap((is, at) => {
      const was = then[at];
      return is === undefined || was === undefined || is === was ? [] : [[was, is] as const];
    });
  }

  private lookups(wanted: Wanted, renamed: Wanted): Lookups {
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
    const namesOn =
      (day: CivilDate | undefined): NameOf =>
      (aggregate, id) => {
        const now = nameOf(aggregate, id);
        if (day === undefined || !mayBeRenamed(aggregate)) return now;
        const subject = subjectOf(aggregate, id);
        if (now === undefined && this.states.get(subject) === null) return undefined;
        // Of what is only being looked for, both are wanted at once.
        const borne = this.borne.get(subject);
        if (!borne) renamed.set(aggregate, (renamed.get(aggregate) ?? new Set()).add(id));
        return now && calledOn(borne ?? [], now, day);
      };
    const isWithheld = (decision: string): boolean => find('decision', decision) === NOT_SHOWN;
    return { nameOf, namesOn, stateOf, isWithheld };
  }

  private async loadAll(wanted: Wanted, renamed: Wanted): Promise<void> {
    const named = [...renamed].map(async ([aggregate, ids]) => this.loadNames(aggregate, [...ids]));
    await Promise.all([...[...wanted].map(async ([aggregate, ids]) => this.load(aggregate, [...ids])), ...named]);
  }

  private async loadNames(aggregate: Aggregate, ids: readonly string[]): Promise<void> {
    for (const [id, borne] of await namesBorne(this.register, aggregate, ids, this.place.position)) {
      this.borne.set(subjectOf(aggregate, id), borne);
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
    if (aggregate !== 'decision') {
      for (const { id, state } of found) this.states.set(subjectOf(aggregate, id), state);
      return;
    }
    const there = new Set(found.map(({ id }) => id));
    const visible = await this.disclosed(
      found,
      ids.filter((id) => !there.has(id)),
    );
    for (const [id, state] of visible) this.states.set(subjectOf(aggregate, id), state);
  }
}
