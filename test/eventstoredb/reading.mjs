// How the stand-in is read: streams, the whole log, and subscriptions to it.
import { randomUUID } from 'node:crypto';
import {
  accessDenied,
  caughtUpAnswer,
  checkpointAnswer,
  confirmedAnswer,
  eventAnswer,
  handlerFault,
  nameOf,
  notFoundAnswer,
  notLeader,
  statusOf,
  streamDeleted,
  tooSlow,
  unavailable,
} from './messages.mjs';

/** Records that a filtered subscription looks at between two checkpoints, times the client's multiplier. */
const CHECKPOINT_EVERY = 32;

/** Events that a live subscription may lag by before it is ended. */
const LIVE_BUFFER = 32;

const BACKWARDS = 1;

export class Reading {
  #subscriptions = new Set();

  /** @param options.frozen gives what resolves once the server goes on, undefined where it is not frozen. */
  constructor(log, { caughtUp, faults, access, frozen }) {
    this.log = log;
    this.caughtUp = caughtUp;
    this.faults = faults;
    this.access = access;
    this.frozen = frozen;
  }

  static kindOf = (call) => (call.request.getOptions().hasSubscription() ? 'subscribe' : 'read');

  read(call) {
    const options = call.request.getOptions();
    const kind = Reading.kindOf(call);
    const fault = this.faults.take(kind);
    call.on('error', () => undefined);
    if (fault?.kind === 'dropped') return void call.emit('error', unavailable());
    if (fault?.kind === 'status') return void call.emit('error', statusOf(fault));
    if (fault?.kind === 'not leader') return void call.emit('error', notLeader(fault.leader));
    if (fault?.kind === 'lost answer') return undefined;
    const name = options.hasAll() ? '$all' : nameOf(options.getStream().getStreamIdentifier());
    if (!this.access.allows(this.access.whoIs(call.metadata), 'read', name)) {
      return void call.emit('error', accessDenied());
    }
    if (kind === 'subscribe') return this.#subscribe(call, options, fault);
    if (fault?.kind === 'late') return void setTimeout(() => void this.#page(call, options), fault.ms);
    return void this.#page(call, options);
  }

  stop() {
    for (const end of this.#subscriptions) end();
  }

  async #page(call, options) {
    const records = options.hasAll() ? this.#pageOfAll(options) : this.#pageOfStream(call, options);
    if (!records) return;
    for (const record of records) {
      if (call.cancelled || call.destroyed) return;
      if (!call.write(eventAnswer(record))) await drained(call);
    }
    call.end();
  }

  #pageOfAll(options) {
    const all = options.getAll();
    const { records } = this.log;
    const limit = Number(options.getCount());
    // So it is on a server: it never ends.
    if (limit === 0) return undefined;
    const at = all.hasPosition() ? positionOf(all.getPosition()) : undefined;
    const matches = matcherOf(options);
    if (options.getReadDirection() === BACKWARDS) {
      if (all.hasStart()) return [];
      const before = at ? records.filter((record) => compare(record, at) < 0) : records;
      return before.filter(matches).slice(-limit).toReversed();
    }
    if (all.hasEnd()) return [];
    return records
      .slice(at ? firstFrom(records, at) : 0)
      .filter(matches)
      .slice(0, limit);
  }

