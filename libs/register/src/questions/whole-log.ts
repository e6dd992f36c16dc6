import { commandName, eventDigest, eventId, markAfter, takingId, type EventStore, type LogMark } from '#event-store';
import { canonicalJson, type Envelope, type Position, type StoredEvent } from '#kernel';

/** Something about a log that cannot be if nobody has changed it. */
export interface Flaw {
  readonly position: Position;
  /** In a sentence without a full stop, and without anything that an event says. */
  readonly sentence: string;
}

/** A mark that somebody kept beside a log, to be met again in it. */
export interface Kept {
  readonly by: string;
  readonly mark: LogMark;
  /** The log as whoever kept the mark saw it. */
  readonly seen: (event: StoredEvent) => StoredEvent;
}

export interface WholeLog {
  readonly events: number;
  /** SHA-256 over all events in order: the same for the same log, wherever it is. */
  readonly chain: string | null;
  readonly flaws: readonly Flaw[];
  /** How many there are, also where not all are listed. */
  readonly flawed: number;
}

const PAGE = 2_000;

/** Flaws that are listed; the rest is counted. */
const MOST_LISTED = 100;

/**
 * Reads a log from its beginning and looks whether it is whole and as it was: places without gaps, ids that follow from
 * their commands, instants in order, bytes in their one form, commands complete, and every mark that was kept of it.
 *
 * @param onProgress told now and then: events read, of all there are.
 */
export const wholeLog = async (
  store: EventStore,
  kept: readonly Kept[],
  onProgress: (done: number, all: number) => void = () => undefined,
): Promise<WholeLog> => {
  const flaws: Flaw[] = [];
  let [flawed, events]: [number, number] = [0, 0];
  const say = (position: Position, sentence: string): void => {
    flawed++;
    if (flaws.length < MOST_LISTED) flaws.push({ position, sentence });
  };
  const head = await store.head();
  const look = new Look(say, store.promises.wholeAcrossStreams);
  const witnesses = kept.map((one) => new Following(one, say));
  let mark: LogMark | undefined;
  for (let from = 0; ;) {
    const page = await store.readAll(from, PAGE);
    for (const event of page) {
      look.at(event);
      mark = markAfter(mark, event);
      for (const witness of witnesses) witness.at(event);
    }
    events += page.length;
    const last = page.at(-1);
    if (!last) break;
    from = last.position + 1;
    onProgress(Math.min(from, head + 1), head + 1);
  }
  look.end();
  for (const witness of witnesses) witness.end(mark?.position ?? -1);
  return { events, chain: mark?.chain ?? null, flaws, flawed };
};

/** Follows the chain of a log up to where a mark was kept of it. */
class Following {
  private mark: LogMark | undefined;

  constructor(
    private readonly kept: Kept,
    private readonly say: (position: Position, sentence: string) => void,
  ) {}

  at(event: StoredEvent): void {
    const { by, mark: then, seen } = this.kept;
    if (event.position > then.position) return;
    const digestOfFirst = this.mark === undefined ? eventDigest(seen(event)) : undefined;
    this.mark = markAfter(this.mark, seen(event));
    if (digestOfFirst !== undefined && digestOfFirst !== then.log) {
      this.say(event.position, `${by} is of another log: its first event is another`);
    }
    if (event.position !== then.position || this.mark.chain === then.chain) return;
    const where =
      this.mark.digest === then.digest
        ? 'an event before it was changed, added or removed'
        : 'the event there is another';
    this.say(event.position, `up to position ${then.position} the log is not what ${by} has seen: ${where}`);
  }

  end(head: Position): void {
    const { by, mark: then } = this.kept;
    if (head >= then.position) return;
    const sentence = `${by} knows the log up to position ${then.position}, recorded at ${then.recordedAt}: positions ${head + 1} to ${then.position} are missing`;
    this.say(head + 1, sentence);
  }
}

/** Looks at one event after the other, in the order of the log. */
class Look {
  private readonly revisions = new Map<string, number>();
  private before: StoredEvent | undefined;
  private command:
    { readonly id: string; readonly digest: string; readonly count: number; readonly index: number } | undefined;

  /** @param commandsAreWhole whether the store keeps the events of a command together, in whatever streams. */
  constructor(
    private readonly say: (position: Position, sentence: string) => void,
    private readonly commandsAreWhole: boolean,
  ) {}

  at(event: StoredEvent): void {
    const { position, stream, revision, recordedAt } = event;
    const due = (this.before?.position ?? -1) + 1;
    if (position !== due) {
      const gap =
        position === due + 1 ? `position ${due} is missing` : `positions ${due} to ${position - 1} are missing`;
      this.say(due, gap);
    }
    const next = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== next) this.say(position, `${stream} has revision ${revision} where ${next} is due`);
    this.revisions.set(stream, revision);
    if (this.before && recordedAt < this.before.recordedAt) {
      this.say(position, `it was recorded at ${recordedAt}, before the event before it (${this.before.recordedAt})`);
    }
    if (!isCanonical(event.payload)) this.say(position, 'its payload is not in canonical form');
    if (isCanonical(event.envelope)) this.ofCommand(event, JSON.parse(event.envelope) as Envelope);
    else this.say(position, 'its envelope is not in canonical form');
    this.before = event;
  }

  end(): void {
    this.commandEnds((this.before?.position ?? -1) + 1);
  }

  private ofCommand({ id, stream, position }: StoredEvent, envelope: Envelope): void {
    const { commandId, commandDigest, index, count } = envelope;
    if (!isOfCommand({ id, stream }, envelope)) this.say(position, 'its id does not follow from its command');
    if (!this.commandsAreWhole) return;
    const goesOn = this.command?.id === commandId && this.command.index + 1 === index;
    if (!goesOn) this.commandEnds(position);
    if (!goesOn && index !== 0)
      this.say(position, `it is event ${index} of a command whose event ${index - 1} is not before it`);
    if (goesOn && (this.command?.digest !== commandDigest || this.command.count !== count)) {
      this.say(position, 'it says of its command another thing than the event before it');
    }
    this.command = { id: commandId, digest: commandDigest, count, index };
  }

  private commandEnds(position: Position): void {
    if (!this.command || this.command.index + 1 >= this.command.count) return;
    this.say(
      position,
      `the command before it has ${this.command.count} events, and ${this.command.index + 1} are here`,
    );
  }
}

/**
 * An id is made of the command and a place among its own events, or of the command, a stream that it takes something from,
 * and a place there; the envelope counts both together. The command is called as its sender calls it, or by its id alone, as
 * all were once.
 */
function isOfCommand(
  { id, stream }: Pick<StoredEvent, 'id' | 'stream'>,
  { actor, commandId, index }: Pick<Envelope, 'commandId' | 'index'> & { readonly actor?: Envelope['actor'] },
): boolean {
  const names = new Set([commandId, ...(actor === undefined ? [] : [commandName(actor, commandId)])]);
  for (let place = index; place >= 0; place--) {
    for (const name of names) if (id === eventId(name, place) || id === takingId(name, stream, place)) return true;
  }
  return false;
}

function isCanonical(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}
