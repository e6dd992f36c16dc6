import { isRefusal, Refusal, type Instant, type Position } from '#kernel';
import type { EventStore } from '#event-store';
import { AsOf } from './as-of.js';
import type { Door } from './door.js';
import { CHANGE, planVersion, planWithdrawal, type ChangeRule, type Plan } from './plan.js';
import { type Desired, desiredOf, pointed, statement } from './statements.js';
import { noCounts, refusedRow, type Counts, type RefusedRow } from './report.js';
import { mayStandLater, reasonOf, saysNothingNew, withdrawalReason } from './reason.js';
import { takenRows } from './gathering.js';
import { countOf } from './row.js';
import type { Contradicting } from './contradicting.js';
import { fingerprint, keyOf, type SourceFile } from './source-file.js';
import { Supports } from './supports.js';
import { stateOf, type Traces } from './traces.js';
import { departed, departure } from './whole-lists.js';
import { sourceOf, type Moment, type Spoilt, type Turn, type Withdrawal } from './turns.js';
import { Window, recordSupport, referredTo, type Done, type Entry, type Support } from './window.js';

/** A row that says what it said, but of what it needs something else. */
const PUT_RIGHT: Plan = { outcome: 'corrected', parts: [] };

/** Takes rows one after the other and makes the register say what they say. */
export class Importer {
  readonly counts = new Map<SourceFile, Counts>();
  readonly refusals: RefusedRow[] = [];
  readonly notes: string[] = [];
  readonly supports: Supports;
  private readonly window: Window;
  private readonly asOf: AsOf;
  /** Rows that were refused, and may yet be possible when more is recorded: a subject they name is not there yet. */
  private waiting: { turn: Turn; thrown: unknown }[] = [];
  /** Rows whose earlier version does not stand either, by their mapping. */
  private readonly takenBack: Withdrawal[] = [];
  private readonly wanted = new Set<string>();
  private afterwards: { turn: Turn; support: Support; source: Entry['source']; thrown?: unknown }[] = [];

  /** @param onRow called for every row that has been dealt with, for a progress bar. */
  constructor(
    private readonly store: EventStore,
    private readonly door: Door,
    private readonly traces: Traces,
    private readonly contradicting: Contradicting,
    private readonly onRow: () => void,
  ) {
    this.window = new Window(door, traces);
    this.asOf = new AsOf(store);
    this.supports = new Supports(traces);
  }

  async position(): Promise<Position> {
    return this.store.head();
  }

  countsOf(file: SourceFile): Counts {
    const found = this.counts.get(file) ?? { ...noCounts(), rows: file.rows };
    this.counts.set(file, found);
    return found;
  }

  /** A file without instants, row by row. @param onBatch called after the rows of one value of the batch column. */
  async takeFile(
    file: SourceFile,
    batch: { readonly column: string; readonly onBatch: (value: string) => Promise<void> } | undefined,
  ): Promise<void> {
    this.countsOf(file);
    const seen = new Map<string, { line: number; print: string }>();
    let value: string | undefined;
    for await (const taken of takenRows(file)) {
      const { line } = taken;
      if ('skipped' in taken) this.skip(file);
      if ('thrown' in taken) this.spoil({ ...taken, file });
      if (!('row' in taken)) continue;
      const { row } = taken;
      try {
        const current = batch && row.cell(batch.column);
        if (value !== undefined && current !== value) await this.reached(batch, value);
        value = current;
        const key = keyOf(file, row);
        const print = fingerprint(file, row);
        const earlier = seen.get(key);
        if (earlier && earlier.print !== print) {
          throw new Refusal(
            'ROW_TWICE',
            `the row ${key} stands on line ${earlier.line} with other values; needed one row with a key, or more columns in \`row:\` of the mapping`,
            { field: file.mapping.row[0] },
          );
        }
        if (!earlier) seen.set(key, { line, print });
        await this.take({ file, line, row, key });
      } catch (thrown) {
        this.refuse({ file, line, thrown, count: countOf(row) });
      }
    }
    await this.settle(false);
    if (value !== undefined) await this.reached(batch, value);
  }

