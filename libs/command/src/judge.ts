import {
  ANNULLED,
  Refusal,
  parseCivilDate,
  isRefusal,
  type Actor,
  type CivilDate,
  type Envelope,
  type Fact,
  type Live,
  type Position,
} from '#kernel';
import { presentationOf } from '#access';
import { deciderOf, namingOf, subjectOf, type Aggregate, type Classed } from '#governance';
import { eventId, type EventStore } from '#event-store';
import { COMMANDS } from './commands.js';
import type { AnnulStep, Intent, RecordStep, Step } from './intent.js';
import { checkSource, checkWhy } from './provenance.js';
import { reserve, type Taking } from './reservation.js';
import { provisional, type Judged } from './standing.js';
import { saysClass, type SubjectLog, type SubjectLogs } from './subject-log.js';
import { commandNamed, validated } from './validated.js';

/** An event the command gives, with its own part of the envelope. */
export interface DecidedFact extends Pick<
  Envelope,
  'effectiveOn' | 'startKnown' | 'source' | 'corrects' | 'annuls' | 'again' | 'why' | 'reliedOn'
> {
  readonly id: string;
  readonly type: string;
  readonly data: object;
}

/** What a command comes to: what will be written, whole. */
export interface Judgement {
  readonly facts: readonly DecidedFact[];
  readonly takings: readonly Taking[];
}

/** Steps one command may have. */
const MOST_STEPS = 200;

/**
 * Decides a whole command and judges it once, on the log as it would stand (T8): what it drops taken out first, then
 * what it adds in its place, each step decided on the state just before its place.
 *
 * @throws Refusal with the field, the rule and the way out.
 */
export const judge = async (
  aggregate: Aggregate,
  intent: Intent,
  log: SubjectLog,
  store: EventStore,
  logs: SubjectLogs,
  actor: Actor,
): Promise<Judgement> => {
  const steps = intent.steps;
  if (steps.length === 0 || steps.length > MOST_STEPS) {
    throw new Refusal('STEPS', `a command has 1 to ${MOST_STEPS} steps, found ${steps.length}`, { field: 'steps' });
  }
  checkSource(intent.source, 'source');
  const place = steps.length === 1 ? '' : 'steps[#].';
  const at = (index: number): string => place.replace('#', String(index));

  const drops = steps.map((step, index) => dropOf(step, log, at(index))).filter((id) => id !== undefined);
  if (new Set(drops).size < drops.length) {
    throw new Refusal('DROPPED_TWICE', 'the command corrects or annuls one event twice', {
      field: 'steps',
      rule: 'T3',
    });
  }
  let standing = drops.length === 0 ? log.standing : log.standing.with({ drops, adds: [] }, false);
  const facts: DecidedFact[] = [];
  const adds: Live<Judged>[] = [];
  const takings: Taking[] = [];
  for (const [index, step] of steps.entries()) {
    const id = eventId(intent.commandId, index);
    if ('annuls' in step) {
      facts.push(annulment(id, step, log));
      continue;
    }
    const recording = checkedRecording(aggregate, step, at(index));
    const reliedOn = await gathered(aggregate, recording.command, log.stream, logs, at(index), actor);
    const slot = slotOf(step, log, index, at(index));
    const before = standing.before(placed(log.stream, id, { type: '', data: {} }, recording.effectiveOn, slot));
    const decided = namingData(() => deciderOf(aggregate).decide(recording.command, before));
    refuseSilence(step, decided, log, at(index));
    const naming = namingOf(aggregate, recording.command);
    const reservation = naming && (await reserve(store, naming, log.stream));
    takings.push(...(reservation?.takings ?? []));
    const { type } = decided;
    const data = reservation
      ? { ...(decided.data as object), reference: reservation.reference }
      : (decided.data as object);
    const { effectiveOn, startKnown, source, corrects, again, why } = recording;
    facts.push({ id, type, data, effectiveOn, startKnown, source, corrects, again, why, reliedOn });
    const added = placed(log.stream, id, { type, data }, effectiveOn, slot);
    adds.push(added);
    if (index < steps.length - 1) standing = standing.with({ drops: [], adds: [added] }, false);
  }
  namingData(() => log.standing.with({ drops, adds }, true));
  return { facts, takings };
};

/** Rules name the fields of their command; whoever sent it knows them under `data`. */
function namingData<T>(rule: () => T): T {
  try {
    return rule();
  } catch (thrown) {
    const field = isRefusal(thrown) ? thrown.detail.field : undefined;
    if (!isRefusal(thrown) || field === undefined || field === 'effectiveOn') throw thrown;
    throw new Refusal(thrown.code, thrown.message, { ...thrown.detail, field: `data.${field}` });
  }
}

function annulment(id: string, { annuls, why, source }: AnnulStep, log: SubjectLog): DecidedFact {
  const dropped = log.standing.find(annuls) as Live<Judged>;
  return { id, type: ANNULLED, data: {}, effectiveOn: dropped.event.effectiveOn, annuls, why, source };
}

