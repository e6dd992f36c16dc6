import { randomUUID } from 'node:crypto';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { BinaryEventData } from '@eventstore/db-client';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { saidBy } from './errors.js';
import type { LogPlace } from './record.js';
import { StoreFault } from '../store-fault.js';

/** What an append came to, by the server's revisions. */
export interface Written {
  readonly revision: number;
  readonly place: LogPlace | undefined;
}

export type AppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

export interface AppendStreamOptions {
  /** Begins the long call; undefined where the server has none. */
  readonly begin: () => Promise<AppendCall | undefined>;
  /** Longest wait for the answer to one append, in milliseconds. */
  readonly answerMs: number;
}

interface UnderWay {
  readonly written: (written: Written) => void;
  readonly failed: (thrown: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/** Bytes from which on an append goes by a call of its own: others would wait behind it. */
const LARGE_BYTES = 262_144;

/** How long a long call that broke before it answered anything is not begun again, in milliseconds. */
const REST_MS = 5_000;

/** Beyond all clocks that are wrong: the server has an end of its own for each append, and so have we. */
const YEAR_MS = 31_536_000_000;

/**
 * Appends on one long call, `BatchAppend`, at half of what calls of their own cost. The client has it too, and there an
 * answer that never comes is waited for without end, one that comes twice ends the process, and what fails one client's
 * appends fails those of all.
 *
 * Here each append has its own end. Once one is not answered in time the call is given up, and with it those under way,
 * because the server lets go of what it has not begun. Of those nobody knows what became: they are to be looked for.
 */
export class AppendStream {
  readonly #options: AppendStreamOptions;
  readonly #underWay = new Map<string, UnderWay>();
  #call: AppendCall | undefined;
  #beginning: Promise<void> | undefined;
  #hasAnswered = false;
  #notBefore = 0;
  #isOver = false;

  constructor(options: AppendStreamOptions) {
    this.#options = options;
  }

  /** Whether an append can go this way now. Where it cannot, the long call is begun beside it. */
  takes(events: readonly BinaryEventData[]): boolean {
    if (events.length === 0 || sizeOf(events) > LARGE_BYTES) return false;
    if (!this.#call) void this.begin();
    return this.#call !== undefined;
  }

  /** Begins the long call, unless it is there, or cannot be had for now. */
  begin(): Promise<void> {
    if (this.#call || this.#isOver || performance.now() < this.#notBefore) return Promise.resolve();
    this.#beginning ??= this.#begin().finally(() => {
      this.#beginning = undefined;
    });
    return this.#beginning;
  }

  /**
   * @param revision the last revision expected, −1 for no stream.
   * @throws what the server refuses, as a call of its own says it; StoreFault `STORE_UNREACHABLE` where nobody knows what
   *   became of it.
   */
  append(stream: string, revision: number, events: readonly BinaryEventData[]): Promise<Written> {
    const call = this.#call;
    if (!call) return Promise.reject(lost('it is not there'));
    const id = randomUUID();
    return new Promise((written, failed) => {
      const timer = setTimeout(
        () => this.#giveUp(call, `no answer within ${this.#options.answerMs} ms`),
        this.#options.answerMs,
      );
      this.#underWay.set(id, { written, failed, timer });
      call.write(requestOf(id, stream, revision, events));
    });
  }

  /** Begins no call any more. */
  end(): void {
    this.#isOver = true;
    if (this.#call) this.#giveUp(this.#call, 'it was closed');
  }

  async #begin(): Promise<void> {
    const call = await this.#options.begin().catch(() => undefined);
    if (!call || this.#isOver) {
      call?.cancel();
      this.#notBefore = performance.now() + REST_MS;
      return;
    }
    this.#hasAnswered = false;
    call.on('data', (answer) => this.#answered(answer));
    call.on('end', () => this.#broke(call, 'the server ended it'));
    // The listener stays for good: an error that nobody listens for ends the process.
    call.on('error', (error) => this.#broke(call, saidBy(error)));
    this.#call = call;
  }

  #answered(answer: BatchAppendResp): void {
    this.#hasAnswered = true;
    const id = parseUUID(answer.getCorrelationId());
    const one = id === undefined ? undefined : this.#underWay.get(id);
    // What nobody waits for has been answered before.
    if (id === undefined || !one) return;
    this.#underWay.delete(id);
    clearTimeout(one.timer);
    if (answer.hasSuccess()) one.written(writtenOf(answer));
    else one.failed(refusalOf(answer));
  }

  #giveUp(call: AppendCall, why: string): void {
    this.#broke(call, why);
    call.cancel();
  }

  #broke(call: AppendCall, why: string): void {
    if (this.#call !== call) return;
    this.#call = undefined;
    if (!this.#hasAnswered) this.#notBefore = performance.now() + REST_MS;
    const underWay = [...this.#underWay.values()];
    this.#underWay.clear();
    for (const { failed, timer } of underWay) {
      clearTimeout(timer);
      failed(lost(why));
    }
  }
}

const sizeOf = (events: readonly BinaryEventData[]): number =>
  events.reduce(
    (sum, { data, metadata }) => sum + data.length + (ArrayBuffer.isView(metadata) ? metadata.byteLength : 0),
    0,
  );

const lost = (why: string): StoreFault => new StoreFault('STORE_UNREACHABLE', `the call for appends was lost: ${why}`);

function requestOf(id: string, stream: string, revision: number, events: readonly BinaryEventData[]): BatchAppendReq {
  const options = new streams.BatchAppendReq.Options();
  const name = new shared.StreamIdentifier();
  name.setStreamName(new Uint8Array(Buffer.from(stream, 'utf8')));
  options.setStreamIdentifier(name);
  options.setDeadline(timestamps.Timestamp.fromDate(new Date(Date.now() + YEAR_MS)));
  if (revision < 0) options.setNoStream(new empties.Empty());
  else options.setStreamPosition(String(revision));
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(uuidOf(id));
  request.setOptions(options);
  request.setProposedMessagesList(events.map(messageOf));
  request.setIsFinal(true);
  return request;
}

function messageOf({ id, type, contentType, data, metadata }: BinaryEventData): BatchAppendReq.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(uuidOf(id));
  message.getMetadataMap().set('type', type).set('content-type', contentType);
  message.setData(data);
  if (metadata instanceof Uint8Array) message.setCustomMetadata(metadata);
  return message;
}

const uuidOf = (text: string): InstanceType<typeof shared.UUID> => {
  const id = new shared.UUID();
  id.setString(text);
  return id;
};

const writtenOf = (answer: BatchAppendResp): Written => {
  const success = answer.getSuccess();
  const at = success?.getPosition();
  const place = at && { commit: BigInt(at.getCommitPosition()), prepare: BigInt(at.getPreparePosition()) };
  return { revision: Number(success?.getCurrentRevision()), place };
};

/** What is no refusal that the client knows says nothing of what became of the append. */
const refusalOf = (answer: BatchAppendResp): Error => {
  const [refused, stream] = [answer.getError(), answer.getStreamIdentifier()];
  if (!refused?.hasDetails() || !stream) return lost(refused?.getMessage() ?? 'an answer that says nothing');
  return unpackToCommandError(refused, Buffer.from(stream.getStreamName_asU8()).toString('utf8'));
};
