/** The kinds of subject the register holds, in the order in which one may refer to another. */
export const AGGREGATES = [
  'organisation',
  'succession',
  'person',
  'place',
  'function',
  'body',
  'seat',
  'instrument',
  'functionHolding',
  'appointment',
  'delegation',
  'reservation',
  'meeting',
  'decision',
  'interest',
  'budget',
  'scrutiny',
  'standingOrder',
  'decisionLog',
] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export const isAggregate = (text: unknown): text is Aggregate => (AGGREGATES as readonly unknown[]).includes(text);

/** Global id of a subject, which is also its stream: `body/glos:hosc`. */
export const subjectOf = (aggregate: Aggregate, id: string): string => `${aggregate}/${id}`;

/** The two parts of a stream's name. `aggregate` is any text: the register's own streams have prefixes of their own. */
export const streamParts = (stream: string): { readonly aggregate: string; readonly id: string } => {
  const slash = stream.indexOf('/');
  return { aggregate: stream.slice(0, slash), id: stream.slice(slash + 1) };
};
