import { Injectable } from '@nestjs/common';
import { mayRead, seesEverything } from '#access';
import {
  decisionPage,
  disclosing,
  knowing,
  gatherLog,
  hiddenFrom,
  isLogFormat,
  LOG_FORMATS,
  remake,
  settle,
  type DecisionLog,
  type LogFormat,
  type LogQuestion,
  type LogSource,
  type ReaderClass,
  type RemadeFile,
} from '#decision-log';
import { EventStore } from '#event-store';
import { eventReader } from '#governance';
import { londonDay, Refusal, type Actor } from '#kernel';
import { Register, type DecisionLogView, type Place } from '#register';

/** Rooms that a log reads. */
const READ = [
  'organisation',
  'body',
  'decision',
  'delegation',
  'appointment',
  'meeting',
  'budget',
  'scrutiny',
] as const;

/** Decision logs and pages of decisions, as whoever asks may see them. */
@Injectable()
export class DecisionLogs {
  private readonly readEvent = eventReader();

  constructor(
    private readonly register: Register,
    private readonly store: EventStore,
  ) {}

  /** A log that nobody has issued, as it would be now. */
  async made(question: Omit<LogQuestion, 'reader'>, actor: Actor): Promise<DecisionLog> {
    for (const aggregate of READ) mayRead(actor, aggregate);
    const source = this.source(question.now);
    return gatherLog(source, await settle(source, { ...question, reader: readerOf(actor) }));
  }

  /** A page of one decision; undefined where there is none that may be seen. */
  async page(
    named: string,
    basis: { readonly asAt?: string; readonly asKnownAt?: string },
    publicAddress: string | undefined,
    actor: Actor,
    now: number,
  ): Promise<string | undefined> {
    mayRead(actor, 'decision');
    const [source, reader] = [this.source(now), readerOf(actor)];
    const place = await this.register.resolveBasis({ ...basis, now, hidden: await hiddenFrom(reader, source, now) });
    return decisionPage(source, { named, place, reader, publicAddress });
  }

  /** A file of an issued log, made again; undefined where there is no such log. @throws Refusal `FORBIDDEN` */
  async issued(
    named: string,
    format: LogFormat,
    exactly: boolean,
    actor: Actor,
    now: number,
  ): Promise<RemadeFile | undefined> {
    for (const aggregate of [...READ, 'decisionLog'] as const) mayRead(actor, aggregate);
    const place: Place = { asAt: londonDay(now), position: await this.register.position() };
    const id = await this.register.resolveSubject('decisionLog', named, place);
    const answer = id === undefined ? undefined : await this.register.point<DecisionLogView>('decisionLog', id, place);
    if (id === undefined || answer?.kind !== 'found') return undefined;
    if (answer.state.reader === 'OFFICERS' && !seesEverything(actor)) {
      throw new Refusal('FORBIDDEN', 'this log was made for named recipients; it holds what is withheld from others', {
        remedy: 'ask the governance officer who issued it',
      });
    }
    return remake(this.source(now), id, answer.state, format, { now, exactly, place });
  }

  private source(now: number): LogSource {
    const { register, store, readEvent } = this;
    return {
      register,
      store,
      readEvent,
      disclose: disclosing(register, store, now),
      known: knowing(register, store, now),
    };
  }
}

const readerOf = (actor: Actor): ReaderClass => (seesEverything(actor) ? 'officers' : 'public');

/** The format that a request prefers, by its media types; HTML where it does not mind. */
export const preferredFormat = (accept: string | undefined): LogFormat | undefined => {
  const wanted = (accept ?? '*/*')
    .split(',')
    .map((part, at) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
      return { type, quality: Number.isNaN(quality) ? 0 : quality, at };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality || a.at - b.at);
  for (const { type } of wanted) {
    if (type === '*/*' || type === 'text/*') return 'html';
    const found = Object.entries(LOG_FORMATS).find(([, format]) => format.type.startsWith(type));
    if (found && type !== '' && isLogFormat(found[0])) return found[0];
    if (type === 'application/*') return 'json';
  }
  return undefined;
};
