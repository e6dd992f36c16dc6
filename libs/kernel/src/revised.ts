/** What a change says of some fields: a value replaces what was, null takes it away, what is not named stays. */
export type Revised<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | null };

/** The fields that have a value: where nothing was before, null says nothing. */
export const given = <Fields extends object>(fields: Revised<Fields>): Partial<Fields> => {
  const kept: Partial<Fields> = {};
  for (const field in fields) {
    const value = fields[field];
    if (value !== undefined && value !== null) kept[field] = value as Fields[typeof field];
  }
  return kept;
};

/** A record after a change. A field that was taken away is as one that was never said. */
export const revised = <Fields extends object>(fields: Fields, change: Revised<NoInfer<Fields>>): Fields => {
  const next: Revised<Fields> = { ...fields, ...change };
  return given<Fields>(next) as Fields;
};
