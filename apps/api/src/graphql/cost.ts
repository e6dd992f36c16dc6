import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LARGEST_PAGE } from './arguments.js';
import { Refusal } from '#kernel';
import * as weight from './weights.js';

/** Characters that a text to search for may have. */
const LONGEST_SEARCH = 200;

/**
 * Fields, and spreads of fragments, that are looked at to draw up a bill. Fragments that stand on one another name as many
 * as they like in a few hundred characters; no question that is meant to be answered has so many.
 */
const MOST_LOOKED_AT = 50_000;

/** Fields of a list that have to be counted. */
const COUNTS: ReadonlySet<string> = new Set(['totalCount', 'knownCount', 'notKnownCount', 'undeterminedCount']);

/** Below a record, a list that is not given from its beginning is read by itself. */
const OF_ONE_LIST: ReadonlySet<string> = new Set(['after', 'last', 'order']);

/** What a question costs, and where. */
export interface Cost {
  /** Points, rounded up; where not all was looked at, of what was. */
  readonly requested: number;
  /** False where there was more than is looked at. */
  readonly isWhole: boolean;
  readonly depth: number;
  /** Dotted path of the deepest field, as answers name it. */
  readonly deepest: string;
  readonly dearest: Dearest;
}

/** The field that costs most of all: its path, how often it may be made, and the page sizes that multiply it. */
export interface Dearest {
  readonly path: string;
  readonly points: number;
  readonly times: number;
  readonly pages: readonly { readonly path: string; readonly first: number }[];
}

interface Walked extends Omit<Dearest, 'points'> {
  readonly depth: number;
  readonly ofSchema: boolean;
  /** Entries on the page whose connection stands above; its edges are as many. */
  readonly held: number | undefined;
}

type Arguments = Readonly<Record<string, unknown>>;

/**
 * The bill of an operation before anything of it runs: every field under every alias and fragment by its weight, times
 * what the pages above it may hold. Page sizes are those of literals, variables and defaults alike.
 *
 * @returns undefined where the variables do not fit: execution then refuses them in GraphQL's words.
 */
export const costOf = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Cost | undefined => {
  const root = schema.getRootType(operation.operation);
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
  if (!root || !coerced) return undefined;
  const bill = new Bill(schema, fragmentsOf(document), coerced);
  bill.add(operation.selectionSet, root, { path: '', times: 1, pages: [], depth: 0, ofSchema: false, held: undefined });
  return bill.drawn();
};

class Bill {
  private points = 0;
  private lookedAt = 0;
  private depth = 0;
  private deepest = '';
  private dearest: Dearest = { path: '', points: 0, times: 0, pages: [] };

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  drawn(): Cost {
    const { depth, deepest, dearest } = this;
    const isWhole = this.lookedAt < MOST_LOOKED_AT;
    return { requested: Math.ceil(this.points), isWhole, depth, deepest, dearest };
  }

