import { Injectable } from '@nestjs/common';
import { mayRead } from '#access';
import { AGGREGATES, isAggregate, streamParts, subjectOf, type Aggregate } from '#governance';
import { Refusal, londonDay } from '#kernel';
import { nodeIdIn, Register, type Place } from '#register';
import { Disclosing } from '../disclosing.js';
import type { RequestContext } from '../request-context.js';

/** A subject that somebody named. */
export interface Subject {
  readonly aggregate: Aggregate;
  /** Key inside the aggregate. */
  readonly id: string;
  /** Global id: the stream. */
  readonly stream: string;
}

/** Finds the subject that is meant where a question does not say what kind of thing it asks about. */
@Injectable()
export class Subjects {
  constructor(
    private readonly register: Register,
    private readonly disclosing: Disclosing,
  ) {}

  /**
   * By global id (`body/glos:772`), by aggregate and human reference (`organisation/QR1`), or by a reference alone,
   * which is looked for in every aggregate. One that came to be known only after the basis counts as known; one that
   * may not be shown is as if it were not there.
   *
   * @throws Refusal `FORBIDDEN` before anything is looked up; `UNKNOWN_SUBJECT` where nothing is called so, `REFERENCE_AMBIGUOUS` where several are.
   */
  async find(id: string, basis: Place, field: string, context: RequestContext): Promise<Subject> {
    const named = nodeIdIn(id).subject;
    const { aggregate } = streamParts(named);
    for (const read of isAggregate(aggregate) ? [aggregate] : AGGREGATES) mayRead(context.actor, read);
    const head = { asAt: basis.asAt, position: await this.register.position() };
    const found = (await this.known(named, basis, basis, context)) ?? (await this.known(named, head, basis, context));
    if (found) return found;
    throw new Refusal('UNKNOWN_SUBJECT', `${field} names nothing in the register: found ${JSON.stringify(named)}`, {
      field,
      remedy: 'give a global id such as body/glos:772, or a human reference',
    });
  }

  /** As `find`, for recording: a global id that the views do not have yet is taken at its word. */
  async findToRecord(given: string, field: string, context: RequestContext): Promise<Subject> {
    const named = nodeIdIn(given).subject;
    const { aggregate, id } = streamParts(named);
    const basis = { asAt: londonDay(context.requestedAt), position: await this.register.position() };
    if (!isAggregate(aggregate)) return this.find(named, basis, field, context);
    mayRead(context.actor, aggregate);
    return (await this.known(named, basis, basis, context)) ?? subject(aggregate, id);
  }

  /** @param basis the question's own, which decides what may be shown. */
  private async known(
    named: string,
    place: Place,
    basis: Place,
    context: RequestContext,
  ): Promise<Subject | undefined> {
    const { aggregate, id } = streamParts(named);
    const key = async (each: Aggregate, name: string): Promise<string | undefined> =>
      this.register.resolveSubject(each, name, place, this.disclosing.among(each, name, basis, context));
    if (isAggregate(aggregate)) {
      const found = (await key(aggregate, named)) ?? (await key(aggregate, id));
      return found === undefined ? undefined : subject(aggregate, found);
    }
    const keys = await Promise.all(AGGREGATES.map(async (each) => key(each, named)));
    const found = AGGREGATES.flatMap((each, at) => {
      const one = keys[at];
      return one === undefined ? [] : [subject(each, one)];
    });
    if (found.length < 2) return found[0];
    const names = found.map(({ stream }) => stream).join(', ');
    throw new Refusal('REFERENCE_AMBIGUOUS', `${JSON.stringify(named)} is the reference of ${names}`, {
      remedy: 'ask by global id',
    });
  }
}

const subject = (aggregate: Aggregate, id: string): Subject => ({ aggregate, id, stream: subjectOf(aggregate, id) });
