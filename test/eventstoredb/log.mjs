// The log of the stand-in for EventStoreDB: what it keeps and how it answers an append. It is a test double; the rules are
// those of the server's own IndexWriter (strong idempotence for an expected revision, weak for none).
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';

/** Ticks of 100 ns from the server's clock, which counts from 1970 on the wire. */
const ticksOf = (ms) => BigInt(Math.floor(ms * 1000)) * 10n;

const META = '$metadata';
const LAST_REVISION = 9_223_372_036_854_775_807n;

/** Ids that the server remembers for appends without an expected revision. */
const RECENT = 5_000;

/** Bytes of a record beside its data: only so that positions look as they do on a server. */
const RECORD_BYTES = 110;

/**
 * One ordered log with streams in it. Positions are byte offsets: ordered, not dense. Events of one append share their
 * commit position and have prepare positions of their own. The server's own events stand between ours.
 */
export class Log {
  #file;
  #records = [];
  #streams = new Map();
  #recent = new Map();
  #listeners = new Set();
  #offset = 0n;
  #writes = 0;

  /**
   * @param options.now UTC epoch milliseconds.
   * @param options.file keeps the log over the end of the process; absent for memory only.
   * @param options.statsEvery one of the server's own events after so many appends; 0 for none.
   */
  constructor({ now = Date.now, file, statsEvery = 3 } = {}) {
    this.now = now;
    this.statsEvery = statsEvery;
    if (file && existsSync(file)) this.#load(file);
    if (file) this.#file = openSync(file, 'a');
    if (this.#records.length === 0) {
      const born = {
        id: '00000000-0000-4000-8000-000000000000',
        type: '$UserCreated',
        contentType: 'application/json',
      };
      this.#write(
        '$user-admin',
        [{ ...born, data: Buffer.from('{}'), metadata: Buffer.alloc(0) }],
        ticksOf(Date.now()),
      );
    }
  }

  get records() {
    return this.#records;
  }

  /** Told after each append. @returns how to be told no longer. */
  onAppend(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Last revision as an append sees it, −1 for no stream; a tombstoned stream says so. */
  headOf(name) {
    const stream = this.#streams.get(name);
    return stream ? stream.events.length - 1 : -1;
  }

  /** @param expected 'any', 'no_stream', 'stream_exists' or a revision (bigint). */
  append(name, expected, events) {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return { kind: 'deleted' };
    const head = this.headOf(name);
    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && (head < 0 || stream.softDeleted)) return { kind: 'wrong', actual: head };
      const known = events.map(({ id }) => this.#recent.get(`${name}\n${id}`));
      if (known.length > 0 && known.every(Boolean))
        return { kind: 'written', idempotent: true, ...placeOf(known.at(-1)) };
      return this.#appended(name, events);
    }
    const wanted = expected === 'no_stream' ? -1 : Number(expected);
    if (expected === 'no_stream' && stream?.softDeleted) return this.#appended(name, events);
    if (wanted > head) return { kind: 'wrong', actual: head };
    if (wanted === head) return this.#appended(name, events);
    const there = events.map(({ id }, index) => {
      const record = stream.events[wanted + 1 + index];
      return record?.id === id ? record : undefined;
    });
    // Some but not all there is "corrupted idempotency", which the server reports as a wrong version as well.
    if (!there.every(Boolean)) return { kind: 'wrong', actual: head };
    return { kind: 'written', idempotent: true, ...placeOf(there.at(-1)) };
  }

  /** What a reader of the stream gets: undefined where there is no stream, 'deleted' where it is tombstoned. */
  read(name) {
    const stream = this.#streams.get(name);
    if (!stream) return undefined;
    if (stream.tombstoned) return 'deleted';
    if (stream.softDeleted) return undefined;
    const { $maxCount, $maxAge, $tb } = this.metadataOf(name);
    const oldest = $maxAge === undefined ? undefined : ticksOf(this.now() - $maxAge * 1000);
    const from = Math.max($tb ?? 0, $maxCount === undefined ? 0 : stream.events.length - $maxCount);
    return stream.events.filter(
      ({ revision, created }) => revision >= from && (oldest === undefined || created >= oldest),
    );
  }

  metadataOf(name) {
    const last = this.#streams.get(`$$${name}`)?.events.at(-1);
    return last ? JSON.parse(Buffer.from(last.data).toString('utf8')) : {};
  }

  /** A soft delete: metadata that truncates everything. The next append goes on with the numbering. */
  softDelete(name) {
    const stream = this.#streams.get(name);
    if (!stream) return { kind: 'wrong', actual: -1 };
    const written = this.#truncateBefore(name, LAST_REVISION);
    stream.softDeleted = true;
    return written;
  }

  #truncateBefore(name, revision) {
    const id = `00000000-0000-4000-a000-${String(this.#records.length).padStart(12, '0')}`;
    const data = Buffer.from(`{"$tb":${revision}}`);
    const event = { id, type: META, contentType: 'application/json', data, metadata: Buffer.alloc(0) };
    return this.append(`$$${name}`, 'any', [event]);
  }

  /** A hard delete: the stream takes no append again. */
  tombstone(name) {
    const stream = this.#streams.get(name) ?? { events: [] };
    this.#streams.set(name, stream);
    const created = ticksOf(this.now());
    const record = { stream: name, revision: LAST_REVISION, id: '00000000-0000-4000-8000-00000000dead', created };
    this.#place([{ ...record, type: '$streamDeleted', contentType: 'application/json', data: Buffer.from('{}') }]);
    stream.tombstoned = true;
    this.#tell();
    return { kind: 'written', ...placeOf(this.#records.at(-1)) };
  }

  #appended(name, events) {
    const written = this.#write(name, events, ticksOf(this.now()));
    this.#writes += 1;
    if (this.statsEvery > 0 && this.#writes % this.statsEvery === 0) this.#stats();
    this.#tell();
    return { kind: 'written', idempotent: false, ...placeOf(written.at(-1)) };
  }

  #write(name, events, created) {
    const stream = this.#streams.get(name) ?? { events: [], softDeleted: false };
    this.#streams.set(name, stream);
    if (stream.softDeleted) this.#truncateBefore(name, stream.events.length);
    stream.softDeleted = false;
    const records = events.map((event, index) => ({
      metadata: Buffer.alloc(0),
      ...event,
      stream: name,
      revision: stream.events.length + index,
      created,
    }));
    this.#place(records);
    stream.events.push(...records);
    for (const record of records) this.#remember(record);
    this.#keep(name, events, created);
    return records;
  }

  #place(records) {
    for (const record of records) {
      record.prepare = this.#offset;
      this.#offset += BigInt(RECORD_BYTES + record.data.length + (record.metadata?.length ?? 0));
    }
    for (const record of records) record.commit = records.at(-1).prepare;
    this.#records.push(...records);
  }

  #remember(record) {
    this.#recent.set(`${record.stream}\n${record.id}`, record);
    if (this.#recent.size > RECENT) this.#recent.delete(this.#recent.keys().next().value);
  }

  #stats() {
    const id = `00000000-0000-4000-9000-${String(this.#records.length).padStart(12, '0')}`;
    const data = Buffer.from(`{"proc-mem":${this.#records.length}}`);
    const event = { id, type: '$statsCollected', contentType: 'application/json', data, metadata: Buffer.alloc(0) };
    this.#write('$stats-127.0.0.1:2113', [event], ticksOf(Date.now()));
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  #keep(name, events, created) {
    if (this.#file === undefined) return;
    const line = events.map(({ id, type, contentType, data, metadata }) => {
      const [body, beside] = [data, metadata].map((bytes) => Buffer.from(bytes).toString('base64'));
      return [id, type, contentType, body, beside];
    });
    writeSync(this.#file, `${JSON.stringify([name, String(created), line])}\n`);
  }

  /** A line that a kill cut short was never answered: it is left out. */
  #load(file) {
    const text = readFileSync(file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
    for (const line of whole.split('\n').slice(0, -1)) {
      const [name, created, events] = JSON.parse(line);
      const bytes = (text) => Buffer.from(text, 'base64');
      this.#write(
        name,
        events.map(([id, type, contentType, data, metadata]) => {
          return { id, type, contentType, data: bytes(data), metadata: bytes(metadata) };
        }),
        BigInt(created),
      );
    }
  }

  close() {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

const placeOf = ({ revision, commit, prepare }) => ({ revision, commit, prepare });
