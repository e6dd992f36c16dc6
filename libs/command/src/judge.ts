import { type DecidedFact, type Judged, provisional } from './standing.js';
import {
  ANNULLED,
  OPEN_END,
  Refusal,
  isRefusal,
  type Actor,
  type CivilDate,
  type Fact,
  type Live,
  type Position,
} from '#kernel';
import { presentationOf } from '#access';
import { deciderOf, isKnownOf, namingOf, saysClass, subjectOf, type Aggregate, type Classed } from '#governance';
import { eventId } from '#event-store';
import { placeOf, type Asked } from './asked.js';
import type { AnnulStep, CheckedStep, Recording } from './intent.js';
import { checkWhy } from './provenance.js';
import { Reservations, type Taking } from './reservation.js';
import type { Knowing } from './streams.js';
import { SubjectLog } from './subject-log.js';
import { dayPlaced } from './unknown-day.js';
import { refuseNoChange, refuseSameAgain } from './unchanged.js';
import { completedSteps } from './unsaid.js';

/** Who asks, and on which day: both are settled once, at the door (T9). */
export interface Asking {
  readonly actor: Actor;
  readonly today: CivilDate;
}

/** What is known of other subjects, always looked at, and of the streams that take references. */
export interface KnowingBoth {
  readonly others: Knowing;
  readonly written: Knowing;
}

/** What a command comes to: what will be written, whole. */
export interface Judgement {
  readonly facts: readonly DecidedFact[];
  /** By the id of an event that is decided: the live events before its place, the last first. */
  readonly stood: ReadonlyMap<string, () => Iterable<Judged>>;
  readonly takings: readonly Taking[];
}

/**
 * Decides a whole command and judges it once, on the log as it would stand (T8): what it drops taken out first, then
 * what it adds in its place, each step decided on the state just before its place.
 *
 * First all is read that the command needs, then it is decided without a pause.
 *
 * @param log the subject as it stands, in a turn of this command's own.
 * @throws Refusal with the field, the rule and the way out.
 */
export const judge = async (
  asked: Asked,
  log: SubjectLog,
  streams: KnowingBoth,
  { actor, today }: Asking,
): Promise<Judgement> => {
  const drops = droppedBy(asked.steps(), log);
  const slots = slotsOf(asked.steps(), log);
  const steps = completedSteps(asked, log);
  const reliedOn = await gathered(asked, steps, streams.others, { actor, today });
  const { references, takings } = await reserved(asked, steps, streams, { actor, today });
  let standing = drops.length === 0 ? log.standing : log.standing.with({ drops, adds: [] }, false);
  const facts: DecidedFact[] = [];
  const adds: Live<Judged>[] = [];
  const classing = new Set(log.classing);
  const stood = new Map<string, () => Iterable<Judged>>();
  for (const [index, step] of steps.entries()) {
    const id = eventId(asked.name, index);
    if ('annuls' in step) {
      facts.push(annulment(id, step, log));
      continue;
    }
    const at = placeOf(steps, index);
    const { source, corrects, again, why } = step;
    const ahead = { stream: log.stream, id, effectiveOn: OPEN_END, slot: slots[index] as Position, index };
    const earlier = standing.backFrom(placed(ahead, { type: '', data: {} }));
    const day = dayPlaced(asked.aggregate, step, earlier, at);
    const place = { ...ahead, ...day };
    const unsaid = placed(place, { type: '', data: {} });
    const decided = namingData(() => deciderOf(asked.aggregate).decide(step.command, standing.before(unsaid)));
    refuseSilence(step, decided, classing, at);
    const reference = references[index];
    const data = { ...(decided.data as object), ...(reference !== undefined && { reference }) };
    const { type } = decided;
    const relied = reliedOn[index];
    const fact = { id, type, data, ...day, source, corrects, again, why, reliedOn: relied };
    const corrected = corrects === undefined ? undefined : log.live(corrects);
    // Somebody may say a thing again because its source is another; a list that is read again says nothing.
    if (corrected && typeof step.unsaid === 'object') refuseSameAgain(corrected.event, fact, at);
    if (!corrected && again === undefined) refuseNoChange(asked.aggregate, fact, standing.backFrom(unsaid), at);
    facts.push(fact);
    const stands = standing;
    stood.set(id, () => stands.backFrom(unsaid));
    if (saysClass(fact)) classing.add(id);
    const added = placed(place, { type, data });
    adds.push(added);
    if (index < steps.length - 1) standing = standing.with({ drops: [], adds: [added] }, false);
  }
  namingData(() => log.standing.with({ drops, adds }, true));
  return { facts, stood, takings };
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
  const dropped = log.live(annuls) as Live<Judged>;
  return { id, type: ANNULLED, data: {}, effectiveOn: dropped.event.effectiveOn, annuls, why, source };
}