  /** @param spread names of the fragments that have been looked at for one field: execution takes each once as well. */
  add(selections: SelectionSetNode, type: GraphQLCompositeType, above: Walked, spread = new Set<string>()): void {
    for (const node of selections.selections) {
      if (++this.lookedAt >= MOST_LOOKED_AT) return;
      if (this.isLeftOut(node)) continue;
      if (node.kind === Kind.FIELD) {
        this.field(node, type, above);
        continue;
      }
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(node.name.value)) continue;
        spread.add(node.name.value);
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value) : node;
      const named = fragment?.typeCondition && this.schema.getType(fragment.typeCondition.name.value);
      if (fragment) this.add(fragment.selectionSet, named && isCompositeType(named) ? named : type, above, spread);
    }
  }

  private field(node: FieldNode, parent: GraphQLCompositeType, above: Walked): void {
    const field = this.definition(node.name.value, parent);
    if (!field) return;
    const path = above.path + (above.path && '.') + (node.alias ?? node.name).value;
    const ofSchema = above.ofSchema || field === SchemaMetaFieldDef || field === TypeMetaFieldDef;
    const args = argumentsOf(field, node, this.variables);
    const at = { ...above, path, ofSchema, depth: ofSchema ? above.depth : above.depth + 1 };
    this.charge(at, ofSchema ? weight.OF_SCHEMA : this.own(field, parent, at, args));
    if (at.depth > this.depth) [this.depth, this.deepest] = [at.depth, path];
    const type = getNamedType(field.type);
    if (node.selectionSet && isCompositeType(type))
      this.add(node.selectionSet, type, below(at, parent.name, field, args));
  }

  private charge({ path, times, pages }: Walked, own: number): void {
    const points = own * times;
    this.points += points;
    if (points > this.dearest.points) this.dearest = { path, points, times, pages };
  }

  /** What a field costs each time, without what is asked for below it. */
  private own(
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLCompositeType,
    { path, depth }: Walked,
    args: Arguments,
  ): number {
    const name = `${parent.name}.${field.name}`;
    let points = weight.DEAR_FIELDS[name] ?? 0;
    const isLeaf = !isCompositeType(getNamedType(field.type)) || parent.name in weight.MADE_WHOLE;
    if (COUNTS.has(field.name) && depth === 2) points += weight.COUNT;
    if (parent === this.schema.getMutationType()) points += weight.COMMAND;
    else if (parent === this.schema.getQueryType()) points += field.name.startsWith('__') ? 0 : weight.ROOT;
    else points += isLeaf ? weight.READ_OFF : weight.ONE;
    for (const [argument, value] of Object.entries(args)) {
      if (value === null || value === '') continue;
      if (argument === 'search') checkSearch(value, path);
      points += weight.DEAR_ARGUMENTS[argument] ?? 0;
      if (depth > 1 && OF_ONE_LIST.has(argument) && value !== 'FORWARDS') points += weight.LIST_ALONE;
      const each = weight.DEAR_ENTRIES[`${name} ${argument}`];
      points += each === undefined ? weight.GIVEN * entriesOf(value) : each * (Number(value) || entriesOf(value));
    }
    return points;
  }

  private definition(name: string, parent: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parent === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  private isLeftOut(node: SelectionSetNode['selections'][number]): boolean {
    if (!node.directives?.length) return false;
    const skip = getDirectiveValues(GraphQLSkipDirective, node, this.variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, this.variables);
    return skip?.['if'] === true || include?.['if'] === false;
  }
}

/** What stands below a field: the entries of its list, a connection whose edges are as many as its page, or one thing. */
function below(
  at: Walked,
  parent: string,
  field: GraphQLField<unknown, unknown>,
  { first: page, last, ids }: Arguments,
): Walked {
  const first = Array.isArray(ids) ? ids.length : (last ?? page);
  // A page that is too large is refused before it is read.
  const size = typeof first === 'number' ? Math.min(Math.max(first, 1), LARGEST_PAGE) : undefined;
  const pages = size === undefined ? at.pages : [...at.pages, { path: at.path, first: size }];
  if (!isListType(getNullableType(field.type))) return { ...at, pages, held: size };
  const entries = at.ofSchema ? weight.SCHEMA_LISTS[field.name] : (size ?? at.held);
  return {
    ...at,
    pages,
    held: undefined,
    times: at.times * (entries ?? weight.MADE_WHOLE[parent]?.[field.name] ?? weight.UNPAGED),
  };
}

/** The arguments with defaults and variables filled in; none where they do not fit, which execution refuses. */
function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Arguments): Arguments {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}

/** Nobody types more, and every word of it is looked for in every title. @throws Refusal `SEARCH_TOO_LONG` */
function checkSearch(value: unknown, path: string): void {
  if (typeof value !== 'string' || value.length <= LONGEST_SEARCH) return;
  const found = value.length.toLocaleString('en-GB');
  throw new Refusal('SEARCH_TOO_LONG', `search has ${found} characters: needed at most ${LONGEST_SEARCH}`, {
    field: `${path}.search`,
    remedy: 'give a few words of the title',
  });
}

/** How many entries the lists of a value have in all. */
function entriesOf(value: unknown): number {
  if (Array.isArray(value)) return value.length + value.reduce<number>((sum, each) => sum + entriesOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, each) => sum + entriesOf(each), 0);
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}
