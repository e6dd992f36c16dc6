import { streamParts } from '#governance';
import type { DomainEvent } from '#kernel';
import { VIEWS } from '../rooms/views.js';
import type { FactSource } from './facts.js';
import { timelineOf, type Stretches } from './stretches.js';

/** What is supposed beside what is recorded: nothing of it is written. */
export interface Supposition {
  /** Events as the door would record them, by subject, in order. */
  readonly added: ReadonlyMap<string, readonly DomainEvent[]>;
  /** Subjects that are taken for never recorded. */
  readonly without: ReadonlySet<string>;
  /** Recordings that are taken for never made, by subject: their ids. */
  readonly dropped?: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The facts of the register with a supposition laid over them: its events are folded by the ordinary engine onto what is
 * recorded of their subjects, and everything else is read as it is.
 */
export const supposing = (source: FactSource, { added, without, dropped = new Map() }: Supposition): FactSource => {
  const touched = new Set([...added.keys(), ...dropped.keys()]);
  const events = async (subject: string): Promise<readonly DomainEvent[]> => {
    const recorded = (await source.events(subject)).filter(({ id }) => !dropped.get(subject)?.has(id));
    return [...recorded, ...(added.get(subject) ?? [])];
  };
  const folded = new Map<string, Promise<Stretches>>();
  const timeline = (subject: string): Promise<Stretches> => {
    const { aggregate, id } = streamParts(subject);
    const known = folded.get(subject) ?? events(subject).then((all) => timelineOf(aggregate, id, all));
    folded.set(subject, known);
    return known;
  };
  return {
    ...source,
    async stretches(aggregate, ids) {
      const plain = ids.filter((id) => !touched.has(`${aggregate}/${id}`) && !without.has(`${aggregate}/${id}`));
      const found = new Map(await source.stretches(aggregate, plain));
      for (const id of ids) {
        const subject = `${aggregate}/${id}`;
        if (touched.has(subject) && !without.has(subject)) found.set(id, await timeline(subject));
      }
      return found;
    },
    async under(aggregate, by, values) {
      const found = new Map(await source.under(aggregate, by, values));
      for (const subject of touched) {
        const { aggregate: kind, id } = streamParts(subject);
        if (kind !== aggregate) continue;
        const states = (await timeline(subject)).map(({ state }) => state);
        for (const value of values) {
          const ids = found.get(value) ?? [];
          const isUnder = states.some((state) => saysOf(aggregate, by, state, value));
          if (isUnder && !ids.includes(id)) found.set(value, [...ids, id].toSorted());
        }
      }
      const isThere = (id: string): boolean => !without.has(`${aggregate}/${id}`);
      return new Map([...found].map(([value, ids]) => [value, ids.filter(isThere)]));
    },
    events: async (subject) => (without.has(subject) ? [] : events(subject)),
  };
};

/** Whether a state is listed under a value of a column or a list, as its view declares. */
export const saysOf = (aggregate: string, by: string, state: object, value: string): boolean => {
  const view = VIEWS.find((one) => one.aggregate === aggregate);
  const listed = view?.columns[by]?.(state) ?? view?.lists[by]?.(state);
  return typeof listed === 'string' ? listed === value : (listed?.includes(value) ?? false);
};
