import { LISTS_OF_PARTS } from '#access';
import type { Aggregate } from '#governance';
import {
  lapsed,
  notSuperseded,
  type Basis,
  type Holding,
  type ListFilter,
  type OthersDays,
  type Restriction,
  type Selection,
} from '#register';
import type { Disclosing, Narrowing } from './disclosing.js';
import { narrowedBy } from './filtering.js';
import { allOf, holdingWithJoins } from './narrowing.js';
import type { RequestContext } from './request-context.js';

/** What a list is to be narrowed by. */
export interface Asked {
  /** Columns and lists of the view that it is read along. */
  readonly columns: readonly string[];
  readonly holds?: Holding | null | undefined;
  readonly filter?: ListFilter | null | undefined;
  /** What no column says. */
  readonly following?: Narrowing | undefined;
  readonly only?: Restriction | undefined;
}

/** The same as a statement takes it. */
export interface AsRead extends Pick<Selection, 'restriction' | 'ended'> {
  readonly othersDays: OthersDays;
  /** The same list, of those of which nobody knows whether they are as asked; undefined where that is known of all. */
  readonly undetermined?: Restriction | undefined;
}

/** From what is asked of a list to what is read, as far as whoever asks may see. */
export class ListNarrowing {
  constructor(private readonly disclosing: Disclosing) {}

  async of(aggregate: Aggregate, asked: Asked, basis: Basis, context: RequestContext): Promise<AsRead> {
    const { columns, holds, filter, following, only } = asked;
    const { disclosing } = this;
    const filtered = await narrowedBy(aggregate, filter, disclosing, basis, context);
    const ended = holds === 'NO' || filtered?.ended === true;
    const rest = allOf(
      holdingWithJoins(aggregate, holds),
      await disclosing.narrowed(aggregate, columns, basis, context),
      await this.saying(aggregate, columns, basis, context),
      ended ? undefined : await this.standing(aggregate, columns, basis, context),
      following && (await disclosing.asSeen(aggregate, following, basis, context)),
      only,
    );
    return {
      ended,
      restriction: allOf(rest, filtered?.listed),
      othersDays: { inFull: await disclosing.inFull(aggregate, basis, context) },
      undetermined: filtered?.undetermined && allOf(rest, filtered.undetermined),
    };
  }

  /** What is listed by what a part of a decision says is not listed for whoever may not see that part. */
  private async saying(
    aggregate: Aggregate,
    columns: readonly string[],
    basis: Basis,
    context: RequestContext,
  ): Promise<Restriction | undefined> {
    const parts = aggregate === 'decision' ? columns.flatMap((column) => LISTS_OF_PARTS[column] ?? []) : [];
    const hidden = await Promise.all(parts.map((part) => this.disclosing.withoutPart(part, basis, context)));
    return allOf(...hidden.map((one) => one && ({ not: { any: [one.named, one.unnamed] } } satisfies Restriction)));
  }

  /** What else leaves a list as soon as it is narrowed: what other records have brought to its end. */
  private async standing(
    aggregate: Aggregate,
    columns: readonly string[],
    basis: Basis,
    context: RequestContext,
  ): Promise<Restriction | undefined> {
    if (columns.length === 0) return undefined;
    if (aggregate !== 'decision') {
      const over = lapsed(aggregate);
      return over && { not: over };
    }
    if (!columns.includes('proposedTo')) return undefined;
    return notSuperseded(await this.disclosing.narrowed('decision', ['supersedes'], basis, context));
  }
}
