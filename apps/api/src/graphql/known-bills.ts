import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { costOf, type Cost } from './cost.js';

/** Bills kept of one operation at most, and the longest variables one is kept for, in characters of JSON. */
const MOST_KEPT = 16;
const LONGEST_KEPT = 500;

/**
 * Draws up bills, and knows those of questions that come again with the same variables: a bill follows from nothing else.
 * What is kept of a document goes with it.
 */
export const knownBills = (): typeof costOf => {
  const known = new WeakMap<OperationDefinitionNode, Map<string, Cost>>();
  return (
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    given: Readonly<Record<string, unknown>>,
  ) => {
    if (operation.operation !== 'query') return costOf(schema, document, operation, given);
    const variables = operation.variableDefinitions?.length ? JSON.stringify(given) : '';
    const bills = known.get(operation) ?? new Map<string, Cost>();
    const drawn = bills.get(variables) ?? costOf(schema, document, operation, given);
    if (drawn && variables.length <= LONGEST_KEPT && !bills.has(variables)) {
      if (bills.size >= MOST_KEPT) bills.clear();
      known.set(operation, bills.set(variables, drawn));
    }
    return drawn;
  };
};
