import type { Aggregate, Known, Need, VersionNamed } from '#governance';
import { UNKNOWN_START, type CivilDate, type DomainEvent, type Position } from '#kernel';
import type { Answer, Register } from '../questions/register.js';
import { timelineOf, type Stretches } from './stretches.js';

/** Where facts come from, as known at one position. */
export interface FactSource {
  /** Of each subject that the register holds the stretches of its whole timeline, earliest first. */
  readonly stretches: (aggregate: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Stretches>>;
  /** Keys of subjects that are under each of several values of a column or a list on any day; values without any are left out. */
  readonly under: (
    aggregate: string,
    by: string,
    values: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Bodies from which power may have come to one, on any day, however far up. */
  readonly above: (body: string) => Promise<readonly string[]>;
  /** What was recorded of a subject, dropped events included. */
  readonly events: (subject: string) => Promise<readonly DomainEvent[]>;
  /** Subjects of one kind as whoever asks may see them on a day, without those that are as if they were not there. */
  readonly shown?: (aggregate: string, known: readonly Known[], on: CivilDate) => Promise<readonly Known[]>;
}

/** The facts of the register as known at a position. */
export const registerFacts = (register: Register, position: Position, events: FactSource['events']): FactSource => ({
  async stretches(aggregate, ids) {
    const slices = await register.slicesOf(aggregate, ids, position);
    return new Map([...slices].map(([id, of]) => [id, of.flatMap((slice) => stretchIn(id, slice))]));
  },
  under: (aggregate, by, values) => register.everUnderEach(aggregate, by, values, position),
  above: (body) => register.bodiesAbove(body, position),
  events: async (subject) => (await events(subject)).filter((event) => event.position <= position),
});

const stretchIn = (id: string, slice: Answer): Stretches => {
  if (slice.kind !== 'found') return [];
  const { state, from, to, recordedFrom } = slice;
  return [{ id, state, from, to, begun: true, recordedFrom }];
};

/**
 * Facts by need, each read once: the same question asked for thousands of matters reads what they share once. Any day is
 * answered from the timelines that were read.
 */
export class Facts {
  private readonly timelines = new Map<string, Promise<Stretches>>();
  private readonly keys = new Map<string, Promise<readonly string[]>>();
  /** Bodies of which it was read ahead what gave power to them. */
  private readonly looked = new Set<string>();
  private readonly withoutVersions = new Map<string, Promise<Stretches>>();

  constructor(private readonly source: FactSource) {}

  /** What is known for each need, in their order. */
  async answer(needs: readonly Need[]): Promise<readonly (readonly Known[])[]> {
    for (const need of needs) if (need.kind === 'ahead') await this.ahead(need.body);
    await this.readKeys(needs);
    const keys = await Promise.all(needs.map((need) => this.keysOf(need)));
    await this.readTimelines(needs, keys);
    return Promise.all(needs.map((need, at) => this.found(need, keys[at] ?? [])));
  }

  private async keysOf(need: Need): Promise<readonly string[]> {
    if (need.kind === 'ahead') return [];
    return need.kind === 'under' ? (this.keys.get(underKey(need)) ?? []) : [need.id];
  }

  /** The keys under all values of one column together. */
  private async readKeys(needs: readonly Need[]): Promise<void> {
    const missing = new Map<
      string,
      { readonly aggregate: Aggregate; readonly by: string; readonly values: string[] }
    >();
    for (const need of needs) {
      if (need.kind !== 'under' || this.keys.has(underKey(need))) continue;
      const { aggregate, by, value } = need;
      const of = missing.get(`${aggregate} ${by}`) ?? { aggregate, by, values: [] };
      missing.set(`${aggregate} ${by}`, of);
      of.values.push(value);
    }
    const reading = [...missing.values()].map(async ({ aggregate, by, values }) => {
      const read = this.source.under(aggregate, by, values);
      for (const value of values) {
        this.keys.set(underKey({ aggregate, by, value }), kept(read.then((found) => found.get(value) ?? [])));
      }
      await read;
    });
    await Promise.all(reading);
  }

  /** Reads what is not known yet, all subjects of one kind together. */
  private async readTimelines(needs: readonly Need[], keys: readonly (readonly string[])[]): Promise<void> {
    const missing = new Map<string, Set<string>>();
    needs.forEach((need, at) => {
      if (need.kind === 'without' || need.kind === 'ahead') return;
      for (const id of keys[at] ?? []) {
        if (this.timelines.has(`${need.aggregate}/${id}`)) continue;
        const ids = missing.get(need.aggregate) ?? new Set();
        missing.set(need.aggregate, ids.add(id));
      }
    });
    const reading = [...missing].map(async ([aggregate, ids]) => {
      const read = this.source.stretches(aggregate, [...ids]);
      for (const id of ids) {
        this.timelines.set(`${aggregate}/${id}`, kept(read.then((found) => found.get(id) ?? [])));
      }
      await read;
    });
    await Promise.all(reading);
  }

  /** Reads at once what gave power to a body, and to those that gave it, however far up. */
  private async ahead(body: string): Promise<void> {
    if (this.looked.has(body)) return;
    this.looked.add(body);
    const bodies = await this.source.above(body);
    for (const one of bodies) this.looked.add(one);
    const on = UNKNOWN_START;
    const to = bodies.map(
      (value) => ({ kind: 'under', aggregate: 'delegation', by: 'delegateBody', value, on }) as const,
    );
    const there = bodies.map((id) => ({ kind: 'point', aggregate: 'body', id, on }) as const);
    const [granted] = await Promise.all([this.answer(to), this.answer(there)]);
    const delegations = [...new Set(granted.flat().map(({ id }) => id))];
    const replacing = delegations.map(
      (value) => ({ kind: 'under', aggregate: 'delegation', by: 'replaces', value, on }) as const,
    );
    await this.answer(replacing);
  }

  private async found(need: Need, ids: readonly string[]): Promise<readonly Known[]> {
    if (need.kind === 'ahead') return [];
    const known: Known[] = [];
    for (const id of ids) {
      const stretches =
        need.kind === 'without'
          ? await this.without(need.aggregate, id, need.versions)
          : await this.timelines.get(`${need.aggregate}/${id}`);
      const there = on(stretches ?? [], need.on);
      if (there) known.push(there);
    }
    return this.source.shown && known.length > 0 ? this.source.shown(need.aggregate, known, need.on) : known;
  }

  private without(aggregate: string, id: string, versions: readonly VersionNamed[]): Promise<Stretches> {
    const key = `${aggregate}/${id} ${JSON.stringify(versions)}`;
    const folded =
      this.withoutVersions.get(key) ??
      this.source.events(`${aggregate}/${id}`).then((events) =>
        timelineOf(
          aggregate,
          id,
          events.filter((event) => !isOf(versions, event)),
        ),
      );
    this.withoutVersions.set(key, folded);
    return folded;
  }
}

const underKey = ({
  aggregate,
  by,
  value,
}: {
  readonly aggregate: string;
  readonly by: string;
  readonly value: string;
}): string => `${aggregate} ${by} ${value}`;

/** What is kept for whoever asks next: that it fails is told to whoever asked first. */
const kept = <Value>(value: Promise<Value>): Promise<Value> => {
  value.catch(() => undefined);
  return value;
};

/** Whether a recording says that one of the versions makes it. */
const isOf = (versions: readonly VersionNamed[], { data }: DomainEvent): boolean => {
  const { instrument, version } = data as { readonly instrument?: string | null; readonly version?: string | null };
  return versions.some((one) => one.version === version && (instrument ?? one.instrument) === one.instrument);
};

/** The stretch of a day; before the first of them that one, as not begun. */
const on = (stretches: Stretches, day: CivilDate): Known | undefined => {
  const there = stretches.findLast(({ from }) => from <= day);
  if (there) return there;
  const [first] = stretches;
  return first && { ...first, begun: false };
};
