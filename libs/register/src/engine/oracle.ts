import { liveEvents, OPEN_END, UNKNOWN_START, type CivilDate, type DomainEvent, type Position } from '#kernel';

import type { Absence, Found } from './answer.js';
import type { View } from './view.js';

/**
 * T2 to T5 and T7 written naively over the raw events of one subject: slow, and obviously right (T10).
 * The register has to give the same answer.
 *
 * @param events of one subject, in the order of recording.
 */
export const oracleAt = <State extends object>(
  view: View<State>,
  events: readonly DomainEvent[],
  date: CivilDate,
  position: Position,
): Found<State> | Absence => {
  const known = events.filter((event) => event.position <= position);
  if (known.length === 0) return { kind: 'never-recorded' };
  const live = liveEvents(known).map(({ event }) => event);
  const begun = live.filter((event) => event.effectiveOn <= date);
  const latest = begun.at(-1);
  if (live.length === 0) return { kind: 'withdrawn', position: lastChangeOfStart(known).position };
  if (!latest) {
    const { position: changedAt, corrected } = lastChangeOfStart(known);
    return { kind: 'not-yet-begun', from: startOf(live), position: corrected ? changedAt : null };
  }

  const state = begun.reduce((folded, event) => view.project(folded, event), view.initial);
  const bounds = [...live.map((event) => event.effectiveOn), OPEN_END];
  const nextEvent = earliest(bounds.filter((bound) => bound > date));
  const turns = view.turns(state).filter((turn) => turn > latest.effectiveOn && turn < nextEvent);
  const from = latestOf([latest.effectiveOn, ...turns.filter((turn) => turn <= date)]);
  const to = earliest([nextEvent, ...turns.filter((turn) => turn > date)]);

  const shown = view.show(state, date, to);
  const interval = { from, to: to === OPEN_END ? null : to };
  if (view.recordsNone?.(shown)) return { kind: 'recorded-as-none', ...interval };
  const standsIn = live.some((event) => event.effectiveOn === from && event.envelope.startKnown === false);
  return { kind: 'found', state: shown, ...interval, startKnown: from !== UNKNOWN_START && !standsIn };
};

/** Which event last moved the earliest live date, and whether it was a correction or an annulment. */
function lastChangeOfStart(known: readonly DomainEvent[]): { position: Position; corrected: boolean } {
  let last = { position: -1, corrected: false };
  let before = '';
  for (const [index, event] of known.entries()) {
    const start = startOf(liveEvents(known.slice(0, index + 1)).map((live) => live.event));
    if (start !== before) {
      const { corrects, annuls } = event.envelope;
      last = { position: event.position, corrected: before !== '' && (corrects ?? annuls) !== undefined };
    }
    before = start;
  }
  return last;
}

const startOf = (live: readonly DomainEvent[]): CivilDate => live[0]?.effectiveOn ?? ('' as CivilDate);

const earliest = (dates: readonly CivilDate[]): CivilDate => dates.toSorted()[0] ?? OPEN_END;

const latestOf = (dates: readonly CivilDate[]): CivilDate => dates.toSorted().at(-1) ?? UNKNOWN_START;
