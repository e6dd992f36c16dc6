import { Refusal, addDays, type CivilDate, type Source } from '#kernel';
import { REVISIONS, saysClass, type Aggregate } from '#governance';
import { placeOf, type Asked } from './asked.js';
import type { CheckedStep, RecordStep } from './intent.js';
import { fieldsOf, commandNamed, validated } from '#wire';
import type { Judged } from './standing.js';
import type { SubjectLog } from './subject-log.js';

type Fields = Readonly<Record<string, unknown>>;

/** A part that is one statement: it is given whole or not at all. */
const ONE_STATEMENT: ReadonlySet<string> = new Set(['disclosure']);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Aggregates whose events say the first day without, where their commands say the last day. */
const TERMED: ReadonlySet<Aggregate> = new Set(['appointment', 'interest', 'delegation', 'reservation', 'budget']);

/**
 * The steps with all that they keep of the events they correct. What a step leaves out is known only here: before the
 * log is read, a step that keeps what it does not say cannot be checked whole.
 */
export const completedSteps = (asked: Asked, log: SubjectLog): readonly CheckedStep[] => {
  const checked = asked.steps();
  return checked.map((step, index) => {
    if ('annuls' in step) return step;
    const at = placeOf(checked, index);
    const corrected = step.corrects === undefined ? undefined : log.live(step.corrects)?.event;
    if (!corrected && step.unsaid === undefined) return step;
    if (!corrected) throw correctsNothing(at);
    const given = asked.intent.steps[index] as RecordStep;
    // Who may see it comes before everything else that is left out.
    const { type } = step.command;
    const isSilent =
      log.classing.has(corrected.id) && type !== 'LiftExemption' && !saysClass({ type, data: given.data });
    if (isSilent && step.unsaid === undefined) return step;
    const source = given.source ?? asked.intent.source;
    const whole = completed(asked.aggregate, { ...given, ...(source && { source }) }, corrected, at);
    return { ...step, source: whole.source, command: { type, data: validated(type, whole.data, `${at}data`) } };
  });
};

const correctsNothing = (at: string): Refusal =>
  new Refusal('UNSAID', `${at}unsaid is said of a recording that corrects nothing`, {
    field: `${at}unsaid`,
    rule: 'T3',
    remedy: 'name in corrects the event that is put right, or leave unsaid out',
  });

/**
 * A correction says whether it keeps or drops what the corrected event said and it does not (T3), so that nothing is lost
 * by silence. What is kept is said again: the event that is stored is whole.
 *
 * @param corrected the event whose place the step takes.
 * @throws Refusal `UNSAID` naming everything that is left out; `CANNOT_KEEP` for what the command has no field for.
 */
const completed = (aggregate: Aggregate, step: RecordStep, corrected: Judged, at: string): RecordStep => {
  if (!isFields(step.data) || step.unsaid === 'DROP') return step;
  const command = commandNamed(step.command, `${at}command`);
  const before = withoutParts(aggregate, asInput(aggregate, corrected.data as Fields), step.data);
  const stated = typeof step.unsaid === 'object' ? step.unsaid.keepAllBut : [];
  const unsaid = leftOut(before, step.data, '').filter((path) => !stated.includes(path.split('.', 1)[0] as string));
  const source = step.source === undefined ? corrected.source : undefined;
  if (step.unsaid !== undefined) return kept(step, { before, unsaid, source, known: fieldsOf(command) }, at);
  // What says who may see it has a refusal of its own.
  const told = unsaid.filter((path) => !ONE_STATEMENT.has(path)).map((path) => `${at}data.${path}`);
  const names = source ? [...told, `${at}source`] : told;
  const [first] = names;
  if (first === undefined) return step;
  throw new Refusal(
    'UNSAID',
    `the corrected event ${corrected.id} said what this recording leaves out: ${names.join(', ')}`,
    {
      field: first,
      rule: 'T3',
      remedy: 'say them again, null for what was never so; or unsaid: KEEP to keep them, unsaid: DROP to drop them',
    },
  );
};

interface Unsaid {
  readonly before: Fields;
  readonly unsaid: readonly string[];
  readonly source: Source | undefined;
  readonly known: ReadonlySet<string>;
}

function kept(step: RecordStep, { before, unsaid, source, known }: Unsaid, at: string): RecordStep {
  const strange = unsaid.filter((path) => !known.has(path.split('.', 1)[0] as string));
  if (strange.length > 0) {
    throw new Refusal('CANNOT_KEEP', `${step.command} has no field for what is to be kept: ${strange.join(', ')}`, {
      field: `${at}unsaid`,
      rule: 'T3',
      remedy: 'say unsaid: DROP, and say again what is to stay',
    });
  }
  const data = unsaid.reduce<Fields>((said, path) => withField(said, path.split('.'), before), step.data as Fields);
  return { ...step, data, ...(source && { source }) };
}

/** What else may be said in the place of a field: the door makes the one of the other. */
const SAID_OTHERWISE: Readonly<Record<string, string>> = { reference: 'referenceSeries', pence: 'pounds' };

/** Paths of what was said before and is not now. Null says of a field that there is nothing. */
function leftOut(before: Fields, now: Fields, prefix: string): readonly string[] {
  return Object.entries(before).flatMap(([field, value]) => {
    const path = `${prefix}${field}`;
    const said = now[field];
    if (said === undefined) return now[SAID_OTHERWISE[field] ?? ''] === undefined ? [path] : [];
    if (!isFields(value) || !isFields(said) || ONE_STATEMENT.has(field)) return [];
    return leftOut(value, said, `${path}.`);
  });
}

function withField(said: Fields, [field = '', ...rest]: readonly string[], before: Fields): Fields {
  const value = before[field];
  if (rest.length === 0) return { ...said, [field]: value };
  return { ...said, [field]: withField(said[field] as Fields, rest, value as Fields) };
}

/** Without what was said in part once, where the whole of it is said now. */
function withoutParts(aggregate: Aggregate, before: Fields, now: Fields): Fields {
  const partly = REVISIONS[aggregate]?.partly ?? {};
  return Object.fromEntries(Object.entries(before).filter(([field]) => now[partly[field] ?? ''] === undefined));
}

/** What an event says, in the words of the commands. */
function asInput(aggregate: Aggregate, { to, ...data }: Fields): Fields {
  if (to === undefined) return data;
  if (!TERMED.has(aggregate)) return { ...data, to };
  return { ...data, until: to === null ? null : addDays(to as CivilDate, -1) };
}
