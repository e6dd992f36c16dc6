import { slotOf, type DomainEvent, type Live, type Position, type StoredEvent } from '#kernel';
import { commandName } from '#event-store';
import { deciderOf, eventReader, saysClass, streamParts, wordless, type Aggregate, type Recorded } from '#governance';
import { Standing, type Judged } from './standing.js';
import type { Known } from './streams.js';

/** The events of one command, as a repeated command is answered. */
export interface RecordedCommand {
  readonly digest: string;
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: Position }[];
}

const read = eventReader();

/** What the door knows of one subject. */
export class SubjectLog implements Known {
  revision = -1;
  weight = 0;
  standing: Standing<unknown>;
  /** Events dropped by an annulment that no later event has taken back. */
  readonly annulled = new Set<string>();
  /** Events that said of which class their subject is, dropped ones among them. */
  readonly classing = new Set<string>();
  /** Of a decision: its events without their words, by which it is told who may know of it. */
  readonly recorded: Recorded[] = [];
  /** By name: of one that was recorded before senders were told apart, by the name that its sender would give it now. */
  readonly commands = new Map<string, RecordedCommand>();
  private readonly places = new Map<string, Live<Judged>>();

  private readonly isDecision: boolean;

  constructor(readonly stream: string) {
    const { aggregate } = streamParts(stream);
    this.isDecision = aggregate === 'decision';
    this.standing = Standing.of(deciderOf(aggregate as Aggregate));
  }

  /** The place in T2's order that an event takes which corrects another or comes back for it; undefined for a new one. */
  slotOf(eventId: string | undefined): Position | undefined {
    return eventId === undefined ? undefined : this.places.get(eventId)?.slot;
  }

  /** A live event; undefined where there is none of this id. */
  live(eventId: string): Live<Judged> | undefined {
    const place = this.places.get(eventId);
    return place && this.standing.has(place) ? place : undefined;
  }

  take(stored: readonly StoredEvent[]): void {
    const drops: Live<Judged>[] = [];
    const adds = new Map<string, Live<Judged>>();
    for (const one of stored) {
      const event = read(one);
      this.note(event);
      const { corrects, annuls } = event.envelope;
      const dropped = this.places.get(corrects ?? annuls ?? '');
      if (dropped && !adds.delete(dropped.event.id)) drops.push(dropped);
      if (annuls !== undefined) continue;
      const place = this.placeOf(event);
      this.places.set(event.id, place);
      adds.set(event.id, place);
    }
    this.standing = this.standing.with({ drops, adds: [...adds.values()] }, false);
  }

  private note(event: DomainEvent): void {
    const { id, type, revision, position, data, envelope } = event;
    const { annuls, again, actor, commandId, commandDigest: digest } = envelope;
    const name = commandName(actor, commandId);
    this.revision = revision;
    if (this.isDecision) this.recorded.push(wordless(event));
    if (saysClass({ type, data })) this.classing.add(id);
    if (annuls !== undefined) this.annulled.add(annuls);
    if (again !== undefined) this.annulled.delete(again);
    const earlier = this.commands.get(name)?.events ?? [];
    this.commands.set(name, { digest, events: [...earlier, { id, type, position }] });
  }

  private placeOf(event: DomainEvent): Live<Judged> {
    const { id, type, position, effectiveOn, data } = event;
    const { source, startKnown, effectiveIn, notBefore, notAfter } = event.envelope;
    const slot = slotOf(event, (known) => this.places.get(known)?.slot);
    const day = { effectiveOn, startKnown, effectiveIn, notBefore, notAfter };
    return { event: { id, type, stream: this.stream, position, data, source, ...day }, slot };
  }
}
