import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mayRecord } from '#access';
import { EventStore, sha256Hex, eventId, isPassing, type StreamWrite } from '#event-store';
import { isAggregate, schemaVersionOf, subjectOf, type Aggregate } from '#governance';
import {
  Refusal,
  canonicalJson,
  said,
  instantOf,
  textTrouble,
  type Actor,
  type Envelope,
  type NewEvent,
} from '#kernel';
import { judge, type Judgement } from './judge.js';
import type { Intent, Receipt } from './intent.js';
import { openLog } from './log-opening.js';
import { SubjectLogs, type RecordedCommand, type SubjectLog } from './subject-log.js';

/** The one command of the house: something is to be recorded. */
export class Submit extends Command<Receipt> {
  constructor(
    readonly intent: Intent,
    readonly actor: Actor,
  ) {
    super();
  }
}

/** Times a command is decided again because somebody else wrote to its subject in between. */
const TRIES = 8;

/**
 * The only place where writing happens: permit, read and fold, gather, decide, append.
 * Commands on one subject wait for each other in this process; across processes the store's check of the revision
 * makes the later one read and decide again.
 */
@CommandHandler(Submit)
export class SubmitHandler implements ICommandHandler<Submit> {
  private readonly logs: SubjectLogs;
  private readonly queues = new Map<string, Promise<unknown>>();
  private opened = false;

  constructor(private readonly store: EventStore) {
    this.logs = new SubjectLogs(store);
  }

  /**
   * @throws Refusal where a rule says no: nothing is written. `OVERLOADED` and `OUTCOME_UNKNOWN` are answered by
   *   sending the same command again; it is never recorded twice.
   */
  async execute({ intent, actor }: Submit): Promise<Receipt> {
    const aggregate = checkedAggregate(intent);
    mayRecord(actor, aggregate);
    if (!this.opened) {
      await openLog(this.store, { recordedInstants: 'own' }, actor, instantOf(Date.now()));
      this.opened = true;
    }
    const stream = subjectOf(aggregate, intent.id);
    return this.inTurn(stream, async () => this.record(aggregate, stream, intent, actor));
  }

  private async inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(stream);
    const turn = before ? before.then(work, work) : work();
    this.queues.set(stream, turn);
    try {
      return await turn;
    } finally {
      if (this.queues.get(stream) === turn) this.queues.delete(stream);
    }
  }

  private async record(aggregate: Aggregate, stream: string, intent: Intent, actor: Actor): Promise<Receipt> {
    const digest = digestOf(intent);
    for (let attempt = 1; ; attempt++) {
      const log = await this.logs.of(stream);
      const earlier = log.commands.get(intent.commandId);
      if (earlier) return repeated(stream, earlier, digest, intent.commandId);
      const judgement = await judge(aggregate, intent, log, this.store, this.logs, actor);
      const writes = writesOf(judgement, log, intent, actor, digest);
      const outcome = await this.store.append(writes, intent.recordedAt ? { recordedAt: intent.recordedAt } : {});
      switch (outcome.kind) {
        case 'appended':
        case 'already appended':
          return outcome.positions === null
            ? this.receiptWithoutPlace(log, writes)
            : this.receipt(log, writes, outcome.positions, outcome.recordedAt);
        case 'wrong revision':
          this.logs.forget(stream);
          if (attempt < TRIES) continue;
          throw new Refusal('CONFLICT', `${stream} was written to by others ${TRIES} times in a row`, {
            remedy: 'look at what they recorded, then send the command again',
          });
        case 'id taken': {
          // The same command, sent to another program at the same time, comes with another trace context.
          this.logs.forget(stream);
          const first = (await this.logs.of(stream)).commands.get(intent.commandId);
          if (first) return repeated(stream, first, digest, intent.commandId);
          // What the other has taken in front of it is taken up when it is decided again.
          if (attempt < TRIES && (await this.isOfCommand(outcome.id, writes.slice(0, -1), digest))) continue;
          throw reused(intent.commandId);
        }
        case 'too large':
          throw new Refusal(
            'TOO_LARGE',
            `the command takes ${outcome.bytes} bytes; the register takes ${outcome.limit}`,
            {
              field: 'data',
              remedy: 'record the long text as a document elsewhere and its address here',
            },
          );
        case 'overloaded':
          throw new Refusal('OVERLOADED', 'more is being recorded than can be written at the moment', {
            remedy: 'send the same command again in a few seconds',
          });
        case 'unknown': {
          const found = await this.foundAgain(stream, intent.commandId);
          if (found) return repeated(stream, found, digest, intent.commandId);
          throw new Refusal('OUTCOME_UNKNOWN', 'the store has not said whether the command was recorded', {
            remedy: 'send the same command again with the same commandId: it is recorded once',
          });
        }
      }
    }
  }

  /** The command in its stream; undefined also where the store does not answer: nobody knows then. */
  private async foundAgain(stream: string, commandId: string): Promise<RecordedCommand | undefined> {
    this.logs.forget(stream);
    try {
      return (await this.logs.of(stream)).commands.get(commandId);
    } catch (thrown) {
      if (isPassing(thrown)) return undefined;
      throw thrown;
    }
  }

  /** Whether an event stands in one of these streams for the same command: another try of it has written so far. */
  private async isOfCommand(id: string, takings: readonly StreamWrite[], digest: string): Promise<boolean> {
    const taking = takings.find(({ events }) => events.some((event) => event.id === id));
    const there = taking && (await this.store.readStream(taking.stream)).find((event) => event.id === id);
    return there !== undefined && (JSON.parse(there.envelope) as Envelope).commandDigest === digest;
  }

  private receipt(
    log: SubjectLog,
    writes: readonly StreamWrite[],
    positions: readonly number[],
    recordedAt: ReturnType<typeof instantOf>,
  ): Receipt {
    const events = (writes.at(-1) as StreamWrite).events;
    const first = positions.length - events.length;
    const from = log.revision + 1;
    const { stream } = log;
    const stored = events.map((event, index) => ({
      ...event,
      stream,
      revision: from + index,
      position: positions[first + index] as number,
      recordedAt,
    }));
    this.logs.wrote(log, stored);
    return receiptOf(stream, stored, false);
  }

  /** It is written, and the store cannot say yet at which positions: the receipt names the place in the stream. */
  private receiptWithoutPlace({ stream, revision }: SubjectLog, writes: readonly StreamWrite[]): Receipt {
    this.logs.forget(stream);
    const { events } = writes.at(-1) as StreamWrite;
    return {
      subject: stream,
      events: events.map(({ id, type }) => ({ id, type, position: null })),
      position: null,
      after: `r${revision + events.length}.${stream}`,
      alreadyRecorded: false,
    };
  }
}

