import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { EventStore } from '#event-store';
import {
  eventReader,
  inStep,
  matterOf,
  streamParts,
  traceOf,
  type Asking,
  type Known,
  type Matter,
  type Trace,
} from '#governance';
import type { CivilDate, DomainEvent, Instant } from '#kernel';
import {
  assess,
  Facts,
  Register,
  registerFacts,
  supposing,
  whenAllHaveAsked,
  type Answer,
  type Basis,
  type DecisionView,
  type FactSource,
  type Supposition,
} from '#register';
import { Belongings } from '../decision/belongings.js';
import { Disclosing } from '../disclosing.js';
import type { RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

/** Questions about authority, answered for whoever asks: what is withheld from them counts for nothing, or is told to be. */
@Injectable()
export class Tracing {
  private readonly read = eventReader();

  constructor(
    private readonly store: EventStore,
    private readonly register: Register,
    private readonly belongings: Belongings,
    private readonly disclosing: Disclosing,
  ) {}

  /** Runs a question on the facts as known at a basis, with a supposition laid over them where there is one. */
  async ask<Result>(
    question: Asking<Result>,
    basis: Basis,
    context: RequestContext,
    supposed?: Supposition,
  ): Promise<Result> {
    return assess(question, this.facts(basis, context, supposed));
  }

  /** The trace of a matter; those that a page asks for at once are answered together. */
  async trace(matter: Matter, basis: Basis, context: RequestContext): Promise<Trace> {
    const loader = context.loader(`authority ${basis.position}`, () => {
      const load = async (matters: readonly Matter[]): Promise<readonly Trace[]> =>
        this.ask(inStep(matters.map((one) => traceOf(one))), basis, context);
      return new DataLoader<Matter, Trace>(load, {
        maxBatchSize: 256,
        cache: false,
        batchScheduleFn: (ask) => whenAllHaveAsked(ask),
      });
    }) as DataLoader<Matter, Trace>;
    return loader.load(matter);
  }

  /** A decision as a matter, as far as it is shown: of a stub what it shows, and that the rest is withheld. */
  async matterOf(decision: RecordOf<DecisionView>, context: RequestContext): Promise<Matter> {
    const meeting = await this.belongings.meetingOf(decision, context);
    const body = await this.belongings.bodyThatMet(decision, context);
    return matterOf(streamParts(decision.id).id, decision, {
      ...(body !== undefined && { body }),
      ...(meeting?.heldOn !== undefined && { on: meeting.heldOn }),
    });
  }

  private facts(basis: Basis, context: RequestContext, supposed?: Supposition): Facts {
    const source = this.source(basis, context);
    if (supposed) return new Facts(supposing(source, supposed));
    return context.loader(`facts ${basis.position}`, () => new Facts(source)) as Facts;
  }

  private source(basis: Basis, context: RequestContext): FactSource {
    const events = async (subject: string): Promise<readonly DomainEvent[]> =>
      (await this.store.readStream(subject)).map(this.read);
    const facts = registerFacts(this.register, basis.position, events);
    if (!this.disclosing.restricts('decision', context)) return facts;
    return {
      ...facts,
      shown: async (aggregate, known, on) => (aggregate === 'decision' ? this.shown(known, on, basis, context) : known),
    };
  }

  /** Decisions as whoever asks may see them: those that they may not are not there, and what is withheld of another is missing. */
  private async shown(
    decisions: readonly Known[],
    on: CivilDate,
    basis: Basis,
    context: RequestContext,
  ): Promise<readonly Known[]> {
    const answers = decisions.map(({ id, state, from, to, recordedFrom }): [string, Answer] => [
      id,
      {
        ...{ kind: 'found', id, subject: `decision/${id}`, state, from, to, startKnown: true },
        ...{ recordedFrom, recordedAt: '' as Instant },
      },
    ]);
    const place = { asAt: on, position: basis.position };
    const shown = await this.disclosing.answers('decision', new Map(answers), place, context);
    return decisions.flatMap((known) => {
      const answer = shown.get(known.id);
      return answer?.kind === 'found' ? [{ ...known, state: answer.state }] : [];
    });
  }
}
