/** The fields of a stored payload: canonical JSON of an object. */
export const parseJsonObject = (payload: string): Record<string, unknown> =>
  JSON.parse(payload) as Record<string, unknown>;