/** The live events that the command takes out. */
function droppedBy(steps: readonly CheckedStep[], log: SubjectLog): readonly Live<Judged>[] {
  const drops = steps
    .map((step, index) => dropOf(step, log, placeOf(steps, index)))
    .filter((place) => place !== undefined);
  if (drops.length <= 1 || new Set(drops).size === drops.length) return drops;
  throw new Refusal('DROPPED_TWICE', 'the command corrects or annuls one event twice', { field: 'steps', rule: 'T3' });
}

function dropOf(step: CheckedStep, log: SubjectLog, at: string): Live<Judged> | undefined {
  const [field, id] = 'annuls' in step ? ['annuls', step.annuls] : ['corrects', step.corrects];
  if (id === undefined) return undefined;
  checkWhy(step.why, `${at}why`);
  const live = log.live(id);
  if (live) return live;
  throw new Refusal('NOT_LIVE', `${at}${field} names no live event of ${log.stream}: found ${JSON.stringify(id)}`, {
    field: `${at}${field}`,
    rule: 'T3',
    remedy: 'look at the history of the subject: the event may have been corrected or annulled already',
  });
}

/** Events that may say a class beside their words. */
const CLASSABLE: ReadonlySet<string> = new Set(['DecisionProposed', 'DecisionTaken', 'DecisionChanged']);

/**
 * Whoever records words about a subject of which it was ever said who may see it, or takes the place of a recording that
 * said so, says the class: else silence would make public.
 */
function refuseSilence({ corrects, again }: Recording, fact: Fact, classing: ReadonlySet<string>, at: string): void {
  if (saysClass(fact)) return;
  const replaces = classing.has(corrects ?? again ?? '');
  if (!replaces && (classing.size === 0 || !CLASSABLE.has(fact.type))) return;
  throw new Refusal(
    'DISCLOSURE_LEFT_OUT',
    replaces
      ? `${at}data.disclosure is left out, and the recording whose place this takes said who may see the decision`
      : `${at}data.disclosure is left out, and it was recorded before who may see the decision`,
    {
      field: `${at}data.disclosure`,
      rule: 'T3',
      remedy: 'say the class again, and disclosure: PUBLIC in it if what this records is to be public',
    },
  );
}

/**
 * Where in T2's order each step's event goes: the slot it takes over or takes back, or a new one behind all others. A
 * slot is taken back once, whether its event was annulled before or by an earlier step.
 */
function slotsOf(steps: readonly CheckedStep[], log: SubjectLog): readonly Position[] {
  const annulled = new Set<string>();
  const takenBack = new Set<string>();
  return steps.map((step, index) => {
    if ('annuls' in step) {
      annulled.add(step.annuls);
      return provisional(index);
    }
    const { corrects, again } = step;
    const at = placeOf(steps, index);
    if (corrects !== undefined && again !== undefined) {
      throw new Refusal('CORRECTS_AND_AGAIN', `${at}corrects and ${at}again cannot both be given`, {
        field: `${at}again`,
        rule: 'T3',
      });
    }
    if (again !== undefined) {
      if (!(log.annulled.has(again) || annulled.has(again)) || takenBack.has(again)) {
        throw notAnnulled(`${at}again`, again, log.stream, takenBack.has(again));
      }
      takenBack.add(again);
    }
    return log.slotOf(corrects ?? again) ?? provisional(index);
  });
}