  #pageOfStream(call, options) {
    const asked = options.getStream();
    const name = nameOf(asked.getStreamIdentifier());
    const there = this.log.read(name);
    if (there === 'deleted') return void call.emit('error', streamDeleted(name));
    if (!there) {
      call.write(notFoundAnswer(name));
      return void call.end();
    }
    const limit = Number(options.getCount());
    const backwards = options.getReadDirection() === BACKWARDS;
    if (limit === 0 || (asked.hasEnd() && !backwards)) return void call.emit('error', handlerFault());
    if (backwards) {
      const last = asked.hasEnd() ? Number.POSITIVE_INFINITY : 0;
      const upTo = asked.hasRevision() ? Number(asked.getRevision()) : last;
      return there
        .filter(({ revision }) => revision <= upTo)
        .slice(-limit)
        .toReversed();
    }
    const from = asked.hasRevision() ? Number(asked.getRevision()) : 0;
    return there.filter(({ revision }) => revision >= from).slice(0, limit);
  }

  #subscribe(call, options, fault) {
    const all = options.getAll();
    const matches = matcherOf(options);
    const every = CHECKPOINT_EVERY * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
    // The start is exclusive: the first event sent is the one after it.
    let place = all.hasEnd() ? this.log.records.at(-1) : undefined;
    if (all.hasPosition()) place = positionOf(all.getPosition());
    if (fault?.kind === 'from before') place = this.#before(place, fault.events);
    let [sinceCheckpoint, sent, pumping, over, live, blocked] = [0, 0, false, false, false, false];
    const left = () => this.log.records.slice(place ? firstAfter(this.log.records, place) : 0);
    const end = (error) => {
      over = true;
      stopListening();
      this.#subscriptions.delete(end);
      if (error) call.emit('error', error);
    };
    const pumpOne = async (record) => {
      place = record;
      sinceCheckpoint += 1;
      let room = true;
      if (matches(record)) {
        room = call.write(eventAnswer(record));
        if (fault?.kind === 'twice') room = call.write(eventAnswer(record));
        sent += 1;
      }
      if (options.hasFilter() && sinceCheckpoint >= every) {
        sinceCheckpoint = 0;
        room = call.write(checkpointAnswer(record)) && room;
      }
      if (fault?.kind === 'ends' && sent >= fault.after) return end(fault.slow ? tooSlow() : unavailable());
      blocked = !room;
      if (blocked) await drained(call);
      blocked = false;
    };
    const pump = async () => {
      if (pumping) return;
      pumping = true;
      for (let records = left(); !over && records.length > 0; records = left()) {
        for (const record of records) {
          const frozen = this.frozen();
          if (frozen) await frozen;
          if (over) return;
          await pumpOne(record);
        }
      }
      pumping = false;
      if (over || live) return;
      live = true;
      // Where it was asked to begin beyond the end, as after a log was put back, what comes now is told all the same.
      place = this.log.records.at(-1);
      if (this.caughtUp) call.write(caughtUpAnswer());
    };
    const appended = () => {
      if (live && blocked && left().filter(matches).length > LIVE_BUFFER) return end(tooSlow());
      return void pump();
    };
    const stopListening = this.log.onAppend(appended);
    this.#subscriptions.add(end);
    call.on('cancelled', () => end());
    call.on('close', () => end());
    call.write(confirmedAnswer(randomUUID()));
    if (fault?.kind === 'silent') return stopListening();
    void pump();
  }

  #before(place, events) {
    const { records } = this.log;
    const next = place ? firstAfter(records, place) : 0;
    return records[next - events - 1];
  }
}

const compare = (one, other) => {
  if (one.commit !== other.commit) return one.commit < other.commit ? -1 : 1;
  if (one.prepare === other.prepare) return 0;
  return one.prepare < other.prepare ? -1 : 1;
};

const positionOf = (message) => ({
  commit: BigInt(message.getCommitPosition()),
  prepare: BigInt(message.getPreparePosition()),
});

const bound = (records, goesBefore) => {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (goesBefore(records[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
};

const firstFrom = (records, at) => bound(records, (record) => compare(record, at) < 0);
const firstAfter = (records, at) => bound(records, (record) => compare(record, at) <= 0);

const matcherOf = (options) => {
  if (!options.hasFilter()) return () => true;
  const filter = options.getFilter();
  const [field, expression] = filter.hasStreamIdentifier()
    ? ['stream', filter.getStreamIdentifier()]
    : ['type', filter.getEventType()];
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => record[field].startsWith(prefix));
  const pattern = new RegExp(expression.getRegex(), 'u');
  return (record) => pattern.test(record[field]);
};

const drained = (call) =>
  new Promise((resolve) => {
    const done = () => {
      call.off('drain', done);
      call.off('close', done);
      call.off('cancelled', done);
      resolve();
    };
    call.on('drain', done);
    call.on('close', done);
    call.on('cancelled', done);
  });
