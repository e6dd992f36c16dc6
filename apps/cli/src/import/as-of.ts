import {
  LastUsed,
  liveEvents,
  Refusal,
  type Envelope,
  type Fact,
  type Instant,
  type Placed,
  type StoredEvent,
} from '#kernel';
import type { EventStore } from '#event-store';
import { asStored, validated } from '#wire';
import { deciderOf, streamParts, subjectOf, type Aggregate } from '#governance';
import type { PlannedStep } from './spells.js';
import { referencesOf, type Statement } from './statements.js';

interface Known extends Placed {
  readonly type: string;
  readonly data: object;
  readonly envelope: Envelope;
}

/** Characters of events that are remembered over all streams: those looked at longest ago are read whole again. */
const MOST_CHARACTERS = 16_000_000;

/** The events of a stream, as far as they have been read. */
interface Remembered {
  readonly events: readonly Known[];
  readonly characters: number;
}

/**
 * Judges what a row version says by what its source had said by then, not by what the register holds today: a version
 * that an earlier import refused is refused again, whatever has been recorded since.
 */
export class AsOf {
  private readonly remembered: LastUsed<Remembered>;

  constructor(
    private readonly store: Pick<EventStore, 'readStream'>,
    most = MOST_CHARACTERS,
  ) {
    this.remembered = new LastUsed(most);
  }

  /** True where a subject had something live by an instant. @param except a collection whose own events do not count. */
  async holds(stream: string, instant: Instant | undefined, except?: string): Promise<boolean> {
    const live = new Set<string>();
    for (const { id, envelope } of await this.known(stream, instant)) {
      if (except !== undefined && envelope.source?.system === except) continue;
      live.delete(envelope.corrects ?? envelope.annuls ?? '');
      if (envelope.annuls === undefined) live.add(id);
    }
    return live.size > 0;
  }

  /** @throws Refusal as the door would have given at that instant. */
  async judge(stream: string, steps: readonly PlannedStep[], instant: Instant): Promise<void> {
    const { aggregate } = streamParts(stream);
    for (const step of steps) {
      if (!('record' in step)) continue;
      validated(step.record.command, step.record.data);
      await this.checkReferences(aggregate as Aggregate, step.record, stream, instant);
    }
    const decider = deciderOf(aggregate as Aggregate);
    const known = await this.known(stream, instant);
    const stood = new Set<string>();
    let state = decider.initial;
    for (const { event } of liveEvents(known)) {
      if (!decider.stands(state, event, event.effectiveOn)) stood.add(event.id);
      state = decider.evolve(state, event);
    }
    state = decider.initial;
    for (const { event } of liveEvents([...known, ...steps.map(planned(decider))])) {
      const refusal = decider.stands(state, event, event.effectiveOn);
      if (refusal && event.id.startsWith(NEW)) throw refusal;
      if (refusal && stood.has(event.id)) {
        const what = `event ${event.id} (${event.type} of ${event.effectiveOn})`;
        throw new Refusal('WOULD_NOT_STAND', `${what} would no longer stand: ${refusal.message}`, { rule: 'T8' });
      }
      state = decider.evolve(state, event);
    }
  }

  private async checkReferences(aggregate: Aggregate, record: Statement, own: string, instant: Instant): Promise<void> {
    for (const { aggregate: other, id, field } of referencesOf(aggregate, record)) {
      const stream = subjectOf(other as Aggregate, id);
      if (stream !== own && !(await this.holds(stream, instant))) throw unknownReference(other, id, field);
    }
  }

  private async known(stream: string, instant: Instant | undefined): Promise<readonly Known[]> {
    const events = await this.eventsOf(stream);
    if (instant === undefined) return events;
    return events.filter(({ envelope: { source } }) => source?.statedAt === undefined || source.statedAt <= instant);
  }

  /** All events of a stream, of which those behind what is remembered are read. */
  private async eventsOf(stream: string): Promise<readonly Known[]> {
    const before = this.remembered.get(stream) ?? { events: [], characters: 0 };
    const added = await this.store.readStream(stream, before.events.length);
    const characters = added.reduce(
      (sum, { payload, envelope }) => sum + payload.length + envelope.length,
      before.characters,
    );
    const events = added.length === 0 ? before.events : [...before.events, ...added.map(read)];
    if (events.length > 0) this.remembered.keep(stream, { events, characters }, characters);
    return events;
  }
}

const NEW = 'new:';

const planned =
  (decider: ReturnType<typeof deciderOf>) =>
  (step: PlannedStep, index: number): Known => {
    const id = `${NEW}${index}`;
    const position = 4e15 + index;
    const envelope = {} as Envelope;
    if ('annul' in step) {
      const { effectiveOn } = step.annul;
      return { id, type: '', data: {}, position, effectiveOn, envelope: { ...envelope, annuls: step.annul.id } };
    }
    const { record, corrects, again } = step;
    const { type, data }: Fact = decider.decide(
      { type: record.command, data: asStored(record.command, record.data) },
      decider.initial,
    );
    const links = { ...(corrects && { corrects: corrects.id }), ...(again !== undefined && { again }) };
    return {
      id,
      type,
      data: data as object,
      position,
      effectiveOn: record.effectiveOn,
      envelope: { ...envelope, ...links },
    };
  };

function read({ id, type, position, payload, envelope }: StoredEvent): Known {
  const parsed = JSON.parse(envelope) as Envelope;
  return { id, type, position, effectiveOn: parsed.effectiveOn, data: JSON.parse(payload) as object, envelope: parsed };
}

/** The sentence of the door for a subject that is not there. */
export const unknownReference = (aggregate: string, id: string, field: string): Refusal =>
  new Refusal(
    'UNKNOWN_REFERENCE',
    `data.${field} names ${aggregate} ${JSON.stringify(id)}, which the register does not hold`,
    {
      field: `data.${field}`,
      rule: 'BR-008',
      remedy: `record the ${aggregate} first, or put the id right`,
    },
  );
