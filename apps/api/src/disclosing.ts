import { Injectable } from '@nestjs/common';
import { disclosureFor, presentationOf, seesEverything, STUB_LISTS, type Disclosure, type Presentation } from '#access';
import { londonDay, type CivilDate, type Position } from '#kernel';
import { EventStore } from '#event-store';
import { CLASSES, referenceKey, strictest, type DecisionPart } from '#governance';
import {
  hiddenPositions,
  noneOf,
  partMark,
  Register,
  WithheldRecordings,
  type Answer,
  type Place,
  type Restriction,
  type Shown,
  type Stretch as ListStretch,
  type WithheldDecision,
} from '#register';
import { hidesProcurement, isKnownTo, metBy, shownAs, stateOf, told, type Standing, type State } from './as-shown.js';
import type { RequestContext } from './request-context.js';

/** A stretch of a timeline, with what is withheld in it. */
export interface Stretch {
  readonly slice: Answer;
  readonly veil?: Disclosure;
}

/** What a list is narrowed to by more than its columns say: by what a decision shows in full, and by what a stub shows. */
export interface Narrowing {
  readonly inFull: Restriction;
  readonly asStub: Restriction;
}

/** A list in which a stub is found by the bodies that are said to have decided, never by those that follow. */
const FOLLOWING = 'decidingBody';

/** After every moment. */
const LAST = '~';

/** What is read of the register passes here on its way to whoever asks: decisions are shown as far as they may be. */
@Injectable()
export class Disclosing {
  private readonly withheldRecordings: WithheldRecordings;

  constructor(
    private readonly register: Register,
    store: EventStore,
  ) {
    this.withheldRecordings = WithheldRecordings.over(register, store);
  }

  /** Whether something of such subjects may be withheld from whoever asks. */
  restricts(aggregate: string, { actor }: RequestContext): boolean {
    return aggregate === 'decision' && !seesEverything(actor);
  }

  /** Answers as they may be shown; one that may not be is as if the register had never held it. */
  async answers<Shape extends object>(
    aggregate: string,
    answers: ReadonlyMap<string, Answer<Shape>>,
    basis: Place,
    context: RequestContext,
  ): Promise<ReadonlyMap<string, Answer<Shape>>> {
    if (!this.restricts(aggregate, context)) return answers;
    const now = await this.standing([...answers.keys()], context);
    const shown = new Map<string, Answer<Shape>>();
    for (const [id, answer] of answers) {
      const disclosure = metBy(context, answer, now.get(id));
      const visible =
        answer.kind === 'found'
          ? shownAs(answer, disclosure, now.get(id)?.withheld, context)
          : told(answer, now.get(id)?.withheld, basis, context);
      const gone = disclosure.presentation === 'absent' || visible === undefined;
      shown.set(id, gone ? { kind: 'never-recorded' } : visible);
    }
    return shown;
  }

  /** Rows of a list as they may be shown. Those that may not be are left out by `narrowed` already. */
  async rows<Row extends Shown>(
    aggregate: string,
    rows: readonly Row[],
    context: RequestContext,
  ): Promise<readonly Row[]> {
    if (!this.restricts(aggregate, context)) return rows;
    const now = await this.standing(
      rows.map(({ id }) => id),
      context,
    );
    return rows.flatMap((row) => {
      const standing = now.get(row.id);
      return shownAs(row, metBy(context, row, standing), standing?.withheld, context) ?? [];
    });
  }

  /**
   * What a list leaves out, so that nothing about it tells what is withheld: what is absent is not there, and a stub is found
   * by what it shows, and by nothing else.
   *
   * @param columns what the list is narrowed to.
   */
  async narrowed(
    aggregate: string,
    columns: readonly string[],
    basis: Place,
    context: RequestContext,
  ): Promise<Restriction | undefined> {
    if (!this.restricts(aggregate, context)) return undefined;
    const { open, there } = await this.seen(basis, context);
    const shown = columns.filter((column) => !STUB_LISTS.includes(column));
    if (shown.some((column) => column !== FOLLOWING)) return open;
    const said: Restriction = { not: { unlisted: ['decidedBy'] } };
    return shown.length === 0 ? there : { any: [open, { all: [there, said] }] };
  }

  /** That a subject is shown in full to whoever asks; undefined where everything is. */
  async inFull(aggregate: string, basis: Place, context: RequestContext): Promise<Restriction | undefined> {
    return this.restricts(aggregate, context) ? (await this.seen(basis, context)).open : undefined;
  }

