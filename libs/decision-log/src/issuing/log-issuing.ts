import { setTimeout as pause } from 'node:timers/promises';
import { mayRecord, seesEverything } from '#access';
import { commandName, Turns, type EventStore } from '#event-store';
import type { DeliveryRoute } from '#governance';
import { COMMAND_LINE, isRefusal, londonDay, Refusal, type Actor } from '#kernel';
import type { DecisionLogView, Register, StandingOrderView } from '#register';
import type { Deliverer } from '../delivery/parcel.js';
import { dueLogs, outstandingOf, WHENEVER, type DueLog } from '../due/due-logs.js';
import { issuedId, issueOf, scopeAtIssue } from '../issued.js';
import { LOG_FORMATS, LogFiles, type LogFormat } from '../log-files.js';
import type { Scope } from '../question.js';
import type { LogSource } from '../source.js';
import { sharedSource } from './breathing.js';
import { handOver, notDelivered, NOTHING_HANDED_OVER, type Handover } from './deliveries.js';
import { issuedIn, recordedBy, type IssuedBefore, type LogReceipt } from './issued-before.js';
import {
  dueOrder,
  settledOrder,
  uniquely,
  type IssuedLog,
  type IssuingOptions,
  type LogCommand,
  type LogOrder,
  type LogRecording,
} from './log-order.js';
import { parcelOf } from './parcel-of.js';
import { digestsOnly, formatsIn, inMemory, madeOn, type KeptFile } from './shelf.js';

/** What the program that issues is made of. */
export interface IssuingParts {
  readonly register: Register;
  readonly store: Pick<EventStore, 'readStream' | 'readStreams' | 'readAll'>;
  readonly source: (now: number) => LogSource;
  readonly deliverer: Deliverer;
  /** Passes where the door would take the data. @throws Refusal */
  readonly check: (command: LogCommand, data: object) => void;
  /** Records through the one door. */
  readonly record: (recording: LogRecording, actor: Actor) => Promise<LogReceipt>;
  /** Waits until the views have all that is recorded. @throws Refusal where they do not come. */
  readonly settled: () => Promise<void>;
  /** Version of the program. */
  readonly release: string;
}

/** Whoever makes files, which takes memory and a processor: one log at a time in a program. */
const MAKING = 'making';

/**
 * Issues decision logs: makes every file, delivers, and only then records. What waits for another has the same command, the
 * same standing order or the same log; nobody waits while something else is delivered. Turns are taken in that order.
 */
export class LogIssuing {
  private readonly turns = new Turns();

  constructor(private readonly parts: IssuingParts) {}

  /**
   * Issues the log that answers a question. The same log for the same recipient is issued once: asked for again, what is
   * outstanding is delivered.
   *
   * @throws Refusal `LOG_NOT_DELIVERED` where nobody accepted it: it is not issued; `DELIVERED_NOT_RECORDED` where it was
   *   accepted and could not be recorded; `FORBIDDEN`, and those of `settle` and of the door, before anything is made.
   */
  issue(order: LogOrder, actor: Actor, options: IssuingOptions = {}): Promise<IssuedLog> {
    const { commandId } = order;
    const issued = async (): Promise<IssuedLog> => {
      mayRecord(actor, 'decisionLog');
      if (order.reader === 'OFFICERS') mayHandOut(actor);
      await this.parts.settled();
      return this.issued(order, actor, options);
    };
    return commandId === undefined ? issued() : this.inTurn(`command ${commandName(actor, commandId)}`, issued);
  }

  /**
   * Issues what is due, or delivers what is outstanding of it; undefined where somebody else has in the meantime.
   *
   * @throws Refusal as `issue` does.
   */
  issueDue(
    due: DueLog,
    { now, publicAddress }: Pick<LogOrder, 'now' | 'publicAddress'>,
    actor: Actor,
    options: IssuingOptions = {},
  ): Promise<IssuedLog | undefined> {
    const { standingOrder = '' } = due;
    return this.inTurn(`order ${standingOrder === '' ? (due.issued?.id ?? '') : standingOrder}`, async () => {
      mayRecord(actor, 'decisionLog');
      await this.parts.settled();
      if (due.issued) return this.deliverAgain(due.issued.id, now, actor, options);
      const still = (await dueLogs(this.parts.register, { now, named: due.standingOrder })).find(
        ({ firstDay, lastDay, isDue, terms }) =>
          isDue && terms !== undefined && firstDay === due.firstDay && lastDay === due.lastDay,
      );
      if (!still?.terms) return undefined;
      return this.issued({ ...dueOrder(still, still.terms), publicAddress, now }, actor, options);
    });
  }

