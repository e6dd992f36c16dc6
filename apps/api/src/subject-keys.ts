import type { Aggregate } from '#governance';
import { Refusal } from '#kernel';
import { nodeIdIn, Register, type Basis } from '#register';
import type { Disclosing } from './disclosing.js';
import type { RequestContext } from './request-context.js';

/**
 * Columns and lists that hold ids: the aggregate they are of, the subject as the question names it, and the argument that
 * does, where it is not called as the column is.
 */
export type Subjects = Readonly<Record<string, readonly [Aggregate, string | null | undefined, string?]>>;

/** Subjects that a question names, by their keys. */
export class SubjectKeys {
  constructor(
    private readonly register: Register,
    private readonly disclosing: Disclosing,
  ) {}

  /**
   * Key of a subject inside its aggregate, however it was named. One that came to be known only after the basis counts
   * as known: the answer then says that there was nothing yet.
   *
   * @throws Refusal `UNKNOWN_SUBJECT` where nothing is called so, `REFERENCE_AMBIGUOUS` where several are.
   */
  async keyOf(
    aggregate: Aggregate,
    named: string,
    basis: Basis,
    field: string,
    context: RequestContext,
  ): Promise<string> {
    const among = this.disclosing.among(aggregate, nodeIdIn(named).subject, basis, context);
    const key =
      (await this.register.resolveSubject(aggregate, named, basis, among)) ??
      (await this.register.resolveSubject(aggregate, named, { position: await this.register.position() }, among));
    if (key !== undefined) return key;
    throw new Refusal(
      'UNKNOWN_SUBJECT',
      `${field} names no ${aggregate} of the register: found ${JSON.stringify(named)}`,
      {
        field,
        remedy: 'give a global id, the part after its slash, or a human reference',
      },
    );
  }

  /** The keys of several, by the columns in which they are looked for; only of those that are named. */
  async keysOf(subjects: Subjects, basis: Basis, context: RequestContext): Promise<Record<string, string>> {
    const keys: Record<string, string> = {};
    for (const [column, [aggregate, named, argument = column]] of Object.entries(subjects)) {
      if (named === undefined || named === null) continue;
      keys[column] = await this.keyOf(aggregate, named, basis, argument, context);
    }
    return keys;
  }
}
