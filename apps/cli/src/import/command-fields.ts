import { AGGREGATES, isAggregate, type Aggregate } from '#governance';
import { COMMANDS, type CommandName } from '#wire';
import type { Place } from './place.js';

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
