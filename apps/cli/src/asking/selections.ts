import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A room as it is asked: the query for one record, the query for the list, and what a record is called in the schema. */
export interface Room {
  /** `scrutiny`: as in a global id. */
  readonly aggregate: string;
  readonly one: string;
  readonly list: string;
  readonly type: GraphQLObjectType;
}

/** What an aggregate is asked as, where that is another word. */
const ASKED_AS: Readonly<Record<string, string>> = {
  scrutinyMatter: 'scrutiny',
  issuedDecisionLog: 'decisionLog',
};

/** Every room of a register, in the order of their lists' names. */
export const roomsOf = (schema: GraphQLSchema): readonly Room[] => {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
  const lists = new Map(
    queries.flatMap(({ name, type }) => {
      const listed = /^(\w+)Connection$/.exec(getNamedType(type).name)?.[1];
      return listed === undefined ? [] : [[listed, name] as const];
    }),
  );
  return queries.flatMap(({ name, type }) => {
    const answered = /^(\w+)Answer$/.exec(getNamedType(type).name)?.[1] ?? '';
    const record = schema.getType(answered);
    const list = lists.get(answered);
    if (!isObjectType(record) || list === undefined) return [];
    return [{ aggregate: ASKED_AS[name] ?? name, one: name, list, type: record }];
  });
};

/** What every record says of the answer it stands in, and of its place among others: told apart from what it says itself. */
const ABOUT_THE_ANSWER = new Set(['basis', 'id']);

/** Fields that say where a record stands, in time and in the register, rather than what it says. */
export const OF_THE_PLACE: ReadonlySet<string> = new Set([
  'subject',
  'stretchFrom',
  'stretchUntil',
  'recordedFrom',
  'recordedAt',
  'startKnown',
]);

/** What others are called by, as far as their records have it. */
const CALLED = ['subject', 'title', 'name', 'reference', 'role', 'heldOn', 'nature'];

/** Values are asked for down to so many fields below a record: an order's route, a vote's names. */
const DEEPEST = 3;

/**
 * Everything that a record says itself, as GraphQL asks for it: other records by their ids and what they are called,
 * lists that have pages of their own not at all.
 *
 * @param of how much of another record: what it is called too, or its id alone.
 */
export const selectionOf = (type: GraphQLObjectType, of: 'called' | 'id'): string =>
  fieldsOf(type)
    .map((field) => selected(field, of, DEEPEST))
    .filter((text) => text !== '')
    .join(' ');

/** The fields of a record that `selectionOf` asks for, by name. */
export const fieldsOf = (type: GraphQLObjectType): readonly GraphQLField<unknown, unknown>[] =>
  Object.values(type.getFields()).filter(
    ({ name, args, deprecationReason }) =>
      args.length === 0 && deprecationReason == null && !ABOUT_THE_ANSWER.has(name),
  );

function selected(field: GraphQLField<unknown, unknown>, of: 'called' | 'id', depth: number): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return field.name;
  if (!isCompositeType(type) || depth === 0) return '';
  if (isInterfaceType(type)) return `${field.name} { ${Object.keys(type.getFields()).join(' ')} }`;
  if (!isObjectType(type)) return '';
  const fields = type.getInterfaces().some(({ name }) => name === 'Node') ? called(type, of) : below(type, of, depth);
  return fields === '' ? '' : `${field.name} { ${fields} }`;
}

function called(type: GraphQLObjectType, of: 'called' | 'id'): string {
  if (of === 'id') return 'subject';
  const fields = type.getFields();
  return CALLED.filter((name) => fields[name]).join(' ');
}

function below(type: GraphQLObjectType, of: 'called' | 'id', depth: number): string {
  return Object.values(type.getFields())
    .filter(({ args, deprecationReason }) => args.length === 0 && deprecationReason == null)
    .map((field) => selected(field, of, depth - 1))
    .filter((text) => text !== '')
    .join(' ');
}
