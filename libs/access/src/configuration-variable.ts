/** One environment variable: a row of the documentation's table, and how its text is read. */
export interface Variable {
  readonly name: string;
  /** As it would be written; what happens without it where that is not a text. */
  readonly default: string;
  readonly meaning: string;
  readonly example: string;
  /** A sentence part that says what was needed, for the refusal. */
  readonly needed: string;
  /** What the text means, or undefined where it means nothing. */
  readonly parse: (text: string) => unknown;
  /** Its text may hold a password, which is never shown; with `whole` it is one, and nothing of it is. */
  readonly secret?: true | 'whole';
}
