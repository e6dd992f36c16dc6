import type { CivilDate, Position } from '#kernel';
import type { Aggregate } from './aggregates.js';

/** One thing that a question about authority asks of the register. Whoever answers knows as of which position. */
export type Need =
  /** One subject, as it is on a day. */
  | { readonly kind: 'point'; readonly aggregate: Aggregate; readonly id: string; readonly on: CivilDate }
  /** Every subject that is under a value of a column or a list on any day, as it is on this one: also before it begins, and over. */
  | {
      readonly kind: 'under';
      readonly aggregate: Aggregate;
      readonly by: string;
      readonly value: string;
      readonly on: CivilDate;
    }
  /** Says that what gave power to a body is going to be asked about, so that it can be read at once. Answered with nothing. */
  | { readonly kind: 'ahead'; readonly body: string }
  /** One subject on a day, folded without what versions of instruments made of it that were found invalid. */
  | {
      readonly kind: 'without';
      readonly aggregate: Aggregate;
      readonly id: string;
      readonly on: CivilDate;
      readonly versions: readonly VersionNamed[];
    };

export interface VersionNamed {
  readonly instrument: string;
  readonly version: string;
}

/** A subject as the register shows it on a day. */
export interface Known<State extends object = object> {
  readonly id: string;
  readonly state: State;
  /** The stretch in which it says so. */
  readonly from: CivilDate;
  /** The first day without; null for none. */
  readonly to: CivilDate | null;
  /** False where nothing of it had begun on that day: the state is that of its first. */
  readonly begun: boolean;
  /** Since which position the register says so. */
  readonly recordedFrom: Position;
}

/**
 * A pure question that asks for facts as it goes: every `yield` is what it rests on, and whoever runs it answers each need
 * with what is known, in the same order. It sees no clock and no database.
 */
export type Asking<Result> = Generator<readonly Need[], Result, readonly (readonly Known[])[]>;

/** One subject on a day; undefined where the register holds nothing of it. */
export function* point<State extends object>(
  aggregate: Aggregate,
  id: string,
  on: CivilDate,
): Asking<Known<State> | undefined> {
  const [found = []] = yield [{ kind: 'point', aggregate, id, on }];
  return found[0] as Known<State> | undefined;
}

/** As `point`, for several at once; those that the register does not hold are left out. */
export function* points<State extends object>(
  aggregate: Aggregate,
  ids: readonly string[],
  on: CivilDate,
): Asking<readonly Known<State>[]> {
  if (ids.length === 0) return [];
  const found = yield ids.map((id) => ({ kind: 'point', aggregate, id, on }) as const);
  return found.flat() as unknown as readonly Known<State>[];
}

/** Subjects under any of several values, each once, by id. */
export function* under<State extends object>(
  aggregate: Aggregate,
  by: string,
  values: readonly string[],
  on: CivilDate,
): Asking<readonly Known<State>[]> {
  if (values.length === 0) return [];
  const found = yield values.map((value) => ({ kind: 'under', aggregate, by, value, on }) as const);
  const each = new Map(found.flat().map((known) => [known.id, known]));
  return [...each.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) as unknown as readonly Known<State>[];
}

/** Has facts read together that are going to be asked for one by one. */
export function* readAhead(needs: readonly Need[]): Asking<void> {
  if (needs.length > 0) yield needs;
}

/** Runs several questions side by side, so that what they need is asked for together. Results in the order of the questions. */
export function* inStep<Result>(questions: readonly Asking<Result>[]): Asking<readonly Result[]> {
  const results: Result[] = [];
  let running = questions.map((question, at) => ({ question, at, step: question.next() }));
  for (;;) {
    const waiting: { question: Asking<Result>; at: number; needs: readonly Need[] }[] = [];
    for (const { question, at, step } of running) {
      if (step.done) results[at] = step.value;
      else waiting.push({ question, at, needs: step.value });
    }
    if (waiting.length === 0) return results;
    const answers = yield waiting.flatMap(({ needs }) => needs);
    let taken = 0;
    running = waiting.map(({ question, at, needs }) => {
      const own = answers.slice(taken, taken + needs.length);
      taken += needs.length;
      return { question, at, step: question.next(own) };
    });
  }
}
