import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { cellText } from './flattened.js';
import type { Fields } from './one-subject.js';
import { fieldsOf } from './selections.js';

/** A column of an exported table. */
export interface ExportColumn {
  /** The field, and the fields below it behind dots: `parentBody`, `amount.pence`. */
  readonly name: string;
  readonly path: readonly string[];
  /** As XML Schema calls it. */
  readonly datatype: 'string' | 'date' | 'dateTime' | 'integer' | 'boolean';
  readonly meaning: string;
}

const DATATYPES: Readonly<Record<string, ExportColumn['datatype']>> = {
  Date: 'date',
  Instant: 'dateTime',
  Int: 'integer',
  Pence: 'integer',
  Boolean: 'boolean',
};

/**
 * The columns of a room, the same whatever stands in it: the subject first, then its fields by name. Another record is its
 * id; a list is one cell, texts behind one another and anything else as JSON.
 */
export const columnsOf = (type: GraphQLObjectType): readonly ExportColumn[] => {
  const columns = fieldsOf(type).flatMap((field) => columnsFor(field, []));
  return [...columns.filter(({ name }) => name === 'subject'), ...columns.filter(({ name }) => name !== 'subject')];
};

function columnsFor(field: GraphQLField<unknown, unknown>, above: readonly string[]): readonly ExportColumn[] {
  const named = getNamedType(field.type);
  const path = [...above, field.name];
  const column = { name: path.join('.'), path, meaning: (field.description ?? '').replaceAll(/\s+/g, ' ') };
  if (isListType(getNullableType(field.type))) return [{ ...column, datatype: 'string' }];
  if (!isObjectType(named)) return [{ ...column, datatype: DATATYPES[named.name] ?? 'string' }];
  if (named.getInterfaces().some(({ name }) => name === 'Node')) {
    return [{ ...column, path: [...path, 'subject'], datatype: 'string' }];
  }
  return Object.values(named.getFields())
    .filter(({ args, deprecationReason }) => args.length === 0 && deprecationReason == null)
    .flatMap((below) => columnsFor(below, path));
}

/** What stands in a column of a record. */
export const cellIn = (record: Fields, { path }: ExportColumn): string =>
  cellText(path.reduce<unknown>((value, name) => (value as Fields | null | undefined)?.[name], record));
