// How the stand-in answers appends, and what it does instead where a script says so.
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { DiskFull } from './log.mjs';
import {
  accessDenied,
  appendAnswer,
  batchAnswer,
  expectedOf,
  nameOf,
  notLeader,
  proposedOf,
  statusOf,
  streamDeleted,
  tooLarge,
  unavailable,
  unheardOfAnswer,
  wrongVersion,
} from './messages.mjs';

/** A refusal as an append of its own says it; a wrong version is part of the answer there. */
const refusals = {
  deleted: (stream) => streamDeleted(stream),
  denied: () => accessDenied(),
  'too large': (_, { limit }) => tooLarge(limit),
};

export class Appending {
  /** @param options.onFull called where the disk has no room: nothing is answered. */
  constructor(log, { maxAppendSize, faults, access, onFull }) {
    this.log = log;
    this.maxAppendSize = maxAppendSize;
    this.faults = faults;
    this.access = access;
    this.onFull = onFull;
  }

  /** One call, one append. */
  append(call, answer) {
    let options;
    const events = [];
    call.on('data', (message) => {
      if (message.hasOptions()) options = message.getOptions();
      else events.push(proposedOf(message.getProposedMessage()));
    });
    call.on('error', () => undefined);
    call.on('end', async () => {
      // A client that has gone before its request was whole has asked for nothing: its going ends the request as well.
      await turn();
      if (call.cancelled || !options) return;
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedOf(options);
      const work = () => this.#done(call, stream, expected, events);
      const say = (outcome) => {
        const refused = refusals[outcome.kind]?.(stream, outcome);
        return refused ? answer(refused) : answer(null, appendAnswer(outcome, expected));
      };
      void this.#meet(this.faults.take('append'), work, say, (error) => answer(error));
    });
  }

  /**
   * One long call with many appends, each named by its correlation id.
   *
   * @param admit told of each; gives what ends the call instead, and waits where nothing is answered.
   */
  batch(call, admit) {
    const open = new Map();
    call.on('error', () => undefined);
    call.on('end', () => call.end());
    call.on('data', (message) => {
      const correlation = message.getCorrelationId();
      const key = correlation.getString() || JSON.stringify(correlation.toObject());
      const batch = open.get(key) ?? { events: [] };
      open.set(key, batch);
      if (message.hasOptions()) batch.options = message.getOptions();
      batch.events.push(...message.getProposedMessagesList().map(proposedOf));
      if (!message.getIsFinal()) return;
      open.delete(key);
      void admit().then((refused) => {
        if (refused) call.emit('error', refused);
        else this.#batched(call, correlation, batch);
      });
    });
  }

  #batched(call, correlation, { options, events }) {
    const stream = nameOf(options.getStreamIdentifier());
    const expected = expectedOf(options);
    const work = () => this.#done(call, stream, expected, events);
    const say = (outcome) => call.write(batchAnswer(correlation, outcome, stream, expected));
    const fault = this.faults.take('batchAppend');
    const told = fault?.kind === 'answered twice' ? (done) => [say(done), say(done)] : say;
    const breakOff = (error) => call.emit('error', error);
    if (fault?.kind === 'not understood') call.write(unheardOfAnswer(correlation, stream));
    else void this.#meet(fault, work, told, breakOff);
  }

  /** A delete, soft or hard. */
  remove(call, answer, how) {
    const options = call.request.getOptions();
    const stream = nameOf(options.getStreamIdentifier());
    if (!this.access.allows(this.access.whoIs(call.metadata), 'delete', stream)) return answer(accessDenied());
    const expected = expectedOf(options);
    const outcome = this.log[how](stream, expected);
    if (outcome.kind === 'deleted') return answer(streamDeleted(stream));
    if (outcome.kind === 'wrong') return answer(wrongVersion(stream, expected, outcome.actual));
    const reply = how === 'tombstone' ? new streams.TombstoneResp() : new streams.DeleteResp();
    const Position = how === 'tombstone' ? streams.TombstoneResp.Position : streams.DeleteResp.Position;
    const position = new Position();
    position.setCommitPosition(String(outcome.commit));
    position.setPreparePosition(String(outcome.prepare));
    reply.setPosition(position);
    answer(null, reply);
  }

  /** The limit is one of the data: what stands beside it is not counted. */
  #done(call, stream, expected, events) {
    if (!this.access.allows(this.access.whoIs(call.metadata), 'write', stream)) return { kind: 'denied' };
    const bytes = events.reduce((sum, { data }) => sum + data.length, 0);
    if (bytes > this.maxAppendSize) return { kind: 'too large', limit: this.maxAppendSize };
    try {
      return this.log.append(stream, expected, events);
    } catch (thrown) {
      if (!(thrown instanceof DiskFull)) throw thrown;
      this.onFull();
      return undefined;
    }
  }

  async #meet(fault, work, answer, breakOff) {
    const say = (outcome) => outcome && answer(outcome);
    switch (fault?.kind) {
      case 'lost request':
        return;
      case 'lost answer':
        work();
        return;
      case 'late':
        await pause(fault.ms);
        return say(work());
      case 'late answer': {
        const done = work();
        await pause(fault.ms);
        return say(done);
      }
      case 'dropped':
        if (fault.done) work();
        return breakOff(unavailable());
      case 'twice':
        work();
        return say(work());
      case 'not leader':
        return breakOff(notLeader(fault.leader));
      case 'status':
        return breakOff(statusOf(fault));
      default:
        return say(work());
    }
  }
}
