import { namesWithheld, sentenceOf, streamParts, veiled, type Aggregate, type Veil, type Veiled } from '#governance';
import {
  ANNULLED,
  type Actor,
  type CivilDate,
  type DomainEvent,
  type Envelope,
  type Position,
  type Why,
} from '#kernel';
import { dayToldOf } from '#register';
import type {
  EarlierRecordingView,
  EventStatus,
  HistoryEntryView,
  LaterRecordingView,
  WhyView,
} from './history.view.js';
import type { NamesOf } from './names.js';

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
export const told = (event: DomainEvent, earlier: DomainEvent | undefined, tell: Tell): string => {
  const { corrects, annuls, again } = event.envelope;
  if (annuls !== undefined) return earlier ? `Annulled: ${tell(earlier).sentence}` : tell(event).sentence;
  if (corrects !== undefined) return `Corrected: ${tell(event).sentence}`;
  return again === undefined ? tell(event).sentence : `Recorded again: ${tell(event).sentence}`;
};

/** What an event says to whoever asks, and whether its source and the reasons given for it may be shown beside it. */
export type Tell = (event: DomainEvent) => Veiled;

/**
 * Names are of the day that a sentence speaks of.
 *
 * @param veilOf what is withheld of a recording; undefined where nothing can be.
 */
export const telling =
  (
    { namesOn, isWithheld }: Pick<NamesOf, 'namesOn' | 'isWithheld'>,
    veilOf: (event: DomainEvent) => Veil | undefined,
  ): Tell =>
  (event) => {
    const nameOf = namesOn(dayToldOf(event));
    const veil = veilOf(event);
    const isOpenBeside = !namesWithheld(event, isWithheld);
    if (veil && event.type !== ANNULLED) {
      const { sentence, open } = veiled(event, veil, nameOf);
      return { sentence, open: open && isOpenBeside };
    }
    const aggregate = streamParts(event.stream).aggregate as Aggregate;
    return { sentence: sentenceOf(aggregate, event, nameOf), open: !veil?.stub && isOpenBeside };
  };

/** Whether what stands beside an event may be shown: it may say again what the event says, or what it corrects. */
export const isOpen = (event: DomainEvent, earlier: DomainEvent | undefined, tell: Tell): boolean =>
  tell(event).open && (!earlier || tell(earlier).open);

/** One entry of a history. */
export const entryOf = (recording: Recording, tell: Tell): HistoryEntryView => {
  const { event, earlier, droppedBy, broughtBackBy } = recording;
  const { corrects, annuls, again, actor, onBehalfOf, source, why, startKnown, effectiveIn } = event.envelope;
  const later = (one: DomainEvent | undefined, original: DomainEvent): LaterRecordingView | null =>
    one ? laterRecording(one, original, tell) : null;
  const before = earlier ? earlierRecording(earlier, tell) : null;
  const open = isOpen(event, earlier, tell);
  const annulled = droppedBy?.envelope.annuls !== undefined;
  return {
    position: event.position,
    eventId: event.id,
    recordedAt: event.recordedAt,
    effectiveOn: knownDay(event),
    startKnown: startKnown !== false,
    ...(effectiveIn !== undefined && { effectiveIn }),
    type: event.type,
    sentence: told(event, earlier, tell),
    recordedBy: shownActor(actor),
    vouchedBy: actor.vouchedBy,
    ...(open && { onBehalfOf, source }),
    status: statusOf(droppedBy),
    why: whyShown(why, open),
    corrects: corrects === undefined ? null : before,
    annuls: annuls === undefined ? null : before,
    bringsBack: again === undefined ? null : before,
    correctedBy: annulled ? null : later(droppedBy, event),
    annulledBy: annulled ? later(droppedBy, event) : null,
    broughtBackBy: later(broughtBackBy, event),
  };
};

export const earlierRecording = (event: DomainEvent, tell: Tell): EarlierRecordingView => ({
  eventId: event.id,
  position: event.position,
  effectiveOn: knownDay(event),
  sentence: tell(event).sentence,
});

function laterRecording(event: DomainEvent, original: DomainEvent, tell: Tell): LaterRecordingView {
  const { id, position, recordedAt, envelope } = event;
  const by = shownActor(envelope.actor);
  return {
    eventId: id,
    position,
    recordedAt,
    by,
    why: whyShown(envelope.why, isOpen(event, original, tell)),
    sentence: told(event, original, tell),
  };
}

function statusOf(droppedBy: DomainEvent | undefined): EventStatus {
  if (!droppedBy) return 'IN_FORCE';
  return droppedBy.envelope.annuls === undefined ? 'CORRECTED' : 'ANNULLED';
}

export const shownActor = ({ name, id }: Actor): string => name ?? id;

/** GraphQL names have no hyphens. @param open whether the words may be shown. */
export const whyShown = (why: Why | undefined, open: boolean): WhyView | null => {
  if (!why) return null;
  const kind = why.kind.toUpperCase().replaceAll('-', '_');
  return open ? { ...why, kind } : { kind, reason: 'Withheld.' };
};

/** A start that nobody knows is shown as not known, never as a date (T1). */
export const knownDay = ({ effectiveOn, envelope }: DomainEvent): CivilDate | null =>
  envelope.startKnown === false ? null : effectiveOn;
