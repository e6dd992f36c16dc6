import { getMetadataStorage } from 'class-validator';
import { AGGREGATES, isAggregate, type Aggregate } from '#governance';
import { COMMANDS, type CommandName } from '#command';
import type { Place } from './place.js';

/** Names of the fields a command takes. */
export const fieldsOf = (command: CommandName): ReadonlySet<string> => {
  const rules = getMetadataStorage().getTargetValidationMetadatas(COMMANDS[command].input, '', false, false);
  return new Set(rules.map(({ propertyName }) => propertyName));
};

/** The command a place names, which has to belong to an aggregate. */
export const commandAt = (place: Place, aggregate: Aggregate): CommandName => {
  const own = (Object.keys(COMMANDS) as CommandName[]).filter((name) => COMMANDS[name].aggregate === aggregate);
  return place.text(own);
};

export const aggregateAt = (place: Place): Aggregate => {
  const text = place.text(AGGREGATES);
  if (isAggregate(text)) return text;
  throw place.refusal('names no aggregate');
};