function notAnnulled(field: string, again: string, stream: string, twice: boolean): Refusal {
  const found = `found ${JSON.stringify(again)}`;
  const message = twice
    ? `${field} takes the place of an event that an earlier step has taken already: ${found}`
    : `${field} names no annulled event of ${stream}: ${found}`;
  return new Refusal('NOT_ANNULLED', message, {
    field,
    rule: 'T3',
    remedy: 'annul the event first, or in an earlier step of the same command; its place is taken back once',
  });
}

/**
 * Looks that every other subject that a step names is there, and says for each step at which revision it was read. One
 * that the actor may not see at all is not there. Each is read once, all at the same time.
 */
async function gathered(
  { aggregate, stream: own }: Asked,
  steps: readonly CheckedStep[],
  streams: Knowing,
  { actor, today }: Asking,
): Promise<readonly DecidedFact['reliedOn'][]> {
  const named = steps.map((step) => ('annuls' in step ? [] : deciderOf(aggregate).references(step.command)));
  const others = new Set(named.flat().map((one) => subjectOf(one.aggregate as Aggregate, one.id)));
  others.delete(own);
  const read = others.size === 0 ? [] : await Promise.all([...others].map((stream) => streams.of(stream, SubjectLog)));
  const logs = new Map(read.map((log) => [log.stream, log]));
  return named.map((references, index) => {
    const reliedOn = new Map<string, number>();
    for (const { aggregate: other, id, field } of references) {
      const at = `${placeOf(steps, index)}data.${field}`;
      if (subjectOf(other as Aggregate, id) === own && !MAY_NAME_ITSELF.has(field)) throw namesItself(at, own);
      const log = logs.get(subjectOf(other as Aggregate, id));
      if (!log) continue;
      const { standing, stream, revision } = log;
      if (standing.isEmpty || isHidden(log, { actor, today })) {
        throw unknownReference(other, id, at);
      }
      reliedOn.set(stream, revision);
    }
    if (reliedOn.size === 0) return undefined;
    return [...reliedOn].map(([stream, revision]) => ({ stream, revision }));
  });
}

/** Minutes may be confirmed at the end of the meeting they are of. */
const MAY_NAME_ITSELF: ReadonlySet<string> = new Set(['atMeeting']);

function namesItself(field: string, stream: string): Refusal {
  return new Refusal('NAMES_ITSELF', `${field} names ${stream}, which is what the command is about`, {
    field,
    rule: 'T8',
    remedy: 'name the other subject that is meant, or leave the field out',
  });
}

function unknownReference(aggregate: string, id: string, field: string): Refusal {
  const message = `${field} names ${aggregate} ${JSON.stringify(id)}, which the register does not hold`;
  return new Refusal('UNKNOWN_REFERENCE', message, {
    field,
    rule: 'BR-008',
    remedy: `record the ${aggregate} first, or put the id right`,
  });
}

/** As whoever reads would not find it: a decision of which nothing was ever classed is hidden from nobody. */
function isHidden({ recorded, classing }: SubjectLog, { actor, today }: Asking): boolean {
  const isShown = ({ disclosure }: Pick<Classed, 'disclosure'>) => presentationOf(actor, disclosure) !== 'absent';
  return classing.size > 0 && recorded.length > 0 && !isKnownOf(recorded, today, isShown);
}

/** The human reference that each step's fact is to say, and what has to be written to take it. */
async function reserved(
  { aggregate, stream }: Asked,
  steps: readonly CheckedStep[],
  { others, written }: KnowingBoth,
  asking: Asking,
): Promise<{ references: readonly (string | undefined)[]; takings: readonly Taking[] }> {
  const mayName = async (holder: string): Promise<boolean> => !isHidden(await others.of(holder, SubjectLog), asking);
  const reservations = new Reservations(written, stream, mayName);
  const references: (string | undefined)[] = [];
  for (const step of steps) {
    const naming = 'annuls' in step ? undefined : namingOf(aggregate, step.command);
    references.push(naming && (await reservations.take(naming)));
  }
  return { references, takings: reservations.takings };
}

interface Place extends Omit<Judged, 'type' | 'data' | 'position'> {
  readonly slot: Position;
  readonly index: number;
}

/** An event that is not written yet, as the rules see it. */
const placed = ({ slot, index, ...place }: Place, { type, data }: Fact): Live<Judged> => ({
  event: { ...place, type, data, position: provisional(index) },
  slot,
});
