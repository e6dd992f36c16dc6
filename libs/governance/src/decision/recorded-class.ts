import {
  epochMsOf,
  inOrder,
  liveEvents,
  londonDay,
  slotOf,
  type CivilDate,
  type DomainEvent,
  type Envelope,
  type Instant,
  type Live,
  type Position,
} from '#kernel';
import type { DecisionEvent } from './decision.events.js';
import { classedAs, lifted, type Classed } from './disclosure.js';
import { strictest, stricter } from './strictness.js';

/** As much of an event about a decision as its class goes by. */
export type Recorded = Pick<DomainEvent, 'id' | 'type' | 'position' | 'effectiveOn' | 'recordedAt' | 'data'> & {
  readonly envelope: Pick<Envelope, 'corrects' | 'annuls' | 'again'>;
};

/** By what class a recording is shown, whatever became of it. */
export interface RecordedClass {
  readonly id: string;
  readonly effectiveOn: CivilDate;
  readonly recordedAt: Instant;
  /** Its own position. */
  readonly from: Position;
  /** The position from which it is live no more; undefined while it is. An annulment never is. */
  readonly to: Position | undefined;
  readonly classed: Classed;
}

interface Standing {
  readonly place: Live<Recorded>;
  to: Position | undefined;
  classed: Classed;
}

const PUBLIC: Classed = { disclosure: 'PUBLIC' };

/** Says who may see what was recorded before it, and nothing else: it opens, where what other recordings say does not. */
const isOpener = ({ type, envelope }: Recorded): boolean =>
  envelope.annuls === undefined && (type === 'DecisionClassified' || type === 'ExemptionLifted');

/** Whether an event says anything of who may see its decision. */
export const saysClass = ({ type, data }: Pick<Recorded, 'type' | 'data'>): boolean =>
  type === 'ExemptionLifted' || (typeof data === 'object' && data !== null && 'disclosure' in data);

/**
 * By what class each recording of a decision is shown: the strictest it ever stood under while it was live, from the
 * class that it said itself on, until it is opened. A recording stands under what its decision is classed as on the day,
 * as known on that day; one that takes effect later, as in its own place.
 *
 * Opened are, by a classification or a lifting, the recordings that are live when it takes effect. What was corrected or
 * annulled before stays as it was, for ever; and words recorded afresh open none.
 *
 * @param events of one decision, in the order of recording.
 */
export const recordedClasses = (events: readonly Recorded[], today: CivilDate): readonly RecordedClass[] =>
  new Recordings().read(events, today);

/**
 * What a decision is classed as on a day, as known now; where nothing of it holds then, the strictest it ever was.
 *
 * @param events in the order of recording.
 */
export const classNow = (events: readonly Recorded[], today: CivilDate): Classed => {
  const holds = liveEvents(events).filter(({ event }) => event.effectiveOn <= today);
  if (holds.length === 0) return strictest(events.map((event) => classedBy(PUBLIC, event)));
  return holds.reduce((classed, { event }) => classedBy(classed, event), PUBLIC);
};

/**
 * Whether somebody may know of a decision on a day, as known now: by what it is classed as, and by the classes of the
 * recordings that what holds then is made of; before anything holds, by those of what is going to.
 *
 * @param isShown whether they may know that something of a class is there.
 */
export const isKnownOf = (
  events: readonly Recorded[],
  today: CivilDate,
  isShown: (classed: Classed) => boolean,
): boolean => {
  if (!isShown(classNow(events, today))) return false;
  const live = recordedClasses(events, today).filter(({ to }) => to === undefined);
  const begun = live.filter(({ effectiveOn }) => effectiveOn <= today);
  if (begun.length > 0) return begun.every(({ classed }) => isShown(classed));
  return live.some(({ classed }) => isShown(classed));
};

/** An event about a decision without its words, for as long as only its class counts. */
export const wordless = ({ id, type, position, effectiveOn, recordedAt, data, envelope }: Recorded): Recorded => {
  const { corrects, annuls, again } = envelope;
  return {
    ...{ id, type, position, effectiveOn, recordedAt },
    data: saysClass({ type, data }) ? data : {},
    envelope: { corrects, annuls, again } as Recorded['envelope'],
  };
};

class Recordings {
  private readonly known = new Map<string, Standing>();
  private readonly live = new Map<string, Standing>();
  private readonly annulments: { readonly event: Recorded; readonly annulled: Standing | undefined }[] = [];
  /** Live events that say a class, in T2's order. */
  private sayings: readonly Live<Recorded>[] = [];
  private day = '0001-01-01' as CivilDate;

