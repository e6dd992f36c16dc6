import { Injectable } from '@nestjs/common';
import { mayRead } from '#access';
import { subjectOf, WITHHELD_NAME, type Aggregate, type NameOf } from '#governance';
import type { CivilDate } from '#kernel';
import { Register, titleOf, type Basis } from '#register';
import { Disclosing } from '../disclosing.js';
import type { RequestContext } from '../request-context.js';

/** The last day the register takes: whatever begins later than the day asked about has begun by then. */
const LAST_DAY = '9999-12-30' as CivilDate;

/** Stands for a decision that may not be shown. */
const HIDDEN = { title: WITHHELD_NAME };

/** Shown states by subject; null where nothing is there to name. */
type States = Map<string, object | null>;

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
  async tell<Told>(basis: Basis, context: RequestContext, write: (nameOf: NameOf) => Told): Promise<Told> {
    const states = context.loader(`names ${basis.asAt} ${basis.position}`, () => new Map()) as States;
    for (;;) {
      const wanted = new Map<Aggregate, Set<string>>();
      const nameOf: NameOf = (aggregate, id) => {
        const state = states.get(subjectOf(aggregate, id));
        if (state) return titleOf(aggregate, state, nameOf);
        if (state === undefined) wanted.set(aggregate, (wanted.get(aggregate) ?? new Set()).add(id));
        return undefined;
      };
      const told = write(nameOf);
      if (wanted.size === 0) return told;
      await Promise.all(
        [...wanted].map(async ([aggregate, ids]) => this.load(aggregate, [...ids], basis, context, states)),
      );
    }
  }

  /** As they stand on the day of the basis; what begins later, as it is going to stand. */
  private async load(
    aggregate: Aggregate,
    ids: readonly string[],
    { asAt, position }: Basis,
    context: RequestContext,
    states: States,
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
