import { dayOfStep, type Receipt } from '#command';
import { streamParts, subjectOf } from '#governance';
import { type Source } from '#kernel';
import { commandIdOf, shortened } from './command-id.js';
import type { Door } from './door.js';
import type { Plan } from './plan.js';
import type { PlannedStep } from './spells.js';
import { referencesOf, type Statement } from './statements.js';
import { saysNothingNew } from './reason.js';
import { SUPPORT, locatorOf, type Traces } from './traces.js';
import type { Turn, Withdrawal } from './turns.js';

/** A subject that a row needs, with what registers it. */
export interface Support {
  readonly stream: string;
  readonly statement: Statement;
  /** The event by which the collection registered it, where it says otherwise now. */
  readonly corrects?: string;
}

/** A row with all that is to be recorded for it. */
export interface Entry {
  readonly turn: Turn | Withdrawal;
  readonly plan: Plan;
  /** In the order in which one may refer to another. */
  readonly supports: readonly Support[];
  readonly source: Omit<Source, 'locator'>;
}

export interface Done {
  readonly entry: Entry;
  readonly supporting: number;
  /** Where the row was refused, or what it needs. */
  readonly thrown?: unknown;
}

/** Rows in one window at most: what is written together in one durable commit. */
const WIDEST = 256;

type Part = Plan['parts'][number];

interface Written extends Part {
  readonly receipt: Receipt;
}

/** Rows that are being recorded. */
interface Underway {
  /** Keys of the rows, and all streams that are written to, also for what they need. */
  readonly taken: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
  readonly done: Promise<readonly Done[]>;
}

/**
 * Rows that are recorded side by side, so that the store can write many in one commit. Two rows that touch one subject,
 * or of which one refers to the other, never stand in one window: what is recorded does not depend on who is quicker.
 *
 * While a window is recorded the next is gathered; it is begun when the one before has ended.
 */
export class Window {
  private entries: Entry[] = [];
  private taken = new Set<string>();
  private underway: Underway | undefined;

  constructor(
    private readonly door: Door,
    private readonly traces: Traces,
  ) {}

  get isFull(): boolean {
    return this.entries.length >= WIDEST;
  }

  /** True where the row has to wait for what is in the window already. */
  meets(key: string, streams: Iterable<string>): boolean {
    for (const name of [`\n${key}`, ...streams])
      if (this.taken.has(name) || this.underway?.taken.has(name)) return true;
    return false;
  }

  /** True where subjects of such a kind are being recorded: which of them are there is not known until it has ended. */
  records(aggregate: string): boolean {
    return this.underway?.aggregates.has(aggregate) ?? false;
  }

  add(key: string, entry: Entry): void {
    this.entries.push(entry);
    this.taken.add(`\n${key}`);
    for (const { stream } of entry.plan.parts) this.taken.add(stream);
  }

  /** Waits for what is being recorded. @returns the answers, in the order of the rows. */
  async ended(): Promise<readonly Done[]> {
    const done = (await this.underway?.done) ?? [];
    this.underway = undefined;
    return done;
  }

  /** Begins to record what is in the window. What was begun before has ended. */
  begin(): void {
    const { entries, taken } = this;
    if (entries.length === 0) return;
    [this.entries, this.taken] = [[], new Set()];
    const streams = entries.flatMap(({ plan, supports }) => [...plan.parts, ...supports].map(({ stream }) => stream));
    const aggregates = new Set(streams.map((stream) => streamParts(stream).aggregate));
    const done = this.recorded(entries);
    // Met where it is waited for.
    done.catch(() => undefined);
    this.underway = { taken: new Set([...taken, ...streams]), aggregates, done };
  }

  /** Supporting subjects first. */
  private async recorded(entries: readonly Entry[]): Promise<readonly Done[]> {
    const failed = new Map<string, unknown>();
    const supporting = new Map<Entry, number>();
    const deepest = Math.max(...entries.map(({ supports }) => supports.length));
    for (let depth = 0; depth < deepest; depth++) await this.support(entries, depth, failed, supporting);
    return Promise.all(
      entries.map(async (entry): Promise<Done> => {
        const own = supporting.get(entry) ?? 0;
        const missing = entry.supports.find(({ stream }) => failed.has(stream));
        if (missing) return { entry, supporting: own, thrown: failed.get(missing.stream) };
        try {
          await this.record(entry);
          return { entry, supporting: own };
        } catch (thrown) {
          return { entry, supporting: own, thrown };
        }
      }),
    );
  }

  private async support(
    entries: readonly Entry[],
    depth: number,
    failed: Map<string, unknown>,
    supporting: Map<Entry, number>,
  ): Promise<void> {
    const wanted = new Map<string, { entry: Entry; support: Support }>();
    for (const entry of entries) {
      const support = entry.supports[depth];
      const isWanted = support && (support.corrects !== undefined || !this.traces.holds(support.stream));
      if (isWanted && !wanted.has(support.stream)) wanted.set(support.stream, { entry, support });
    }
    await Promise.all(
      [...wanted.values()].map(async ({ entry, support }) => {
        try {
          if (await recordSupport(this.door, this.traces, entry, support))
            supporting.set(entry, (supporting.get(entry) ?? 0) + 1);
        } catch (thrown) {
          failed.set(support.stream, thrown);
        }
      }),
    );
  }

