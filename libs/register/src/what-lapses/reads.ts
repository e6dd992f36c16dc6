import type { Aggregate } from '#governance';
import type { Place } from '../engine/answer.js';
import { lapsed } from '../questions/lapsing.js';
import type { Answer, Register, Shown } from '../questions/register.js';

/** Rows that one statement reads. */
const PAGE = 500;

/** How many records up a hierarchy is followed: places within places, functions that are part of others. */
const HIGHEST = 8;

/** Whole lists, as at and as known at one place. */
export class Reads {
  constructor(
    private readonly register: Register,
    readonly place: Place,
  ) {}

  /** All that is under some values of a column or a list, and has not lapsed with something else. */
  async under<State extends object>(
    aggregate: Aggregate,
    column: string,
    values: Iterable<string>,
  ): Promise<readonly Shown<State>[]> {
    const wanted = [...values];
    if (wanted.length === 0) return [];
    const over = lapsed(aggregate);
    const found: Shown<State>[] = [];
    for (let after: string | undefined; ;) {
      const selection = { where: { [column]: wanted }, ...(over && { restriction: { not: over } }) };
      const page = await this.register.list<State>(aggregate, { ...selection, first: PAGE, after }, this.place);
      found.push(...page.rows);
      after = page.rows.at(-1)?.cursor;
      if (!page.hasNext || after === undefined) return found;
    }
  }

  /** The bodies of an organisation: its own, and those below them that say of nobody else that they are theirs. */
  async bodiesOf(organisation: string): Promise<readonly Shown<BodyState>[]> {
    const found = [...(await this.under<BodyState>('body', 'owner', [organisation]))];
    const seen = new Set(found.map(({ id }) => id));
    for (let above: readonly string[] = [...seen]; above.length > 0;) {
      const below = await this.under<BodyState>('body', 'parentBody', above);
      const more = below.filter(({ id, state }) => !seen.has(id) && (state.owners?.length ?? 0) === 0);
      for (const body of more) seen.add(body.id);
      found.push(...more);
      above = more.map(({ id }) => id);
    }
    return found;
  }

  async point<State extends object>(aggregate: Aggregate, id: string): Promise<Shown<State> | undefined> {
    return (await this.points<State>(aggregate, [id])).get(id);
  }

  /** Of several subjects those that are there. */
  async points<State extends object>(
    aggregate: Aggregate,
    ids: Iterable<string>,
  ): Promise<ReadonlyMap<string, Shown<State>>> {
    const answers = await this.register.pointMany<State>(aggregate, [...ids], this.place);
    return new Map([...answers].flatMap(([id, answer]) => (answer.kind === 'found' ? [[id, answer] as const] : [])));
  }

  /** Whole timelines, as known at the place. */
  timelines<State extends object>(
    aggregate: Aggregate,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Answer<State>[]>> {
    return this.register.slicesOf<State>(aggregate, ids, this.place.position);
  }

  /** For each of several subjects itself and all above it. @param field that names those directly above. */
  async withAbove(
    aggregate: Aggregate,
    field: string,
    ids: Iterable<string>,
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const above = new Map<string, readonly string[]>();
    let asked = [...new Set(ids)];
    for (let height = 0; height < HIGHEST && asked.length > 0; height++) {
      const found = await this.points<Readonly<Record<string, unknown>>>(aggregate, asked);
      for (const id of asked) above.set(id, [found.get(id)?.state[field] ?? []].flat() as string[]);
      asked = [...new Set([...above.values()].flat())].filter((id) => !above.has(id));
    }
    const climb = (id: string, seen: Set<string>): Set<string> => {
      if (seen.has(id)) return seen;
      seen.add(id);
      for (const one of above.get(id) ?? []) climb(one, seen);
      return seen;
    };
    return new Map([...above.keys()].map((id) => [id, climb(id, new Set())]));
  }
}

export interface BodyState {
  readonly kind: string;
  readonly name: string;
  readonly owners?: readonly string[];
  readonly parentBody?: string;
  readonly places?: readonly string[];
  readonly mergedInto?: string;
}
