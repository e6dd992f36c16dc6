import { COMMANDS, commandNamed } from '#wire';
import {
  isInstantText,
  isPeriod,
  parseCivilDate,
  parseInstant,
  parseJson,
  Refusal,
  WHYS,
  type Source,
  type Why,
} from '#kernel';
import { eventId, sha256Hex } from '#event-store';
import { isAggregate } from '#governance';
import { unknownDay, type Intent, type Step, type UnknownDayOfStep } from '#command';

type Fields = Readonly<Record<string, unknown>>;

const STEP_KEYS = [
  'command',
  'data',
  'effectiveOn',
  'startKnown',
  'effectiveIn',
  'notBefore',
  'notAfter',
  'corrects',
  'annuls',
  'again',
  'unsaid',
  'why',
  'source',
] as const;
const LINE_KEYS = [
  'aggregate',
  'id',
  'commandId',
  'onBehalfOf',
  'notPatientNumbers',
  'correlationId',
  'causationId',
  'steps',
  ...STEP_KEYS,
] as const;

/**
 * The command on one line of a file. `commandId` is made of the file's name and the line's text where none is given, so
 * that a line sent again is recorded once.
 *
 * @throws Refusal naming the field, as the line writes it.
 */
export const intentOfLine = (text: string, file: string): Intent => {
  const line = fields(parseJson(text, 'the line'), 'the line', LINE_KEYS);
  const { aggregate, id, commandId, onBehalfOf, notPatientNumbers, correlationId, causationId } = line;
  if (!isAggregate(aggregate)) {
    throw new Refusal('UNKNOWN_AGGREGATE', `aggregate names nothing the register holds: found ${shown(aggregate)}`, {
      field: 'aggregate',
    });
  }
  if (line.steps !== undefined && STEP_KEYS.some((key) => key !== 'source' && line[key] !== undefined)) {
    throw new Refusal('LINE_SHAPE', 'steps stands beside a command of the line: needed one or the other', {
      field: 'steps',
    });
  }
  const steps = line.steps === undefined ? [stepOf(line, aggregate, '')] : stepsOf(line.steps, aggregate);
  return {
    aggregate,
    id: textIn(id, 'id'),
    commandId:
      commandId === undefined
        ? `${file.slice(0, 120)}:${sha256Hex(text).slice(0, 40)}`
        : textIn(commandId, 'commandId'),
    steps,
    source: sourceOf(line.source, 'source') ?? { document: file },
    ...optional({ onBehalfOf, correlationId, causationId }),
    // Looked at by the door, as a mutation's is.
    ...(notPatientNumbers !== undefined && { notPatientNumbers: notPatientNumbers as Intent['notPatientNumbers'] }),
  };
};

function stepsOf(given: unknown, aggregate: string): readonly Step[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new Refusal('LINE_SHAPE', `steps is ${shown(given)}: needed a list of at least one step`, { field: 'steps' });
  }
  return given.map((step: unknown, index) =>
    stepOf(fields(step, `steps[${index}]`, STEP_KEYS), aggregate, `steps[${index}].`),
  );
}

function stepOf(step: Fields, aggregate: string, at: string): Step {
  const why = whyOf(step.why, `${at}why`);
  const source = at === '' ? undefined : sourceOf(step.source, `${at}source`);
  if (step.annuls !== undefined) {
    if (step.command !== undefined) {
      throw new Refusal('LINE_SHAPE', `${at}annuls stands beside ${at}command: an event is annulled, or recorded`, {
        field: `${at}annuls`,
      });
    }
    return { annuls: eventNamed(step.annuls, `${at}annuls`), why: why as Why, ...(source && { source }) };
  }
  const command = commandNamed(step.command, `${at}command`);
  if (COMMANDS[command].aggregate !== aggregate) {
    throw new Refusal(
      'WRONG_AGGREGATE',
      `${command} is a command of ${COMMANDS[command].aggregate}, not of ${aggregate}`,
      { field: `${at}command` },
    );
  }
  const { corrects, again } = step;
  return {
    command,
    data: (step.data ?? {}) as object,
    ...dayOf(step, at),
    ...(corrects !== undefined && { corrects: eventNamed(corrects, `${at}corrects`) }),
    ...(again !== undefined && { again: eventNamed(again, `${at}again`) }),
    ...unsaidOf(step.unsaid, `${at}unsaid`),
    ...(why && { why }),
    ...(source && { source }),
  };
}

