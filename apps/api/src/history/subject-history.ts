import { Injectable } from '@nestjs/common';
import { EventStore } from '#event-store';
import { eventReader, sentenceOf, type NameOf } from '#governance';
import { addDays, liveEvents, type DomainEvent } from '#kernel';
import { Register, type Answer, type Basis } from '#register';
import type { Connection } from '../graphql/connection.js';
import { checkedFirst, pageInfoOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import type { HistoryEntryView, TimelineEntryView } from './history.view.js';
import { Names } from './names.js';
import { numberIn, type Part } from './part.js';
import type { Subject } from './subjects.js';
import { entryOf, recordingsUpTo } from './told.js';
import { titleOf } from './titles.js';

/** What was said about one subject, and how it stood: read from the log, in words, as known at a basis. */
@Injectable()
export class SubjectHistory {
  private readonly read = eventReader();

  constructor(
    private readonly store: EventStore,
    private readonly register: Register,
    private readonly names: Names,
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
    const recordings = recordingsUpTo(await this.events(stream, context), basis.position);
    const from = startOf(
      part,
      (after) => recordings.findIndex(({ event }) => event.position > after),
      recordings.length,
    );
    const page = recordings.slice(from, from + checkedFirst(part.first));
    const edges = await this.names.tell(basis, context, (nameOf) =>
      page.map((recording) => ({ node: entryOf(recording, nameOf), cursor: String(recording.event.position) })),
    );
    return connection(basis, edges, from + page.length < recordings.length, part, recordings.length);
  }

  /** The stretches of time it stood unchanged, earliest first. */
  async timeline(
    { aggregate, id, stream }: Subject,
    part: Part,
    basis: Basis,
    context: RequestContext,
  ): Promise<Connection<TimelineEntryView>> {
    const slices = await this.register.slices(aggregate, id, basis.position);
    const known = (await this.events(stream, context)).filter(({ position }) => position <= basis.position);
    const live = liveEvents(known).map(({ event }) => event);
    const from = startOf(part, (after) => after + 1, slices.length);
    const page = slices.slice(from, from + checkedFirst(part.first));
    const edges = await this.names.tell(basis, context, (nameOf) =>
      page.map((slice, at) => ({
        node: this.stretch(aggregate, slice, live, nameOf),
        cursor: String(from + at),
      })),
    );
    return connection(basis, edges, from + page.length < slices.length, part, slices.length);
  }

  private stretch(
    aggregate: Subject['aggregate'],
    slice: Answer,
    live: readonly DomainEvent[],
    nameOf: NameOf,
  ): TimelineEntryView {
    if (slice.kind !== 'found' && slice.kind !== 'recorded-as-none') throw new Error(`a slice cannot be ${slice.kind}`);
    const { from, to } = slice;
    const begun = live.filter(({ effectiveOn }) => effectiveOn === from);
    const found = slice.kind === 'found' ? slice : undefined;
    const startKnown = found?.startKnown ?? begun.every(({ envelope }) => envelope.startKnown !== false);
    return {
      from: startKnown ? from : null,
      to,
      until: to && addDays(to, -1),
      startKnown,
      recordedFrom: found?.recordedFrom ?? null,
      recordedAt: found?.recordedAt ?? null,
      title: found ? titleOf(aggregate, found.state, nameOf) : null,
      absent: !found,
      sentences: begun.map((event) => sentenceOf(aggregate, event, nameOf)),
    };
  }
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