  private async issued(order: LogOrder, actor: Actor, options: IssuingOptions): Promise<IssuedLog> {
    const { parts } = this;
    const { now, commandId } = order;
    if (commandId !== undefined) {
      const known = await recordedBy(parts, { sender: actor, commandId, now });
      if (known?.state.reader === 'OFFICERS') mayHandOut(actor);
      if (known) return this.deliverAgain(known.id, now, actor, options);
    }
    const { scope, giving } = await settledOrder(parts, order);
    const id = issuedId(scope, giving);
    return this.inTurn(`log ${id}`, async () => {
      const known = await issuedIn(parts.store, id);
      return known
        ? this.deliveredAgain(known, now, actor, options)
        : this.issuedAs(id, { scope, giving }, order, actor, options);
    });
  }

  private async issuedAs(
    id: string,
    { scope, giving }: Awaited<ReturnType<typeof settledOrder>>,
    order: LogOrder,
    actor: Actor,
    options: IssuingOptions,
  ): Promise<IssuedLog> {
    const { parts } = this;
    const { now, commandId } = order;
    const deliverTo = uniquely(order.deliverTo ?? []);
    const complete = { ...giving, release: parts.release, deliverTo };
    parts.check('IssueDecisionLog', issueOf(scope, [SOME_FILE], complete).data);
    const source = sharedSource(parts.source(now));
    const shelf = await (options.shelf?.(id) ?? (deliverTo.length > 0 ? inMemory() : digestsOnly()));
    try {
      const formats = order.formats ?? (Object.keys(LOG_FORMATS) as LogFormat[]);
      const log = new LogFiles(source, scope, options.onProgress);
      const files = await this.inTurn(MAKING, async () => madeOn(shelf, log, formats));
      const handover = await this.handedOver(scope, files, { id, ...giving }, deliverTo);
      if (deliverTo.length > 0 && handover.delivered.length === 0) throw notDelivered(id, 'was not issued', handover);
      const { data } = issueOf(scope, files, { ...complete, delivered: handover.delivered });
      const recording = { id, command: 'IssueDecisionLog', data, commandId: commandId ?? `issue:${id}` } as const;
      const receipt = await this.recorded({ ...recording, effectiveOn: londonDay(now) }, handover, actor);
      await shelf.keep();
      return { id, receipt, scope, files: files.map(digestOf), ...handover };
    } finally {
      await shelf.discard();
    }
  }

  /** Delivers what is outstanding of an issued log: the same log, made again exactly. */
  private deliverAgain(id: string, now: number, actor: Actor, options: IssuingOptions): Promise<IssuedLog> {
    return this.inTurn(`log ${id}`, async () => this.deliveredAgain(await this.before(id), now, actor, options));
  }

  private async deliveredAgain(
    { id, state, receipt }: IssuedBefore,
    now: number,
    actor: Actor,
    { shelf: shelfFor, onProgress }: IssuingOptions,
  ): Promise<IssuedLog> {
    if (state.withdrawn) {
      throw new Refusal('LOG_WITHDRAWN', `this very log was issued as ${id} and withdrawn since`, {
        remedy: 'issue one as known now, which replaces it',
      });
    }
    const { register, source } = this.parts;
    const place = { asAt: londonDay(now), position: await register.position() };
    const scope = await scopeAtIssue(this.parts, state, { now, place });
    const order = await this.orderOf(state.standingOrder);
    const routes = outstandingOf(state, order);
    const issued = { id, receipt, scope, files: state.files, ...NOTHING_HANDED_OVER };
    if (routes.length === 0 && !shelfFor) return issued;
    const shelf = (await shelfFor?.(id)) ?? inMemory();
    try {
      const log = new LogFiles(sharedSource(source(now)), scope, onProgress);
      const files = await this.inTurn(MAKING, async () => madeOn(shelf, log, formatsIn(state.files)));
      refuseChanged(id, state, files);
      const { recipient, replaces, standingOrder } = state;
      const handover = await this.handedOver(scope, files, { id, recipient, replaces, standingOrder }, routes);
      if (routes.length > 0 && handover.delivered.length === 0)
        throw notDelivered(id, 'is issued, and was not delivered', handover);
      const { delivered } = handover;
      if (delivered.length > 0) {
        const commandId = `deliver:${id}:${delivered.map(({ by, at }) => `${by}@${at}`).join(',')}`.slice(0, 200);
        const recording = { id, command: 'RecordLogDelivery', data: { delivered }, commandId } as const;
        await this.recorded({ ...recording, effectiveOn: londonDay(now) }, handover, actor);
      }
      await shelf.keep();
      return { ...issued, ...handover };
    } finally {
      await shelf.discard();
    }
  }

