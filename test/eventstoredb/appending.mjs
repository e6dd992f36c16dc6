// How the stand-in answers appends, and what it does instead where a script says so.
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
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
} from './messages.mjs';

export class Appending {
  constructor(log, { maxAppendSize, faults }) {
    this.log = log;
    this.maxAppendSize = maxAppendSize;
    this.faults = faults;
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
      if (call.cancelled || !options || events.length === 0) return;
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedOf(options);
      const work = () => this.#done(stream, expected, events);
      const say = ({ error, outcome }) => (error ? answer(error) : answer(null, appendAnswer(outcome, expected)));
      void this.#meet(this.faults.take('append'), work, say, (error) => answer(error));
    });
  }

  /** One long call with many appends, each named by its correlation id. */
  batch(call) {
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
      const stream = nameOf(batch.options.getStreamIdentifier());
      const work = () => this.#done(stream, expectedOf(batch.options), batch.events);
      const say = ({ outcome }) => call.write(batchAnswer(correlation, outcome ?? { actual: -1 }, stream));
      const fault = this.faults.take('batchAppend');
      const told = fault?.kind === 'answered twice' ? (done) => [say(done), say(done)] : say;
      void this.#meet(fault, work, told, (error) => call.emit('error', error));
    });
  }

  /** A delete, soft or hard. */
  remove(call, answer, how) {
    const stream = nameOf(call.request.getOptions().getStreamIdentifier());
    const outcome = this.log[how](stream);
    if (outcome.kind === 'wrong') return answer(statusOf({ code: 9, details: 'no stream' }));
    const reply = how === 'tombstone' ? new streams.TombstoneResp() : new streams.DeleteResp();
    const Position = how === 'tombstone' ? streams.TombstoneResp.Position : streams.DeleteResp.Position;
    const position = new Position();
    position.setCommitPosition(String(outcome.commit));
    position.setPreparePosition(String(outcome.prepare));
    reply.setPosition(position);
    answer(null, reply);
  }

  #done(stream, expected, events) {
    const bytes = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    if (bytes > this.maxAppendSize) return { error: tooLarge(this.maxAppendSize) };
    const outcome = this.log.append(stream, expected, events);
    return outcome.kind === 'deleted' ? { error: streamDeleted(stream) } : { outcome };
  }

  async #meet(fault, work, say, breakOff) {
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
