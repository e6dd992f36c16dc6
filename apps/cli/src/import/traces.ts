import { dayOfStep, type UnknownDayOfStep } from '#command';
import type { Envelope, Instant, StoredEvent } from '#kernel';
import { readPages, sha256Hex, type EventStore } from '#event-store';

/** What the register holds of one row of a collection: one event that an import recorded, in the order of the log. */
export interface Trace extends UnknownDayOfStep {
  readonly stream: string;
  /** Which fact of the row, by the mapping's name for it; empty for the first. */
  readonly fact: string;
  readonly id: string;
  readonly digest: string;
  /** Canonical JSON; kept only where a list is compared field by field. */
  readonly payload?: string | undefined;
  readonly corrects?: string;
  readonly annuls?: string;
  /** When the source came to say so; undefined for a source without instants. */
  readonly statedAt?: Instant;
}

/** What stands of a row. */
export interface RowState {
  readonly live: ReadonlyMap<string, Trace>;
  /** The last annulled event for each `stream#fact`: what comes back takes its place. */
  readonly gone: ReadonlyMap<string, string>;
}

export const digestOfPayload = (payload: string): string => sha256Hex(payload).slice(0, 32);

/** What stands of a row as the source had it at an instant; without one, as it stands now. */
export const stateOf = (traces: readonly Trace[], asOf?: Instant): RowState => {
  const live = new Map<string, Trace>();
  const gone = new Map<string, string>();
  for (const trace of traces) {
    if (asOf !== undefined && trace.statedAt !== undefined && trace.statedAt > asOf) continue;
    const dropped = trace.corrects ?? trace.annuls;
    if (dropped !== undefined) {
      for (const [fact, { id, stream }] of live) {
        if (id !== dropped) continue;
        live.delete(fact);
        if (trace.annuls !== undefined) gone.set(`${stream}#${fact}`, id);
      }
    }
    if (trace.annuls !== undefined) continue;
    if (beginsAnew(trace, live)) live.clear();
    live.set(trace.fact, trace);
  }
  return { live, gone };
};

/** What a row says first is recorded a second time beside the first: another spell begins, and the one before is over. */
const beginsAnew = ({ fact, stream, corrects }: Trace, live: ReadonlyMap<string, Trace>): boolean =>
  fact === '' && corrects === undefined && live.get('')?.stream === stream;

/** A subject that a collection registered beside its rows, as it last said it. */
export interface KnownSupport {
  readonly id: string;
  readonly digest: string;
}

const NONE: readonly Trace[] = [];
const PAGE = 2_000;

/** Every row that an import of these collections recorded, and which subjects the register holds. Read from the log once. */
export class Traces {
  private readonly rows = new Map<string, Trace[]>();
  private readonly liveEvents = new Map<string, number>();
  private readonly fronts = new Map<string, Instant>();
  private readonly supports = new Map<string, KnownSupport & { readonly system: string }>();

  /** @param keepPayload names of the collections whose payloads are kept, to be compared field by field. */
  static async read(
    store: EventStore,
    systems: ReadonlySet<string>,
    keepPayload: ReadonlySet<string>,
  ): Promise<Traces> {
    const traces = new Traces(keepPayload);
    for await (const page of readPages(store, { limit: PAGE })) for (const event of page) traces.take(event, systems);
    for (const [key, own] of traces.rows) {
      const system = key.slice(0, key.indexOf('\n'));
      for (const { statedAt } of own) {
        if (statedAt !== undefined && statedAt > (traces.fronts.get(system) ?? '')) traces.fronts.set(system, statedAt);
      }
    }
    return traces;
  }

  private constructor(private readonly keepPayload: ReadonlySet<string>) {}

  /** The latest instant of the collection that an earlier import had come to; undefined where there was none. */
  front(system: string): Instant | undefined {
    return this.fronts.get(system);
  }

  of(system: string, key: string): readonly Trace[] {
    return this.rows.get(`${system}\n${key}`) ?? NONE;
  }

  /** True where the subject has something live. */
  holds(stream: string): boolean {
    return (this.liveEvents.get(stream) ?? 0) > 0;
  }

  add(system: string, key: string, trace: Trace): void {
    this.count(trace.stream, trace.annuls !== undefined, trace.corrects !== undefined);
    this.push(system, key, trace);
  }

  /** A subject that an import registered beside its rows, or said otherwise of than before. */
  addSupport(system: string, stream: string, known: KnownSupport): void {
    if (!this.supports.has(stream)) this.count(stream, false, false);
    this.supports.set(stream, { ...known, system });
  }

  /** What the collection itself said of a subject that it registered; undefined where somebody else has the last word. */
  support(system: string, stream: string): KnownSupport | undefined {
    const known = this.supports.get(stream);
    return known?.system === system ? known : undefined;
  }

  /** Keys of the rows that the register holds of a collection. */
  *keysOf(system: string): Generator<string> {
    for (const place of this.rows.keys()) if (place.startsWith(`${system}\n`)) yield place.slice(system.length + 1);
  }

  private push(system: string, key: string, trace: Trace): void {
    const place = `${system}\n${key}`;
    const kept = this.keepPayload.has(system) ? trace : { ...trace, payload: undefined };
    const own = this.rows.get(place);
    if (own) own.push(kept);
    else this.rows.set(place, [kept]);
  }

  private count(stream: string, annuls: boolean, corrects: boolean): void {
    if (corrects) return;
    this.liveEvents.set(stream, (this.liveEvents.get(stream) ?? 0) + (annuls ? -1 : 1));
  }

  private take({ id, stream, payload, envelope }: StoredEvent, systems: ReadonlySet<string>): void {
    this.count(stream, envelope.includes('"annuls":"'), envelope.includes('"corrects":"'));
    const drops = envelope.includes('"annuls":"') || envelope.includes('"corrects":"');
    if (!drops && !envelope.includes('"system":"')) return;
    const said = JSON.parse(envelope) as Envelope;
    const { source, corrects, annuls } = said;
    if (drops && this.supports.get(stream)?.id === (corrects ?? annuls)) this.supports.delete(stream);
    if (source?.system === undefined || !systems.has(source.system)) return;
    const [key = '', fact = ''] = (source.locator ?? '').split('#');
    if (fact.startsWith(SUPPORT)) {
      if (annuls === undefined)
        this.supports.set(stream, { id, digest: digestOfPayload(payload), system: source.system });
      return;
    }
    this.push(source.system, key, {
      stream,
      fact,
      id,
      ...dayOfStep(said),
      digest: digestOfPayload(payload),
      payload,
      corrects,
      annuls,
      statedAt: source.statedAt,
    });
  }
}

/** Marks, in a locator, an event that a row only needed. */
export const SUPPORT = 'first:';

/** The place inside the source that stands in an event's envelope. */
export const locatorOf = (key: string, fact: string): string => (fact === '' ? key : `${key}#${fact}`);