  private async handedOver(
    scope: Scope,
    files: readonly KeptFile[],
    addressed: Parameters<typeof parcelOf>[2],
    routes: readonly DeliveryRoute[],
  ): Promise<Handover> {
    if (routes.length === 0) return NOTHING_HANDED_OVER;
    return handOver(this.parts.deliverer, await parcelOf(scope, files, addressed), routes);
  }

  /** Records what cannot be taken back; a store that is busy or did not answer is asked again. */
  private async recorded(recording: LogRecording, { delivered }: Handover, actor: Actor): Promise<LogReceipt> {
    for (let tries = 1; ; tries++) {
      try {
        const receipt = await this.parts.record(recording, actor);
        await this.parts.settled();
        return receipt;
      } catch (thrown) {
        const isPassing = isRefusal(thrown) && (thrown.code === 'OVERLOADED' || thrown.code === 'OUTCOME_UNKNOWN');
        if (isPassing && tries < MOST_TRIES) {
          await pause(AGAIN_MS * tries);
          continue;
        }
        if (delivered.length === 0 || !isRefusal(thrown)) throw thrown;
        const whom = delivered.map(({ to }) => to).join(' and ');
        throw new Refusal(
          'DELIVERED_NOT_RECORDED',
          `${whom} accepted the log ${recording.id}, and it could not be recorded: ${thrown.message}`,
          {
            remedy:
              'issue it again: it is delivered once more, with the same message id while nothing else is recorded',
          },
        );
      }
    }
  }

  private async before(id: string): Promise<IssuedBefore> {
    const known = await issuedIn(this.parts.store, id);
    if (!known) throw new Refusal('LOG_UNKNOWN', `no log was issued as ${JSON.stringify(id)}`, { field: 'id' });
    return known;
  }

  private async orderOf(id: string | undefined): Promise<StandingOrderView | undefined> {
    if (id === undefined) return undefined;
    const { register } = this.parts;
    const place = { asAt: WHENEVER, position: await register.position() };
    const answer = await register.point<StandingOrderView>('standingOrder', id, place);
    return answer.kind === 'found' ? answer.state : undefined;
  }

  private inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.turns.take({ alone: new Set([name]) }, work);
  }
}

/** Stands for the files until they are made: the rest of the data is looked at before anything is. */
const SOME_FILE = { name: LOG_FORMATS.html.file, bytes: 0, sha256: '0'.repeat(64) };

/** Times a recording is sent after something was delivered. */
const MOST_TRIES = 5;

/** Before it is sent again, in milliseconds, times the tries so far. */
const AGAIN_MS = 100;

const digestOf = ({ name, bytes, sha256 }: KeptFile): IssuedLog['files'][number] => ({ name, bytes, sha256 });

/** Whoever does not see what is withheld does not send it to anybody either; under a standing order, others decided. */
function mayHandOut(actor: Actor): void {
  if (seesEverything(actor) || actor.vouchedBy === COMMAND_LINE) return;
  throw new Refusal('FORBIDDEN', 'a log for officers holds what is withheld from others, and from you', {
    field: 'reader',
    remedy: 'ask a governance officer to issue it, or issue one for the public',
  });
}

/** What is delivered later is what was issued, or nothing. */
function refuseChanged(id: string, { files }: DecisionLogView, made: readonly KeptFile[]): void {
  const changed = files.filter((file) => made.find(({ name }) => name === file.name)?.sha256 !== file.sha256);
  if (changed.length === 0) return;
  const names = changed.map(({ name }) => name).join(', ');
  throw new Refusal(
    'LOG_NOT_AS_ISSUED',
    `the log ${id} can no longer be made as it was issued (${names}): something has been withheld since, or another release made it`,
    { remedy: 'withdraw it, and issue one that replaces it' },
  );
}
