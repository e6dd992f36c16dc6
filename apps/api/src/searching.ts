import { Refusal } from '#kernel';
import {
  cursorOf,
  placeIn,
  sayingsOf,
  soughtIn,
  VIEWS,
  type Basis,
  type FoundIn,
  type Reader,
  type Register,
  type Selection,
  type Shown,
  type Sought,
} from '#register';
import type { Disclosing } from './disclosing.js';
import type { Part } from './graphql/page-info.js';
import type { RequestContext } from './request-context.js';

/** A part of what a search finds. */
export interface Searched<State extends object> {
  readonly rows: readonly (Shown<State> & { readonly cursor: string; readonly foundIn: readonly FoundIn[] })[];
  readonly hasNext: boolean;
}

/** Searches the lists of one room on one basis: by what is shown to whoever asks, and by nothing else. */
export class Searching {
  private constructor(
    private readonly sought: Sought,
    private readonly register: Register,
    private readonly disclosing: Disclosing,
    private readonly on: { readonly aggregate: string; readonly basis: Basis; readonly context: RequestContext },
  ) {}

  /** Undefined where nothing is searched for. @throws Refusal `SEARCH` */
  static for(
    search: string | null | undefined,
    register: Register,
    disclosing: Disclosing,
    on: { readonly aggregate: string; readonly basis: Basis; readonly context: RequestContext },
  ): Searching | undefined {
    const sought = soughtIn(search ?? '');
    return sought && new Searching(sought, register, disclosing, on);
  }

  /** @throws Refusal `PAGE_SIZE` for a part that is read from the end: the best stands first. */
  async part<State extends object>(
    whole: Selection,
    { size, from, backwards, turned }: Part,
  ): Promise<Searched<State>> {
    if (backwards || turned) {
      const field = turned ? 'last' : 'order';
      throw new Refusal('PAGE_SIZE', `${field} is given with search: what is found is read from the best on`, {
        field,
        remedy: 'give "first" and "after"',
      });
    }
    const after = from === undefined ? undefined : placeIn(from);
    const search = this.register.search(this.on.aggregate, this.sought, this.reader<State>(whole));
    const found = await search.page(size + 1, after);
    const rows = found
      .slice(0, size)
      .map((row) => ({ ...row, cursor: cursorOf({ sort_key: String(row.rank), id: row.id }) }));
    return { rows, hasNext: found.length > size };
  }

  async count(whole: Selection): Promise<number> {
    return this.register.search(this.on.aggregate, this.sought, this.reader(whole)).count();
  }

  private reader<State extends object>(whole: Selection): Reader<Shown<State>> {
    const { register, disclosing } = this;
    const { aggregate, basis, context } = this.on;
    const view = VIEWS.find((one) => one.aggregate === aggregate);
    return {
      rows: async (ids) =>
        disclosing.rows(aggregate, await register.among<State>(aggregate, whole, ids, basis), context),
      formerTitles: async (rows) => {
        const ids = rows.map(({ id }) => id);
        const slices = [...(await register.slicesOf<State>(aggregate, ids, basis.position)).values()].flat();
        const borne = slices.flatMap((slice) => (slice.kind === 'found' && slice.from <= basis.asAt ? [slice] : []));
        const shown = Map.groupBy(await disclosing.rows(aggregate, borne, context), ({ id }) => id);
        return new Map(
          [...shown].map(([id, of]) => [id, view ? of.flatMap(({ state }) => sayingsOf(view, state).titles) : []]),
        );
      },
    };
  }
}
