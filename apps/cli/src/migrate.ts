import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppendOutcome, EventStore, StreamWrite } from '#event-store';
import { Refusal, canonicalJson, type Envelope, type NewEvent, type Position, type StoredEvent } from '#kernel';

/** What a log says up to a position, as one text; and the same of when it was said. */
export interface LogDigest {
  readonly events: number;
  /** SHA-256 over (id, stream, revision, type, schema version, payload, envelope) of every event, in order. */
  readonly digest: string;
  /** SHA-256 over the recording instants, in order. */
  readonly instants: string;
}

export interface MigrationReport {
  /** Position up to which was copied: the end of the source when it began. */
  readonly position: Position;
  /** Events that were in the target already, and those copied now. */
  readonly there: number;
  readonly copied: number;
  readonly from: LogDigest;
  readonly to: LogDigest;
  readonly same: boolean;
  readonly instantsKept: boolean;
  /** Position that the source has come to meanwhile: later than `position` where somebody wrote to it. */
  readonly sourceNow: Position;
}

export interface MigrationOptions {
  /** Events done, of all there are: copying and comparing are a step each. */
  readonly onProgress?: (done: number, all: number) => void;
}

const PAGE = 1_000;

/** Longest time for one command to go in when the target is overloaded or does not answer, in milliseconds. */
const PATIENCE_MS = 60_000;
const AGAIN_MS = 250;

/**
 * Copies a log into an empty store, command by command as it was written, or goes on where an earlier copying stopped;
 * then reads both from the beginning and compares. Ids, order, bytes and, where the target can keep them, recording
 * instants stay what they were, so every position, receipt and view stays true.
 *
 * @throws Refusal `MIGRATE_TARGET_DIFFERS` where the target holds something else: nothing is written then.
 */
export const migrate = async (
  from: EventStore,
  to: EventStore,
  { onProgress }: MigrationOptions = {},
): Promise<MigrationReport> => {
  const position = await from.head();
  const there = (await to.head()) + 1;
  await refuseUnlessBeginning(from, to, there - 1, position);
  const all = 2 * (position + 1);
  for await (const command of commandsOf(from, await resumeAt(from, there - 1), position)) {
    await copied(to, command);
    onProgress?.((command.at(-1) as StoredEvent).position + 1, all);
  }
  const source = await digestOf(from, position);
  const target = await digestOf(to, position, (done) => onProgress?.(position + 1 + done, all));
  return {
    position,
    there,
    copied: position + 1 - there,
    from: source,
    to: target,
    same: source.digest === target.digest && source.events === target.events,
    instantsKept: source.instants === target.instants,
    sourceNow: await from.head(),
  };
};

/** What a log says up to and including a position. */
export const digestOf = async (
  store: EventStore,
  position: Position,
  onProgress?: (done: number) => void,
): Promise<LogDigest> => {
  const [said, when] = [createHash('sha256'), createHash('sha256')];
  let events = 0;
  for await (const page of pagesOf(store, 0, position)) {
    for (const { id, stream, revision, type, schemaVersion, payload, envelope, recordedAt } of page) {
      said.update(`${canonicalJson([id, stream, revision, type, schemaVersion, payload, envelope])}\n`);
      when.update(`${recordedAt}\n`);
    }
    events += page.length;
    onProgress?.(events);
  }
  return { events, digest: said.digest('hex'), instants: when.digest('hex') };
};

async function refuseUnlessBeginning(from: EventStore, to: EventStore, last: Position, head: Position): Promise<void> {
  if (last < 0) return;
  const [ours] = last > head ? [] : await from.readAll(last, 1);
  const [theirs] = await to.readAll(last, 1);
  if (ours && theirs && ours.id === theirs.id) return;
  throw new Refusal(
    'MIGRATE_TARGET_DIFFERS',
    `the target holds ${last + 1} events and is not the beginning of this log: needed an empty one, or one that an earlier migration left`,
    { field: 'to', remedy: 'name an empty store, or another register in it with ?register=NAME' },
  );
}

/** Behind what is there; where a command was cut off in the middle, at its beginning: the store goes on where it stopped. */
async function resumeAt(from: EventStore, last: Position): Promise<Position> {
  const [event] = last < 0 ? [] : await from.readAll(last, 1);
  if (!event) return last + 1;
  const { index, count } = JSON.parse(event.envelope) as Envelope;
  return index + 1 < count ? last - index : last + 1;
}

async function* pagesOf(store: EventStore, from: Position, to: Position): AsyncGenerator<readonly StoredEvent[]> {
  for (let next = from; next <= to;) {
    const page = (await store.readAll(next, PAGE)).filter(({ position }) => position <= to);
    if (page.length === 0) throw new Error(`the log ends at position ${next - 1} and was to reach ${to}`);
    yield page;
    next += page.length;
  }
}

async function* commandsOf(store: EventStore, from: Position, to: Position): AsyncGenerator<readonly StoredEvent[]> {
  let open: StoredEvent[] = [];
  let openId: string | undefined;
  for await (const page of pagesOf(store, from, to)) {
    for (const event of page) {
      const { commandId, index, count } = JSON.parse(event.envelope) as Envelope;
      if (open.length > 0 && (commandId !== openId || index === 0)) {
        yield open;
        open = [];
      }
      open.push(event);
      openId = commandId;
      if (index + 1 < count) continue;
      yield open;
      open = [];
    }
  }
  if (open.length > 0) yield open;
}

async function copied(to: EventStore, command: readonly StoredEvent[]): Promise<void> {
  const { recordedAt, position } = command[0] as StoredEvent;
  const writes = writesOf(command);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const outcome = await to.append(writes, { recordedAt });
    if (outcome.kind === 'appended' || outcome.kind === 'already appended') return checkPlace(outcome, position);
    const passes = outcome.kind === 'overloaded' || outcome.kind === 'unknown';
    if (!passes || performance.now() > deadline) {
      throw new Refusal(
        'MIGRATE_STOPPED',
        `the target did not take position ${position}: ${outcome.kind}; what is copied stays, and the same command goes on from there`,
      );
    }
    await pause(AGAIN_MS);
  }
}

function checkPlace(
  { positions }: Extract<AppendOutcome, { kind: 'appended' | 'already appended' }>,
  wanted: Position,
): void {
  if (positions === null || positions[0] === wanted) return;
  throw new Refusal(
    'MIGRATE_TARGET_DIFFERS',
    `position ${wanted} came to stand at ${positions[0]} in the target: another program writes there`,
    { remedy: 'stop it, and begin again with an empty target' },
  );
}

function writesOf(command: readonly StoredEvent[]): readonly StreamWrite[] {
  const writes: { stream: string; expected: StreamWrite['expected']; events: NewEvent[] }[] = [];
  for (const { stream, revision, id, type, schemaVersion, payload, envelope } of command) {
    if (writes.at(-1)?.stream !== stream) {
      writes.push({ stream, expected: revision === 0 ? 'no stream' : { revision: revision - 1 }, events: [] });
    }
    writes.at(-1)?.events.push({ id, type, schemaVersion, payload, envelope });
  }
  return writes;
}
