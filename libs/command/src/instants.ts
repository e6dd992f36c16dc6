import { Refusal, instantOf, type Instant } from '#kernel';
import { REGISTER_STREAM, type EventStore } from '#event-store';
import type { RegisterOpened } from './log-opening.js';

/**
 * The recording instants that an import may bring along (T1): into a register that was opened for it, in order, and none
 * that has not come yet.
 */
export class KeptInstants {
  private last: Instant | undefined;
  private opened: RegisterOpened | undefined;

  constructor(
    private readonly store: EventStore,
    /** How the log is going to be opened, where it is still empty. */
    private readonly opening: RegisterOpened,
  ) {}

  /** @throws Refusal `RECORDED_AT` where an instant must not become a recording instant. */
  async check(recordedAt: Instant, now: number): Promise<void> {
    if (recordedAt > instantOf(now)) {
      throw refused(`${recordedAt} has not come yet`, `an instant that is not after ${instantOf(now)}`);
    }
    this.opened ??= await this.howOpened();
    if ((this.opened ?? this.opening).recordedInstants !== 'kept') {
      throw refused('this register stamps what it records itself', 'no recording instant: leave it out');
    }
    this.last ??= await this.lastRecorded();
    if (this.last !== undefined && recordedAt < this.last) {
      throw refused(
        `${recordedAt} is before ${this.last}, at which something is recorded already`,
        'instants in order',
      );
    }
  }

  /** Takes note that something has been recorded at an instant. */
  recorded(at: Instant): void {
    if (this.last === undefined || at > this.last) this.last = at;
  }

  private async howOpened(): Promise<RegisterOpened | undefined> {
    const [first] = await this.store.readAll(0, 1);
    return first?.stream === REGISTER_STREAM ? (JSON.parse(first.payload) as RegisterOpened) : undefined;
  }

  private async lastRecorded(): Promise<Instant | undefined> {
    const head = await this.store.head();
    return head < 0 ? undefined : (await this.store.readAll(head, 1))[0]?.recordedAt;
  }
}

const refused = (found: string, needed: string): Refusal =>
  new Refusal('RECORDED_AT', `recordedAt cannot be the recording instant: ${found}, needed ${needed}`, {
    field: 'recordedAt',
    rule: 'T1',
    remedy: 'put the instant right in the source, or import without keeping its instants',
  });
