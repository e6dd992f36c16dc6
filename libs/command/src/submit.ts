import { setTimeout as pause } from 'node:timers/promises';
import { mayRecord } from '#access';
import { EventStore, isPassing, REGISTER_STREAM, type AppendOutcome, type StreamWrite } from '#event-store';
import {
  Refusal,
  instantOf,
  isRefusal,
  londonDay,
  type Actor,
  type Envelope,
  type Instant,
  type NewEvent,
  type Position,
} from '#kernel';
import { askedFor, type Asked } from './asked.js';
import { KeptInstants } from './instants.js';
import type { Intent, Receipt } from './intent.js';
import { judge, type Asking } from './judge.js';
import { OPENING, openingOf, type RegisterOpened } from './log-opening.js';
import { noted } from './still-withheld.js';
import { Streams } from './streams.js';
import { SubjectLog, type RecordedCommand } from './subject-log.js';
import { tooLarge, trialReceipt } from './trial.js';
import { receiptOf, receiptWithoutPlace, repeated, reused, writesOf } from './written.js';

/** The one command of the house: something is to be recorded. */
export class Submit {
  constructor(
    readonly intent: Intent,
    readonly actor: Actor,
    /** Answers as if it were recorded, and records nothing. */
    readonly dryRun = false,
  ) {}
}

/** Times a command is decided again because another program wrote to one of its streams in between. */
const TRIES = 64;

/** Answers of the store that are told when all has been looked at: they might be others, or tell of what is not known. */
const DECIDED_AGAIN: ReadonlySet<AppendOutcome['kind']> = new Set([
  'already appended',
  'wrong revision',
  'id taken',
  'too large',
]);

/** Longest pause before it is, in milliseconds: of several that meet, each gets in at some time. */
const LONGEST_PAUSE = 40;

/**
 * The only place where writing happens: permit, wait for a turn, look, judge, append, remember.
 * Commands that write to one stream, be it a subject or a series, take turns in this process, in the order in which they
 * came; across processes the store's check of the revision makes the later one look at what is new and decide again.
 */
export class SubmitHandler {
  private readonly streams: Streams;
  private opening: RegisterOpened = { recordedInstants: 'own' };
  private instants: KeptInstants;
  private opened = false;

  constructor(private readonly store: EventStore) {
    this.streams = new Streams(store);
    this.instants = new KeptInstants(store, this.opening);
  }

  /** A door for an import that brings its recording instants along into an empty register (T1). */
  static keepingInstants(store: EventStore, source: string): SubmitHandler {
    const handler = new SubmitHandler(store);
    handler.opening = { recordedInstants: 'kept', source };
    handler.instants = new KeptInstants(store, handler.opening);
    return handler;
  }

  /**
   * @throws Refusal where a rule says no: nothing is written. `OVERLOADED` and `OUTCOME_UNKNOWN` are answered by
   *   sending the same command again; it is never recorded twice.
   */
  async execute({ intent, actor, dryRun }: Submit): Promise<Receipt> {
    const asked = askedFor(intent, actor);
    mayRecord(actor, asked.aggregate);
    // Nothing is waited for before the turn is asked for: the order of turns is the order in which commands came.
    const asking = { actor, today: londonDay(Date.now()) };
    return this.streams.inTurn(asked.touched, async () =>
      dryRun ? this.tryOut(asked, asking) : this.record(asked, asking),
    );
  }

  /** All that recording does, up to where it would write. */
  private async tryOut(asked: Asked, asking: Asking): Promise<Receipt> {
    const before = await this.recordedBefore(asked, asking.actor);
    if (before) return before;
    const log = await this.streams.of(asked.stream, SubjectLog);
    const earlier = log.commands.get(asked.name);
    if (earlier) return noted(repeated(asked, earlier), log);
    const judgement = await judge(asked, log, { others: this.streams, written: this.streams }, asking);
    return trialReceipt(judgement, log, writesOf(judgement, log, asked, asking.actor));
  }

  private async record(asked: Asked, asking: Asking): Promise<Receipt> {
    const before = asked.intent.formerId === undefined ? undefined : await this.recordedBefore(asked, asking.actor);
    if (before) return before;
    for (let attempt = 0; attempt <= TRIES; attempt++) {
      if (attempt > 1) await pause(Math.random() * Math.min(2 ** attempt, LONGEST_PAUSE));
      const receipt = await this.tried(asked, asking, attempt === 0 ? 'as known' : 'looked at');
      if (receipt) return receipt;
    }
    throw conflict(asked.stream);
  }

  /**
   * One try. The first is on what is known of the streams that it writes to: that they are so is looked at by the store
   * when it writes. Nothing is refused on what is known, and nothing is taken for a fact.
   *
   * @returns undefined where the command has to be decided again, on what others have written.
   */
  private async tried(asked: Asked, asking: Asking, own: 'as known' | 'looked at'): Promise<Receipt | undefined> {
    const { intent, stream } = asked;
    const log =
      own === 'as known' ? this.streams.asKnown(stream, SubjectLog) : await this.streams.of(stream, SubjectLog);
    const earlier = log.commands.get(asked.name);
    // That it is recorded is said by the log, not by memory: another may have been put in its place.
    if (earlier) return own === 'as known' ? undefined : noted(repeated(asked, earlier), log);
    let writes: readonly StreamWrite[];
    try {
      if (intent.recordedAt) await this.instants.check(intent.recordedAt, Date.now());
      const written = own === 'as known' ? this.streams.unlooked : this.streams;
      writes = writesOf(await judge(asked, log, { others: this.streams, written }, asking), log, asked, asking.actor);
    } catch (thrown) {
      if (own === 'as known' && isRefusal(thrown)) return undefined;
      throw thrown;
    }
    const outcome = await this.append(writes, asked, asking.actor);
    if (own === 'as known' && DECIDED_AGAIN.has(outcome.kind)) return undefined;
    return this.answered(outcome, asked, log, writes);
  }

