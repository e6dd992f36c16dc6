import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type Instant, type StoredEvent } from '#kernel';
import { endsCommand } from './register.follower.js';

const event = (commandId: string, index: number, count: number): StoredEvent => ({
  ...{
    id: `${commandId}/${index}`,
    stream: 'body/b',
    revision: index,
    position: index,
    type: 'Said',
    schemaVersion: 1,
  },
  ...{ payload: '{}', recordedAt: '2025-01-01T09:00:00.000Z' as Instant },
  envelope: canonicalJson({ actor: { id: 'ann' }, commandId, count, index, source: { document: '"index":0' } }),
});

describe('where a command ends', () => {
  it('is between two ids, at the end, and between two of one id, which are of two senders', () => {
    expect(endsCommand(event('a', 0, 2), event('a', 1, 2))).toBe(false);
    expect(endsCommand(event('a', 1, 2), event('b', 0, 1))).toBe(true);
    expect(endsCommand(event('a', 1, 2), undefined)).toBe(true);
    expect(endsCommand(event('a', 0, 2), undefined)).toBe(false);
    expect(endsCommand(event('a', 0, 2), event('b', 0, 1))).toBe(true);
    expect(endsCommand(event('a', 0, 1), event('a', 0, 1))).toBe(true);
    expect(endsCommand(event('a', 9, 12), event('a', 10, 12))).toBe(false);
  });
});
