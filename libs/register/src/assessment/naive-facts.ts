import { lifespanOf, partIn, streamParts, type Asking, type Known, type Need } from '#governance';
import { addDays, liveEvents, type CivilDate, type DomainEvent, type Position } from '#kernel';
import { oracleAt } from '../engine/oracle.js';
import type { View } from '../engine/view.js';
import { VIEWS } from '../rooms/views.js';
import { saysOf } from './supposition.js';

/**
 * Answers questions naively, from the raw events of the whole log as known at a position (T10): each need by the oracle, day by
 * day. The register has to give the same.
 *
 * @param events of the whole log, in order.
 */
export const naively = (
  events: readonly DomainEvent[],
  position: Position,
): (<Result>(question: Asking<Result>) => Result) => {
  const known = events.filter((event) => event.position <= position);
  const answers = new Map<string, readonly Known[]>();
  return (question) => {
    let step = question.next();
    while (!step.done) {
      step = question.next(
        step.value.map((need) => {
          const key = JSON.stringify(need);
          const found = answers.get(key) ?? answer(need, known);
          answers.set(key, found);
          return found;
        }),
      );
    }
    return step.value;
  };
};

function answer(need: Need, events: readonly DomainEvent[]): readonly Known[] {
  if (need.kind === 'ahead') return [];
  if (need.kind === 'point') return at(need.aggregate, need.id, eventsOf(events, need), need.on);
  if (need.kind === 'without') {
    const left = eventsOf(events, need).filter(({ data }) => {
      const { instrument, version } = data as { instrument?: string | null; version?: string | null };
      return !need.versions.some((one) => one.version === version && (instrument ?? one.instrument) === one.instrument);
    });
    const begins = liveEvents(left).some(({ event }) => partIn(need.aggregate, event.type) === 'begins');
    return begins || lifespanOf(need.aggregate) === undefined ? at(need.aggregate, need.id, left, need.on) : [];
  }
  const ids = [
    ...new Set(
      events
        .map(({ stream }) => streamParts(stream))
        .filter((one) => one.aggregate === need.aggregate)
        .map(({ id }) => id),
    ),
  ];
  return ids.toSorted().flatMap((id) => {
    const own = eventsOf(events, { aggregate: need.aggregate, id });
    const isUnder = everyDay(own).some((day) => {
      const said = oracleAt(viewOf(need.aggregate), own, day, Number.MAX_SAFE_INTEGER);
      return said.kind === 'found' && saysOf(need.aggregate, need.by, said.state, need.value);
    });
    return isUnder ? at(need.aggregate, id, own, need.on) : [];
  });
}

function at(aggregate: string, id: string, events: readonly DomainEvent[], on: CivilDate): readonly Known[] {
  const said = oracleAt(viewOf(aggregate), events, on, Number.MAX_SAFE_INTEGER);
  if (said.kind === 'found')
    return [{ id, state: said.state, from: said.from, to: said.to, begun: true, recordedFrom: 0 }];
  if (said.kind !== 'not-yet-begun') return [];
  return at(aggregate, id, events, said.from).map((known) => ({ ...known, begun: false }));
}

const eventsOf = (
  events: readonly DomainEvent[],
  { aggregate, id }: Pick<Known, 'id'> & { readonly aggregate: string },
) => events.filter(({ stream }) => stream === `${aggregate}/${id}`);

/** Every day from the first on which something takes effect to the month after the last, and its terms. */
function everyDay(events: readonly DomainEvent[]): readonly CivilDate[] {
  const days = events.map(({ effectiveOn }) => effectiveOn).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: CivilDate[] = [];
  for (let day = first; day <= addDays(last, 30); day = addDays(day, 1)) all.push(day);
  return all;
}

const viewOf = (aggregate: string): View => VIEWS.find((view) => view.aggregate === aggregate) as View;
