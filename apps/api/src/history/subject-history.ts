import { Injectable } from '@nestjs/common';
import type { Disclosure } from '#access';
import { EventStore } from '#event-store';
import { eventReader, streamParts, traceless, type Veil } from '#governance';
import { addDays, liveEvents, type DomainEvent } from '#kernel';
import { Register, titleOf, type Answer, type Basis } from '#register';
import type { Connection } from '../graphql/connection.js';
import { Disclosing } from '../disclosing.js';
import { checkedFirst, pageInfoOf } from '../graphql/page-info.js';
import type { RequestContext } from '../request-context.js';
import type { HistoryEntryView, TimelineEntryView } from './history.view.js';
import { Names, type NamesOf } from './names.js';
import { numberIn, type Part } from './part.js';
import type { Subject } from './subjects.js';
import { entryOf, recordingsUpTo, telling } from './told.js';

/** What was said about one subject, and how it stood: read from the log, in words, as known at a basis. */
@Injectable()
export class SubjectHistory {
  private readonly read = eventReader();

  constructor(
    private readonly store: EventStore,
    private readonly register: Register,
    private readonly names: Names,
    private readonly disclosing: Disclosing,
  ) {}

  /** All events of a stream, in order; read once in a request. */
  async events(stream: string, context: RequestContext): Promise<readonly DomainEvent[]> {
    const load = async (): Promise<readonly DomainEvent[]> => (await this.store.readStream(stream)).map(this.read);
    return context.loader(`events of ${stream}`, load) as Promise<readonly DomainEvent[]>;
  }

  /** The recordings in the order of recording. */
  async history(
    { stream }: Subject,
    part: Part,
    basis: Basis,
    context: RequestContext,
  ): Promise<Connection<HistoryEntryView>> {
    const veilOf = await this.veils([stream], basis, context);
    const shown = traceless(await this.events(stream, context), (id) => veilOf(stream, id)?.presentation === 'absent');
    const recordings = recordingsUpTo(shown, basis.position);
    const from = startOf(
      part,
      (after) => recordings.findIndex(({ event }) => event.position > after),
      recordings.length,
    );
    const page = recordings.slice(from, from + checkedFirst(part.first));
    const edges = await this.names.tell(basis, context, (names) => {
      const tell = telling(names, ({ id }) => veilOf(stream, id));
      return page.map((recording) => ({ node: entryOf(recording, tell), cursor: String(recording.event.position) }));
    });
    return connection(basis, edges, from + page.length < recordings.length, part, recordings.length);
  }

  /** What is withheld of recordings of several subjects from whoever asks on a basis. */
  async veils(
    streams: readonly string[],
    basis: Basis,
    context: RequestContext,
  ): Promise<(stream: string, eventId: string) => Disclosure | undefined> {
    const ids = streams.map(streamParts).flatMap(({ aggregate, id }) => (aggregate === 'decision' ? [id] : []));
    const veilOf = await this.disclosing.recordings(ids, basis, context);
    return (stream, eventId) => {
      const { aggregate, id } = streamParts(stream);
      return aggregate === 'decision' ? veilOf(id, eventId) : undefined;
    };
  }

  /** The stretches of time it stood unchanged, earliest first. */
  async timeline(
    subject: Subject,
    part: Part,
    basis: Basis,
    context: RequestContext,
  ): Promise<Connection<TimelineEntryView>> {
    const { aggregate, id, stream } = subject;
    const veilOf = await this.veils([stream], basis, context);
    const shown = traceless(
      await this.events(stream, context),
      (eventId) => veilOf(stream, eventId)?.presentation === 'absent',
    );
    const known = shown.filter(({ position }) => position <= basis.position);
    const live = liveEvents(known).map(({ event }) => event);
    const told = new Set(live.map(({ effectiveOn }) => effectiveOn));
    const all = await this.register.slices(aggregate, id, basis.position);
    const slices = await this.disclosing.stretches(subject, all, told, context);
    const from = startOf(part, (after) => after + 1, slices.length);
    const page = slices.slice(from, from + checkedFirst(part.first));
    const edges = await this.names.tell(basis, context, (names) =>
      page.map(({ slice, veil }, at) => ({
        node: this.stretch(aggregate, slice, live, names, ({ id: of }) => stricterOf(veil, veilOf(stream, of))),
        cursor: String(from + at),
      })),
    );
    return connection(basis, edges, from + page.length < slices.length, part, slices.length);
  }

  private stretch(
    aggregate: Subject['aggregate'],
    slice: Answer,
    live: readonly DomainEvent[],
    names: NamesOf,
    veilOf: (event: DomainEvent) => Veil | undefined,
  ): TimelineEntryView {
    const { nameOf } = names;
    const tell = telling(names, veilOf);
    if (slice.kind !== 'found' && slice.kind !== 'recorded-as-none') throw new Error(`a slice cannot be ${slice.kind}`);
    const { from, to } = slice;
    const begun = live.filter(({ effectiveOn }) => effectiveOn === from);
    const found = slice.kind === 'found' ? slice : undefined;
    const startKnown = found?.startKnown ?? begun.every(({ envelope }) => envelope.startKnown !== false);
    return {
      stretchFrom: startKnown ? from : null,
      stretchUntil: to && addDays(to, -1),
      from: startKnown ? from : null,
      to,
      until: to && addDays(to, -1),
      startKnown,
      recordedFrom: found?.recordedFrom ?? null,
      recordedAt: found?.recordedAt ?? null,
      title: found ? titleOf(aggregate, found.state, nameOf) : null,
      absent: !found,
      sentences: begun.map((event) => tell(event).sentence),
    };
  }
}

/** What is withheld by either. */
function stricterOf(one: Veil | undefined, other: Veil | undefined): Veil | undefined {
  if (!one || !other) return one ?? other;
  return {
    stub: one.stub || other.stub,
    withheldFields: [...new Set([...one.withheldFields, ...other.withheldFields])],
    unnamedFields: [...new Set([...one.unnamedFields, ...other.unnamedFields])],
  };
}

function startOf({ after }: Part, placeAfter: (cursor: number) => number, length: number): number {
  if (!after) return 0;
  const place = placeAfter(numberIn(after));
  return place === -1 ? length : place;
}

function connection<Node>(
  basis: Basis,
  edges: readonly { readonly node: Node; readonly cursor: string }[],
  hasNext: boolean,
  { after }: Part,
  total: number,
): Connection<Node> {
  return { basis, edges, pageInfo: pageInfoOf(edges, hasNext, Boolean(after)), totalCount: Promise.resolve(total) };
}