/** The live event a step takes out, looked up. */
function dropOf(step: Step, log: SubjectLog, at: string): string | undefined {
  const [field, id] = 'annuls' in step ? ['annuls', step.annuls] : ['corrects', step.corrects];
  if (id === undefined) return undefined;
  checkWhy(step.why, `${at}why`);
  if (log.standing.find(id)) return id;
  throw new Refusal('NOT_LIVE', `${at}${field} names no live event of ${log.stream}: found ${JSON.stringify(id)}`, {
    field: `${at}${field}`,
    rule: 'T3',
    remedy: 'look at the history of the subject: the event may have been corrected or annulled already',
  });
}

/** A recording that takes the place of one that said a class says one too: else it would make public without a word. */
function refuseSilence({ corrects, again }: RecordStep, { type, data }: Fact, log: SubjectLog, at: string): void {
  if (!log.classing.has(corrects ?? again ?? '') || saysClass(data) || type === 'ExemptionLifted') return;
  throw new Refusal(
    'DISCLOSURE_LEFT_OUT',
    `${at}data.disclosure is left out, and the recording whose place this takes said who may see the decision`,
    {
      field: `${at}data.disclosure`,
      rule: 'T3',
      remedy: 'say the class again, and disclosure: PUBLIC in it if the decision is to be public',
    },
  );
}

/** Where in T2's order a step's event goes: the slot it takes over or takes back, or a new one behind all others. */
function slotOf(step: RecordStep, log: SubjectLog, index: number, at: string): Position {
  const { corrects, again } = step;
  if (corrects !== undefined && again !== undefined) {
    throw new Refusal('CORRECTS_AND_AGAIN', `${at}corrects and ${at}again cannot both be given`, {
      field: `${at}again`,
      rule: 'T3',
    });
  }
  if (again !== undefined && !log.annulled.has(again)) {
    throw new Refusal(
      'NOT_ANNULLED',
      `${at}again names no annulled event of ${log.stream}: found ${JSON.stringify(again)}`,
      {
        field: `${at}again`,
        rule: 'T3',
      },
    );
  }
  return log.slotOf(corrects ?? again) ?? provisional(index);
}

interface Recording extends Omit<RecordStep, 'command' | 'data'> {
  readonly command: Fact<string, object>;
}

/** A step whose command belongs to the aggregate, with its data validated and its day read. */
function checkedRecording(aggregate: Aggregate, step: RecordStep, at: string): Recording {
  const type = commandNamed(step.command, `${at}command`);
  if (COMMANDS[type].aggregate !== aggregate) {
    throw new Refusal('WRONG_AGGREGATE', `${type} is a command of ${COMMANDS[type].aggregate}, not of ${aggregate}`, {
      field: `${at}command`,
    });
  }
  const effectiveOn = parseCivilDate(step.effectiveOn, `${at}effectiveOn`);
  checkSource(step.source, `${at}source`);
  return { ...step, effectiveOn, command: { type, data: validated(type, step.data, `${at}data`) } };
}

/**
 * Looks that every other subject the command names is there, and says at which revision it was read. One that the actor
 * may not see at all is not there.
 */
async function gathered(
  aggregate: Aggregate,
  command: Fact,
  own: string,
  logs: SubjectLogs,
  at: string,
  actor: Actor,
): Promise<DecidedFact['reliedOn']> {
  const reliedOn: { stream: string; revision: number }[] = [];
  for (const { aggregate: other, id, field } of deciderOf(aggregate).references(command)) {
    const stream = subjectOf(other as Aggregate, id);
    if (stream === own) continue;
    const { standing, revision } = await logs.of(stream);
    if (standing.isEmpty || isHidden(other, standing.last, actor)) {
      throw new Refusal(
        'UNKNOWN_REFERENCE',
        `${at}data.${field} names ${other} ${JSON.stringify(id)}, which the register does not hold`,
        {
          field: `${at}data.${field}`,
          rule: 'BR-008',
          remedy: `record the ${other} first, or put the id right`,
        },
      );
    }
    if (!reliedOn.some((known) => known.stream === stream)) reliedOn.push({ stream, revision });
  }
  return reliedOn.length === 0 ? undefined : reliedOn;
}

/** @param state what the rules know of the subject after all its live events. */
function isHidden(aggregate: string, state: unknown, actor: Actor): boolean {
  if (aggregate !== 'decision') return false;
  const { classed } = state as { readonly classed: Pick<Classed, 'disclosure'> };
  return presentationOf(actor, classed.disclosure) === 'absent';
}

/** An event that is not written yet, as the rules see it. */
function placed(
  stream: string,
  id: string,
  { type, data }: Fact,
  effectiveOn: CivilDate,
  slot: Position,
): Live<Judged> {
  return { event: { id, type, stream, effectiveOn, data }, slot };
}
