import type { Instant, StoredEvent } from '#kernel';

/** Bytes that events may take which are kept from one reading of the log to the next. */
const MOST_BYTES = 64_000_000;

/** Bytes of a lot of events, which are made room for together, and let go of together. */
const LOT_BYTES = 4_000_000;

interface Lot {
  readonly bytes: Buffer;
  used: number;
  /** How many of its events are still asked for. */
  kept: number;
}

/** Where an event of a history lies, and how long its parts are, in UTF-16 code units. */
interface Kept {
  readonly before: Kept | undefined;
  readonly lot: Lot;
  readonly from: number;
  readonly to: number;
  readonly revision: number;
  readonly position: number;
  readonly schemaVersion: number;
  readonly type: string;
  readonly recordedAt: Instant;
  readonly id: number;
  readonly payload: number;
}

/**
 * Histories that were met while the log was read, so that they need not be read again one by one, which takes a call each
 * where the log is far away. Each is whole as far as the log was read, or not kept at all. They are kept as bytes: whoever
 * collects what is garbage need not look at each of so many texts.
 */
export class Histories {
  readonly #kept = new Map<string, Kept>();
  readonly #types = new Map<string, string>();
  #lot: Lot | undefined;
  #bytes = 0;

  constructor(private readonly most = MOST_BYTES) {}

  /** Keeps an event behind those of its stream, all of which were given before. */
  take(event: StoredEvent): void {
    const { id, stream, type, revision, position, schemaVersion, recordedAt, payload, envelope } = event;
    const before = this.#kept.get(stream);
    if (!before && revision > 0) return;
    const text = id + payload + envelope;
    const lot = this.#roomFor(3 * text.length);
    if (!lot) return this.#letGo(stream);
    const from = lot.used;
    lot.used += lot.bytes.write(text, from);
    lot.kept += 1;
    const place = { before, lot, from, to: lot.used, revision, position, schemaVersion, recordedAt };
    this.#kept.set(stream, { ...place, type: this.#one(type), id: id.length, payload: payload.length });
  }

  /** A history, which is let go of; undefined where it is not kept. */
  of(stream: string): readonly StoredEvent[] | undefined {
    const last = this.#kept.get(stream);
    if (!last) return undefined;
    const history: StoredEvent[] = [];
    for (let kept: Kept | undefined = last; kept; kept = kept.before) history.push(eventOf(stream, kept));
    this.#letGo(stream);
    return history.toReversed();
  }

  #letGo(stream: string): void {
    for (let kept = this.#kept.get(stream); kept; kept = kept.before) {
      kept.lot.kept -= 1;
      if (kept.lot.kept > 0 || kept.lot === this.#lot) continue;
      this.#bytes -= kept.lot.bytes.length;
    }
    this.#kept.delete(stream);
  }

  /** The lot that has so many bytes left; undefined where no more is kept. */
  #roomFor(bytes: number): Lot | undefined {
    if (this.#lot?.kept === 0) this.#lot.used = 0;
    if (this.#lot && this.#lot.bytes.length - this.#lot.used >= bytes) return this.#lot;
    const size = Math.min(Math.max(LOT_BYTES, bytes), Math.max(this.most - this.#bytes, 0));
    if (size < bytes) return undefined;
    if (this.#lot?.kept === 0) this.#bytes -= this.#lot.bytes.length;
    this.#bytes += size;
    this.#lot = { bytes: Buffer.allocUnsafeSlow(size), used: 0, kept: 0 };
    return this.#lot;
  }

  /** The few names there are, each once. */
  #one(type: string): string {
    const known = this.#types.get(type) ?? type;
    this.#types.set(type, known);
    return known;
  }
}

function eventOf(stream: string, kept: Kept): StoredEvent {
  const { lot, from, to, id, payload, type, schemaVersion, revision, position, recordedAt } = kept;
  const text = lot.bytes.toString('utf8', from, to);
  const parts = { id: text.slice(0, id), payload: text.slice(id, id + payload), envelope: text.slice(id + payload) };
  return { ...parts, type, schemaVersion, stream, revision, position, recordedAt };
}
