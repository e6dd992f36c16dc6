import { isRefusal } from '#kernel';
import { deciderOf, subjectOf, type Aggregate } from '#governance';
import type { Intent, Receipt } from '#command';
import type { Door } from './door.js';
import { intentOfLine } from './line-intent.js';
import { linesOf } from './lines.js';
import { saysNothingNew } from './reason.js';
import { noCounts, refusedRow, type Counts, type RefusedRow } from './report.js';

interface Numbered {
  readonly line: number;
  readonly intent: Intent;
}

const WIDEST = 256;

/**
 * Records the commands of one file, in its order. What was refused is tried again when every file has been read, as long
 * as that leads on: `run`, then `settle` until no file gets any further, then `finish`.
 */
export class LineImporter {
  readonly counts: Counts;
  readonly refusals: RefusedRow[] = [];
  private window: Numbered[] = [];
  private readonly taken = new Set<string>();
  private waiting: { numbered: Numbered; thrown: unknown }[] = [];

  constructor(
    private readonly door: Door,
    private readonly path: string,
    private readonly file: string,
    lines: number,
    private readonly onLine: () => void,
  ) {
    this.counts = { ...noCounts(), rows: lines };
  }

  async run(): Promise<void> {
    for await (const { line, text, trouble } of linesOf(this.path)) {
      if (text === '' && !trouble) continue;
      try {
        if (trouble) throw trouble;
        await this.take({ line, intent: intentOfLine(text, this.file) });
      } catch (thrown) {
        this.refuse(line, thrown);
      }
    }
    await this.flush();
  }

  /** @returns true where a line went in that had been refused before. */
  async settle(): Promise<boolean> {
    const again = this.waiting;
    this.waiting = [];
    for (const { numbered } of again) await this.take(numbered);
    await this.flush();
    return this.waiting.length < again.length;
  }

  finish(): void {
    for (const { numbered, thrown } of this.waiting.sort((a, b) => a.numbered.line - b.numbered.line))
      this.refuse(numbered.line, thrown);
    this.refusals.sort((a, b) => a.line - b.line);
  }

  private async take(numbered: Numbered): Promise<void> {
    const { intent } = numbered;
    const stream = subjectOf(intent.aggregate as Aggregate, intent.id);
    if ([stream, ...named(intent)].some((other) => this.taken.has(other))) await this.flush();
    this.window.push(numbered);
    this.taken.add(stream);
    if (this.window.length >= WIDEST) await this.flush();
  }

  private async flush(): Promise<void> {
    const lines = this.window;
    this.window = [];
    this.taken.clear();
    const answers = await Promise.all(
      lines.map(async ({ intent }): Promise<{ receipt: Receipt } | { thrown: unknown }> => {
        try {
          return { receipt: await this.door.submit(intent) };
        } catch (thrown) {
          return { thrown };
        }
      }),
    );
    for (const [index, answer] of answers.entries()) {
      const numbered = lines[index] as Numbered;
      if ('thrown' in answer) this.answered(numbered, answer.thrown);
      else this.recorded(numbered.intent, answer.receipt);
    }
  }

  private recorded({ steps }: Intent, { alreadyRecorded }: Receipt): void {
    const corrects = steps.some((step) => 'corrects' in step);
    const annuls = steps.some((step) => 'annuls' in step);
    const records = steps.some((step) => !('annuls' in step) && !('corrects' in step));
    const outcome = alreadyRecorded
      ? 'unchanged'
      : corrects || (annuls && records)
        ? 'corrected'
        : annuls
          ? 'annulled'
          : 'recorded';
    this.counts[outcome] += 1;
    this.onLine();
  }

  private answered(numbered: Numbered, thrown: unknown): void {
    if (saysNothingNew(thrown) && numbered.intent.steps.length === 1) this.unchanged();
    else if (isRefusal(thrown) && thrown.code !== 'INPUT') this.waiting.push({ numbered, thrown });
    else this.refuse(numbered.line, thrown);
  }

  private unchanged(): void {
    this.counts.unchanged += 1;
    this.onLine();
  }

  private refuse(line: number, thrown: unknown): void {
    this.counts.refused += 1;
    this.refusals.push(
      refusedRow(thrown, { file: this.file, line }, (field) => (field === undefined ? {} : { column: field })),
    );
    this.onLine();
  }
}

/** The other subjects that a command names, as far as it can be told before it is validated. */
function named({ aggregate, steps }: Intent): readonly string[] {
  const decider = deciderOf(aggregate as Aggregate);
  return steps.flatMap((step) => {
    if ('annuls' in step) return [];
    try {
      return decider
        .references({ type: step.command, data: step.data })
        .map((other) => subjectOf(other.aggregate as Aggregate, other.id));
    } catch (thrown) {
      // Data of another shape than the command's: the door says what is wrong with it.
      if (isRefusal(thrown)) throw thrown;
      return [];
    }
  });
}
