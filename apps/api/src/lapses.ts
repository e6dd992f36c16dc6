import { Injectable } from '@nestjs/common';
import { streamParts, subjectOf } from '#governance';
import { lapseOf, titleOf, type Basis, type CarrierReads, type Lapse } from '#register';
import { basisKey, Records, type RecordOf } from './records.js';
import type { RequestContext } from './request-context.js';

/** What records have ended with, though nothing of it is recorded of them: each is found once in a request. */
@Injectable()
export class Lapses {
  constructor(private readonly records: Records) {}

  /** What a record has lapsed with, on its own basis. */
  async of(record: RecordOf<object>, context: RequestContext): Promise<Lapse | undefined> {
    const { id, basis } = record;
    const known = context.loader(`lapses ${basisKey(basis)}`, () => new Map()) as Map<
      string,
      Promise<Lapse | undefined>
    >;
    const lapse = known.get(id) ?? lapseOf(streamParts(id).aggregate, record, this.carriers(basis, context));
    known.set(id, lapse);
    return lapse;
  }

  private carriers(basis: Basis, context: RequestContext): CarrierReads {
    return {
      one: async (aggregate, id) => {
        const record = await this.records.named(aggregate, id, basis, context);
        return record ? { state: record, name: titleOf(aggregate, record, () => undefined) } : undefined;
      },
      hasSuccessor: async (id) => {
        const organisation = { id: subjectOf('organisation', id), basis };
        const after = await this.records.listedUnder('succession', 'predecessor', organisation, { first: 1 }, context);
        return (await after.totalCount) > 0;
      },
    };
  }
}