  private async reached(
    batch: { readonly onBatch: (value: string) => Promise<void> } | undefined,
    value: string,
  ): Promise<void> {
    await this.flush();
    await batch?.onBatch(value);
  }

  /** All that the sources said at one instant: what they took back first, then what they said, then what had to wait. */
  async takeMoment({ instant, turns, withdrawals, lists }: Moment): Promise<void> {
    this.door.comeTo(instant);
    for (const withdrawal of withdrawals) await this.withdraw(withdrawal);
    await this.flush();
    const waitingBefore = this.waiting;
    this.waiting = [];
    for (const turn of turns) await this.take(turn);
    await this.settle(true);
    for (const { file, keys } of lists) await this.depart(file, keys, instant);
    if (this.door.keepInstants) await this.contradicting.record(instant);
    this.waiting.unshift(...waitingBefore);
    if (waitingBefore.length > 0) await this.settle(false);
  }

  /** Tries again what had to wait for something that has been recorded since. @returns whether anything went in. */
  async again(): Promise<boolean> {
    const before = this.waiting.length;
    await this.settle(false);
    return this.waiting.length < before;
  }

  /** What still names a subject that is not there is refused. */
  async finish(): Promise<void> {
    await this.settle(true);
    if (!this.door.keepInstants) await this.contradicting.record(undefined);
    for (const { turn, support, thrown } of this.afterwards) {
      if (thrown === undefined) continue;
      this.countsOf(turn.file).asideRefused += 1;
      this.refusals.push(
        refusedRow(thrown, { file: turn.file.name, line: turn.line, row: `${turn.key}, needed ${support.stream}` }),
      );
    }
    this.afterwards = [];
  }

  /** A row that could not even be put in order. */
  spoil(spoilt: Spoilt): void {
    this.refuse(spoilt);
  }

  private async take(turn: Turn): Promise<void> {
    const { file, key, row } = turn;
    try {
      if (this.needsUnderway(file)) await this.flush();
      const desired = desiredOf(file.mapping, row);
      if (this.window.meets(key, [desired.stream])) await this.flush();
      const supports = this.supports.of(turn, file.mapping.first);
      const isPutRight = supports.some(({ corrects }) => corrects !== undefined);
      const plan = (await this.planned(turn, desired)) ?? (isPutRight ? PUT_RIGHT : undefined);
      this.later(turn);
      if (!plan) return this.settled(turn, 'unchanged');
      const entry: Entry = { turn, plan, supports, source: sourceOf(turn) };
      if (this.window.meets(key, [...plan.parts.map(({ stream }) => stream), ...referredTo(entry)])) await this.flush();
      this.window.add(key, entry);
      if (this.window.isFull) await this.begin();
    } catch (thrown) {
      this.answered({ turn, thrown });
    }
  }

  /** What a version comes to; undefined for nothing. @throws Refusal where by its own instant it could not be recorded. */
  private async planned(turn: Turn, desired: Desired): Promise<Plan | undefined> {
    const { file, key, instant } = turn;
    const { name, subject } = file.mapping;
    const traces = this.traces.of(name, key);
    const state = stateOf(traces, instant);
    const plan = planVersion(desired, state, reasonOf(turn), this.changeRule(turn, desired));
    if (plan.outcome === 'unchanged') return undefined;
    const behind = instant !== undefined && instant <= (this.traces.front(name) ?? '');
    if (subject.existing && !(await this.holdsExisting(desired.stream, behind ? instant : undefined, name))) {
      throw new Refusal(
        'UNKNOWN_REFERENCE',
        `${subject.aggregate} ${JSON.stringify(desired.id)} is not in the register: needed one that is, since the rows add to it`,
        {
          field: 'subject',
          rule: 'BR-008',
          remedy: `import the file of the ${subject.aggregate}s with or before this one`,
        },
      );
    }
    if (behind) {
      await this.flush();
      for (const { stream, steps } of plan.parts) await this.asOf.judge(stream, steps, instant);
      const later = traces.find(({ statedAt }) => statedAt !== undefined && statedAt > instant);
      if (later) {
        throw new Refusal(
          'LATER_VERSION',
          `the register holds a later version of the row, of ${later.statedAt}: what stood at ${instant} cannot be put in before it`,
          {
            remedy:
              'import the versions of a source in their order; correct the subject by hand where this one matters',
          },
        );
      }
    }
    return plan;
  }

