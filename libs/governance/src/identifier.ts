/** A human reference given by somebody else: an ODS code, a GSS code, a notice number. */
export interface Identifier {
  /** Who gives it: `ods`, `gss`, `moderngov`, `ocds`. */
  readonly scheme: string;
  readonly value: string;
}

/**
 * A human reference without what people write now so, now so: its case, its spaces, and how its accents are encoded.
 * Two references with one key are the same reference.
 */
export const referenceKey = (reference: string): string =>
  reference.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toUpperCase();

/** What a subject with these references is found by: each as it is written, and its key. */
export const referencesAndKeys = (references: readonly string[]): readonly string[] => [
  ...new Set(references.flatMap((reference) => [reference, referenceKey(reference)])),
];

/** A list of them, copied member by member; nothing and null stay as they are. */
export const identifiersOf = <Absent extends null | undefined>(
  identifiers: readonly Identifier[] | Absent,
): readonly Identifier[] | Absent =>
  identifiers ? identifiers.map(({ scheme, value }) => ({ scheme, value })) : identifiers;
