import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  execute,
  GraphQLError,
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import type { RequestContext } from '../request-context.js';

type Gateway = NonNullable<ApolloServerOptionsWithGateway<RequestContext>['gateway']>;
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** As much of what Apollo hands over as an answer is made from. */
export type Asked = Pick<Parameters<Executor>[0], 'document' | 'operation' | 'operationName' | 'context'> & {
  readonly request: Pick<Parameters<Executor>[0]['request'], 'variables'>;
};

/** Fields of a document that is compiled at most, its fragments spelt out: making the code holds up everybody meanwhile. */
const MOST_FIELDS = 150;

/** As many faults of variables are told as graphql-js tells. */
const MOST_FAULTS = 50;

/** How a document is answered: seen once only, as graphql-js does it, or by code made for it. */
type Way = 'seen' | 'as it stands' | CompiledQuery;

/**
 * Answers questions: a document that comes again by code made for it (`graphql-jit`); one that comes once, is large, says
 * @skip or @include, or records something, as graphql-js does it. Either way the same resolvers are asked and say the same.
 * What is kept of a document goes with it; Apollo keeps those asked lately.
 */
export const compiledAnswers = (schema: GraphQLSchema): ((asked: Asked) => Promise<ExecutionResult>) => {
  const ways = new WeakMap<DocumentNode, Map<string, Way>>();

  const wayOf = (document: DocumentNode, operation: OperationDefinitionNode): Way => {
    const known = ways.get(document) ?? new Map<string, Way>();
    const name = operation.name?.value ?? '';
    const way = known.get(name);
    if (way !== undefined && way !== 'seen') return way;
    const next = way === undefined ? 'seen' : made(schema, document, operation);
    ways.set(document, known.set(name, next));
    return next;
  };

  return async ({ document, operation, operationName, request, context }) => {
    const variableValues = request.variables ?? {};
    const way = wayOf(document, operation);
    if (typeof way === 'string') {
      return execute({ schema, document, contextValue: context, variableValues, operationName });
    }
    // Variables that do not fit are told of in graphql-js's words.
    const definitions = operation.variableDefinitions ?? [];
    const { errors } = getVariableValues(schema, definitions, variableValues, { maxErrors: MOST_FAULTS });
    if (errors) return { errors };
    const answer = (await way.query(undefined, context, variableValues)) as ExecutionResult;
    return answer.errors ? { ...answer, errors: answer.errors.map((error) => asByGraphql(error, document)) } : answer;
  };
};

/** An error of compiled code is less than those of graphql-js, which others rest on: it has neither extensions nor a source. */
function asByGraphql(
  { message, path, locations = [], originalError }: GraphQLError,
  { loc }: DocumentNode,
): GraphQLError {
  const lines = (loc?.source.body ?? '').split(/(?<=\r\n|\n|\r(?!\n))/);
  const startOf = (line: number): number => lines.slice(0, line - 1).reduce((sum, { length }) => sum + length, 0);
  return new GraphQLError(message, {
    source: loc?.source,
    positions: locations.map(({ line, column }) => startOf(line) + column - 1),
    path,
    originalError,
  });
}

function made(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Way {
  if (!isWorthCompiling(document, operation)) return 'as it stands';
  const options = { disablingCapturingStackErrors: true };
  const compiled = compileQuery(schema, document, operation.name?.value, options);
  return isCompiledQuery(compiled) ? compiled : 'as it stands';
}

/** A question that is not large, and of which the same is asked each time. */
export const isWorthCompiling = (document: DocumentNode, operation: OperationDefinitionNode): boolean =>
  operation.operation === 'query' && fieldsOf(document, operation) <= MOST_FIELDS;

/** Fields with all fragments spelt out; more than any number where a directive is among them. */
function fieldsOf(document: DocumentNode, { selectionSet }: OperationDefinitionNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  let fields = 0;
  const count = (selections: SelectionSetNode | undefined): void => {
    for (const selection of selections?.selections ?? []) {
      if (selection.directives?.length) fields = Number.POSITIVE_INFINITY;
      if (fields > MOST_FIELDS) return;
      if (selection.kind === Kind.FRAGMENT_SPREAD) count(fragments.get(selection.name.value));
      else {
        if (selection.kind === Kind.FIELD) fields += 1;
        count(selection.selectionSet);
      }
    }
  };
  count(selectionSet);
  return fields;
}

/** Apollo asks whoever brings the schema how it is executed: this one executes it itself. */
export class OwnExecution implements Gateway {
  private schema: GraphQLSchema | undefined;

  /** To be given the schema that is served, before the server starts. */
  readonly serve = (schema: GraphQLSchema): GraphQLSchema => (this.schema = schema);

  readonly onSchemaLoadOrUpdate: Gateway['onSchemaLoadOrUpdate'] = (tell) => {
    tell({ apiSchema: this.served(), coreSupergraphSdl: '' });
    return () => undefined;
  };

  async load(): Promise<{ readonly executor: Executor }> {
    return { executor: compiledAnswers(this.served()) };
  }

  async stop(): Promise<void> {}

  private served(): GraphQLSchema {
    if (!this.schema) throw new Error('there is no schema to execute');
    return this.schema;
  }
}
