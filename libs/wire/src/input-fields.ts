import { getMetadataStorage } from 'class-validator';
import { COMMANDS, type CommandName } from './commands.js';

const rulesOf = (input: new () => object) => getMetadataStorage().getTargetValidationMetadatas(input, '', false, false);

/** What is declared of a class stays so. */
const FIELDS = new WeakMap<new () => object, ReadonlySet<string>>();

const fieldsIn = (input: new () => object): ReadonlySet<string> => {
  const fields = FIELDS.get(input) ?? new Set(rulesOf(input).map(({ propertyName }) => propertyName));
  FIELDS.set(input, fields);
  return fields;
};

const needs = (input: new () => object, field: string): boolean =>
  fieldsIn(input).has(field) &&
  !rulesOf(input).some(({ propertyName, type }) => propertyName === field && type === 'conditionalValidation');

/** Names of the fields a command takes. */
export const fieldsOf = (command: CommandName): ReadonlySet<string> => fieldsIn(COMMANDS[command].input);

/** Whether a command says what changed: null then takes a value away. Elsewhere null says nothing. */
export const isChange = (command: CommandName): boolean => COMMANDS[command].changes.length > 0;

/** Of fields that are asked about again and again. */
const LASTING = new Map<string, boolean>();

/** Whether a subject cannot be without a field, once it has begun: nothing it begins by can leave the field out. */
export const isLasting = (command: CommandName, field: string): boolean => {
  const key = `${command} ${field}`;
  const known = LASTING.get(key);
  if (known !== undefined) return known;
  const openings = COMMANDS[command].changes.filter((input) => fieldsIn(input).has(field));
  const isLast = openings.length > 0 && openings.every((input) => needs(input, field));
  if (fieldsOf(command).has(field)) LASTING.set(key, isLast);
  return isLast;
};
