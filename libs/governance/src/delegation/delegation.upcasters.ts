import type { Upcaster } from '../upcasters.js';

type Fields = Readonly<Record<string, unknown>>;

/** The three fields that said a limit once, by what they are called in one. */
const OF_LIMIT = { limit: 'amount', limitBasis: 'basis', limitNote: 'note' } as const;

/** What there is of the one limit, and everything else. Null where it was taken away. */
function withoutLimit(said: Fields): { readonly limit: Fields | undefined; readonly rest: Fields } {
  const limit: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(said)) {
    if (field in OF_LIMIT) limit[OF_LIMIT[field as keyof typeof OF_LIMIT]] = value;
    else rest[field] = value;
  }
  return { limit: Object.keys(limit).length === 0 ? undefined : limit, rest };
}

/** Conditions were texts; nobody said what sort of condition they are, and all were met when the power was used. */
const withKeys = (said: Fields): Fields => {
  const { conditions } = said;
  if (!Array.isArray(conditions)) return said;
  const keyed = (conditions as readonly string[]).map((text, index) => ({
    key: String(index + 1),
    text,
    kind: 'OTHER',
    applies: 'EACH_DECISION',
  }));
  return { ...said, conditions: keyed };
};

/**
 * Version 3: several limits in the place of one, and conditions with keys. A variation of one limit left what it did not
 * name as it was, which only the fold knows: it says what it changed of the one there was.
 */
export const DELEGATION_UPCASTERS: readonly Upcaster[] = [
  {
    type: 'DelegationGranted',
    from: 2,
    upcast: (payload) => {
      const { limit, rest } = withoutLimit(payload as Fields);
      return withKeys(limit ? { ...rest, limits: [limit] } : rest);
    },
  },
  {
    type: 'DelegationVaried',
    from: 2,
    upcast: (payload) => {
      const { limit, rest } = withoutLimit(payload as Fields);
      return withKeys(limit ? { ...rest, soleLimit: limit } : rest);
    },
  },
];
