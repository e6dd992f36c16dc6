import { Injectable } from '@nestjs/common';
import { mayRead } from '#access';
import { subjectOf, WITHHELD_NAME, type Aggregate, type NameOf } from '#governance';
import type { CivilDate } from '#kernel';
import { calledOn, mayBeRenamed, namesBorne, Register, titleOf, type Basis, type Borne } from '#register';
import { Disclosing } from '../disclosing.js';
import type { RequestContext } from '../request-context.js';

/** The last day the register takes: whatever begins later than the day asked about has begun by then. */
const LAST_DAY = '9999-12-30' as CivilDate;

/** Stands for a decision that may not be shown. */
const HIDDEN = { title: WITHHELD_NAME };

/** What is known of subjects that sentences name. */
interface Known {
  /** Shown states; null where nothing is there to name. */
  readonly states: Map<string, object | null>;
  /** The names that subjects bore, earliest first. */
  readonly borne: Map<string, readonly Borne[]>;
}

type Wanted = Map<Aggregate, Set<string>>;

const want = (wanted: Wanted, aggregate: Aggregate, id: string): void =>
  void wanted.set(aggregate, (wanted.get(aggregate) ?? new Set()).add(id));

/** Names for sentences: as things are called on the day of the basis, and as they were called on another. */
export interface NamesOf {
  readonly nameOf: NameOf;
  /** By the names of a day, with what is called otherwise now behind it; undefined for a day that nobody knows. */
  readonly namesOn: (day: CivilDate | undefined) => NameOf;
  /** Whether a decision is one that may not be shown. */
  readonly isWithheld: (decision: string) => boolean;
}

/** Names for sentences, as known at a basis. */
@Injectable()
export class Names {
  constructor(
    private readonly register: Register,
    private readonly disclosing: Disclosing,
  ) {}

  /**
   * Runs `write` until every name it asks for is there: first to learn which are wanted, then with them. Names that
   * have names in them take one round more. The number of statements does not grow with the number of names wanted.
   */
  async tell<Told>(basis: Basis, context: RequestContext, write: (names: NamesOf) => Told): Promise<Told> {
    const known = context.loader(`names ${basis.asAt} ${basis.position}`, () => ({
      states: new Map(),
      borne: new Map(),
    })) as Known;
    for (;;) {
      const [wanted, renamed]: [Wanted, Wanted] = [new Map(), new Map()];
      const told = write(namesFrom(known, wanted, renamed));
      if (wanted.size + renamed.size === 0) return told;
      await Promise.all([
        ...[...wanted].map(async ([aggregate, ids]) => this.load(aggregate, [...ids], basis, context, known.states)),
        ...[...renamed].map(async ([aggregate, ids]) => this.loadNames(aggregate, [...ids], basis, known)),
      ]);
    }
  }

  private async loadNames(
    aggregate: Aggregate,
    ids: readonly string[],
    { position }: Basis,
    { borne }: Known,
  ): Promise<void> {
    for (const [id, names] of await namesBorne(this.register, aggregate, ids, position))
      borne.set(subjectOf(aggregate, id), names);
  }

  /** As they stand on the day of the basis; what begins later, as it is going to stand. */
  private async load(
    aggregate: Aggregate,
    ids: readonly string[],
    { asAt, position }: Basis,
    context: RequestContext,
    states: Known['states'],
  ): Promise<void> {
    mayRead(context.actor, aggregate);
    const later: string[] = [];
    const found = await this.register.pointMany(aggregate, ids, { asAt, position });
    for (const [id, answer] of await this.disclosing.answers(aggregate, found, { asAt, position }, context)) {
      if (answer.kind === 'not-yet-begun') later.push(id);
      const isHidden = answer.kind === 'never-recorded' && found.get(id)?.kind !== 'never-recorded';
      states.set(subjectOf(aggregate, id), answer.kind === 'found' ? answer.state : isHidden ? HIDDEN : null);
    }
    if (later.length === 0) return;
    const begun = await this.register.pointMany(aggregate, later, { asAt: LAST_DAY, position });
    for (const [id, answer] of await this.disclosing.answers(aggregate, begun, { asAt: LAST_DAY, position }, context)) {
      if (answer.kind === 'found') states.set(subjectOf(aggregate, id), answer.state);
    }
  }
}

function namesFrom({ states, borne }: Known, wanted: Wanted, renamed: Wanted): NamesOf {
  const nameOf: NameOf = (aggregate, id) => {
    const state = states.get(subjectOf(aggregate, id));
    if (state) return titleOf(aggregate, state, nameOf);
    if (state === undefined) want(wanted, aggregate, id);
    return undefined;
  };
  const isWithheld = (decision: string): boolean => {
    const state = states.get(subjectOf('decision', decision));
    if (state === undefined) want(wanted, 'decision', decision);
    return state === HIDDEN;
  };
  const namesOn =
    (day: CivilDate | undefined): NameOf =>
    (aggregate, id) => {
      const now = nameOf(aggregate, id);
      if (day === undefined || now === undefined || !mayBeRenamed(aggregate)) return now;
      const names = borne.get(subjectOf(aggregate, id));
      if (!names) want(renamed, aggregate, id);
      return calledOn(names ?? [], now, day);
    };
  return { nameOf, namesOn, isWithheld };
}