  /** Writes the parts of a plan one after the other; where a later one is refused, the earlier one is taken back. */
  private async record(entry: Entry): Promise<void> {
    const { plan } = entry;
    const written: Written[] = [];
    for (const [index, part] of plan.parts.entries()) {
      try {
        written.push(await this.write(entry, part, index));
      } catch (thrown) {
        for (const { stream, receipt } of written) await this.takeBack(entry, stream, receipt);
        throw thrown;
      }
    }
    for (const { steps, receipt } of written) this.remember(entry, steps, receipt);
  }

  /** Writes one part of a plan, without the changes in it that would change nothing: the others say something. */
  private async write(entry: Entry, { stream, steps }: Part, index: number): Promise<Written> {
    try {
      const receipt = await this.door.submit({
        ...this.door.intentFor(stream, entry.turn.instant),
        commandId: commandIdOf(entry, steps, index),
        steps: steps.map((step) => this.stepOf(step, entry)),
      });
      return { stream, steps, receipt };
    } catch (thrown) {
      const place = saysNothingNew(thrown) ? /^steps\[(\d+)\]/.exec(thrown.detail.field ?? '')?.[1] : undefined;
      if (place === undefined) throw thrown;
      return this.write(entry, { stream, steps: steps.filter((_, at) => at !== Number(place)) }, index);
    }
  }

  private async takeBack(entry: Entry, stream: string, receipt: Receipt): Promise<void> {
    const why = { kind: 'error', reason: 'the place it was to take could not be cleared' } as const;
    const steps = receipt.events.map(({ id }) => ({
      annuls: id,
      why,
      source: { ...entry.source, locator: entry.turn.key },
    }));
    const commandId = shortened(`${commandIdOf(entry, [], 0)}/taken-back`);
    await this.door.submit({ ...this.door.intentFor(stream, entry.turn.instant), commandId, steps });
  }

  private stepOf(step: PlannedStep, { turn, source }: Entry): Parameters<Door['submit']>[0]['steps'][number] {
    const located = (fact: string): Source => ({ ...source, locator: locatorOf(turn.key, fact) });
    if ('annul' in step) return { annuls: step.annul.id, why: step.why, source: located(step.annul.fact) };
    const { record, corrects, again, why } = step;
    const { command, data } = record;
    return {
      command,
      data,
      ...dayOfStep(record),
      ...(corrects && { corrects: corrects.id, unsaid: { keepAllBut: record.states } }),
      ...(again !== undefined && { again }),
      ...(why && { why }),
      source: located(record.fact),
    };
  }

  private remember({ turn, source }: Entry, steps: readonly PlannedStep[], receipt: Receipt): void {
    const own = receipt.events.slice(receipt.events.length - steps.length);
    const { statedAt } = source;
    for (const [index, step] of steps.entries()) {
      const id = own[index]?.id ?? '';
      const common = { stream: receipt.subject, id, ...(statedAt && { statedAt }) };
      const { name } = turn.file.mapping;
      if ('annul' in step) {
        const { fact, effectiveOn, digest } = step.annul;
        this.traces.add(name, turn.key, { ...common, fact, effectiveOn, digest, annuls: step.annul.id });
      } else {
        const { fact, digest, payload } = step.record;
        const corrects = step.corrects ? { corrects: step.corrects.id } : {};
        this.traces.add(name, turn.key, { ...common, fact, ...dayOfStep(step.record), digest, payload, ...corrects });
      }
    }
  }
}

/** @returns false where the subject had been registered before. */
export const recordSupport = async (
  door: Door,
  traces: Traces,
  entry: Omit<Entry, 'plan' | 'supports'>,
  { stream, statement, corrects }: Support,
): Promise<boolean> => {
  const { turn, source } = entry;
  const { name } = turn.file.mapping;
  const { command, data, states, digest } = statement;
  const why = { kind: 'error', reason: `${name} says otherwise now` } as const;
  const correction = corrects === undefined ? {} : { corrects, why, unsaid: { keepAllBut: states } };
  const receipt = await submitted(door, {
    ...door.intentFor(stream, turn.instant),
    commandId: shortened(`import:${name}:${SUPPORT}${stream}${corrects === undefined ? '' : `@${corrects}`}`),
    steps: [{ command, data, ...dayOfStep(statement), ...correction }],
    source: { ...source, locator: locatorOf(turn.key, `${SUPPORT}${command}`) },
  });
  if (!receipt) return false;
  traces.addSupport(name, stream, { id: receipt.events.at(-1)?.id ?? '', digest });
  return !receipt.alreadyRecorded && corrects === undefined;
};

/** Undefined where it would change nothing. */
async function submitted(door: Door, intent: Parameters<Door['submit']>[0]): Promise<Receipt | undefined> {
  try {
    return await door.submit(intent);
  } catch (thrown) {
    if (saysNothingNew(thrown)) return undefined;
    throw thrown;
  }
}

/** The other subjects that a plan names. */
export const referredTo = ({ plan }: Pick<Entry, 'plan'>): ReadonlySet<string> => {
  const streams = new Set<string>();
  for (const { stream, steps } of plan.parts) {
    const aggregate = stream.slice(0, stream.indexOf('/')) as Parameters<typeof referencesOf>[0];
    for (const step of steps) {
      if (!('record' in step)) continue;
      for (const { aggregate: other, id } of referencesOf(aggregate, step.record))
        streams.add(subjectOf(other as typeof aggregate, id));
    }
  }
  return streams;
};
