import { LEFT, type PlannedStep, spellAnew } from './spells.js';
import type { Statement, Desired } from './statements.js';
import { parseJsonObject } from './payload.js';
import type { CivilDate, Why } from '#kernel';
import type { UnknownDayOfStep } from '#command';
import type { RowState, Trace } from './traces.js';

export type Outcome = 'recorded' | 'corrected' | 'annulled' | 'unchanged';

/** What has to be done so that the register says what a row says: at most one command per subject. */
export interface Plan {
  readonly outcome: Outcome;
  /** In order. Several only where the subject moved: recorded on the new one first, then annulled on the old. */
  readonly parts: readonly { readonly stream: string; readonly steps: readonly PlannedStep[] }[];
}

/** How a snapshot records what changed since the list before. */
export interface ChangeRule {
  readonly on: CivilDate;
  /** A statement of these fields of the row's first fact, effective on the list's day; what the row leaves blank is taken away. */
  readonly statement: (fields: readonly string[]) => Statement;
}

const UNCHANGED: Plan = { outcome: 'unchanged', parts: [] };

/**
 * What a version of a row means beside what stands of it (T3): news is recorded, what was wrong is corrected, what
 * vanished is annulled, and what comes back takes its old place.
 *
 * @param reason why, in words, for what is corrected or annulled.
 */
export const planVersion = (desired: Desired, state: RowState, reason: string, change?: ChangeRule): Plan => {
  const { live } = state;
  const [standing] = live.values();
  if (standing && standing.stream !== desired.stream) return moved(desired, state, reason);
  const anew = change === undefined ? spellAnew(desired, live) : spellAnew(desired, live, change.on);
  if (anew) return { outcome: 'recorded', parts: [{ stream: desired.stream, steps: anew }] };
  const why: Why = { kind: 'error', reason };
  const steps: PlannedStep[] = [];
  for (const statement of desired.statements) {
    const found = live.get(statement.fact);
    if (!found) steps.push(fresh(statement, desired.stream, state));
    else if (change && statement.fact === '') steps.push(...changes(statement, found, live, change, why));
    else if (!says(found, statement)) steps.push({ record: statement, corrects: found, why });
  }
  for (const [fact, found] of live) {
    if (
      fact.startsWith(CHANGE) ||
      fact.startsWith(LEFT) ||
      desired.statements.some((statement) => statement.fact === fact)
    )
      continue;
    steps.push({ annul: found, why });
  }
  if (steps.length === 0) return UNCHANGED;
  return { outcome: outcomeOf(steps), parts: [{ stream: desired.stream, steps }] };
};

/** The withdrawal of a row: all of it is annulled. Undefined where nothing of it stands. */
export const planWithdrawal = ({ live }: RowState, reason: string): Plan | undefined => {
  const why: Why = { kind: 'error', reason };
  const steps = [...live.values()].toReversed().map((annul) => ({ annul, why }));
  const stream = steps[0]?.annul.stream;
  return stream === undefined ? undefined : { outcome: 'annulled', parts: [{ stream, steps }] };
};

function moved(desired: Desired, state: RowState, reason: string): Plan {
  const [standing] = state.live.values();
  const from = standing?.stream ?? '';
  const recorded = desired.statements.map((statement) => fresh(statement, desired.stream, state));
  const why: Why = { kind: 'error', reason: `on the wrong subject; recorded on ${desired.stream} instead: ${reason}` };
  const annulled = [...state.live.values()].toReversed().map((annul) => ({ annul, why }));
  return {
    outcome: 'corrected',
    parts: [
      { stream: desired.stream, steps: recorded },
      { stream: from, steps: annulled },
    ],
  };
}

function fresh(record: Statement, stream: string, { gone }: RowState): PlannedStep {
  const again = gone.get(`${stream}#${record.fact}`);
  return again === undefined ? { record } : { record, again };
}

const says = (found: Trace, statement: Statement): boolean =>
  found.digest === statement.digest && isSameDay(found, statement);

/** A day that nobody knows is what is said of it: the door finds a place for it. */
const isSameDay = (found: UnknownDayOfStep, { effectiveOn, startKnown, effectiveIn, notBefore, notAfter }: Statement) =>
  found.startKnown === startKnown &&
  (startKnown === false
    ? found.effectiveIn === effectiveIn && found.notAfter === notAfter && (!notBefore || found.notBefore === notBefore)
    : found.effectiveOn === effectiveOn);

/** Marks the facts by which a snapshot records what changed. */
export const CHANGE = 'change@';

/** What a later list says of a subject: a day put right, and other values from the list's own day. */
function changes(
  statement: Statement,
  found: Trace,
  live: RowState['live'],
  { on, statement: changed }: ChangeRule,
  why: Why,
): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  const saysDay = statement.startKnown !== false || statement.effectiveIn !== undefined;
  if (saysDay && !isSameDay(found, statement)) {
    const { payload = '{}', digest } = found;
    steps.push({ record: { ...statement, data: {}, states: [], payload, digest }, corrects: found, why });
  }
  const before: Record<string, unknown> = { ...parseJsonObject(found.payload ?? '{}') };
  for (const [fact, { payload }] of live)
    if (fact.startsWith(CHANGE)) Object.assign(before, parseJsonObject(payload ?? '{}'));
  const now = parseJsonObject(statement.payload);
  const blank = statement.states.filter((field) => {
    const stored = field === 'until' ? 'to' : field;
    return now[stored] === undefined && (before[stored] ?? null) !== null;
  });
  const said = Object.keys(now)
    .filter((field) => JSON.stringify(now[field]) !== JSON.stringify(before[field]))
    .map((field) => (field === 'to' ? 'until' : field));
  const fields = [...said, ...blank];
  if (fields.length > 0) {
    const record = { ...changed(fields), fact: `${CHANGE}${on}` };
    const earlier = live.get(record.fact);
    steps.push(earlier ? { record, corrects: earlier, why } : { record });
  }
  return steps;
}

function outcomeOf(steps: readonly PlannedStep[]): Outcome {
  const annuls = steps.some((step) => 'annul' in step);
  const records = steps.some((step) => 'record' in step && !step.corrects);
  if (steps.some((step) => 'record' in step && step.corrects) || (annuls && records)) return 'corrected';
  return annuls ? 'annulled' : 'recorded';
}
