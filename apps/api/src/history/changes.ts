import { Injectable } from '@nestjs/common';
import { EventStore, readPages } from '#event-store';
import { eventReader, isAggregate, streamParts, traceless, type Aggregate, type NameOf } from '#governance';
import {
  Refusal,
  epochMsOf,
  londonDay,
  type CivilDate,
  type DomainEvent,
  type Envelope,
  type Instant,
  type Position,
  type StoredEvent,
} from '#kernel';
import type { Basis } from '#register';
import { checkedFirst, pageInfoOf } from '../graphql/page-info.js';
import type { RequestContext } from '../request-context.js';
import type { ChangeConnection, ChangeKind, ChangeSummaryView, ChangeView } from './changes.view.js';
import { Names } from './names.js';
import { numberIn, type Part } from './part.js';
import { SubjectHistory } from './subject-history.js';
import {
  earlierOf,
  earlierRecording,
  isOpen,
  knownDay,
  shownActor,
  telling,
  told,
  whyShown,
  type Tell,
} from './told.js';

/** Events of the log that one request may read to tell changes. */
const MOST_EVENTS = 100_000;

/** Events a page of the log. */
const LOG_PAGE = 500;

/** What changes are told of. */
export interface Stretch {
  readonly from: Basis;
  readonly to: Basis;
  readonly aggregate?: Aggregate | null;
}

interface Allowance {
  left: number;
}

/** What was recorded between two states of knowledge. */
@Injectable()
export class Changes {
  private readonly read = eventReader();

  constructor(
    private readonly store: EventStore,
    private readonly histories: SubjectHistory,
    private readonly names: Names,
  ) {}

  /** @throws Refusal `RANGE_BACKWARDS`, `PAGE_SIZE`, `NOT_A_CURSOR`; `RANGE_TOO_LONG` also when counts are asked for. */
  async between(stretch: Stretch, part: Part, context: RequestContext): Promise<ChangeConnection> {
    const { from, to } = stretch;
    if (from.position > to.position) {
      throw new Refusal('RANGE_BACKWARDS', `from is position ${from.position}, which is after to, ${to.position}`, {
        field: 'from',
        remedy: 'give the earlier moment as from',
      });
    }
    const first = checkedFirst(part.first);
    const start = part.after ? Math.max(numberIn(part.after), from.position) : from.position;
    const found = await this.firstOf(stretch, start, first + 1, context);
    const page = found.slice(0, first);
    const nodes = await this.entries(page, to, context);
    const edges = nodes.map((node) => ({ node, cursor: String(node.position) }));
    let counted: Promise<ChangeSummaryView> | undefined;
    const summary = (): Promise<ChangeSummaryView> => (counted ??= this.count(stretch, context));
    return {
      basis: { from, to },
      edges,
      pageInfo: pageInfoOf(edges, found.length > first, Boolean(part.after)),
      get summary() {
        return summary();
      },
      get totalCount() {
        return summary().then(({ recorded, corrected, annulled }) => recorded + corrected + annulled);
      },
    };
  }

  private async firstOf(
    stretch: Stretch,
    after: Position,
    wanted: number,
    context: RequestContext,
  ): Promise<DomainEvent[]> {
    const found: DomainEvent[] = [];
    const allowance = allowanceOf(context);
    for await (const page of readPages(this.store, { from: after + 1, upTo: stretch.to.position, limit: LOG_PAGE })) {
      for (const event of await this.shown(page, stretch, context)) {
        found.push(event);
        if (found.length === wanted) return found;
      }
      spend(allowance, page.length);
    }
    return found;
  }

  private async entries(events: readonly DomainEvent[], to: Basis, context: RequestContext): Promise<ChangeView[]> {
    const pairs = await Promise.all(
      events.map(async (event) => {
        const wanted = earlierOf(event.envelope);
        if (wanted === undefined) return { event };
        const ofSubject = await this.histories.events(event.stream, context);
        return { event, earlier: ofSubject.find(({ id }) => id === wanted) };
      }),
    );
    const veilOf = await this.histories.veils(
      events.map(({ stream }) => stream),
      to,
      context,
    );
    return this.names.tell(to, context, (names) => {
      const { nameOf } = names;
      const tell = telling(names, ({ stream, id }) => veilOf(stream, id));
      return pairs.map(({ event, earlier }) => changeOf(event, earlier, nameOf, tell));
    });
  }