function checkedAggregate({ aggregate, id, commandId, ...named }: Intent): Aggregate {
  const { onBehalfOf, correlationId, causationId, traceparent } = named;
  if (!isAggregate(aggregate)) {
    throw new Refusal(
      'UNKNOWN_AGGREGATE',
      `aggregate names nothing the register holds: found ${JSON.stringify(aggregate)}`,
      {
        field: 'aggregate',
      },
    );
  }
  const optional = Object.entries({ onBehalfOf, correlationId, causationId, traceparent }).filter(
    ([, text]) => text !== undefined,
  );
  for (const [field, text] of [...Object.entries({ id, commandId }), ...optional]) {
    const trouble = keyTrouble(text);
    if (trouble) throw new Refusal('NOT_A_KEY', `${field} is not usable as a key: ${trouble}`, { field });
  }
  return aggregate;
}

function keyTrouble(text: unknown): string | undefined {
  if (typeof text !== 'string' || text === '') return `needed a text, found ${JSON.stringify(text)}`;
  if (text.length > 200) return `needed at most 200 characters, found ${text.length}`;
  if (text !== text.trim()) return 'it begins or ends with a space';
  if (/\p{Cc}/u.test(text)) return 'it has a control character in it';
  return textTrouble(text);
}

function writesOf(
  { facts, takings }: Judgement,
  log: SubjectLog,
  intent: Intent,
  actor: Actor,
  commandDigest: string,
): readonly StreamWrite[] {
  const { commandId, onBehalfOf, correlationId, causationId, traceparent, source } = intent;
  const taken = takings.reduce((sum, { events }) => sum + events.length, 0);
  const count = taken + facts.length;
  const shared = {
    actor,
    onBehalfOf,
    commandId,
    commandDigest,
    count,
    correlationId,
    causationId,
    traceparent,
    source,
  };
  let index = 0;
  const event = (id: string, type: string, data: object, own: Partial<Envelope>): NewEvent => ({
    id,
    type,
    schemaVersion: schemaVersionOf(type),
    payload: canonicalJson(data),
    envelope: canonicalJson(said({ ...shared, ...said(own), index: index++ })),
  });
  const { effectiveOn } = facts[0] as Judgement['facts'][number];
  return [
    ...takings.map(({ stream, expected, events }) => ({
      stream,
      expected,
      events: events.map(({ type, data }, place) =>
        event(eventId(`${commandId}/${stream}`, place), type, data, { effectiveOn }),
      ),
    })),
    {
      stream: log.stream,
      expected: log.revision === -1 ? ('no stream' as const) : { revision: log.revision },
      events: facts.map(({ type, data, id: factId, ...own }) => event(factId, type, data, own)),
    },
  ];
}

/** Of everything the sender asked for, whatever the order of its keys. */
function digestOf({ aggregate, id, steps, source, onBehalfOf }: Intent): string {
  return sha256Hex(JSON.stringify(sorted({ aggregate, id, steps, source, onBehalfOf })));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).toSorted()) ordered[key] = sorted((value as Record<string, unknown>)[key]);
  return ordered;
}

function repeated(stream: string, earlier: RecordedCommand, digest: string, commandId: string): Receipt {
  if (earlier.digest !== digest) throw reused(commandId);
  return receiptOf(stream, earlier.events, true);
}

function reused(commandId: string): Refusal {
  return new Refusal('COMMAND_ID_REUSED', `commandId ${JSON.stringify(commandId)} was used for another command`, {
    field: 'commandId',
    remedy: 'give the new command an id of its own',
  });
}

function receiptOf(stream: string, events: RecordedCommand['events'], alreadyRecorded: boolean): Receipt {
  const position = events.at(-1)?.position ?? null;
  return {
    subject: stream,
    events: events.map(({ id, type, position: at }) => ({ id, type, position: at })),
    position,
    after: `p${position}`,
    alreadyRecorded,
  };
}
