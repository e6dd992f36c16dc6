import { describe, expect, it } from '@jest/globals';
import { commandName, eventId, markAfter, MemoryEventStore, type LogMark } from '#event-store';
import { canonicalJson, type StoredEvent } from '#kernel';
import { wholeLog, type Kept } from './whole-log.js';

const COUNTS = [1, 3, 1, 2];

const ann = { id: 'ann', vouchedBy: 'test' };

/** A log of four commands of one subject, as the door writes them, and seen to its end. */
const written = async (
  nameOf = (id: string) => commandName(ann, id),
): Promise<{ readonly events: readonly StoredEvent[]; readonly kept: readonly Kept[] }> => {
  const store = new MemoryEventStore();
  let revision = -1;
  for (const [at, count] of COUNTS.entries()) {
    const commandId = `command ${at}`;
    const events = Array.from({ length: count }, (_, index) => ({
      id: eventId(nameOf(commandId), index),
      type: 'Said',
      schemaVersion: 1,
      payload: canonicalJson({ index }),
      envelope: canonicalJson({ actor: ann, commandDigest: 'd', commandId, count, index }),
    }));
    await store.append([{ stream: 'body/b', expected: revision === -1 ? 'no stream' : { revision }, events }]);
    revision += count;
  }
  const events = await store.readAll(0, 99);
  const mark = events.reduce<LogMark | undefined>(markAfter, undefined) as LogMark;
  return { events, kept: [{ by: 'the views', mark, seen: (event) => event }] };
};

class Changed extends MemoryEventStore {
  constructor(private readonly events: readonly StoredEvent[]) {
    super();
  }
  override async head(): Promise<number> {
    return this.events.at(-1)?.position ?? -1;
  }
  override async readAll(from: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.events.filter(({ position }) => position >= from).slice(0, limit);
  }
}

const flawsOf = async (change: (events: readonly StoredEvent[]) => readonly StoredEvent[]): Promise<string> => {
  const { events, kept } = await written();
  const { flaws } = await wholeLog(new Changed(change(events)), kept);
  return flaws.map(({ position, sentence }) => `${position}: ${sentence}`).join('\n');
};

const at = (place: number, change: (event: StoredEvent) => Partial<StoredEvent>) => (events: readonly StoredEvent[]) =>
  events.map((event) => (event.position === place ? { ...event, ...change(event) } : event));

describe('looking whether a log is whole', () => {
  it('finds nothing in one that is, and gives its chain', async () => {
    const { events, kept } = await written();
    const store = new Changed(events);
    expect(await wholeLog(store, kept)).toEqual({
      events: events.length,
      chain: kept[0]?.mark.chain,
      flaws: [],
      flawed: 0,
    });
    const named = await written((id) => id);
    expect(await wholeLog(new Changed(named.events), named.kept)).toMatchObject({ flaws: [] });
    expect(await wholeLog(new MemoryEventStore(), [])).toEqual({ events: 0, chain: null, flaws: [], flawed: 0 });
  });

  it.each<[string, (events: readonly StoredEvent[]) => readonly StoredEvent[], RegExp]>([
    [
      'an event taken out',
      (events) => events.toSpliced(3, 1),
      /3: position 3 is missing\n.*has revision 4 where 3 is due/,
    ],
    [
      'the tail cut',
      (events) => events.slice(0, 4),
      /4: the views knows the log up to position 6.*: positions 4 to 6 are missing/,
    ],
    ['the tail cut amid a command', (events) => events.slice(0, 3), /has 3 events, and 2 are here/],
    [
      'another actor',
      at(2, ({ envelope }) => ({ envelope: envelope.replace('ann', 'eve') })),
      /not what the views has seen: an event before/,
    ],
    [
      'another instant',
      at(6, () => ({ recordedAt: '2999-01-01T00:00:00.000Z' as StoredEvent['recordedAt'] })),
      /6: .*the event there is another/,
    ],
    [
      'an earlier instant',
      at(4, () => ({ recordedAt: '1970-01-01T00:00:00.000Z' as StoredEvent['recordedAt'] })),
      /4: it was recorded at 1970.*before the event before it/,
    ],
    [
      'another first event',
      at(0, () => ({ recordedAt: '1970-01-01T00:00:00.000Z' as StoredEvent['recordedAt'] })),
      /0: the views is of another log/,
    ],
    ['another id', at(5, () => ({ id: eventId('other', 0) })), /5: its id does not follow from its command/],
    ['another stream', at(6, () => ({ stream: 'body/c' })), /6: body\/c has revision 6 where 0 is due/],
    [
      'bytes in another form',
      at(1, ({ payload }) => ({ payload: ` ${payload}` })),
      /1: its payload is not in canonical form/,
    ],
    ['an envelope that is none', at(1, () => ({ envelope: '{' })), /1: its envelope is not in canonical form/],
    [
      'another digest of the command',
      at(2, ({ envelope }) => ({ envelope: envelope.replace('"d"', '"e"') })),
      /2: it says of its command another thing/,
    ],
  ])('finds %s', async (_, change, sentence) => {
    expect(await flawsOf(change)).toMatch(sentence);
  });

  it('finds each single change of each event', async () => {
    const fields = ['payload', 'envelope', 'type', 'id', 'stream'] as const;
    for (let place = 0; place < 7; place++) {
      for (const field of fields) {
        expect([place, field, await flawsOf(at(place, (event) => ({ [field]: `${event[field]}x` })))]).toEqual([
          place,
          field,
          expect.stringMatching(/./),
        ]);
      }
    }
  });
});