  /** A narrowing as far as whoever asks may know by what a decision is found. */
  async asSeen(aggregate: string, narrowing: Narrowing, basis: Place, context: RequestContext): Promise<Restriction> {
    const { inFull, asStub } = narrowing;
    if (!this.restricts(aggregate, context)) return inFull;
    const { open, there } = await this.seen(basis, context);
    return { any: [{ all: [open, inFull] }, { all: [there, { not: open }, asStub] }] };
  }

  /**
   * Of which decisions a part is withheld from whoever asks, on a basis: those of which it is told that it is, and those
   * of which it is not. Undefined where nothing is.
   */
  async withoutPart(
    part: DecisionPart,
    basis: Place,
    context: RequestContext,
  ): Promise<{ readonly named: Restriction; readonly unnamed: Restriction } | undefined> {
    if (!this.restricts('decision', context)) return undefined;
    const here = await this.now(context);
    const of = await this.of([...(await this.withheld(context)).keys()], basis, context);
    const marked = (...as: readonly Presentation[]): readonly Restriction[] =>
      CLASSES.filter((each) => as.includes(presentationOf(context.actor, each))).flatMap((each) => {
        const words = { words: `|${partMark(part, each)}|`, column: 'withheldParts' };
        return [words, { ...words, at: { ...here, orEver: true } }];
      });
    const recorded = (field: 'withheldFields' | 'unnamedFields'): Restriction => ({
      ids: [...of].flatMap(([id, disclosure]) => (disclosure[field].includes(part) ? [id] : [])),
    });
    const unnamed: Restriction = { any: [...marked('absent'), recorded('unnamedFields')] };
    const hidden: Restriction = { any: [...marked('absent', 'stub'), recorded('withheldFields')] };
    return { named: { all: [hidden, { not: unnamed }] }, unnamed };
  }

  /** That what is shown of a decision was recorded in a stretch of time, as far as whoever asks is told when. */
  async recordedIn(recorded: ListStretch, basis: Place, context: RequestContext): Promise<Restriction> {
    if (!this.restricts('decision', context)) return { recorded };
    const hidden = [...(await this.withheld(context))].filter(([, one]) => one.hidden(isKnownTo(context)).length > 0);
    const ids = hidden.map(([id]) => id);
    const shown = await this.answers('decision', await this.register.pointMany('decision', ids, basis), basis, context);
    const { from, to = LAST } = recorded;
    const inIt = ids.filter((id) => {
      const answer = shown.get(id);
      return answer?.kind === 'found' && answer.recordedAt >= from && answer.recordedAt < to;
    });
    return { any: [{ all: [{ not: { ids } }, { recorded }] }, { ids: inIt }] };
  }

  /** What decisions whoever asks sees in full, and which they may know of, on a basis. */
  private async seen(basis: Place, context: RequestContext) {
    const here = await this.now(context);
    const presented = (...as: readonly Presentation[]) =>
      CLASSES.filter((each) => as.includes(presentationOf(context.actor, each)));
    const [absent, withheld] = [presented('absent'), presented('absent', 'stub')];
    const closed = await this.closed(basis, context);
    const closedAs = (...as: readonly Presentation[]) => as.flatMap((each) => closed.get(each) ?? []);
    return {
      open: noneOf(withheld, here, closedAs('absent', 'stub')),
      there: noneOf(absent, here, closedAs('absent')),
    };
  }

  /** Decisions of which a recording is withheld that what holds on a basis is made of. */
  private async closed(basis: Place, context: RequestContext): Promise<ReadonlyMap<Presentation, readonly string[]>> {
    const load = async () => {
      const closed = new Map<Presentation, string[]>();
      for (const [id, withheld] of await this.withheld(context)) {
        const { disclosure } = strictest(withheld.at(basis));
        const presentation = presentationOf(context.actor, disclosure);
        closed.set(presentation, [...(closed.get(presentation) ?? []), id]);
      }
      return closed;
    };
    return context.loader(`closed ${basis.asAt} ${basis.position}`, load) as ReturnType<typeof load>;
  }

  /** Which of several subjects somebody may be led to by a name: to a stub only by what the stub shows. */
  among(
    aggregate: string,
    named: string,
    basis: Place,
    context: RequestContext,
  ): (ids: readonly string[]) => Promise<readonly string[]> {
    if (!this.restricts(aggregate, context)) return async (ids) => ids;
    const bare = named.startsWith(`${aggregate}/`) ? named.slice(aggregate.length + 1) : named;
    return async (ids) => {
      const disclosures = await this.of(ids, basis, context);
      const now = await this.standing(ids, context);
      return ids.filter((id) => {
        const presentation = disclosures.get(id)?.presentation ?? 'full';
        if (presentation !== 'stub') return presentation === 'full';
        const shown = [id, ...(now.get(id)?.references ?? [])].map(referenceKey);
        return shown.includes(referenceKey(bare));
      });
    };
  }

