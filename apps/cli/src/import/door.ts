import { instantOf, isRefusal, type Actor, type Instant } from '#kernel';
import { streamParts } from '#governance';
import { Submit, type Intent, type Receipt, type SubmitHandler } from '#command';

const PAUSE_MS = 20;
const TRIES = 200;

/** The one door, for an import: a command that met a full queue is sent again. */
export class Door {
  private reached: Instant | undefined;
  private readonly told = new Set<string>();

  constructor(
    private readonly handler: SubmitHandler,
    private readonly actor: Actor,
    /** Keep the instants of the source as recording instants (T1). */
    readonly keepInstants: boolean,
  ) {}

  /** @throws Refusal where a rule says no. */
  async submit(intent: Intent): Promise<Receipt> {
    for (let attempt = 1; ; attempt++) {
      try {
        const receipt = await this.handler.execute(new Submit(intent, this.actor));
        for (const note of receipt.notes ?? []) this.told.add(note);
        return receipt;
      } catch (thrown) {
        const again = isRefusal(thrown) && (thrown.code === 'OVERLOADED' || thrown.code === 'OUTCOME_UNKNOWN');
        if (!again || attempt === TRIES) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  /** What whoever imports has to know of what was recorded, each once. */
  get notes(): readonly string[] {
    return [...this.told];
  }

  /** From now on nothing is recorded as of an earlier instant: what had to wait was not known to the register before. */
  comeTo(instant: Instant): void {
    if (instant <= instantOf(Date.now())) this.reached = instant;
  }

  /** The parts of an intent that depend on the subject's stream and the source's instant. */
  intentFor(stream: string, instant: Instant | undefined): Pick<Intent, 'aggregate' | 'id' | 'recordedAt'> {
    if (!this.keepInstants || instant === undefined) return streamParts(stream);
    const recordedAt = this.reached !== undefined && this.reached > instant ? this.reached : instant;
    return { ...streamParts(stream), recordedAt };
  }
}
