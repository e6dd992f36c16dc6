/** A question that asks for too much, and what has to come of it. */
export interface HostileQuestion {
  readonly name: string;
  /** What it tries. */
  readonly tries: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Codes of which one refuses it; `ANSWERED` where it is answered without an error. */
  readonly expected: readonly string[];
}

export const hostileQuestions: () => readonly HostileQuestion[];
