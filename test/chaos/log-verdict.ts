import { readFileSync } from 'node:fs';
import { openEventStore, readPages } from '#event-store';
import type { Position, StoredEvent } from '#kernel';
import type { Ledger, Sent } from './ledger.js';
import { FOREIGN } from './stand-in.js';

interface Told {
  readonly commandId: string;
  readonly index: number;
  readonly count: number;
}

type Placed = Pick<StoredEvent, 'id' | 'type' | 'stream' | 'revision' | 'position'> &
  Told & { readonly payload: string };

/** Streams of the register's own: what a command takes there may wait for it without it (ADR 13). */
const OWN_STREAM = /^(reference|series)\//;

/** All events, as a program without an index of its own reads them. */
export const eventsOf = async (url: string, dataDirectory: string): Promise<readonly Placed[]> => {
  const store = await openEventStore(url, dataDirectory, { readOnly: true });
  const events: Placed[] = [];
  for await (const page of readPages(store)) {
    for (const { id, type, stream, revision, position, envelope, payload } of page) {
      const { commandId, index, count } = JSON.parse(envelope) as Told;
      events.push({ id, type, stream, revision, position, payload, commandId, index, count });
    }
  }
  await store.close();
  return events;
};

/** What is wrong with the log by itself: positions with holes or in another order than the server's, numbers that jump. */
export const troubleInOrder = (events: readonly Placed[], file: string): string[] => {
  const troubles: string[] = [];
  const served = idsInFile(file);
  if (served.length !== events.length)
    troubles.push(`${events.length} events are read of ${served.length} on the server`);
  const lengths = new Map<string, number>();
  const ids = new Set<string>();
  for (const [at, { id, position, stream, revision }] of events.entries()) {
    if (position !== at) troubles.push(`position ${position} where ${at} is due`);
    if (served[at] !== id) troubles.push(`position ${at}: ${id} of ${stream}, on the server ${served[at]}`);
    const length = lengths.get(stream) ?? 0;
    if (revision !== length) troubles.push(`${stream}: revision ${revision} where ${length} is due`);
    lengths.set(stream, length + 1);
    if (ids.has(id)) troubles.push(`${id} of ${stream} stands twice in the log`);
    ids.add(id);
  }
  return [...troubles, ...troubleInNumbers(events)];
};

/** What is wrong with the log beside what its senders were told. */
export const troubleInCommands = (events: readonly Placed[], ledger: Ledger): string[] => {
  const byCommand = new Map<string, Placed[]>();
  for (const event of events) byCommand.set(event.commandId, [...(byCommand.get(event.commandId) ?? []), event]);
  const at = new Map(events.map((event) => [event.position, event]));
  return ledger.sent.flatMap((sent) => {
    const found = byCommand.get(sent.commandId) ?? [];
    return [...troubleInOne(sent, found), ...troubleInReceipts(sent, found, at)];
  });
};

function troubleInOne({ commandId, stream, receipts, refused, mutation }: Sent, found: readonly Placed[]): string[] {
  const own = found.filter((event) => event.stream === stream);
  const elsewhere = found.filter((event) => event.stream !== stream && !OWN_STREAM.test(event.stream));
  const what = `${commandId} (${mutation} of ${stream})`;
  if (elsewhere.length > 0) return [`${what} is in ${elsewhere.map((event) => event.stream).join(', ')}`];
  if (receipts.length === 0) {
    if (refused !== undefined && found.length > 0) return [`${what} was refused with ${refused}, and is in the log`];
    if (own.length === 0) return [];
  }
  if (own.length === 0) return [`${what} was acknowledged and is not in the log`];
  const [first] = own;
  const { count = 0, index: from = 0, revision = 0 } = first ?? {};
  const whole = own.every(
    (event, place) => event.count === count && event.index === from + place && event.revision === revision + place,
  );
  if (!whole || own.length !== count - from) return [`${what} is there in part or twice: ${JSON.stringify(own)}`];
  return [];
}

function troubleInReceipts(
  { commandId, receipts }: Sent,
  found: readonly Placed[],
  at: ReadonlyMap<Position, Placed>,
): string[] {
  return receipts.flatMap(({ events, subject, position, after }) =>
    events.flatMap(({ id, type, position: said }) => {
      const there = said === null ? found.find((event) => event.id === id) : at.get(said);
      const last = events.at(-1)?.id === id ? there?.position : undefined;
      const named = last === undefined || position === null || position === last;
      if (there?.id === id && there.type === type && there.stream === subject && named) return [];
      return [`${commandId}: acknowledged ${type} ${id} at ${said} (${after}), there is ${JSON.stringify(there)}`];
    }),
  );
}

/**
 * Numbers of a series run from 1 without a gap, a reference is taken once, and whatever bears one has taken it. Events of
 * one command may come from two tries: what the first had taken, the second takes up (ADR 13).
 */
function troubleInNumbers(events: readonly Placed[]): string[] {
  const troubles: string[] = [];
  const holders = new Map<unknown, string>();
  const taken = new Map<string, string>();
  const last = new Map<string, number>();
  for (const { stream, payload } of events) {
    const said = JSON.parse(payload) as { reference?: string; subject?: string };
    if (stream.startsWith('reference/')) holders.set(said.reference, said.subject ?? '');
    const bears = said.reference !== undefined && !OWN_STREAM.test(stream);
    if (bears && holders.get(said.reference) !== stream) {
      troubles.push(`${stream} bears ${said.reference}, which is of ${holders.get(said.reference)}`);
    }
    if (!stream.startsWith('series/')) continue;
    const { reference, number, subject } = JSON.parse(payload) as {
      reference: string;
      number: number;
      subject: string;
    };
    if (number !== (last.get(stream) ?? 0) + 1) troubles.push(`${stream}: ${number} after ${last.get(stream) ?? 0}`);
    last.set(stream, number);
    const before = taken.get(reference);
    if (before !== undefined && before !== subject) troubles.push(`${reference} is of ${before} and of ${subject}`);
    taken.set(reference, subject);
  }
  return troubles;
}

/** Ids of the register's events in the order in which the server took them. */
function idsInFile(file: string): string[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.flatMap((line) => {
    const [stream, , events] = JSON.parse(line) as [string, string, [id: string, type: string][]];
    return stream.startsWith('register-main|') ? events.filter(([, type]) => type !== FOREIGN).map(([id]) => id) : [];
  });
}
