// The log of the stand-in for EventStoreDB: what it keeps and how it answers an append. It is a test double; the rules are
// those of the server's own IndexWriter (strong idempotence for an expected revision, weak for none).
import { randomUUID } from 'node:crypto';
import { LogFile } from './log-file.mjs';
import { keptAfterScavenging, LAST_REVISION, limitsOf, META, metadataIn } from './metadata.mjs';

/** Ticks of 100 ns from the server's clock, which counts from 1970 on the wire. */
const ticksOf = (ms) => BigInt(Math.floor(ms * 1000)) * 10n;

/** Ids that the server remembers for appends without an expected revision. */
const RECENT = 5_000;

/** Bytes of a record beside its name and data: only so that positions look as they do on a server. */
const RECORD_BYTES = 110;

/** There is no room for an append. The server's process ends of it. */
export class DiskFull extends Error {}

/**
 * One ordered log with streams in it. Positions are byte offsets: ordered, not dense, each event with its own. The server's
 * own events stand between ours.
 */
export class Log {
  /** Bytes that the disk has for it. */
  room = Number.POSITIVE_INFINITY;
  #file;
  #records = [];
  #streams = new Map();
  #recent = new Map();
  #listeners = new Set();
  #offset = 0;
  #writes = 0;

  /**
   * @param options.now UTC epoch milliseconds.
   * @param options.file keeps the log over the end of the process; absent for memory only.
   * @param options.statsEvery one of the server's own events after so many appends; 0 for none.
   */
  constructor({ now = Date.now, file, statsEvery = 3 } = {}) {
    this.now = now;
    this.statsEvery = statsEvery;
    if (file) this.#file = LogFile.open(file, (line) => this.#takeUp(line));
    if (this.#records.length > 0) return;
    this.#write('$user-admin', [ownEvent('$UserCreated', '{}')], ticksOf(Date.now()));
  }

  get records() {
    return this.#records;
  }

  /** Told after each append. @returns how to be told no longer. */
  onAppend(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Last revision as an append sees it, −1 for no stream. */
  headOf(name) {
    return this.#streams.get(name)?.head ?? -1;
  }

  /**
   * @param expected 'any', 'no_stream', 'stream_exists' or a revision (bigint).
   * @throws DiskFull
   */
  append(name, expected, events) {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return { kind: 'deleted' };
    const head = this.headOf(name);
    const wrong = { kind: 'wrong', actual: head };
    const softDeleted = this.#isSoftDeleted(name);
    if (expected === 'stream_exists') {
      if (softDeleted) return { kind: 'deleted' };
      if (head < 0 && this.headOf(`$$${name}`) < 0) return wrong;
    }
    if (expected === 'any' || expected === 'stream_exists') {
      const known = events.map(({ id }) => this.#recent.get(id)).map((there) => there?.stream === name && there);
      if (known.length === 0 || !known[0]) return this.#appended(name, events);
      return known.every(Boolean) ? this.#repeated(name, known.at(-1).revision) : wrong;
    }
    const wanted = expected === 'no_stream' ? -1 : Number(expected);
    if (wanted > head) return wrong;
    if (wanted === head) return this.#appended(name, events);
    const there = events.map(({ id }, index) => this.#isThere(name, wanted + 1 + index, id));
    if (there.length > 0 && there.every(Boolean)) return this.#repeated(name, wanted + there.length);
    if (there[0] !== true && there.length > 0 && expected === 'no_stream' && softDeleted) {
      return this.#appended(name, events);
    }
    // Some but not all there is "corrupted idempotency", which the server reports as a wrong version as well.
    return wrong;
  }

  /** What a reader of the stream gets: undefined where there is no stream, 'deleted' where it is tombstoned. */
  read(name) {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return 'deleted';
    if (!stream || stream.head < 0 || this.#isSoftDeleted(name)) return undefined;
    const { from, oldest } = this.#limitsOf(name, stream);
    return [...stream.events.values()].filter(({ revision, created }) => revision >= from && created >= oldest);
  }

  metadataOf(name) {
    return metadataIn(this.lastOf(`$$${name}`));
  }

  /** The newest event of a stream, whatever its metadata says. */
  lastOf(name) {
    const stream = this.#streams.get(name);
    return stream?.events.get(stream.head);
  }

  /** A soft delete: metadata that truncates everything. The next append goes on with the numbering. */
  softDelete(name, expected = 'any') {
    if (this.#streams.get(name)?.tombstoned) return { kind: 'deleted' };
    const wanted = expected === 'no_stream' ? -1 : Number(expected);
    if (expected !== 'any' && wanted !== this.headOf(name)) return { kind: 'wrong', actual: this.headOf(name) };
    return this.#appended(`$$${name}`, [ownEvent(META, `{"$tb":${LAST_REVISION}}`)]);
  }

  /** A hard delete: the stream takes no append again. */
  tombstone(name) {
    if (this.#streams.get(name)?.tombstoned) return { kind: 'deleted' };
    const created = ticksOf(this.now());
    const record = this.#tombstoned(name, created, randomUUID());
    this.#file?.add({ tombstone: name, created: String(created), id: record.id });
    this.#tell();
    return { kind: 'written', ...placeOf(record) };
  }

  /** Removes what metadata has let go, for good. @returns how many events that were. */
  scavenge() {
    const gone = [];
    for (const [name, stream] of this.#streams) {
      const isTombstoned = (other) => this.#streams.get(other)?.tombstoned === true;
      const kept = keptAfterScavenging(name, stream, this.#limitsOf(name, stream), isTombstoned);
      gone.push(...[...stream.events.values()].filter((record) => !kept(record)).map(({ prepare }) => Number(prepare)));
    }
    this.#removed(gone);
    this.#file?.add({ scavenged: gone });
    return gone.length;
  }

  /** As it is now, in memory, as a backup that was put back: with no memory of recent ids. */
  copy() {
    const copy = new Log({ now: this.now, statsEvery: this.statsEvery });
    copy.#records = [...this.#records];
    copy.#streams = new Map(
      [...this.#streams].map(([name, stream]) => [name, { ...stream, events: new Map(stream.events) }]),
    );
    copy.#offset = this.#offset;
    copy.#writes = this.#writes;
    return copy;
  }

  /** What a server no longer knows once it has been started again. */
  forgetRecent() {
    this.#recent.clear();
  }

  close() {
    this.#file?.close();
    this.#file = undefined;
  }

  #isSoftDeleted(name) {
    return this.metadataOf(name).$tb === Number(LAST_REVISION);
  }

  #limitsOf(name, stream) {
    const oldestOf = (seconds) => ticksOf(this.now() - seconds * 1000);
    return limitsOf(name, this.metadataOf(name), stream.head, oldestOf);
  }

  /** By revision where the event is still there, else by the ids of late. */
  #isThere(name, revision, id) {
    const recent = this.#recent.get(id);
    if (recent?.stream === name && recent.revision === revision) return true;
    return this.#streams.get(name)?.events.get(revision)?.id === id;
  }

  /** The answer to events that are there: without a place where a reader cannot see the last of them. */
  #repeated(name, revision) {
    const visible = this.read(name);
    const record = Array.isArray(visible) && visible.find((each) => each.revision === revision);
    return { kind: 'written', idempotent: true, revision, ...(record && placeOf(record)) };
  }

  #appended(name, events) {
    const softDeleted = this.#isSoftDeleted(name);
    if (this.#offset + events.reduce((sum, event) => sum + sizeOf(name, event), 0) > this.room) throw new DiskFull();
    const written = this.#write(name, events, ticksOf(this.now()));
    if (softDeleted) {
      const metadata = { ...this.metadataOf(name), $tb: this.headOf(name) - events.length + 1 };
      this.#write(`$$${name}`, [ownEvent(META, JSON.stringify(metadata))], ticksOf(this.now()));
    }
    this.#writes += 1;
    if (this.statsEvery > 0 && this.#writes % this.statsEvery === 0) {
      const stats = ownEvent('$statsCollected', `{"proc-mem":${this.#records.length}}`);
      this.#write('$stats-127.0.0.1:2113', [stats], ticksOf(Date.now()));
    }
    this.#tell();
    const revision = this.headOf(name);
    const place = { commit: BigInt(this.#offset), prepare: BigInt(this.#offset) };
    return {
      kind: 'written',
      idempotent: false,
      revision,
      ...place,
      ...(written.length > 0 && placeOf(written.at(-1))),
    };
  }

  #write(name, events, created) {
    // A record that holds no event: what an append of nothing leaves.
    if (events.length === 0) this.#offset += RECORD_BYTES;
    else this.#streams.set(name, this.#streams.get(name) ?? { head: -1, tombstoned: false, events: new Map() });
    const stream = this.#streams.get(name);
    const records = events.map((event) => {
      const record = { metadata: Buffer.alloc(0), ...event, stream: name, revision: (stream.head += 1), created };
      this.#place(record);
      stream.events.set(record.revision, record);
      this.#remember(record);
      return record;
    });
    this.#file?.add([name, String(created), events]);
    return records;
  }

  #tombstoned(name, created, id) {
    const stream = this.#streams.get(name) ?? { head: -1, events: new Map() };
    this.#streams.set(name, { ...stream, tombstoned: true });
    const record = { ...ownEvent('$streamDeleted', '{}'), id, stream: name, revision: LAST_REVISION, created };
    this.#place(record);
    return record;
  }

  #place(record) {
    record.commit = record.prepare = BigInt(this.#offset);
    this.#offset += sizeOf(record.stream, record);
    this.#records.push(record);
  }

  #removed(prepares) {
    const gone = new Set(prepares);
    this.#records = this.#records.filter(({ prepare }) => !gone.has(Number(prepare)));
    for (const { events } of this.#streams.values()) {
      for (const [revision, { prepare }] of events) if (gone.has(Number(prepare))) events.delete(revision);
    }
  }

  #remember(record) {
    this.#recent.delete(record.id);
    this.#recent.set(record.id, { stream: record.stream, revision: record.revision });
    if (this.#recent.size > RECENT) this.#recent.delete(this.#recent.keys().next().value);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  /** A line of the file, as it was once. */
  #takeUp(line) {
    if ('tombstone' in line) this.#tombstoned(line.tombstone, BigInt(line.created), line.id);
    else if ('scavenged' in line) this.#removed(line.scavenged);
    else this.#write(line[0], line[2], BigInt(line[1]));
  }
}

const ownEvent = (type, text) => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(text),
  metadata: Buffer.alloc(0),
});

const sizeOf = (name, { data, metadata }) =>
  RECORD_BYTES + Buffer.byteLength(name) + data.length + (metadata?.length ?? 0);

const placeOf = ({ revision, commit, prepare }) => ({ revision, commit, prepare });
