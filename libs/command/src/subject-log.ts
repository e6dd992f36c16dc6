import { liveEvents, type DomainEvent, type Position, type StoredEvent } from '#kernel';
import { deciderOf, eventReader, streamParts, type Aggregate } from '#governance';
import type { EventStore } from '#event-store';
import { Standing } from './standing.js';

/** The events of one command, as a repeated command is answered. */
export interface RecordedCommand {
  readonly digest: string;
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: Position }[];
}

/** What the door knows of one stream. */
export class SubjectLog {
  /** Last revision, −1 where there is no stream. */
  revision = -1;
  standing: Standing<unknown>;
  /** Events dropped by an annulment that no later event has taken back. */
  readonly annulled = new Set<string>();
  /** Events that said of which class their subject is, dropped ones among them. */
  readonly classing = new Set<string>();
  readonly commands = new Map<string, RecordedCommand>();
  private readonly slots = new Map<string, Position>();

  constructor(
    readonly stream: string,
    events: readonly DomainEvent[],
  ) {
    this.standing = Standing.of(deciderOf(streamParts(stream).aggregate as Aggregate));
    for (const event of events) this.note(event);
    this.standing = this.standing.with({ drops: [], adds: liveEvents(events) }, false);
  }

  /** The place in T2's order that an event takes which corrects another or comes back for it; undefined for a new one. */
  slotOf(eventId: string | undefined): Position | undefined {
    return eventId === undefined ? undefined : this.slots.get(eventId);
  }

  /** Takes in events that have just been written behind what is known. */
  wrote(events: readonly DomainEvent[]): void {
    const drops: string[] = [];
    const adds: { event: DomainEvent; slot: Position }[] = [];
    for (const event of events) {
      this.note(event);
      const { corrects, annuls } = event.envelope;
      const dropped = corrects ?? annuls;
      if (dropped !== undefined) drops.push(dropped);
      if (annuls === undefined) adds.push({ event, slot: this.slots.get(event.id) ?? event.position });
    }
    this.standing = this.standing.with({ drops, adds }, false);
  }

  private note(event: DomainEvent): void {
    const { id, type, position, envelope } = event;
    const { corrects, annuls, again, commandId, commandDigest } = envelope;
    this.revision = event.revision;
    if (saysClass(event.data)) this.classing.add(id);
    if (annuls === undefined) this.slots.set(id, this.slots.get(corrects ?? again ?? '') ?? position);
    else this.annulled.add(annuls);
    if (again !== undefined) this.annulled.delete(again);
    const earlier = this.commands.get(commandId)?.events ?? [];
    this.commands.set(commandId, { digest: commandDigest, events: [...earlier, { id, type, position }] });
  }
}

/** Whether an event says who may see its subject. */
export const saysClass = (data: unknown): boolean => typeof data === 'object' && data !== null && 'disclosure' in data;

/** Events held in memory at most, over all streams; the streams used longest ago are read again when they are needed. */
const EVENTS_HELD = 20_000;

/**
 * The streams the door has read. What is held saves folding, not looking: each time the store is asked whether somebody
 * else has written behind it, in another program perhaps, because a refusal and a fact relied on are checked by nobody
 * afterwards.
 */
export class SubjectLogs {
  private readonly held = new Map<string, SubjectLog>();
  private events = 0;
  private readonly read = eventReader();

  constructor(private readonly store: EventStore) {}

  async of(stream: string): Promise<SubjectLog> {
    const known = this.held.get(stream);
    const log = known && (await this.isWhole(known)) ? known : await this.readWhole(stream);
    this.forget(stream);
    // A stream that does not exist is not held: asking for unknown subjects costs no memory.
    if (log.revision >= 0) this.hold(log);
    return log;
  }

  /** Takes in what has just been written behind `log`. */
  wrote(log: SubjectLog, stored: readonly StoredEvent[]): void {
    this.forget(log.stream);
    log.wrote(stored.map(this.read));
    this.hold(log);
  }

  forget(stream: string): void {
    const log = this.held.get(stream);
    if (!log) return;
    this.events -= log.revision + 1;
    this.held.delete(stream);
  }

  private async isWhole({ stream, revision }: SubjectLog): Promise<boolean> {
    return (await this.store.readStream(stream, revision + 1)).length === 0;
  }

  private async readWhole(stream: string): Promise<SubjectLog> {
    return new SubjectLog(stream, (await this.store.readStream(stream)).map(this.read));
  }

  private hold(log: SubjectLog): void {
    this.held.set(log.stream, log);
    this.events += log.revision + 1;
    for (const oldest of this.held.keys()) {
      if (this.events <= EVENTS_HELD || oldest === log.stream) return;
      this.forget(oldest);
    }
  }
}
