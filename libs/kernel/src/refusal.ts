import type { RefusalCode, Rule } from './refusal-codes.js';

/** What a refusal says besides its sentence. */
export interface RefusalDetail {
  /** Path of the input that is at fault, as the caller wrote it: `data.effectiveOn`, `lines[3].title`. */
  readonly field?: string;
  /** The rule that says no: a heading of `docs/rules.md`. */
  readonly rule?: Rule;
  /** What the caller can do about it, as a sentence. */
  readonly remedy?: string;
}

/**
 * A rule said no. Expected, safe to show to whoever asked, never logged as an error.
 * The message is lower case without a full stop and says what was found and what is needed.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly detail: RefusalDetail = {},
  ) {
    super(message);
  }
}

/** True for a refusal from any realm: Jest gives each test file realms of its own, so `instanceof` does not do. */
export const isRefusal = (thrown: unknown): thrown is Refusal =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'code' in thrown &&
  (thrown as { name?: unknown }).name === 'Refusal';