  read(events: readonly Recorded[], today: CivilDate): readonly RecordedClass[] {
    for (const event of events) {
      this.passTo(londonDay(epochMsOf(event.recordedAt)));
      this.take(event);
    }
    this.passTo(today);
    return [
      ...[...this.known.values()].map(({ place, to, classed }) => recordedClass(place.event, to, classed)),
      // An annulment says again what it annuls.
      ...this.annulments.map(({ event, annulled }) =>
        recordedClass(event, event.position, annulled?.classed ?? PUBLIC),
      ),
    ];
  }

  /** Days go by: what was said ahead comes to hold. */
  private passTo(day: CivilDate): void {
    if (day <= this.day) return;
    const days = this.sayings.map(({ event }) => event.effectiveOn).filter((turn) => turn > this.day && turn < day);
    for (const turn of new Set([...days, day])) {
      const begun = this.sayings.filter(({ event }) => event.effectiveOn > this.day && event.effectiveOn <= turn);
      this.day = turn;
      for (const { event } of begun) if (isOpener(event)) this.open(event);
      this.raise(this.live.values());
    }
  }

  private take(event: Recorded): void {
    const { corrects, annuls } = event.envelope;
    const before = this.sayings;
    const dropped = this.live.get(corrects ?? annuls ?? '');
    if (dropped) this.drop(dropped, event.position);
    if (annuls !== undefined) this.annulments.push({ event, annulled: this.known.get(annuls) });
    else {
      const place = { event, slot: slotOf(event, (id) => this.known.get(id)?.place.slot) };
      const standing = { place, to: undefined, classed: classSaid(event) };
      this.known.set(event.id, standing);
      this.live.set(event.id, standing);
      if (saysClass(event)) this.sayings = [...this.sayings, place].toSorted(inOrder);
      else if (this.sayings === before) {
        this.raise([standing]);
        return;
      }
      if (isOpener(event) && event.effectiveOn <= this.day) this.open(event);
    }
    if (this.sayings !== before) this.raise(this.live.values());
  }

  private drop(dropped: Standing, at: Position): void {
    const { id } = dropped.place.event;
    dropped.to = at;
    this.live.delete(id);
    if (saysClass(dropped.place.event)) this.sayings = this.sayings.filter(({ event }) => event.id !== id);
  }

  private open(opener: Recorded): void {
    for (const standing of this.live.values()) {
      standing.classed = laxest(standing.classed, classedBy(standing.classed, opener));
    }
  }

  private raise(these: Iterable<Standing>): void {
    const today = this.classWhere(({ event }) => event.effectiveOn <= this.day);
    for (const standing of these) {
      const { place } = standing;
      const isAhead = place.event.effectiveOn > this.day;
      const under = isAhead ? this.classWhere((saying) => inOrder(saying, place) <= 0) : today;
      if (!isPublic(under)) standing.classed = strictest([under, standing.classed]);
    }
  }

  private classWhere(holds: (saying: Live<Recorded>) => boolean): Classed {
    return this.sayings.filter(holds).reduce((classed, { event }) => classedBy(classed, event), PUBLIC);
  }
}

const recordedClass = (
  { id, effectiveOn, recordedAt, position: from }: Recorded,
  to: Position | undefined,
  classed: Classed,
): RecordedClass => ({ id, effectiveOn, recordedAt, from, to, classed });

const classedBy = (classed: Classed, { type, data }: Recorded): Classed =>
  classAfter(classed, { type, data } as DecisionEvent);

const classSaid = (event: Recorded): Classed => (isOpener(event) ? PUBLIC : classedBy(PUBLIC, event));

const isPublic = ({ disclosure, withheldParts = [] }: Classed): boolean =>
  disclosure === 'PUBLIC' && withheldParts.length === 0;

/** What was withheld, as far as it is withheld still after something was opened. */
function laxest(before: Classed, after: Classed): Classed {
  const { disclosure, exemption } =
    stricter(before.disclosure, after.disclosure) === before.disclosure ? after : before;
  const withheldParts = (before.withheldParts ?? []).flatMap((part) => {
    const now = after.withheldParts?.find(({ field }) => field === part.field);
    return now === undefined ? [] : [stricter(part.disclosure, now.disclosure) === part.disclosure ? now : part];
  });
  return { disclosure, ...(exemption && { exemption }), withheldParts };
}

/** The class after an event: the same object where the event says nothing about it. */
export const classAfter = (before: Classed, { type, data }: DecisionEvent): Classed => {
  switch (type) {
    case 'DecisionProposed':
    case 'DecisionTaken':
    case 'DecisionChanged':
      return data.disclosure === undefined ? before : classedAs(before, data.disclosure);
    case 'DecisionClassified':
      return classedAs(before, data);
    case 'ExemptionLifted':
      return lifted(before, data);
    default:
      return before;
  }
};
