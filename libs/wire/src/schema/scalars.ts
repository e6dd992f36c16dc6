import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { Refusal, isCivilDate, isInstantText, parseCivilDate, parseInstant } from '#kernel';
import { positionIn } from './known-at.js';

/** Scalars that nobody else has are specified in this repository. @param heading of the page. */
const ofOurs = (heading: string): string => `docs/clients.md#${heading}`;

/** Reads text from a variable and from the query itself in one way. */
const textScalar = (
  name: string,
  specifiedByURL: string,
  description: string,
  read: (text: unknown) => unknown,
): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: (value) => value,
    parseValue: read,
    parseLiteral: (node: ValueNode) =>
      read(node.kind === Kind.STRING ? node.value : node.kind === Kind.INT ? Number(node.value) : null),
  });

export const DateScalar = textScalar(
  'Date',
  'https://scalars.graphql.org/andimarek/local-date.html',
  'A day on the civil calendar of Europe/London, as YYYY-MM-DD, for example 2025-03-31.',
  (text) => parseCivilDate(text, 'Date'),
);

export const InstantScalar = textScalar(
  'Instant',
  'https://scalars.graphql.org/andimarek/date-time.html',
  'A moment in UTC with three decimals, for example 2025-03-31T16:30:00.000Z. Any offset is taken on input.',
  (text) => parseInstant(text, 'Instant'),
);

export const PenceScalar = new GraphQLScalarType({
  name: 'Pence',
  specifiedByURL: ofOurs('pence'),
  description: 'An amount of money in whole pence, as an integer: 80354800 is £803,548.00.',
  serialize: (value) => value,
  parseValue: parsePence,
  parseLiteral: (node) => parsePence(node.kind === Kind.INT ? Number(node.value) : undefined),
});

export const KnownAtScalar = textScalar(
  'KnownAt',
  ofOurs('knownat'),
  'A moment of knowledge: a position of the register (a whole number from 0, or as text "p1042"), an instant ' +
    '(2025-03-31T16:30:00Z: everything recorded up to it), or a day (2025-03-31: everything recorded up to its end, ' +
    'London time). A text such as "2025", which could be a year or a position, is refused.',
  (value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    const position = typeof value === 'string' ? positionIn(value, 'KnownAt') : undefined;
    if (position !== undefined) return position;
    if (isCivilDate(value) || isInstantText(value)) return value;
    throw new Refusal(
      'NOT_A_KNOWN_AT',
      `KnownAt is not a moment of knowledge: found ${JSON.stringify(value)}, needed a position such as p1042, an instant or a day`,
    );
  },
);

function parsePence(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new Refusal(
    'NOT_PENCE',
    `Pence is not an amount: found ${JSON.stringify(value ?? null)}, needed a whole number of pence such as 80354800`,
  );
}
