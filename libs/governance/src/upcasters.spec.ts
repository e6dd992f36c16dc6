import { describe, expect, it } from '@jest/globals';
import { instantOf, type StoredEvent } from '#kernel';
import { eventReader, type Upcaster } from './upcasters.js';

const stored = (schemaVersion: number, payload: string): StoredEvent => ({
  id: 'e1',
  type: 'DecisionTaken',
  schemaVersion,
  payload,
  envelope: '{"effectiveOn":"2025-04-01"}',
  stream: 'decision/1',
  revision: 0,
  position: 0,
  recordedAt: instantOf(0),
});
const step = (from: number): Upcaster => ({
  type: 'DecisionTaken',
  from,
  upcast: (payload) => ({ ...(payload as object), [`v${from + 1}`]: true }),
});

describe('reading an event of an older version', () => {
  it('goes through every version in between', () => {
    const read = eventReader([step(2), step(1)], { DecisionTaken: 3 });
    expect(read(stored(1, '{"title":"a"}')).data).toEqual({ title: 'a', v2: true, v3: true });
    expect(read(stored(2, '{"title":"a"}')).data).toEqual({ title: 'a', v3: true });
    expect(read(stored(3, '{"title":"a"}')).data).toEqual({ title: 'a' });
  });
  it('stops at a version that this release does not know', () => {
    expect(() => eventReader([], {})(stored(2, '{}'))).toThrow(/start a newer release/);
  });
});

describe('starting up', () => {
  it('is refused where a chain has a gap', () => {
    expect(() => eventReader([step(1)], { DecisionTaken: 3 })).toThrow('no upcaster for DecisionTaken@2');
  });
  it('is refused where a step is there twice', () => {
    expect(() => eventReader([step(1), step(1)], { DecisionTaken: 2 })).toThrow('two upcasters for DecisionTaken@1');
  });
  it('is refused where a step leads beyond the current version', () => {
    expect(() => eventReader([step(1)], {})).toThrow('not before the current version');
  });
});
