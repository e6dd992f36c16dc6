import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal, type CivilDate, type Decider, type Fact, type Live } from '#kernel';
import { Standing, type Judged } from './standing.js';

/** A light that is switched on and off: "off" needs it to be on; "look" stands always; a counter keeps states apart. */
const light: Decider<{ on: boolean; seen: number }, Fact, Fact> = {
  initial: { on: false, seen: 0 },
  references: () => [],
  decide: (command) => command,
  stands: (state, { type }) =>
    type === 'off' && !state.on ? new Refusal('CONTRADICTS_ITSELF', 'it is dark already') : undefined,
  evolve: (state, { type }) =>
    type === 'look' ? { ...state, seen: (state.seen + 1) % 3 } : { ...state, on: type === 'on' },
};

const event = (id: string, type: string, day: number, slot: number): Live<Judged> => ({
  slot,
  event: {
    id,
    type,
    data: {},
    stream: 'light/1',
    position: slot,
    effectiveOn: `2025-01-${String(day).padStart(2, '0')}` as CivilDate,
  },
});
const of = (...adds: Live<Judged>[]): Standing<{ on: boolean; seen: number }> =>
  Standing.of(light).with({ drops: [], adds }, false);

const on = event('a', 'on', 1, 0);

describe('judging a command on the log as it would stand (T8)', () => {
  it('refuses a new event that does not stand', () => {
    expect(() => of().with({ drops: [], adds: [event('a', 'off', 1, 0)] }, true)).toThrow('it is dark already');
  });
  it('refuses to drop what a later event needs, and names that event', () => {
    const standing = of(on, event('b', 'off', 2, 1));
    expect(() => standing.with({ drops: [on], adds: [] }, true)).toThrow(
      'event b (off of 2025-01-02) would no longer stand: it is dark already',
    );
  });
  it('lets both be dropped in one command', () => {
    const off = event('b', 'off', 2, 1);
    expect(of(on, off).with({ drops: [on, off], adds: [] }, true).isEmpty).toBe(true);
  });
  it('lets a drop and its replacement be judged together', () => {
    const standing = of(on, event('b', 'off', 3, 1));
    expect(standing.with({ drops: [on], adds: [event('c', 'on', 2, 0)] }, true).ids).toEqual(['c', 'b']);
    expect(() => standing.with({ drops: [on], adds: [event('c', 'on', 4, 0)] }, true)).toThrow('event b');
  });
  it('does not hold against a command what did not stand before it', () => {
    const standing = of(event('a', 'off', 1, 0));
    expect(standing.with({ drops: [], adds: [event('b', 'look', 2, 1)] }, true).ids).toEqual(['a', 'b']);
  });
  it('gives the state just before a place: same day, later slot comes after', () => {
    const standing = of(event('a', 'on', 1, 5));
    expect(standing.before(event('x', 'off', 1, 4)).on).toBe(false);
    expect(standing.before(event('x', 'off', 1, 6)).on).toBe(true);
  });
});

describe('changing a long history', () => {
  it('comes to the same as folding it anew, whatever is dropped and added where', () => {
    const type = fc.constantFrom('on', 'off', 'look');
    const change = fc.record({ day: fc.integer({ min: 1, max: 6 }), type, drop: fc.option(fc.nat(20)) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 14 }), (changes) => {
        let standing = of();
        let live: Live<Judged>[] = [];
        for (const [slot, { day, type: what, drop }] of changes.entries()) {
          const added = event(`e${slot}`, what, day, slot);
          const dropped = drop === null ? undefined : live[drop % Math.max(live.length, 1)];
          const drops = dropped ? [dropped] : [];
          live = [...live.filter((entry) => entry !== dropped), added];
          const known = verdict(() => standing.with({ drops, adds: [added] }, true));
          const anew = of(...live);
          const before = of(...live.filter((entry) => entry !== added).concat(dropped ?? []));
          const newlyFallen = anew.fallen.filter((id) => !before.fallen.includes(id));
          expect(newlyFallen.length > 0).toBe(known === undefined);
          standing = standing.with({ drops, adds: [added] }, false);
          expect(standing.ids).toEqual(anew.ids);
          for (let probe = 1; probe <= 7; probe++) {
            const place = event('probe', 'look', probe, 1e9);
            expect(standing.before(place)).toEqual(anew.before(place));
          }
          expect(standing.fallen).toEqual(anew.fallen);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const verdict = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};
