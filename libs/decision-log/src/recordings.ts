import type { LogSource, VeilOf } from './source.js';
import {
  dayInWords,
  inWords,
  namesWithheld,
  sentenceOf,
  streamParts,
  traceless,
  veiled,
  type Aggregate,
  type Veiled,
} from '#governance';
import { ANNULLED, epochMsOf, liveEvents, londonDay, type DomainEvent, type Position } from '#kernel';
import { dayToldOf } from '#register';
import type { Lookups } from './names.js';
import { onOneLine } from './plain.js';

/** Names of the day that a sentence speaks of, and which of them may not be told. */
export type Naming = Pick<Lookups, 'namesOn' | 'isWithheld'>;

/** What was ever said about one subject up to a position, in the order of recording. */
export interface Recordings {
  /** What of each is withheld from whoever is told. */
  readonly veilOf?: VeilOf;
  readonly events: readonly DomainEvent[];
}

export const recordingsOf = async (
  { store, readEvent }: Pick<LogSource, 'store' | 'readEvent'>,
  stream: string,
  position: Position,
): Promise<Recordings> => ({
  events: (await store.readStream(stream)).filter((stored) => stored.position <= position).map(readEvent),
});

/** Recordings as somebody is told them: without those that are as if they had never been made. */
export const shownOf = ({ events }: Recordings, veilOf: VeilOf | undefined): Recordings => {
  if (!veilOf) return { events };
  return { events: traceless(events, (id) => veilOf({ id })?.presentation === 'absent'), veilOf };
};

/** The same of several subjects, by stream. */
export const recordingsOfMany = async (
  { store, readEvent }: Pick<LogSource, 'store' | 'readEvent'>,
  streams: readonly string[],
  position: Position,
): Promise<ReadonlyMap<string, Recordings>> => {
  const read = await store.readStreams(streams);
  return new Map(
    [...read].map(([stream, events]) => [
      stream,
      { events: events.filter((stored) => stored.position <= position).map(readEvent) },
    ]),
  );
};

/** One sentence for each recording, oldest first, with the day it was recorded and what became of it. */
export const historyOf = ({ events, veilOf }: Recordings, naming: Naming): readonly string[] => {
  const live = new Set(liveEvents(events).map(({ event }) => event.id));
  return events.map((event) => {
    const dropped = live.has(event.id) || event.envelope.annuls !== undefined ? '' : ' (No longer in force.)';
    return onOneLine(
      `${effective(event)}${tell(event, events, naming, veilOf)} Recorded on ${recordedOn(event)}.${dropped}`,
    );
  });
};

/** What an event says, and before it what it does to an earlier one. */
export const tell = (
  event: DomainEvent,
  among: readonly DomainEvent[],
  naming: Naming,
  veilOf: VeilOf | undefined,
): string => {
  const { corrects, annuls, again } = event.envelope;
  const earlier = among.find(({ id }) => id === (corrects ?? annuls));
  const told = said(annuls === undefined ? event : (earlier ?? event), naming, veilOf);
  const open = told.open && (!earlier || said(earlier, naming, veilOf).open);
  const because = becauseOf(event, open);
  if (annuls !== undefined) return `Annulled: ${told.sentence}${because}`;
  if (corrects !== undefined) return `Corrected: ${told.sentence}${because}`;
  return again === undefined ? told.sentence : `Recorded again: ${told.sentence}`;
};

/** Why a recording was put right, where that may be told. */
export const reasonOf = (
  event: DomainEvent,
  among: readonly DomainEvent[],
  naming: Naming,
  veilOf: VeilOf | undefined,
): string => {
  const { corrects, annuls, why } = event.envelope;
  const earlier = among.find(({ id }) => id === (corrects ?? annuls));
  const open = said(event, naming, veilOf).open && (!earlier || said(earlier, naming, veilOf).open);
  return why === undefined ? '' : open ? why.reason : 'Withheld.';
};

function becauseOf({ envelope: { why } }: DomainEvent, open: boolean): string {
  if (why === undefined) return '';
  const kind = inWords(why.kind.replaceAll('-', '_').toUpperCase());
  return open ? ` Reason: ${kind}; ${why.reason.replace(/[.\s]+$/, '')}.` : ` Reason: ${kind}; its words are withheld.`;
}

function said(event: DomainEvent, naming: Naming, veilOf: VeilOf | undefined): Veiled {
  const nameOf = naming.namesOn(dayToldOf(event));
  const veil = veilOf?.(event);
  const isOpenBeside = !namesWithheld(event, naming.isWithheld);
  if (veil && event.type !== ANNULLED) {
    const { sentence, open } = veiled(event, veil, nameOf);
    return { sentence, open: open && isOpenBeside };
  }
  const sentence = sentenceOf(streamParts(event.stream).aggregate as Aggregate, event, nameOf);
  return { sentence, open: !veil?.stub && isOpenBeside };
}

const effective = ({ envelope, effectiveOn }: DomainEvent): string =>
  envelope.startKnown === false || envelope.annuls !== undefined ? '' : `With effect from ${dayInWords(effectiveOn)}: `;

export const recordedOn = ({ recordedAt }: Pick<DomainEvent, 'recordedAt'>): string =>
  dayInWords(londonDay(epochMsOf(recordedAt)));
