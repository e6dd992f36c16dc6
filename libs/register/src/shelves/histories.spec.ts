import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

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

  it('are as they were, whatever they say', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    const said = fc.record({ id: text, payload: text, envelope: text, type: text, schemaVersion: fc.nat(9) });
    const told = fc.array(fc.record({ stream: fc.constantFrom('a', 'b', 'é𝄞'), said }), { maxLength: 30 });
    fc.assert(
      fc.property(told, fc.nat(12_000), (events, most) => {
        const kept = new Histories(most);
        const given = new Map<string, StoredEvent[]>();
        for (const [position, { stream, said: more }] of events.entries()) {
          const history = given.get(stream) ?? [];
          const one = { ...event(stream, history.length), ...more, position, recordedAt: instantOf(position) };
          given.set(stream, [...history, one]);
          kept.take(one);
        }
        for (const [stream, history] of given) expect([undefined, history]).toContainEqual(kept.of(stream));
      }),
    );
  });

  it('are let go of whole where there is no room, and not taken up again in between', () => {
    const kept = new Histories(3_100);
    for (const [stream, revision] of [
      ['a', 0],
      ['b', 0],
      ['c', 0],
      ['a', 1],
      ['a', 2],
    ] as const) {
      kept.take(event(stream, revision));
    }
    expect(['a', 'b', 'c'].map((stream) => revisionsOf(kept.of(stream)))).toEqual([undefined, [0], [0]]);
  });

  it('make room for others when all that came with them are let go of', () => {
    const kept = new Histories(8_000_000);
    const long = (stream: string, revision: number) => ({ ...event(stream, revision), payload: 'x'.repeat(1_300_000) });
    for (const stream of ['a', 'b', 'c']) kept.take(long(stream, 0));
    kept.take(long('a', 1));
    kept.take(long('d', 0));
    for (const stream of ['b', 'e']) kept.take(long(stream, 1));
    for (const stream of ['f', 'g']) kept.take(long(stream, 0));
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'g'].filter((stream) => kept.of(stream))).toEqual(['d', 'f']);
  });

  it('are not taken up amid one', () => {
    const kept = new Histories(3_000);
    kept.take(event('a', 1));
    expect(kept.of('a')).toBe(undefined);
  });
});