  /** The answer to a command that was recorded about the subject as it was called once. */
  private async recordedBefore({ intent }: Asked, actor: Actor): Promise<Receipt | undefined> {
    if (intent.formerId === undefined) return undefined;
    const before = askedFor({ ...intent, id: intent.formerId }, actor);
    const earlier = (await this.streams.of(before.stream, SubjectLog)).commands.get(before.name);
    return earlier && repeated(before, earlier);
  }

  /** With the opening of the log in front where it is empty. */
  private async append(writes: readonly StreamWrite[], { intent }: Asked, actor: Actor): Promise<AppendOutcome> {
    const options = intent.recordedAt ? { recordedAt: intent.recordedAt } : {};
    if (this.opened) return this.store.append(writes, options);
    const first = await this.streams.inTurn({ alone: new Set([REGISTER_STREAM]) }, async () => {
      this.opened ||= (await this.store.head()) >= 0;
      if (this.opened) return undefined;
      const opening = openingOf(this.opening, actor, intent.recordedAt ?? instantOf(Date.now()));
      const outcome = await this.store.append([opening, ...writes], options);
      const lost =
        (outcome.kind === 'id taken' && outcome.id === OPENING) ||
        (outcome.kind === 'wrong revision' && outcome.stream === REGISTER_STREAM);
      this.opened = lost || outcome.kind === 'appended';
      return lost ? undefined : outcome;
    });
    return first ?? this.store.append(writes, options);
  }

  /** @returns undefined where the command has to be decided again, on what others have written. */
  private async answered(
    outcome: AppendOutcome,
    asked: Asked,
    log: SubjectLog,
    writes: readonly StreamWrite[],
  ): Promise<Receipt | undefined> {
    const { events } = writes.at(-1) as StreamWrite;
    switch (outcome.kind) {
      case 'appended':
      case 'already appended':
        if (outcome.positions === null) return receiptWithoutPlace(log, events);
        this.instants.recorded(outcome.recordedAt);
        return this.remembered(log, events, outcome);
      case 'wrong revision':
        return undefined;
      case 'id taken': {
        // The same command, sent to another program at the same time, comes with another trace context.
        const first = (await this.streams.of(asked.stream, SubjectLog)).commands.get(asked.name);
        if (first) return repeated(asked, first);
        // What the other has taken in front of it is taken up when it is decided again.
        if (await this.isOfCommand(outcome.id, writes.slice(0, -1), asked)) return undefined;
        throw reused(asked.intent.commandId);
      }
      case 'too large':
        throw tooLarge(outcome);
      case 'overloaded':
        throw new Refusal('OVERLOADED', 'more is being recorded than can be written at the moment', {
          remedy: 'send the same command again in a few seconds',
        });
      case 'unknown': {
        const found = await this.foundAgain(asked);
        if (found) return repeated(asked, found);
        throw new Refusal('OUTCOME_UNKNOWN', 'the store has not said whether the command was recorded', {
          remedy: 'send the same command again with the same commandId: it is recorded once',
        });
      }
    }
  }

  /** The command in its stream; undefined also where the store does not answer: nobody knows then. */
  private async foundAgain({ stream, name }: Asked): Promise<RecordedCommand | undefined> {
    try {
      return (await this.streams.of(stream, SubjectLog)).commands.get(name);
    } catch (thrown) {
      if (isPassing(thrown)) return undefined;
      throw thrown;
    }
  }

  /** Whether an event stands in one of these streams for the same command: another try of it has written so far. */
  private async isOfCommand(id: string, takings: readonly StreamWrite[], { isSameAs }: Asked): Promise<boolean> {
    const taking = takings.find(({ events }) => events.some((event) => event.id === id));
    const there = taking && (await this.store.readStream(taking.stream)).find((event) => event.id === id);
    return there !== undefined && isSameAs((JSON.parse(there.envelope) as Envelope).commandDigest);
  }

  /** The command's own events are the last of what was written. */
  private remembered(
    log: SubjectLog,
    events: readonly NewEvent[],
    { positions, recordedAt }: { readonly positions: readonly Position[]; readonly recordedAt: Instant },
  ): Receipt {
    const first = positions.length - events.length;
    const { stream, revision } = log;
    const stored = events.map((event, index) => ({
      ...event,
      stream,
      revision: revision + 1 + index,
      position: positions[first + index] as Position,
      recordedAt,
    }));
    this.streams.wrote(log, stored);
    const receipt = receiptOf(stream, stored, false);
    return log.classing.size === 0 ? receipt : noted(receipt, this.streams.asKnown(stream, SubjectLog));
  }
}

const conflict = (stream: string): Refusal =>
  new Refusal('CONFLICT', `${stream}, or a reference it asks for, was written to by others ${TRIES} times in a row`, {
    remedy: 'look at what they recorded, then send the command again',
  });
