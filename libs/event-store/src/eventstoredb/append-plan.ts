import { epochMsOf, type Instant, type NewEvent, type Position } from '#kernel';
import type { AppendOptions, AppendOutcome, StreamWrite } from '../event-store.js';
import type { Arrival, ReadEvent } from './record.js';
import type { TailEvent } from './intake.js';

/** The events of an append with how they arrive, write by write. */
export interface Plan {
  readonly writes: readonly StreamWrite[];
  readonly events: readonly NewEvent[];
  readonly arrivals: readonly Arrival[];
}

/** An append whose events are still to come down the log, which gives them their positions. */
export class Expected {
  readonly #plan: Plan;
  readonly #positions: (Position | undefined)[];
  #missing: number;
  #recordedAt: Instant | undefined;
  #own = false;
  #other: string | undefined;
  #done: () => void = () => undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#missing = plan.events.length;
    this.#positions = plan.events.map(() => undefined);
  }

  arrived(event: TailEvent): void {
    const { stored, arrival } = event;
    const place = this.#plan.events.findIndex(({ id }) => id === stored.id);
    if (
      this.#positions[place] !== undefined ||
      this.#plan.writes[writeOf(this.#plan, place)]?.stream !== stored.stream
    ) {
      return;
    }
    this.#positions[place] = stored.position;
    if (place === 0) this.#recordedAt = stored.recordedAt;
    if (arrival.writer === this.#plan.arrivals[place]?.writer) this.#own = true;
    if (!isSame(this.#plan, place, event)) this.#other ??= stored.id;
    this.#missing -= 1;
    if (this.#missing === 0) this.#done();
  }

  /** What became of an append that the server has taken, as soon as it is known where it stands. */
  async placed(withinMs: number): Promise<AppendOutcome | 'late'> {
    if (this.#missing > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#done = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.#other !== undefined) return { kind: 'id taken', id: this.#other };
    const kind = this.#own ? 'appended' : 'already appended';
    if (this.#missing > 0 || this.#recordedAt === undefined) return 'late';
    const positions = this.#positions.filter((position) => position !== undefined);
    return { kind, positions, recordedAt: this.#recordedAt };
  }
}

export function planOf(writes: readonly StreamWrite[], { recordedAt }: AppendOptions, writer: string): Plan {
  const events = writes.flatMap((write) => write.events);
  const append = events[0]?.id ?? '';
  const keptAt = recordedAt === undefined ? undefined : epochMsOf(recordedAt);
  let index = 0;
  const arrivals = writes.flatMap((write) =>
    write.events.map((_, place): Arrival => {
      const endsWrite = place === write.events.length - 1;
      const kept = keptAt === undefined ? {} : { keptAt };
      return { append, index: index++, count: events.length, endsWrite, writer, ...kept };
    }),
  );
  return { writes, events, arrivals };
}

/** Which write an event of an append belongs to. */
export function writeOf({ writes }: Plan, place: number): number {
  let last = -1;
  return writes.findIndex(({ events }) => (last += events.length) >= place);
}

export const neededBy = (expected: StreamWrite['expected']): number =>
  expected === 'no stream' ? -1 : expected.revision;

/** Whether what is stored is this event of this append. */
export const isSame = (plan: Plan, place: number, { stored, arrival }: TailEvent): boolean =>
  isAsPlanned(plan, place, { event: stored, arrival });

export function isAsPlanned({ events, arrivals }: Plan, place: number, { event: there, arrival }: ReadEvent): boolean {
  const [event, own] = [events[place], arrivals[place]];
  return (
    there.type === event?.type &&
    there.schemaVersion === event.schemaVersion &&
    there.payload === event.payload &&
    there.envelope === event.envelope &&
    arrival.append === own?.append &&
    arrival.index === own.index &&
    arrival.count === own.count
  );
}
