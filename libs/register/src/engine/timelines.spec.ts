import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type Instant, type StoredEvent } from '#kernel';
import { eventReader } from '#governance';
import { personView } from '../rooms/person/person.view.js';
import { Timelines } from './timelines.js';

const registered = (id: string, position: number, name: string): StoredEvent => ({
  id: `e${position}`,
  stream: `person/${id}`,
  revision: 0,
  type: 'PersonRegistered',
  schemaVersion: 1,
  position,
  recordedAt: '2025-01-01T00:00:00.000Z' as Instant,
  payload: canonicalJson({ name }),
  envelope: canonicalJson({
    ...{ actor: { id: 'a', roles: [], vouchedBy: 'test' }, commandId: id, commandDigest: 'x', count: 1, index: 0 },
    effectiveOn: '2024-01-01',
  }),
});

describe('timelines in memory', () => {
  it.each([
    ['short', 'B', []],
    ['long', 'B'.repeat(9_000), ['person/a', 'person/b']],
  ])('are dropped by what their events say: beside one with a %s text', async (_what, name, readAgain) => {
    const log = [registered('a', 1, 'A'), registered('b', 2, name)];
    const reads: string[] = [];
    const readEvent = eventReader();
    const timelines = new Timelines(
      readEvent,
      async (stream) => {
        reads.push(stream);
        return log.filter((event) => event.stream === stream);
      },
      5,
    );
    for (const event of log) {
      const timeline = await timelines.before(event, personView);
      timeline.apply(readEvent(event));
      timelines.grew(timeline, event);
      timelines.trim();
    }
    for (const event of log) await timelines.before({ ...event, revision: 1, position: 9 }, personView);
    expect(reads).toEqual(readAgain);
  });
});
