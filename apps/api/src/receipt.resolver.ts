import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { referenceIn, type FieldChange, type Receipt } from '#command';
import { EventStore } from '#event-store';
import { eventReader, streamParts } from '#governance';
import { instantOf, type DomainEvent, type StoredEvent } from '#kernel';
import { Disclosing } from './disclosing.js';
import { FieldChangeView, ReceiptView, RecordedEventView } from './graphql/receipt.js';
import { Names } from './history/names.js';
import { earlierOf, told, telling } from './history/told.js';
import { ReceiptTokens } from './receipt-tokens.js';
import { Records } from './records.js';
import type { RequestContext } from './request-context.js';

const read = eventReader();

@Resolver(() => ReceiptView)
export class ReceiptResolver {
  constructor(
    private readonly tokens: ReceiptTokens,
    private readonly store: EventStore,
    private readonly records: Records,
    private readonly names: Names,
    private readonly disclosing: Disclosing,
  ) {}

  @ResolveField(() => String, {
    description:
      'Give it to a query as "afterReceipt" and the answer takes this command in. It says nothing by itself.',
  })
  after(@Parent() { after }: Receipt): string {
    return this.tokens.sealed(after);
  }

  @ResolveField(() => [String], {
    description: 'What whoever recorded it has to know besides, in sentences: for example what stays withheld.',
  })
  notes(@Parent() { notes = [] }: Receipt): readonly string[] {
    return notes;
  }

  @ResolveField(() => [RecordedEventView], { description: 'The events recorded, in order.' })
  events(@Parent() receipt: Receipt, @Context() context: RequestContext): readonly object[] {
    let sentences: Promise<readonly string[]> | undefined;
    const sentenceAt = async (index: number) => (await (sentences ??= this.sentences(receipt, context)))[index];
    return receipt.events.map((event, index) => ({
      ...event,
      // A getter: only who asks for it has names looked up.
      get sentence() {
        return sentenceAt(index);
      },
    }));
  }

  @ResolveField(() => String, {
    description: 'The reference that the command gave its subject, or took for it; empty where it did neither.',
    nullable: true,
  })
  async reference(@Parent() receipt: Receipt): Promise<string | null> {
    return referenceIn(receipt.written ?? (await this.recorded(receipt))) ?? null;
  }

  @ResolveField(() => Boolean, { description: 'True where nothing was recorded, because dryRun was asked for.' })
  dryRun(@Parent() { trial }: Receipt): boolean {
    return trial !== undefined;
  }

  @ResolveField(() => [FieldChangeView], {
    description: 'What would change, where dryRun was asked for; empty for what was recorded.',
  })
  changes(@Parent() { subject, trial = [] }: Receipt, @Context() context: RequestContext): readonly FieldChange[] {
    const { aggregate } = streamParts(subject);
    return this.disclosing.restricts(aggregate, context) ? trial.map((one) => ({ ...one, before: null })) : trial;
  }

  /** What each event says, by the names of its day as far as they are known now. */
  private async sentences(receipt: Receipt, context: RequestContext): Promise<readonly string[]> {
    const { subject: stream, written } = receipt;
    const events = written
      ? written.map((event) =>
          read({ ...event, stream, revision: -1, position: -1, recordedAt: instantOf(context.requestedAt) }),
        )
      : (await this.recorded(receipt)).map(read);
    const namesEarlier = events.some(({ envelope }) => earlierOf(envelope) !== undefined);
    const before = namesEarlier ? (await this.store.readStream(stream)).map(read) : [];
    const earlier = ({ envelope }: DomainEvent) => before.find(({ id }) => id === earlierOf(envelope));
    const basis = await this.records.basis({}, context);
    return this.names.tell(basis, context, (names) => {
      const tell = telling(names, () => undefined);
      return events.map((event) => told(event, earlier(event), tell));
    });
  }

  /** The events of a command that was recorded before, out of the log. */
  private async recorded({ subject, events }: Receipt): Promise<readonly StoredEvent[]> {
    const ids = new Set(events.map(({ id }) => id));
    return (await this.store.readStream(subject)).filter(({ id }) => ids.has(id));
  }
}
