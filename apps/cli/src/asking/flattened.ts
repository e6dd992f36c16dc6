/** A row of a table, by its columns. */
export type Row = ReadonlyMap<string, unknown>;

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An answer as rows: those of the first list that is found in it, the shallowest first; an answer without a list is one
 * row. What stands around a connection's entries (cursors, counts) is not of the rows.
 */
export const rowsIn = (answer: Tree): readonly Row[] => {
  const list = firstList([answer]);
  return (list ?? [answer]).map((entry) => flattened(isTree(entry) && isTree(entry['node']) ? entry['node'] : entry));
};

/** The first list of objects, looking at all of one depth before the next. */
function firstList(level: readonly Tree[]): readonly unknown[] | undefined {
  if (level.length === 0) return undefined;
  const values = level.flatMap((tree) => Object.values(tree));
  const list = values.find((value): value is readonly unknown[] => Array.isArray(value) && value.every(isTree));
  return list ?? firstList(values.filter(isTree));
}

/**
 * Nested parts by dotted columns. A list inside a row is one cell: texts behind one another, anything else as JSON.
 *
 * @param entry an object; anything else is a row with one column, `value`.
 */
export const flattened = (entry: unknown): Row => {
  const row = new Map<string, unknown>();
  const put = (path: string, value: unknown): void => {
    if (isTree(value)) for (const [key, part] of Object.entries(value)) put(path === '' ? key : `${path}.${key}`, part);
    else row.set(path === '' ? 'value' : path, value);
  };
  put('', entry);
  return row;
};

/** The columns of several rows, each where it comes first: a part that is empty in one row has its columns from another. */
export const columnsOf = (rows: readonly Row[]): readonly string[] => {
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  // An empty part of some rows is told by its own columns, where others have it.
  return columns.filter(
    (column) =>
      !columns.some((other) => other.startsWith(`${column}.`)) ||
      rows.some((row) => (row.get(column) ?? null) !== null),
  );
};

/** A cell of a file for programs. */
export const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    const parts = value.map(onlyPart);
    if (parts.every((part) => typeof part !== 'object')) return parts.map(String).join('; ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
};

/** What an object says that says one thing alone, such as the name of another record; anything else as it is. */
function onlyPart(value: unknown): unknown {
  if (!isTree(value)) return value;
  const [only, ...others] = Object.values(value);
  return others.length === 0 ? onlyPart(only) : value;
}
