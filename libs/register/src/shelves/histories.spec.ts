import { describe, expect, it } from '@jest/globals';

import { instantOf, type StoredEvent } from '#kernel';

import { Histories } from './histories.js';

const event = (stream: string, revision: number): StoredEvent => ({
  ...{ id: `${stream}@${revision}`, type: 'T', schemaVersion: 1, payload: 'x'.repeat(500), envelope: '', stream },
  ...{ revision, position: 0, recordedAt: instantOf(0) },
});

const revisionsOf = (history: readonly StoredEvent[] | undefined): number[] | undefined =>
  history?.map(({ revision }) => revision);

describe('histories kept while a log is read', () => {
  it('are whole, and given once', () => {
    const kept = new Histories(10_000);
    for (const [stream, revision] of [
      ['a', 0],
      ['b', 0],
      ['a', 1],
    ] as const)
      kept.take(event(stream, revision));
    expect(revisionsOf(kept.of('a'))).toEqual([0, 1]);
    expect([kept.of('a'), revisionsOf(kept.of('b')), kept.of('c')]).toEqual([undefined, [0], undefined]);
  });

  it('are let go of whole where there is no room, and not taken up again in between', () => {
    const kept = new Histories(3_000);
    for (const [stream, revision] of [
      ['a', 0],
      ['b', 0],
      ['c', 0],
      ['a', 1],
      ['a', 2],
      ['d', 0],
    ] as const) {
      kept.take(event(stream, revision));
    }
    expect(kept.of('a')).toBe(undefined);
    expect(['b', 'c', 'd'].map((stream) => revisionsOf(kept.of(stream)))).toEqual([[0], [0], [0]]);
  });

  it('are not taken up amid one', () => {
    const kept = new Histories(3_000);
    kept.take(event('a', 1));
    expect(kept.of('a')).toBe(undefined);
  });
});
