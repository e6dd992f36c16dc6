import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import {
  createOperationDescriptor,
  Environment,
  Network,
  RecordSource,
  Store,
  type ConcreteRequest,
} from 'relay-runtime';

const schema = buildSchema(readFileSync('apps/api/schema.graphql', 'utf8'));

/** What Relay's compiler makes of selections of plain fields with literal arguments: its store reads nothing else. */
function compiled({ selections }: SelectionSetNode, type: GraphQLObjectType): object[] {
  return selections.map((node) => {
    if (node.kind !== Kind.FIELD) throw new Error('fields only');
    const name = node.name.value;
    const args = (node.arguments ?? []).map((argument) => ({
      kind: 'Literal',
      name: argument.name.value,
      value: valueFromASTUntyped(argument.value),
    }));
    const field = { alias: node.alias?.value ?? null, name, args: args.length > 0 ? args : null, storageKey: null };
    const declared = name === '__typename' ? undefined : type.getFields()[name]?.type;
    const named = declared && getNamedType(declared);
    if (!declared || !isCompositeType(named) || !node.selectionSet) return { kind: 'ScalarField', ...field };
    if (!isObjectType(named)) throw new Error('objects only');
    return {
      kind: 'LinkedField',
      ...field,
      concreteType: named.name,
      plural: isListType(getNullableType(declared)),
      selections: compiled(node.selectionSet, named),
    };
  });
}

/** An answer as Relay gives it back from its store, by ids as it keeps records by default. */
export const inRelaysStore = (document: string, data: object): unknown => {
  const operation = parse(document).definitions[0];
  const root = schema.getQueryType();
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !root) throw new Error('one query only');
  const selections = compiled(operation.selectionSet, root);
  const request: ConcreteRequest = {
    kind: 'Request',
    fragment: {
      kind: 'Fragment',
      name: 'Versions',
      type: 'Query',
      metadata: null,
      argumentDefinitions: [],
      selections: selections as never,
    },
    operation: { kind: 'Operation', name: 'Versions', argumentDefinitions: [], selections: selections as never },
    params: { id: null, cacheID: 'versions', name: 'Versions', operationKind: 'query', text: document, metadata: {} },
  };
  const environment = new Environment({
    network: Network.create(() => ({ data: {} })),
    store: new Store(new RecordSource()),
  });
  const asked = createOperationDescriptor(request, {});
  environment.commitPayload(asked, data);
  return environment.lookup(asked.fragment).data;
};