  private async holdsExisting(stream: string, instant: Instant | undefined, name: string): Promise<boolean> {
    if (this.window.meets('', [stream])) await this.flush();
    return this.asOf.holds(stream, instant, name);
  }

  private changeRule({ file }: Turn, desired: Desired): ChangeRule | undefined {
    const { snapshot, subject } = file.mapping;
    const on = file.listDay;
    const [first] = desired.statements;
    if (!snapshot || on === undefined || !first) return undefined;
    return {
      on,
      statement: (fields) => {
        const given = first.data as Readonly<Record<string, unknown>>;
        const data = Object.fromEntries(fields.map((field) => [field, given[field] ?? null]));
        const { states } = first;
        return statement(
          subject.aggregate,
          { command: snapshot.change, data, states },
          { effectiveOn: on },
          `${CHANGE}${on}`,
        );
      },
    };
  }

  private async withdraw(withdrawal: Withdrawal): Promise<void> {
    const { file, key, instant, reason = withdrawalReason(withdrawal) } = withdrawal;
    const traces = this.traces.of(file.mapping.name, key);
    const plan = planWithdrawal(stateOf(traces, instant), reason);
    const later = traces.some(({ statedAt }) => instant !== undefined && statedAt !== undefined && statedAt > instant);
    if (!plan || later) return;
    const streams = plan.parts.map(({ stream }) => stream);
    if (this.window.meets(key, streams)) await this.flush();
    this.window.add(key, { turn: withdrawal, plan, supports: [], source: sourceOf(withdrawal) });
    if (this.window.isFull) await this.begin();
  }

  /** Who stands in the register and not in a list that is whole has left by its day. */
  private async depart(file: SourceFile, keys: ReadonlySet<string> | undefined, instant: Instant): Promise<void> {
    if (!keys) {
      this.notes.push(
        `${file.name} is not taken as whole, since one of its rows cannot be read: nobody has left by it`,
      );
      return;
    }
    const { name } = file.mapping;
    for (const key of departed(file, keys, this.traces.keysOf(name))) {
      const step = departure(file, stateOf(this.traces.of(name, key), instant));
      if (!step) continue;
      const plan: Plan = { outcome: 'recorded', parts: [step] };
      if (this.window.meets(key, [step.stream])) await this.flush();
      const turn: Withdrawal = { file, line: 1, key, instant, left: true };
      this.window.add(key, { turn, plan, supports: [], source: sourceOf(turn) });
      if (this.window.isFull) await this.begin();
    }
    await this.flush();
  }

  /** A row that its mapping passes over. */
  skip(file: SourceFile): void {
    this.countsOf(file).skipped += 1;
    this.onRow();
  }

  /** What a row needs is registered once: not where it is being registered already. */
  private needsUnderway({ mapping: { first, after } }: SourceFile): boolean {
    return [...first, ...after].some(({ aggregate }) => this.window.records(aggregate));
  }

  /** Has the rows of the window recorded while the next are gathered. */
  private async begin(): Promise<void> {
    await this.landed();
    this.window.begin();
  }

  private async flush(): Promise<void> {
    await this.begin();
    await this.landed();
  }

  /** Waits for the rows that are being recorded, and takes down what became of them. */
  private async landed(): Promise<void> {
    for (const done of await this.window.ended()) {
      const { turn, plan } = done.entry;
      this.countsOf(turn.file).supporting += done.supporting;
      if ('row' in turn) {
        if (done.thrown === undefined) this.settled(turn, plan.outcome);
        else this.answered({ turn, thrown: done.thrown, entry: done.entry });
      } else this.withdrawn(turn, done);
    }
  }

