import { describe, expect, it } from '@jest/globals';
import type { InterestEvent } from '#governance';
import type { CivilDate, DomainEvent } from '#kernel';
import { untilOver } from '../last-said.js';
import { interestView, type InterestView } from './interest.view.js';

const { show, turns } = interestView;
const columns = untilOver(interestView, interestView.columns);
const fold = (...events: readonly InterestEvent[]): InterestView =>
  events.reduce(
    (state, event) =>
      interestView.project(state, { ...event, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent & InterestEvent),
    interestView.initial,
  );
const day = (text: string): CivilDate => text as CivilDate;
const declared: InterestEvent = {
  type: 'InterestDeclared',
  data: { person: 'p', kind: 'INDIRECT', nature: 'spouse is a director', organisation: 'o', to: day('2026-04-01') },
};

describe('an interest with a known end', () => {
  it('is there on its last day and has ended on the next', () => {
    expect([fold(declared).termEnds, turns(fold(declared))]).toEqual(['2026-03-31', ['2026-04-01']]);
    expect(columns['person']?.(show(fold(declared), day('2026-03-31')))).toBe('p');
    expect(columns['person']?.(show(fold(declared), day('2026-04-01')))).toBeUndefined();
    expect(columns['organisation']?.(show(fold(declared), day('2026-04-01')))).toBeUndefined();
  });
  it('goes on where the end is amended', () => {
    const amended = fold(declared, { type: 'InterestAmended', data: { to: day('2027-04-01') } });
    expect([turns(amended), amended.nature]).toEqual([['2027-04-01'], 'spouse is a director']);
  });
  it('ends at once by an end that comes first', () => {
    const state = fold(declared, { type: 'InterestEnded', data: { reason: 'divorce' } });
    expect([state.ended, state.endedBecause, turns(state)]).toEqual([true, 'divorce', []]);
  });
});