/** A year or a month in place of a day says that no more is known. */
function dayOf(step: Fields, at: string): UnknownDayOfStep {
  const { effectiveOn, startKnown } = step;
  if (startKnown !== undefined && typeof startKnown !== 'boolean') {
    throw new Refusal('LINE_SHAPE', `${at}startKnown is ${shown(startKnown)}: needed true or false`, {
      field: `${at}startKnown`,
    });
  }
  const given = isPeriod(effectiveOn) ? { ...step, effectiveIn: effectiveOn, effectiveOn: undefined } : step;
  return unknownDay(given, at) ?? { effectiveOn: parseCivilDate(effectiveOn, `${at}effectiveOn`) };
}

function unsaidOf(given: unknown, field: string): { readonly unsaid?: 'KEEP' | 'DROP' } {
  if (given === undefined) return {};
  if (given === 'KEEP' || given === 'DROP') return { unsaid: given };
  throw new Refusal('LINE_SHAPE', `${field} is ${shown(given)}: needed KEEP or DROP`, { field, rule: 'T3' });
}

/** An event by its id, or by the command that recorded it and its place there: `{"command": "c-1", "index": 0}`. */
function eventNamed(given: unknown, field: string): string {
  if (typeof given === 'string') return given;
  const { command, index = 0 } = fields(given, field, ['command', 'index']);
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0) {
    throw new Refusal('LINE_SHAPE', `${field}.index is ${shown(index)}: needed a place from 0`, {
      field: `${field}.index`,
    });
  }
  return eventId(textIn(command, `${field}.command`), index);
}

function whyOf(given: unknown, field: string): Why | undefined {
  if (given === undefined) return undefined;
  const { kind, reason, evidence } = fields(given, field, ['kind', 'reason', 'evidence']);
  const known = WHYS.find((name) => name === kind);
  if (known === undefined) {
    throw new Refusal('WHY', `${field}.kind is ${shown(kind)}: needed one of ${WHYS.join(', ')}`, {
      field: `${field}.kind`,
      rule: 'T3',
    });
  }
  return { kind: known, reason: textIn(reason, `${field}.reason`), ...optional({ evidence }) };
}

function sourceOf(given: unknown, field: string): Source | undefined {
  if (given === undefined) return undefined;
  const { statedAt, ...texts } = fields(given, field, ['system', 'document', 'url', 'locator', 'statedAt']);
  if (statedAt !== undefined && !isInstantText(statedAt)) parseInstant(statedAt, `${field}.statedAt`);
  return {
    ...optional(texts),
    ...(statedAt !== undefined && { statedAt: parseInstant(statedAt, `${field}.statedAt`) }),
  };
}

function fields(value: unknown, field: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('LINE_SHAPE', `${field} is ${shown(value)}: needed an object`, { field });
  }
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger === undefined) return value as Fields;
  throw new Refusal(
    'UNKNOWN_KEY',
    `${field} has the key ${JSON.stringify(stranger)}, which means nothing there: needed one of ${known.join(', ')}`,
    {
      field: stranger,
    },
  );
}

function optional(given: Fields): Record<string, string> {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([key, value]) => [key, textIn(value, key)]));
}

function textIn(value: unknown, field: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new Refusal('LINE_SHAPE', `${field} is ${shown(value)}: needed text`, { field });
}

const shown = (value: unknown): string =>
  value === undefined ? 'missing' : (JSON.stringify(value) ?? 'nothing').slice(0, 80);
