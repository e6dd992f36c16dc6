import type { CheckedStep, Intent, RecordStep, Step } from './intent.js';
import { plainToInstance } from 'class-transformer';
import { commandName, sha256Hex, type Sender, type Touched } from '#event-store';
import { deciderOf, isAggregate, namingOf, subjectOf, type Aggregate } from '#governance';
import { Refusal, isRefusal, keyTrouble, keysInOrder, normalised, parseCivilDate } from '#kernel';
import { COMMANDS, commandNamed, validated } from '#wire';
import { holdsNumbers, refusePatientNumbers } from './patient-numbers.js';
import { checkSource } from './provenance.js';
import { referenceStream, seriesStream } from './series.js';
import { checkUnknownDay } from './unknown-day.js';

/** What somebody asks the door for, as far as it can be told without the log. */
export interface Asked {
  readonly aggregate: Aggregate;
  readonly stream: string;
  readonly intent: Intent;
  /** What the command is called among those of everybody. */
  readonly name: string;
  /** SHA-256 of everything the sender asked for, whatever the order of its keys. */
  readonly digest: string;
  /** Whether a command recorded earlier under the same id is this one. */
  readonly isSameAs: (digest: string) => boolean;
  /** The steps, checked. @throws Refusal where one is wrong: only a command that is new is judged by today's rules. */
  readonly steps: () => readonly CheckedStep[];
  /** The streams it writes to, and those it looks at. */
  readonly touched: Touched;
}

/** Steps one command may have. */
const MOST_STEPS = 200;

/** Reads an intent. @throws Refusal `UNKNOWN_AGGREGATE`, `NOT_A_KEY`. */
export const askedFor = (given: Intent, sender: Sender): Asked => {
  const { aggregate } = given;
  if (!isAggregate(aggregate)) {
    const found = `aggregate names nothing the register holds: found ${JSON.stringify(aggregate)}`;
    throw new Refusal('UNKNOWN_AGGREGATE', found, { field: 'aggregate' });
  }
  checkKeys(given);
  // The command's own id is kept as it is: an import made it of what it found, and has to find it again.
  const intent: Intent = { ...normalised(given), commandId: given.commandId };
  const stream = subjectOf(aggregate, intent.id);
  const digest = digestOf(intent);
  const steps = kept(() => checkedSteps(aggregate, intent));
  return {
    aggregate,
    stream,
    intent,
    name: commandName(sender, intent.commandId),
    digest,
    isSameAs: (other) => other === digest || other === digestOf(given),
    steps,
    touched: touchedBy(aggregate, stream, steps),
  };
};

const KEYS = ['id', 'commandId', 'onBehalfOf', 'correlationId', 'causationId', 'traceparent'] as const;

const NEEDED: ReadonlySet<string> = new Set(['id', 'commandId']);

function checkKeys(intent: Intent): void {
  for (const field of KEYS) {
    const text: string | null | undefined = intent[field];
    if ((text === undefined || text === null) && !NEEDED.has(field)) continue;
    const trouble = keyTrouble(text);
    if (trouble) throw new Refusal('NOT_A_KEY', `${field} is not usable as a key: ${trouble}`, { field });
  }
}

/** The same answer or refusal each time, worked out once. */
function kept<T>(work: () => T): () => T {
  let again: () => T;
  try {
    const value = work();
    again = () => value;
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    again = () => {
      throw thrown;
    };
  }
  return () => again();
}

/** Where in the command a step stands, in front of the names of its fields. */
export const placeOf = (steps: readonly unknown[], index: number): string =>
  steps.length === 1 ? '' : `steps[${index}].`;

function checkedSteps(aggregate: Aggregate, intent: Intent): readonly CheckedStep[] {
  const { steps, source } = intent;
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > MOST_STEPS) {
    const found = Array.isArray(steps) ? steps.length : JSON.stringify(steps);
    throw new Refusal('STEPS', `a command has 1 to ${MOST_STEPS} steps, found ${found}`, { field: 'steps' });
  }
  checkSource(source, 'source');
  const checked = steps.map((step: Step, index) => checkedStep(aggregate, step, placeOf(steps, index)));
  const worded = checked.map((step, index) => {
    if ('annuls' in step || !holdsNumbers((steps[index] as RecordStep).data)) return step;
    // As the sender gave it, with the class that knows in which fields people write as they like.
    const { input } = COMMANDS[commandNamed(step.command.type)];
    return { ...step, data: plainToInstance(input as new () => object, (steps[index] as RecordStep).data) };
  });
  refusePatientNumbers(
    intent,
    worded.map((step, index) => [placeOf(steps, index), step]),
  );
  return checked;
}

function checkedStep(aggregate: Aggregate, step: Step, at: string): CheckedStep {
  if (typeof step !== 'object' || step === null) {
    throw new Refusal('STEPS', `${at || 'the step'} is no step: found ${JSON.stringify(step)}`, { field: 'steps' });
  }
  checkSource(step.source, `${at}source`);
  if ('annuls' in step) return step;
  const type = commandNamed(step.command, `${at}command`);
  if (COMMANDS[type].aggregate !== aggregate) {
    throw new Refusal('WRONG_AGGREGATE', `${type} is a command of ${COMMANDS[type].aggregate}, not of ${aggregate}`, {
      field: `${at}command`,
    });
  }
  const effectiveOn = parseCivilDate(step.effectiveOn, `${at}effectiveOn`);
  checkUnknownDay(step, at);
  const data = (): object => validated(type, step.data, `${at}data`);
  const keeps = step.corrects !== undefined && step.unsaid !== undefined && step.unsaid !== 'DROP';
  return { ...step, effectiveOn, command: { type, data: keeps ? asFarAsSaid(data) : data() } };
}

/** Data of a step that keeps what it does not say, where that alone is not whole: it is checked when it is. */
const NOT_WHOLE: object = {};

function asFarAsSaid(data: () => object): object {
  try {
    return data();
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return NOT_WHOLE;
  }
}

function touchedBy(aggregate: Aggregate, stream: string, steps: () => readonly CheckedStep[]): Touched {
  const alone = new Set([stream]);
  const beside = new Set<string>();
  let checked: readonly CheckedStep[] = [];
  try {
    checked = steps();
  } catch {
    return { alone };
  }
  for (const step of checked) {
    if ('annuls' in step || step.command.data === NOT_WHOLE) continue;
    const naming = namingOf(aggregate, step.command);
    if (naming?.reference !== undefined) alone.add(referenceStream(naming.reference));
    else if (naming?.series !== undefined) alone.add(seriesStream(naming.series));
    for (const { aggregate: other, id } of deciderOf(aggregate).references(step.command)) {
      beside.add(subjectOf(other as Aggregate, id));
    }
  }
  return { alone, beside };
}

function digestOf({ aggregate, id, steps, source, onBehalfOf, notPatientNumbers }: Intent): string {
  return sha256Hex(JSON.stringify(sorted({ aggregate, id, steps, source, onBehalfOf, notPatientNumbers })));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const ordered: Record<string, unknown> = {};
  const keys = keysInOrder(value);
  // An amount in pence alone counts as the bare number it was before it said its unit: what was recorded then is known again.
  if (keys.length === 1 && 'pence' in value && typeof value.pence === 'number') return value.pence;
  for (const key of keys) ordered[key] = sorted((value as Record<string, unknown>)[key]);
  return ordered;
}
