import type { CivilDate } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import type { Block, StubEntry } from '../document.js';
import { Money } from './money.js';

const stub = (datedOn: string): StubEntry => ({
  kind: 'stub',
  id: datedOn,
  reference: datedOn,
  place: 1,
  anchor: `d-${datedOn}`,
  heading: datedOn,
  datedOn: datedOn as CivilDate,
  dateInWords: datedOn,
  group: 'The board',
  details: [],
  title: 'Withheld',
  ground: 'Exempt.',
  reviewOn: null,
});

const sectionOf = (days: readonly string[]): readonly Block[] => {
  const money = new Money([]);
  for (const day of days) money.take({ entry: stub(day), groupOrder: '1 The board', corrections: [] });
  return money.section().blocks;
};

const chartsOf = (blocks: readonly Block[]) => blocks.flatMap((block) => (block.kind === 'chart' ? [block] : []));

const monthsFrom = (year: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => new Date(Date.UTC(year, at, 15)).toISOString().slice(0, 10));

describe('the figures of a log', () => {
  it('are by month for two years', () => {
    const [, byTime] = chartsOf(sectionOf(monthsFrom(2023, 24)));
    expect(byTime?.title).toBe('Decisions by month');
    expect(byTime?.bars).toHaveLength(24);
    expect(byTime?.bars[0]).toEqual({ label: 'January 2023', value: 1, text: '1' });
  });

  it('are by year for longer, and leave none out', () => {
    const [, byTime] = chartsOf(sectionOf(monthsFrom(2001, 276)));
    expect(byTime?.title).toBe('Decisions by year');
    expect(byTime?.bars.map(({ label, value }) => [label, value])).toEqual(
      Array.from({ length: 23 }, (_, at) => [String(2001 + at), 12]),
    );
  });

  it('are drawn of amounts only where some decision states one', () => {
    const blocks = sectionOf(['2025-01-15']);
    expect(chartsOf(blocks).map(({ title }) => title)).toEqual(['Decisions by who took them', 'Decisions by month']);
    expect(blocks).toContainEqual({
      kind: 'paragraph',
      text: 'None of these decisions states an amount that can be shown.',
    });
  });
});
