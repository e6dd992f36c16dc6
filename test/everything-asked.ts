import {
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

/** Fields whose answer is about the machine, not about the record. */
const SKIPPED = new Set(['basis', 'compared']);

/**
 * A query for everything that a root field can give: all its values, and all of what it names.
 *
 * @param depth how many records deep: 1 for those asked for, 2 with those they name.
 * @param given arguments by name, as GraphQL writes them; a root field that takes none of them and needs others is left out.
 */
export const everythingOf = (
  schema: GraphQLSchema,
  root: string,
  given: Readonly<Record<string, string>>,
  depth: number,
): string | undefined => {
  const field = schema.getQueryType()?.getFields()[root];
  if (!field) throw new Error(`there is no query ${root}`);
  if (
    field.args.some(
      ({ name, type, defaultValue }) => isNonNullType(type) && defaultValue === undefined && !(name in given),
    )
  )
    return undefined;
  const taken = field.args.filter(({ name }) => name in given).map(({ name }) => `${name}: ${given[name]}`);
  const fragments = new Map<string, string>();
  const whole = `{ ${root}${taken.length > 0 ? `(${taken.join(', ')})` : ''} ${selection(field, depth, fragments)} }`;
  return [whole, ...fragments.values()].join(' ');
};

/**
 * What is asked of a type that many depths from the last record: said once, because a parser takes 4,000 tokens.
 *
 * @param fragments what was said already, by type and depth.
 */
function selection(field: GraphQLField<unknown, unknown>, depth: number, fragments: Map<string, string>): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  // A list of what is not looked into any more says how many there are.
  if (depth === 0 && 'edges' in type.getFields()) return '{ totalCount }';
  const name = `${type.name}_${depth}`;
  if (fragments.has(name)) return `{ ...${name} }`;
  fragments.set(name, '');
  const inner = Object.values(type.getFields()).flatMap((each) => {
    if (SKIPPED.has(each.name)) return [];
    const left = depth - (isRecord(each) || (depth === 0 && isEdge(each)) ? 1 : 0);
    return left < 0 ? [] : [`${each.name} ${selection(each, left, fragments)}`.trimEnd()];
  });
  // A part that says nothing but what it names says no more than that it is there.
  const asked = inner.length === 0 ? '__typename' : inner.join(' ');
  fragments.set(name, `fragment ${name} on ${type.name} { ${asked} }`);
  return `{ ...${name} }`;
}

/** Records name each other without end; what has no id of its own is part of what it stands in. */
function isRecord({ type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  return isObjectType(named) && 'id' in named.getFields();
}

/** An entry of a list, which without the record in it says nothing but its place. */
function isEdge({ type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  return isObjectType(named) && 'node' in named.getFields();
}
