import { lossRefusal, REGISTER_STREAM, sha256Hex, type EventStore, type LogLoss } from '#event-store';
import { canonicalJson, Refusal, type Actor, type Instant, type Position } from '#kernel';
import { operatorsWord } from './operators-word.js';

const ACCEPTED = 'OlderLogAccepted';

/** Data of `OlderLogAccepted`: an operator's word that the register goes on without what was acknowledged and is lost. */
export interface OlderLogAccepted {
  /** Last position of the log as it was found; −1 for an empty one. */
  readonly position: Position;
  /** Who knew more, and how far. */
  readonly known: readonly {
    readonly by: string;
    readonly position: Position;
    readonly log?: string;
    readonly event?: string;
    readonly recordedAt?: Instant;
  }[];
}

/** What is lost of a log, and whether somebody said to go on without it. */
export class OlderLog {
  private readonly losses: LogLoss[] = [];
  private isRecorded = false;

  constructor(
    private readonly isAccepted: boolean,
    private readonly actor: Actor,
  ) {}

  /** For whoever opens the log: undefined where a loss is to be refused. */
  get onLoss(): ((loss: LogLoss) => void) | undefined {
    return this.isAccepted ? (loss) => void this.losses.push(loss) : undefined;
  }

  /** For whoever opens the views. @throws Refusal `LOG_OLDER_THAN_KNOWN` where it was not accepted. */
  async accept(store: EventStore, loss: LogLoss): Promise<void> {
    if (!this.isAccepted) throw lossRefusal(loss);
    this.losses.push(loss);
    await this.record(store);
  }

  /** Records what was accepted, once for one start, before anything else is. */
  async record(store: EventStore): Promise<void> {
    const [first] = this.losses;
    if (!first || this.isRecorded) return;
    await recordAcceptance(store, this.losses, this.actor);
    this.isRecorded = true;
  }
}

async function recordAcceptance(store: EventStore, losses: readonly LogLoss[], actor: Actor): Promise<void> {
  const accepted: OlderLogAccepted = {
    position: Math.max(...losses.map(({ found }) => found)),
    known: losses.map(({ knownBy, known: { position, log, id, recordedAt } }) => ({
      by: knownBy.replace(/^.*[/\\]/, ''),
      position,
      ...(log !== undefined && { log }),
      ...(id !== undefined && { event: id }),
      ...(recordedAt !== undefined && { recordedAt }),
    })),
  };
  const digest = sha256Hex(canonicalJson(accepted)).slice(0, 16);
  const commandId = `${REGISTER_STREAM}/older-log/${accepted.position}/${digest}`;
  const last = (await store.readStream(REGISTER_STREAM)).at(-1);
  const { kind } = await store.append([
    {
      stream: REGISTER_STREAM,
      expected: last ? { revision: last.revision } : 'no stream',
      events: [operatorsWord(ACCEPTED, accepted, commandId, actor)],
    },
  ]);
  if (kind === 'appended' || kind === 'already appended') return;
  throw new Refusal('ACCEPTANCE_NOT_RECORDED', `the log did not take the word to go on without what is lost: ${kind}`, {
    remedy: 'start once more in the same way',
  });
}

/** Whoever starts a program on this machine. */
export const operatorOf = (program: string): Actor => {
  const id = process.env['USER'] ?? process.env['LOGNAME'] ?? 'operator';
  return { id: `cli:${id}`, name: `${id}, who started ${program}`, roles: ['operator'], vouchedBy: 'operator' };
};
