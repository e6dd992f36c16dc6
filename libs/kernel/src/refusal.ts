/** What a refusal says besides its sentence. */
export interface RefusalDetail {
  /** Path of the input that is at fault, as the caller wrote it: `data.effectiveOn`, `lines[3].title`. */
  readonly field?: string;
  /** The rule that says no, cited: a statute, a standing order, or a rule of the register (`T8`, `BR-004`). */
  readonly rule?: string;
  /** What the caller can do about it, as a sentence. */
  readonly remedy?: string;
}

/**
 * A rule said no. Expected, safe to show to whoever asked, never logged as an error.
 * The message is lower case without a full stop and says what was found and what is needed.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param code stable, upper case, `AREA_REASON`: clients and specs go by it, never by the message. */
  constructor(
    readonly code: string,
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
