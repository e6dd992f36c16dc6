import { describe, expect, it } from '@jest/globals';

import { addDays, ANNULLED, type CivilDate } from '#kernel';

import { FIRST_DAY } from '../engine/engine.contract.js';
import type { OpenRegister } from '../open.js';
import { follow, onEachReadModel, logOf, openOn, seat, type Line } from '../register.contract.js';

onEachReadModel(() => {
  describe('settling a basis', () => {
    const at = (text: string): number => Date.parse(text);
    // Three commands a minute before midnight, at midnight and a minute after, on the last night of winter time.
    const opened24 = async (): Promise<OpenRegister> => {
      const store = await logOf(
        [
          seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' }),
          { ...seat('1', 'Named', '2025-03-02', { name: 'one' }), of: [0, 2] },
          { ...seat('1', 'Named', '2025-03-03', { name: 'two' }), of: [1, 2] },
          seat('1', 'Left', '2025-03-04'),
        ],
        12 * 60,
      );
      const house = await openOn(store);
      await follow(house, store);
      return house;
    };
    const now = at('2025-04-02T10:00:00Z');

    it('T6: takes today and now for what is not said, today in London', async () => {
      const { register } = await opened24();
      expect(await register.resolveBasis({ now: at('2025-06-30T23:30:00Z') })).toEqual({
        asAt: '2025-07-01',
        isToday: true,
        asKnownAt: null,
        position: 3,
        recordedAt: '2025-03-30T12:00:00.000Z',
        treeSize: null,
        rootHash: null,
      });
    });

    it('T6: an instant includes what was recorded at it, and nothing a millisecond later', async () => {
      const { register } = await opened24();
      const known = async (asKnownAt: string): Promise<number> =>
        (await register.resolveBasis({ asKnownAt, now })).position;
      expect(await known('2025-03-29T12:00:00.000Z')).toBe(0);
      expect(await known('2025-03-29T11:59:59.999Z')).toBe(-1);
      expect(await known('2025-03-30T13:00:00.000+01:00')).toBe(3);
      expect(await known('2025-03-30T00:00:00Z')).toBe(2);
    });

    it('T6: of two commands in one millisecond an instant includes both, whole', async () => {
      const lines = [
        seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' }),
        { ...seat('1', 'Named', '2025-03-02', { name: 'one' }), of: [0, 2] },
        { ...seat('1', 'Named', '2025-03-03', { name: 'two' }), of: [1, 2] },
      ] as const;
      const store = await logOf(lines, 0);
      const house = await openOn(store);
      await follow(house, store);
      const { position } = await house.register.resolveBasis({ asKnownAt: '2025-03-29T12:00:00.000Z', now });
      expect(position).toBe(2);
    });

    it('T6: a day means its end in London, and one not yet over means now', async () => {
      const { register } = await opened24();
      const known = async (asKnownAt: string, then = now): Promise<number> =>
        (await register.resolveBasis({ asKnownAt, now: then })).position;
      // Recorded at midnight UTC and London, 30 March 2025: it is of the 30th.
      expect(await known('2025-03-28')).toBe(-1);
      expect(await known('2025-03-29')).toBe(0);
      expect(await known('2025-03-30')).toBe(3);
      expect(await known('2025-04-02')).toBe(3);
      expect(await known('2030-01-01')).toBe(3);
    });

    it('T6: a position inside a command means the command before, and one beyond the head is refused', async () => {
      const { register } = await opened24();
      const known = async (asKnownAt: number | string): Promise<number> =>
        (await register.resolveBasis({ asKnownAt, now })).position;
      expect(await known(0)).toBe(0);
      expect(await known(1)).toBe(0);
      expect(await known(2)).toBe(2);
      expect(await known('3')).toBe(3);
      expect(await known('p1')).toBe(0);
      expect(await known('p2')).toBe(2);
      await expect(known('2025')).rejects.toMatchObject({ code: 'YEAR_OR_POSITION' });
      await expect(known(2025)).rejects.toMatchObject({ code: 'BASIS_BEYOND_HEAD' });
      expect(await known(-1)).toBe(-1);
      await expect(known(4)).rejects.toMatchObject({ code: 'BASIS_BEYOND_HEAD' });
      await expect(known('yesterday')).rejects.toMatchObject({ code: 'NOT_A_MOMENT' });
      await expect(register.resolveBasis({ asAt: '2025-02-30', now })).rejects.toMatchObject({ code: 'NOT_A_DATE' });
    });

    it('T6: an empty register has a basis too', async () => {
      const { register } = await openOn(await logOf([]));
      expect(await register.resolveBasis({ now })).toMatchObject({ position: -1, recordedAt: null });
      await expect(register.resolveBasis({ asKnownAt: 0, now })).rejects.toMatchObject({ code: 'BASIS_BEYOND_HEAD' });
    });

    it('T1: every basis repeats that the register kept the instants of its source', async () => {
      const opening: Line = {
        stream: 'register/this',
        type: 'RegisterOpened',
        effectiveOn: FIRST_DAY,
        data: { recordedInstants: 'kept', source: 'uk-ministers' },
      };
      const store = await logOf([opening, seat('1', 'Appointed', '2025-03-01')]);
      const house = await openOn(store);
      await follow(house, store);
      expect(await house.register.resolveBasis({ now })).toMatchObject({ keptInstants: 'uk-ministers' });
      await house.rebuild();
      expect(await house.register.resolveBasis({ asKnownAt: 0, now })).toMatchObject({
        keptInstants: 'uk-ministers',
        position: 0,
      });
    });

    it('waits for a position, and not for ever', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01')]);
      const house = await openOn(store);
      expect(await house.register.waitFor(0, 20)).toBe('timed out');
      const waiting = house.register.waitFor(0, 5_000);
      await follow(house, store);
      expect(await waiting).toBe('reached');
    });
  });

  describe('finding nothing', () => {
    it('T7: tells the empties apart, and what is not yet known only against a second basis', async () => {
      const store = await logOf([
        seat('1', 'Appointed', '2025-03-03', { holder: 'Ann' }),
        seat('1', 'Appointed', '2025-03-06', { holder: 'Ann' }, { corrects: 'seat/1#0' }),
        seat('1', ANNULLED, '2025-03-06', {}, { annuls: 'seat/1#1' }),
        seat('1', 'Left', '2025-03-04', {}, { again: 'seat/1#1' }),
      ]);
      const house = await openOn(store);
      await follow(house, store);
      const asked = (day: number, position: number): Promise<object> =>
        house.register.point('seat', '1', { asAt: addDays(FIRST_DAY, day - 1), position });
      expect(await asked(4, -1)).toEqual({ kind: 'never-recorded' });
      expect(await asked(2, 0)).toEqual({ kind: 'not-yet-begun', from: '2025-03-03', position: null });
      expect(await asked(3, 0)).toMatchObject({
        kind: 'found',
        subject: 'seat/1',
        id: '1',
        from: '2025-03-03',
        to: null,
        recordedFrom: 0,
        recordedAt: '2025-03-29T12:00:00.000Z',
      });
      expect(await asked(5, 1)).toEqual({ kind: 'not-yet-begun', from: '2025-03-06', position: 1 });
      expect(await asked(6, 2)).toEqual({ kind: 'withdrawn', position: 2 });
      expect(await asked(4, 3)).toEqual({ kind: 'recorded-as-none', from: '2025-03-04', to: null });
      const basis = { asAt: '2025-03-03' as CivilDate, position: -1 };
      expect(await house.register.pointAgainst('seat', '1', basis, { position: 0 })).toEqual({
        kind: 'not-yet-known',
        position: 0,
      });
      expect(await house.register.pointAgainst('seat', '1', basis, { position: 1 })).toEqual({
        kind: 'never-recorded',
      });
      expect(await house.register.slices('seat', '1', 1)).toMatchObject([{ from: '2025-03-06', recordedFrom: 1 }]);
    });
  });
});
