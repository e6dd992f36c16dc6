import { describe, expect, it } from '@jest/globals';
import { eventsOf } from './contract/event-store.contract.js';
import { MemoryEventStore } from './memory/memory.event-store.js';
import { type PagesAsked, readPages } from './read-pages.js';

describe('reading the log page by page', () => {
  const read = async (asked: PagesAsked): Promise<number[][]> => {
    const store = new MemoryEventStore();
    for (const stream of ['a', 'b', 'c']) {
      await store.append([{ stream, expected: 'no stream', events: eventsOf(stream, 2) }]);
    }
    const pages: number[][] = [];
    for await (const page of readPages(store, asked)) pages.push(page.map(({ position }) => position));
    return pages;
  };

  it('goes on after a short page', async () => {
    expect(await read({ limit: 3 })).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  it('starts and ends where it is told', async () => {
    expect(await read({ from: 1, upTo: 4 })).toEqual([[1, 2, 3, 4]]);
    expect(await read({ from: 2, upTo: 2, limit: 1 })).toEqual([[2]]);
    expect(await read({ from: 6 })).toEqual([]);
    expect(await read({ upTo: -1 })).toEqual([]);
  });
});
