import { Injectable } from '@nestjs/common';
import { mayRead } from '#access';
import { AGGREGATES, isAggregate, streamParts, subjectOf, type Aggregate } from '#governance';
import { Refusal, type Actor, type Position } from '#kernel';
import { Register } from '#register';

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
  constructor(private readonly register: Register) {}

  /**
   * By global id (`body/glos:772`), by aggregate and human reference (`organisation/QR1`), or by a reference alone,
   * which is looked for in every aggregate. One that came to be known only after `position` counts as known.
   *
   * @throws Refusal `FORBIDDEN` before anything is looked up; `UNKNOWN_SUBJECT` where nothing is called so, `REFERENCE_AMBIGUOUS` where several are.
   */
  async find(named: string, position: Position, field: string, actor: Actor): Promise<Subject> {
    const { aggregate } = streamParts(named);
    for (const read of isAggregate(aggregate) ? [aggregate] : AGGREGATES) mayRead(actor, read);
    const found = (await this.known(named, position)) ?? (await this.known(named, await this.register.position()));
    if (found) return found;
    throw new Refusal('UNKNOWN_SUBJECT', `${field} names nothing in the register: found ${JSON.stringify(named)}`, {
      field,
      remedy: 'give a global id such as body/glos:772, or a human reference',
    });
  }

  /** As `find`, for recording: a global id that the views do not have yet is taken at its word. */
  async findToRecord(named: string, field: string, actor: Actor): Promise<Subject> {
    const { aggregate, id } = streamParts(named);
    if (!isAggregate(aggregate)) return this.find(named, await this.register.position(), field, actor);
    mayRead(actor, aggregate);
    return (await this.known(named, await this.register.position())) ?? subject(aggregate, id);
  }

  private async known(named: string, position: Position): Promise<Subject | undefined> {
    const { aggregate, id } = streamParts(named);
    if (isAggregate(aggregate)) {
      const key =
        (await this.register.resolveSubject(aggregate, named, { position })) ??
        (await this.register.resolveSubject(aggregate, id, { position }));
      return key === undefined ? undefined : subject(aggregate, key);
    }
    const keys = await Promise.all(
      AGGREGATES.map(async (each) => this.register.resolveSubject(each, named, { position })),
    );
    const found = AGGREGATES.flatMap((each, at) => {
      const key = keys[at];
      return key === undefined ? [] : [subject(each, key)];
    });
    if (found.length < 2) return found[0];
    const names = found.map(({ stream }) => stream).join(', ');
    throw new Refusal('REFERENCE_AMBIGUOUS', `${JSON.stringify(named)} is the reference of ${names}`, {
      remedy: 'ask by global id',
    });
  }
}

const subject = (aggregate: Aggregate, id: string): Subject => ({ aggregate, id, stream: subjectOf(aggregate, id) });
