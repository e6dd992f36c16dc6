import { describe, expect, it } from '@jest/globals';
import type { CivilDate, Envelope, Instant } from '#kernel';
import { recordedClasses, type Recorded } from './recorded-class.js';

type Step = readonly [type: string, effectiveOn: string, data?: object, links?: Partial<Envelope>];

/** Recorded a day after each other from 1 January on; ids are `e0`, `e1` and so on. */
const recorded = (...steps: readonly Step[]): Recorded[] =>
  steps.map(([type, effectiveOn, data = {}, links = {}], position) => ({
    id: `e${position}`,
    type,
    position,
    effectiveOn: effectiveOn as CivilDate,
    recordedAt: `2025-01-${String(position + 1).padStart(2, '0')}T09:00:00.000Z` as Instant,
    data,
    envelope: { ...links } as Envelope,
  }));
const shownOn = (today: string, ...steps: readonly Step[]): Record<string, string> =>
  Object.fromEntries(
    recordedClasses(recorded(...steps), today as CivilDate).map(({ id, classed }) => [id, classed.disclosure]),
  );
const said = (disclosure: string): object => ({ title: 'a', disclosure: { disclosure } });
const DAY = '2025-01-01';

describe('a recording is shown by the strictest class it ever stood under', () => {
  it('from the class that it says itself on, also after it was annulled and taken anew', () => {
    const steps: Step[] = [
      ['DecisionTaken', DAY, said('CONFIDENTIAL')],
      ['Annulled', DAY, {}, { annuls: 'e0' }],
      ['DecisionTaken', DAY, said('PUBLIC')],
    ];
    expect(shownOn('2025-02-01', ...steps)).toEqual({ e0: 'CONFIDENTIAL', e1: 'CONFIDENTIAL', e2: 'PUBLIC' });
  });
  it('also after it was corrected to public', () => {
    const steps: Step[] = [
      ['DecisionTaken', DAY, said('CONFIDENTIAL')],
      ['DecisionCalledIn', DAY],
      ['DecisionTaken', DAY, said('PUBLIC'), { corrects: 'e0' }],
    ];
    expect(shownOn('2025-02-01', ...steps)).toEqual({ e0: 'CONFIDENTIAL', e1: 'CONFIDENTIAL', e2: 'PUBLIC' });
  });
  it('until it is opened, by a lifting or a classification, which open what is live then and nothing else', () => {
    for (const opener of [
      ['ExemptionLifted', DAY],
      ['DecisionClassified', DAY, { disclosure: 'PUBLIC' }],
    ] as Step[]) {
      const steps: Step[] = [
        ['DecisionTaken', DAY, said('EXEMPT')],
        ['DecisionTaken', DAY, said('EXEMPT'), { corrects: 'e0' }],
        opener,
        ['DecisionChanged', DAY, said('EXEMPT')],
      ];
      expect(shownOn('2025-02-01', ...steps)).toMatchObject({ e0: 'EXEMPT', e1: 'EXEMPT', e3: 'EXEMPT' });
      expect(shownOn('2025-02-01', ...steps.slice(0, 3))).toMatchObject({ e0: 'EXEMPT', e1: 'PUBLIC' });
    }
  });
  it('where the lifting was recorded ahead, from its day on', () => {
    const steps: Step[] = [
      ['DecisionTaken', DAY, said('EXEMPT')],
      ['ExemptionLifted', '2025-03-01'],
    ];
    expect(shownOn('2025-02-28', ...steps)).toMatchObject({ e0: 'EXEMPT' });
    expect(shownOn('2025-03-01', ...steps)).toMatchObject({ e0: 'PUBLIC' });
  });
  it('not by a class that comes only later, and by it from its day on', () => {
    const steps: Step[] = [
      ['DecisionTaken', DAY],
      ['DecisionClassified', '2025-03-01', { disclosure: 'CONFIDENTIAL' }],
    ];
    expect(shownOn('2025-02-28', ...steps)).toMatchObject({ e0: 'PUBLIC' });
    expect(shownOn('2025-03-01', ...steps)).toMatchObject({ e0: 'CONFIDENTIAL' });
  });
  it('of a classification that is annulled, which opens nothing', () => {
    const steps: Step[] = [
      ['DecisionTaken', DAY],
      ['DecisionClassified', DAY, { disclosure: 'EXEMPT' }],
      ['Annulled', DAY, {}, { annuls: 'e1' }],
    ];
    expect(shownOn('2025-02-01', ...steps)).toMatchObject({ e0: 'EXEMPT' });
  });
  it('part by part', () => {
    const steps: Step[] = [
      ['DecisionTaken', DAY],
      ['DecisionClassified', DAY, { disclosure: 'EXEMPT', fields: ['amount', 'note'] }],
      ['DecisionTaken', DAY, {}, { corrects: 'e0' }],
      ['ExemptionLifted', DAY, { fields: ['amount'] }],
    ];
    const classes = recordedClasses(recorded(...steps), '2025-02-01' as CivilDate);
    const parts = (id: string) =>
      classes.find((one) => one.id === id)?.classed.withheldParts?.map(({ field }) => field);
    expect([parts('e0'), parts('e2')]).toEqual([['amount', 'note'], ['note']]);
  });
});
