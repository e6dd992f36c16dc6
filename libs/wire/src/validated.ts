import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Refusal, normalised, withoutNulls } from '#kernel';
import { REVISIONS } from '#governance';
import { COMMANDS, type CommandName } from './commands.js';
import { passing } from './compiled.js';
import { isChange, isLasting } from './input-fields.js';

/** One thing wrong with an input. */
export interface Problem {
  /** Path of the field as the sender wrote it: `data.identifiers[0].scheme`. */
  readonly field: string;
  /** What is needed, and what was found. */
  readonly message: string;
}

/** A refusal of an input with everything that is wrong with it; `detail.field` is the first. */
export class InputRefusal extends Refusal {
  constructor(readonly problems: readonly Problem[]) {
    super('INPUT', problems.map(({ field, message }) => `${field}: ${message}`).join('; '), {
      field: problems[0]?.field ?? 'data',
      remedy: 'put the named fields right and send the command again',
    });
  }
}

/** @throws Refusal `UNKNOWN_COMMAND` where no such command exists. */
export const commandNamed = (name: unknown, field = 'command'): CommandName => {
  if (typeof name === 'string' && Object.hasOwn(COMMANDS, name)) return name as CommandName;
  throw new Refusal('UNKNOWN_COMMAND', `${field} names no command: found ${JSON.stringify(name)}`, {
    field,
    remedy: `use one of ${Object.keys(COMMANDS).join(', ')}`,
  });
};

/**
 * The data of a command, checked by its input class and in Unicode normal form C. Null takes a value away where the
 * command says what changed, and so does an empty list; elsewhere it says nothing, and is left out.
 * The same rules at every door: a mutation, an imported line, a row of a table.
 *
 * @throws InputRefusal with every field that is wrong; `UNKNOWN_COMMAND`.
 */
export const validated = (name: string, data: unknown, field = 'data'): object => {
  const { command, given } = asGiven(name, data, field);
  const passed = passing(COMMANDS[command].input)(given);
  if (!passed || Object.keys(passed).some((key) => passed[key] === null && isLasting(command, key))) {
    return checked(command, given, field);
  }
  return asStored(command, passed);
};

/** The same by class-validator's own reading of the classes alone. @throws as `validated`. */
export const interpreted = (name: string, data: unknown, field = 'data'): object => {
  const { command, given } = asGiven(name, data, field);
  return checked(command, given, field);
};

interface Asked {
  readonly command: CommandName;
  readonly given: Readonly<Record<string, unknown>>;
}

function asGiven(name: string, data: unknown, field: string): Asked {
  const command = commandNamed(name);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new InputRefusal([{ field, message: `needed an object with the fields of ${name}` }]);
  }
  return { command, given: withEmptied(command, normalised(data)) as Asked['given'] };
}

function checked(command: CommandName, given: object, field: string): object {
  const { input } = COMMANDS[command];
  const instance = plainToInstance(input as new () => object, given);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  const lost = Object.entries(given).filter(([key, value]) => value === null && isLasting(command, key));
  const problems = [
    ...errors.flatMap((error) => problemsOf(error, field)),
    ...lost.map(([key]) => ({ field: `${field}.${key}`, message: 'it cannot be without: needed a value, found null' })),
  ];
  if (problems.length > 0) throw new InputRefusal(problems);
  return asStored(command, instance);
}

/** Data of a command, found right, as its rules see it. */
export const asStored = (command: CommandName, data: object): object => {
  if (!isChange(command)) return withoutNulls(data);
  const parts = REVISIONS[COMMANDS[command].aggregate]?.parts ?? [];
  return Object.fromEntries(
    Object.entries(withEmptied(command, data)).map(([field, value]: [string, unknown]) => [
      field,
      parts.includes(field) ? normalised(value) : withoutNulls(value),
    ]),
  );
};

/** A change that says an empty list takes the list away. */
function withEmptied(command: CommandName, data: object): object {
  if (!isChange(command)) return data;
  const isEmptied = (field: string, value: unknown): boolean =>
    Array.isArray(value) && value.length === 0 && !isLasting(command, field);
  return Object.fromEntries(
    Object.entries(data).map(([field, value]: [string, unknown]) => [field, isEmptied(field, value) ? null : value]),
  );
}

function problemsOf(error: ValidationError, path: string): readonly Problem[] {
  const field = /^\d+$/.test(error.property) ? `${path}[${error.property}]` : `${path}.${error.property}`;
  const own = Object.entries(error.constraints ?? {});
  const unknown = own.find(([rule]) => rule === 'whitelistValidation');
  if (unknown) return [{ field, message: 'no such field; leave it out or look up its name' }];
  const needed = own.at(-1)?.[1];
  const nested = (error.children ?? []).flatMap((child) => problemsOf(child, field));
  return needed === undefined ? nested : [{ field, message: withFound(needed, error.value) }, ...nested];
}

function withFound(needed: string, found: unknown): string {
  if (needed.includes('found ')) return needed;
  if (found === undefined) return `${needed}, found nothing`;
  const text = JSON.stringify(found) ?? String(found);
  return `${needed}, found ${text.length > 80 ? `${text.slice(0, 77)}…` : text}`;
}