  private withdrawn({ file, line, key, left }: Withdrawal, { thrown }: Done): void {
    const counts = this.countsOf(file);
    if (thrown === undefined) {
      counts[left ? 'left' : 'withdrawn'] += 1;
      this.contradicting.settled(file.mapping.name, key);
      return;
    }
    // Somebody has recorded already that it is over.
    if (left && isRefusal(thrown) && thrown.code === 'ALREADY_ENDED') return;
    counts.asideRefused += 1;
    this.refusals.push(refusedRow(thrown, { file: file.name, line, row: `${key}, ${left ? 'left' : 'withdrawn'}` }));
  }

  private settled({ file, key, row }: Turn, outcome: Plan['outcome']): void {
    this.contradicting.settled(file.mapping.name, key);
    this.countsOf(file)[outcome] += countOf(row);
    this.dealtWith(countOf(row));
  }

  private dealtWith(count: number): void {
    for (let row = 0; row < count; row++) this.onRow();
  }

  private answered({ turn, thrown, entry }: { turn: Turn; thrown: unknown; entry?: Entry }): void {
    if (saysNothingNew(thrown)) return this.settled(turn, 'unchanged');
    if (mayStandLater(thrown)) this.waiting.push({ turn, thrown });
    else this.refuseTurn(turn, thrown, entry);
  }

  private refuseTurn(turn: Turn, thrown: unknown, entry?: Entry): void {
    const { file, line, key, row, instant } = turn;
    const { name } = file.mapping;
    const [live] = stateOf(this.traces.of(name, key), instant).live.values();
    const standing = live !== undefined;
    const steps = entry?.plan.parts[0]?.steps ?? [];
    const order = steps.map((step) => ('record' in step ? step.record.fact : step.annul.fact));
    const isTakenBack = standing && file.mapping.refused === 'withdraw';
    if (isTakenBack) {
      const reason = `its later version was refused: ${isRefusal(thrown) ? thrown.message : String(thrown)}`;
      this.takenBack.push({ file, line, key, reason, ...(instant !== undefined && { instant }) });
    }
    const cell = (field?: string) => pointed(file.mapping, field, order, row);
    if (live && !isTakenBack) this.contradicting.refused(turn, live.stream, thrown, cell);
    this.refuse({ file, line, thrown, key, count: countOf(row) }, standing && !isTakenBack, cell);
  }

  private refuse(
    { file, line, thrown, key, count }: Spoilt,
    standing = false,
    cell?: Parameters<typeof refusedRow>[2],
  ): void {
    const counts = this.countsOf(file);
    counts.refused += count;
    if (standing) counts.leftStanding += count;
    const place = { file: file.name, line, ...(key !== undefined && { row: key }) };
    const told = refusedRow(thrown, place, cell);
    const message = told.message.replaceAll(/steps\[\d+\]\./g, '');
    this.refusals.push({ ...told, message, ...(standing && { leftStanding: true as const }) });
    this.dealtWith(count);
  }

  /** Tries again what had to wait, as long as that leads on. @param last what cannot go in now is refused. */
  private async settle(last: boolean): Promise<void> {
    await this.flush();
    for (let before = Infinity; this.waiting.length > 0 && this.waiting.length < before;) {
      before = this.waiting.length;
      const again = this.waiting;
      this.waiting = [];
      for (const { turn } of again) await this.take(turn);
      await this.flush();
    }
    await this.recordAfterwards();
    if (!last) return;
    for (const { turn, thrown } of this.waiting) this.refuseTurn(turn, thrown);
    this.waiting = [];
    for (const withdrawal of this.takenBack.splice(0)) await this.withdraw(withdrawal);
    await this.flush();
  }

  private later(turn: Turn): void {
    const { after } = turn.file.mapping;
    if (after.length === 0) return;
    for (const support of this.supports.of(turn, after)) {
      if (this.wanted.has(support.stream)) continue;
      this.wanted.add(support.stream);
      this.afterwards.push({ turn, support, source: sourceOf(turn) });
    }
  }

  private async recordAfterwards(): Promise<void> {
    const left: typeof this.afterwards = [];
    for (const waiting of this.afterwards) {
      try {
        if (await recordSupport(this.door, this.traces, waiting, waiting.support))
          this.countsOf(waiting.turn.file).supporting += 1;
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        left.push({ ...waiting, thrown });
      }
    }
    this.afterwards = left;
  }
}
