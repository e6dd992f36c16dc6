/** Fields of which at least one is said: to what a person is appointed, who grants a delegation, who receives it. */
export type Named = readonly string[];

/** Which of some fields are said, after an event that says or takes away some of them. */
export const namedAfter = (named: Named, fields: Named, data: object, begins: boolean): Named => {
  const said = data as Readonly<Record<string, unknown>>;
  const isNamed = (field: string): boolean => {
    const value = said[field];
    if (value === undefined) return !begins && named.includes(field);
    return value !== null && !(Array.isArray(value) && value.length === 0);
  };
  const next = fields.filter(isNamed);
  return next.length === named.length && next.every((field) => named.includes(field)) ? named : next;
};

/** True where an event takes away the last of some fields. */
export const leavesNone = (named: Named, fields: Named, data: object): boolean =>
  named.some((field) => fields.includes(field)) &&
  !namedAfter(named, fields, data, false).some((field) => fields.includes(field));
