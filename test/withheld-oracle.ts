import { londonDay, type CivilDate, type DomainEvent } from '#kernel';
import { nthOf, type Happened } from './withheld-stories.js';

/** Of a whole decision: 0 public, 1 exempt, 2 confidential. */
export type Level = 0 | 1 | 2;
const LEVELS = ['PUBLIC', 'EXEMPT', 'CONFIDENTIAL'];

const dayOf = ({ recordedAt }: DomainEvent): string => recordedAt.slice(0, 10);
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** What an event says of the class; undefined where nothing. */
function saidBy({ type, data }: DomainEvent): Level | undefined {
  if (type === 'ExemptionLifted') return 0;
  const { disclosure } = data as { disclosure?: string | { disclosure: string } };
  const said = typeof disclosure === 'object' ? disclosure.disclosure : disclosure;
  return said === undefined ? undefined : (LEVELS.indexOf(said) as Level);
}

/** Those of some events that nothing among them drops, by day and then by first recording. */
function liveOf(events: readonly DomainEvent[]): DomainEvent[] {
  const gone = new Set(events.flatMap(({ envelope: { corrects, annuls } }) => [corrects, annuls]));
  const slot = (event: DomainEvent): number => {
    const before = event.envelope.corrects ?? event.envelope.again;
    const earlier = events.find(({ id }) => id === before);
    return earlier ? slot(earlier) : event.position;
  };
  return events
    .filter((event) => event.envelope.annuls === undefined && !gone.has(event.id))
    .toSorted((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || slot(a) - slot(b));
}

const lastSaid = (events: readonly DomainEvent[]): Level =>
  events.map(saidBy).findLast((said) => said !== undefined) ?? 0;

/** Whether anything holds on a day, of what some events say. */
export const holdsOn = (events: readonly DomainEvent[], day: string): boolean =>
  liveOf(events).some(({ effectiveOn }) => effectiveOn <= day);

/** The class on a day, of what some events say. */
export const classOn = (events: readonly DomainEvent[], day: string): Level =>
  lastSaid(liveOf(events).filter(({ effectiveOn }) => effectiveOn <= day));

/**
 * By what class one recording of a decision is shown on a day: naively, day by day and event by event, the strictest it
 * stood under since it was recorded or last opened.
 */
export const levelOf = (recording: DomainEvent, events: readonly DomainEvent[], today: CivilDate): Level => {
  if (recording.envelope.annuls !== undefined) {
    const annulled = events.find(({ id }) => id === recording.envelope.annuls);
    return annulled ? levelOf(annulled, events, today) : 0;
  }
  const isOpener = ({ type }: DomainEvent): boolean => type === 'DecisionClassified' || type === 'ExemptionLifted';
  let level: Level = isOpener(recording) ? 0 : (saidBy(recording) ?? 0);
  const known: DomainEvent[] = [];
  let day = events[0] ? dayOf(events[0]) : today;
  const look = (openers: readonly DomainEvent[]): void => {
    const live = liveOf(known);
    if (!live.includes(recording)) return;
    for (const opener of openers) if (live.includes(opener)) level = Math.min(level, saidBy(opener) ?? 0) as Level;
    const here =
      recording.effectiveOn <= day ? classOn(known, day) : lastSaid(live.slice(0, live.indexOf(recording) + 1));
    level = Math.max(level, here) as Level;
  };
  const beginning = (): DomainEvent[] => known.filter((one) => isOpener(one) && one.effectiveOn === day);
  for (const event of events) {
    while (day < dayOf(event)) {
      day = dayAfter(day);
      look(beginning());
    }
    known.push(event);
    look(isOpener(event) && event.effectiveOn <= day ? [event] : []);
  }
  while (day < today) {
    day = dayAfter(day);
    look(beginning());
  }
  return level;
};

/** How an exemption was argued is for those who see what is withheld. */
const WITHOUT_WORDS: ReadonlySet<string> = new Set(['DecisionClassified', 'ExemptionLifted']);

/** Whose words a reader may not be told, whose they are to be told, and of which they may not even know that they are. */
export const judged = ({ events: all, now }: Pick<Happened, 'events' | 'now'>) => {
  const today = londonDay(now);
  const [closed, open] = [new Set<number>(), new Set<number>()];
  // When, and under which id, something was recorded of which nobody is to know.
  const unheard = new Set<string>();
  for (const events of all.values()) {
    const isPublic = classOn(events, today) === 0;
    const isGone = classOn(events, today) === 2 && holdsOn(events, today);
    const levels = new Map(events.map((event) => [event.id, levelOf(event, events, today)]));
    const isWhole = isPublic && holdsOn(events, today) && events.every(({ id }) => levels.get(id) === 0);
    for (const event of events) {
      if (levels.get(event.id) === 2 || isGone) unheard.add(event.id).add(event.recordedAt);
      if (levels.get(event.id) !== 0 || !isPublic) closed.add(nthOf(event));
      else if (isWhole && event.envelope.annuls === undefined && !WITHOUT_WORDS.has(event.type)) open.add(nthOf(event));
    }
  }
  return { closed, open, unheard };
};
