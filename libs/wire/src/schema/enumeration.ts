import { registerEnumType } from './decorators.js';

/**
 * A closed list of the domain as a GraphQL enum: keys are the values, texts their descriptions.
 * Registered once per name; the result goes into `@Field(() => …)`.
 */
export const enumeration = <Value extends string>(
  name: string,
  description: string,
  meanings: Readonly<Record<Value, string>>,
): Readonly<Record<Value, Value>> => {
  const values = Object.keys(meanings) as Value[];
  const named = Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
  const valuesMap = Object.fromEntries(values.map((value) => [value, { description: meanings[value] }]));
  registerEnumType(named, { name, description, valuesMap: valuesMap as Record<Value, { description: string }> });
  return named;
};
