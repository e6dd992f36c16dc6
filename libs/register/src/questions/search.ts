import type { View } from '../engine/view.js';
import type { Generation } from '../shelves/generation.js';
import { calledBy, inOrder, LOT, saidIn, type Candidates } from './candidates.js';
import { findingIn, RANKS, type Finding, type Sought } from './sought.js';

/** No subject has this key. */
const NOBODY = '';

/** Who is in the list, as they are shown to whoever asks. */
export interface Reader<Row extends Searched> {
  /** Of several subjects those that are in the list, in whatever order. */
  rows(ids: readonly string[]): Promise<readonly Row[]>;
  /** What each of them was called before the day of the question, as far as it is shown. */
  formerTitles(rows: readonly Row[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

interface Searched {
  readonly id: string;
  readonly state: object;
}

export type SearchFound<Row> = Row & Finding;

/** Where a search goes on: behind an entry of a rank. */
export interface SearchPlace {
  readonly rank: number;
  readonly id: string;
}

/**
 * What a search finds, rank by rank, within a rank by key. What is found is judged by what is shown, so the words of a
 * record only say at whom to look: whoever is not shown a word does not find by it.
 */
export class Search<Row extends Searched> {
  private readonly view: View;

  constructor(
    private readonly generation: Generation,
    private readonly aggregate: string,
    private readonly sought: Sought,
    private readonly reader: Reader<Row>,
  ) {
    this.view = generation.on(aggregate).view;
  }

  /** At most `most` entries, from the first or from behind a place on. */
  async page(most: number, after: SearchPlace | undefined): Promise<readonly SearchFound<Row>[]> {
    const page: SearchFound<Row>[] = [];
    for (const rank of RANKS.keys()) {
      if (after && rank < after.rank) continue;
      const candidates = await this.candidates(rank);
      for (let last = after?.rank === rank ? after.id : undefined; ;) {
        const ids = await candidates(last);
        page.push(...ordered(await this.foundAmong(ids, rank > 1)).filter((one) => one.rank === rank));
        if (page.length >= most) return page.slice(0, most);
        if (ids.length < LOT) break;
        last = ids.at(-1);
      }
    }
    return page;
  }

  /** How many there are in all. Goes through all that were ever found by the rarest of the words. */
  async count(): Promise<number> {
    const { generation, aggregate, sought } = this;
    const found = new Set<string>();
    for (const candidates of [
      calledBy(generation, aggregate, sought),
      await saidIn(generation, aggregate, sought, 'anywhere'),
    ]) {
      for (let last: string | undefined; ;) {
        const ids = await candidates(last);
        for (const { id } of await this.foundAmong(ids, true)) found.add(id);
        if (ids.length < LOT) break;
        last = ids.at(-1);
      }
    }
    return found.size;
  }

  private async candidates(rank: number): Promise<Candidates> {
    const { generation, aggregate, sought } = this;
    if (rank === 0) return calledBy(generation, aggregate, sought);
    return saidIn(generation, aggregate, sought, RANKS[rank] === 'TEXT' ? 'in texts too' : 'in titles');
  }

  /**
   * Who of several is found. Where there is nobody to look at, somebody is looked for nevertheless: how long it takes does not
   * tell whether a word stands in something that is not shown.
   *
   * @param former whether what they were called before counts: it is looked up only of those that need it.
   */
  private async foundAmong(ids: readonly string[], former: boolean): Promise<readonly SearchFound<Row>[]> {
    const rows = await this.reader.rows(ids.length === 0 ? [NOBODY] : ids);
    const found: SearchFound<Row>[] = [];
    const others: Row[] = [];
    for (const row of rows) {
      const finding = findingIn(this.view, this.sought, row.state);
      if (finding && finding.rank < 2) found.push({ ...row, ...finding });
      else others.push(row);
    }
    if (!former || others.length === 0) return found;
    const titles = await this.reader.formerTitles(others);
    for (const row of others) {
      const finding = findingIn(this.view, this.sought, row.state, titles.get(row.id));
      if (finding) found.push({ ...row, ...finding });
    }
    return found;
  }
}

function ordered<Row extends Searched>(found: readonly SearchFound<Row>[]): readonly SearchFound<Row>[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  return inOrder([...byId.keys()]).flatMap((id) => byId.get(id) ?? []);
}