  /** What changes are told of, without what may not be shown at all. */
  private async shown(
    page: readonly StoredEvent[],
    { aggregate, to }: Stretch,
    context: RequestContext,
  ): Promise<readonly DomainEvent[]> {
    const about = page.filter((stored) => isAbout(stored, aggregate));
    const veilOf = await this.histories.veils(
      about.map(({ stream }) => stream),
      to,
      context,
    );
    return traceless(about.map(this.read), (id, { stream }) => veilOf(stream, id)?.presentation === 'absent');
  }

  private async count(stretch: Stretch, context: RequestContext): Promise<ChangeSummaryView> {
    const { from, to } = stretch;
    spend(allowanceOf(context), to.position - from.position);
    const summary = { recorded: 0, corrected: 0, annulled: 0, reportedAsCorrections: 0, late: 0 };
    for await (const page of readPages(this.store, { from: from.position + 1, upTo: to.position })) {
      for (const { envelope, recordedAt } of await this.shown(page, stretch, context)) {
        summary[kindOf(envelope).toLowerCase() as Lowercase<ChangeKind>] += 1;
        if (envelope.why?.kind === 'error' || envelope.why?.kind === 'never-happened')
          summary.reportedAsCorrections += 1;
        if ((daysLateOf(envelope, recordedAt) ?? 0) > 0) summary.late += 1;
      }
    }
    return summary;
  }
}

function changeOf(event: DomainEvent, earlier: DomainEvent | undefined, nameOf: NameOf, tell: Tell): ChangeView {
  const { aggregate, id } = streamParts(event.stream) as { aggregate: Aggregate; id: string };
  const daysLate = daysLateOf(event.envelope, event.recordedAt);
  return {
    position: event.position,
    eventId: event.id,
    recordedAt: event.recordedAt,
    effectiveOn: knownDay(event),
    subject: event.stream,
    aggregate,
    title: nameOf(aggregate, id) ?? null,
    type: event.type,
    kind: kindOf(event.envelope),
    sentence: told(event, earlier, tell),
    recordedBy: shownActor(event.envelope.actor),
    why: whyShown(event.envelope.why, isOpen(event, earlier, tell)),
    earlier: earlier ? earlierRecording(earlier, tell) : null,
    late: daysLate !== null && daysLate > 0,
    daysLate,
  };
}

function isAbout({ stream }: StoredEvent, wanted: Aggregate | null | undefined): boolean {
  const { aggregate } = streamParts(stream);
  return wanted ? aggregate === wanted : isAggregate(aggregate);
}

function kindOf({ corrects, annuls }: Envelope): ChangeKind {
  if (annuls !== undefined) return 'ANNULLED';
  return corrects === undefined ? 'RECORDED' : 'CORRECTED';
}

const DAY_MS = 86_400_000;

/** An annulment carries the day of what it drops, and is not late by it. */
function daysLateOf({ effectiveOn, startKnown, annuls }: Envelope, recordedAt: Instant): number | null {
  if (annuls !== undefined || startKnown === false) return null;
  return Math.max(0, (startOfDay(londonDay(epochMsOf(recordedAt))) - startOfDay(effectiveOn)) / DAY_MS);
}

const startOfDay = (date: CivilDate): number => Date.parse(`${date}T00:00:00Z`);

const allowanceOf = (context: RequestContext): Allowance =>
  context.loader('events read to tell changes', () => ({ left: MOST_EVENTS })) as Allowance;

function spend(allowance: Allowance, events: number): void {
  allowance.left -= events;
  if (allowance.left >= 0) return;
  throw new Refusal(
    'RANGE_TOO_LONG',
    `between the two moments lie more than the ${MOST_EVENTS} events that one request reads`,
    {
      field: 'from',
      remedy: 'ask for shorter stretches one after the other, or page without totalCount and summary',
    },
  );
}