  /** What whoever asks sees of decisions on a basis, by id; nothing where they see everything anyway. */
  async of(ids: readonly string[], basis: Place, context: RequestContext): Promise<ReadonlyMap<string, Disclosure>> {
    if (!this.restricts('decision', context)) return new Map();
    const known = context.loader(`disclosure ${basis.asAt} ${basis.position}`, () => new Map()) as Map<
      string,
      Disclosure
    >;
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length > 0) {
      const now = await this.standing(missing, context);
      for (const [id, answer] of await this.register.pointMany('decision', missing, basis)) {
        known.set(id, metBy(context, answer, now.get(id)));
      }
    }
    return known;
  }

  /**
   * What whoever asks sees of each recording about decisions, by the strictest class it ever stood under; undefined for
   * all of it. One that is absent is to leave no trace.
   */
  async recordings(
    ids: readonly string[],
    basis: Place,
    context: RequestContext,
  ): Promise<(id: string, eventId: string) => Disclosure | undefined> {
    if (!this.restricts('decision', context)) return () => undefined;
    const [now, ofAll] = [await this.standing(ids, context), await this.of(ids, basis, context)];
    const then = await this.register.pointMany('decision', [...new Set(ids)], basis);
    return (id, eventId) => {
      const recorded = now.get(id)?.withheld?.of(eventId);
      const whole = ofAll.get(id);
      if (recorded === undefined || whole?.presentation === 'absent') return whole;
      const answer = then.get(id);
      const state = answer?.kind === 'found' ? stateOf(answer) : undefined;
      return disclosureFor(context.actor, state, now.get(id)?.classed, [recorded]);
    };
  }

  /** The stretches of a timeline that may be shown, each with what is withheld in it; without bounds that tell. */
  async stretches(
    { aggregate, id }: { readonly aggregate: string; readonly id: string },
    slices: readonly Answer[],
    toldDays: ReadonlySet<CivilDate>,
    context: RequestContext,
  ): Promise<readonly Stretch[]> {
    if (!this.restricts(aggregate, context)) return slices.map((slice) => ({ slice }));
    const now = (await this.standing([id], context)).get(id);
    const stretches: { slice: Shown; veil: Disclosure }[] = [];
    for (const slice of slices) {
      if (slice.kind !== 'found') continue;
      const veil = metBy(context, slice, now);
      const shown = shownAs(slice, veil, now?.withheld, context);
      if (shown) stretches.push({ slice: shown, veil });
    }
    if (!stretches.some(({ veil }) => hidesProcurement(veil))) return stretches;
    const kept = stretches.filter(({ slice }, at) => at === 0 || toldDays.has(slice.from));
    return kept.map(({ slice, veil }, at) => ({ slice: { ...slice, to: kept[at + 1]?.slice.from ?? null }, veil }));
  }

  /** Where in the log recordings stand that whoever asks may not know of; undefined where there can be none. */
  async hidden(context: RequestContext): Promise<ReadonlySet<Position> | undefined> {
    if (!this.restricts('decision', context)) return undefined;
    return hiddenPositions(await this.withheld(context), isKnownTo(context));
  }

  /** Today, as known now: by what class a decision is withheld whatever basis is asked about. */
  private async now(context: RequestContext): Promise<Place> {
    const load = async (): Promise<Place> => ({
      asAt: londonDay(context.requestedAt),
      position: await this.register.position(),
    });
    return context.loader('today, as known now', load) as Promise<Place>;
  }

  private async withheld(context: RequestContext): Promise<ReadonlyMap<string, WithheldDecision>> {
    const load = async () => this.withheldRecordings.on((await this.now(context)).asAt);
    return context.loader('withheld recordings', load) as ReturnType<typeof load>;
  }

  /** One statement for all of them; one more for each of which nothing holds today. */
  private async standing(ids: readonly string[], context: RequestContext): Promise<ReadonlyMap<string, Standing>> {
    const known = context.loader('decisions today', () => new Map()) as Map<string, Standing>;
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    const answers = await this.register.pointMany('decision', missing, await this.now(context));
    const recordings = await this.withheld(context);
    for (const [id, answer] of answers) {
      const withheld = recordings.get(id);
      if (answer.kind === 'never-recorded') known.set(id, { classed: undefined, references: [], withheld });
      else {
        const states =
          answer.kind === 'found' ? [stateOf(answer)] : await this.register.everShown<State>('decision', id);
        const references = states.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
        known.set(id, { classed: strictest(states), references, withheld });
      }
    }
    return known;
  }
}
