import { sentenceOf, streamParts, type Aggregate, type NameOf } from '#governance';
import type { Actor, CivilDate, DomainEvent, Envelope, Position, Why } from '#kernel';
import type {
  EarlierRecordingView,
  EventStatus,
  HistoryEntryView,
  LaterRecordingView,
  WhyView,
} from './history.view.js';

/** An event with those it has to do with, among what is known at a position. */
export interface Recording {
  readonly event: DomainEvent;
  /** What it corrects, annuls or brings back. */
  readonly earlier?: DomainEvent;
  /** What corrected or annulled it. */
  readonly droppedBy?: DomainEvent;
  /** What brought it back after an annulment. */
  readonly broughtBackBy?: DomainEvent;
}

/** The events of one subject up to a position, each with those it has to do with, in the order of recording. */
export const recordingsUpTo = (events: readonly DomainEvent[], position: Position): readonly Recording[] => {
  const known = events.filter((event) => event.position <= position);
  const byId = new Map(known.map((event) => [event.id, event]));
  const droppedBy = new Map<string, DomainEvent>();
  const broughtBackBy = new Map<string, DomainEvent>();
  for (const event of known) {
    const { corrects, annuls, again } = event.envelope;
    const dropped = corrects ?? annuls;
    if (dropped !== undefined) droppedBy.set(dropped, event);
    if (again !== undefined) broughtBackBy.set(again, event);
  }
  return known.map((event) => ({
    event,
    earlier: byId.get(earlierOf(event.envelope) ?? ''),
    droppedBy: droppedBy.get(event.id),
    broughtBackBy: broughtBackBy.get(event.id),
  }));
};

/** Id of the event that another corrects, annuls or brings back. */
export const earlierOf = ({ corrects, annuls, again }: Envelope): string | undefined => corrects ?? annuls ?? again;

/** What an event says, and in front of it what it does to an earlier one: `Annulled: …` repeats what is annulled. */
export const told = (event: DomainEvent, earlier: DomainEvent | undefined, nameOf: NameOf): string => {
  const { corrects, annuls, again } = event.envelope;
  if (annuls !== undefined) return earlier ? `Annulled: ${said(earlier, nameOf)}` : said(event, nameOf);
  if (corrects !== undefined) return `Corrected: ${said(event, nameOf)}`;
  return again === undefined ? said(event, nameOf) : `Recorded again: ${said(event, nameOf)}`;
};

const said = (event: DomainEvent, nameOf: NameOf): string =>
  sentenceOf(streamParts(event.stream).aggregate as Aggregate, event, nameOf);

/** One entry of a history. */
export const entryOf = (recording: Recording, nameOf: NameOf): HistoryEntryView => {
  const { event, earlier, droppedBy, broughtBackBy } = recording;
  const { corrects, annuls, again, actor, onBehalfOf, source, why, startKnown } = event.envelope;
  const later = (one: DomainEvent | undefined, original: DomainEvent): LaterRecordingView | null =>
    one ? laterRecording(one, original, nameOf) : null;
  const before = earlier ? earlierRecording(earlier, nameOf) : null;
  const annulled = droppedBy?.envelope.annuls !== undefined;
  return {
    position: event.position,
    eventId: event.id,
    recordedAt: event.recordedAt,
    effectiveOn: knownDay(event),
    startKnown: startKnown !== false,
    type: event.type,
    sentence: told(event, earlier, nameOf),
    recordedBy: shownActor(actor),
    vouchedBy: actor.vouchedBy,
    onBehalfOf,
    source,
    status: statusOf(droppedBy),
    why: whyShown(why),
    corrects: corrects === undefined ? null : before,
    annuls: annuls === undefined ? null : before,
    bringsBack: again === undefined ? null : before,
    correctedBy: annulled ? null : later(droppedBy, event),
    annulledBy: annulled ? later(droppedBy, event) : null,
    broughtBackBy: later(broughtBackBy, event),
  };
};

export const earlierRecording = (event: DomainEvent, nameOf: NameOf): EarlierRecordingView => ({
  eventId: event.id,
  position: event.position,
  effectiveOn: knownDay(event),
  sentence: said(event, nameOf),
});

function laterRecording(event: DomainEvent, original: DomainEvent, nameOf: NameOf): LaterRecordingView {
  const { id, position, recordedAt, envelope } = event;
  const by = shownActor(envelope.actor);
  return {
    eventId: id,
    position,
    recordedAt,
    by,
    why: whyShown(envelope.why),
    sentence: told(event, original, nameOf),
  };
}

function statusOf(droppedBy: DomainEvent | undefined): EventStatus {
  if (!droppedBy) return 'IN_FORCE';
  return droppedBy.envelope.annuls === undefined ? 'CORRECTED' : 'ANNULLED';
}

export const shownActor = ({ name, id }: Actor): string => name ?? id;

/** GraphQL names have no hyphens. */
export const whyShown = (why: Why | undefined): WhyView | null =>
  why ? { ...why, kind: why.kind.toUpperCase().replaceAll('-', '_') } : null;

/** A start that nobody knows is shown as not known, never as a date (T1). */
export const knownDay = ({ effectiveOn, envelope }: DomainEvent): CivilDate | null =>
  envelope.startKnown === false ? null : effectiveOn;
