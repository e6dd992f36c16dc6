import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore } from '#event-store';
import type { StoredEvent } from '#kernel';

import { seatView } from './engine/engine.contract.js';
import { HEARTBEAT_MS } from './shelves/follower-states.js';
import { followLed } from './led-follower.js';
import { openRegisterToRead } from './open.js';
import { follow, logOf, onEachReadModel, openOn, seat } from './register.contract.js';

const WAIT = { timeoutMs: 10_000 };

onEachReadModel(() => {
  describe('following, and saying so beside the views', () => {
    it('says to every reader how far it is, and when it stopped', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
      const house = await openOn(store);
      const { directory, readModelUrl } = house.place;
      const beside = await openRegisterToRead(directory, [seatView], readModelUrl, store);
      expect(await beside.register.followerStates()).toEqual([]);
      const led = followLed(house, store);
      expect(await led.whenAt(0, WAIT)).toBe('reached');
      await pause(HEARTBEAT_MS + 300);
      expect(led.leads()).toBe(true);
      const [state] = await beside.register.followerStates();
      expect(state).toMatchObject({ name: 'register', state: 'live', position: 0, lastError: null });
      expect(Date.now() - Date.parse(state?.heartbeat ?? '')).toBeLessThan(HEARTBEAT_MS);
      expect(state?.holder).toContain(`process ${process.pid} on `);
      await led.stop();
      expect(await beside.register.followerStates()).toMatchObject([{ state: 'stopped', position: 0 }]);
      expect(led.state().state).toBe('stopped');
      await beside.close();
    });

    it('stops at an event that cannot be folded, says why, and lets nobody wait for what comes after', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01'), seat('1', 'Unheard', '2025-03-02')]);
      const house = await openOn(store);
      const led = followLed(house, store, { batch: 1 });
      expect(await led.whenAt(1, WAIT)).toBe('failed');
      const start = performance.now();
      expect(await house.register.waitFor(1, 20_000)).toBe('failed');
      expect(performance.now() - start).toBeLessThan(5_000);
      expect(await house.register.waitFor(0, 1_000)).toBe('reached');
      expect(await house.register.followerStates()).toMatchObject([
        { name: 'register', state: 'failed', lastError: 'the seat does not know Unheard' },
      ]);
      await led.stop();
    });

    it('goes on by itself after a fault that passes', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01'), seat('2', 'Appointed', '2025-03-01')]);
      const house = await openOn(store);
      const other = await openOn(store, { place: house.place });
      const [first] = await store.readAll(0, 1);
      const heard: (string | undefined)[] = [];
      // Between the first look at the checkpoint and the first batch, another program is a step ahead.
      const checkpoint = house.follower.checkpoint.bind(house.follower);
      let looks = 0;
      house.follower.checkpoint = async () => {
        const position = await checkpoint();
        if (looks++ === 0) {
          await other.follower.handle([first as StoredEvent]);
          await house.follower.handle([{ ...(first as StoredEvent), position: 7 }]);
        }
        return position;
      };
      const led = followLed(house, store, { onState: ({ lastError }) => heard.push(lastError) });
      expect(await led.whenAt(1, WAIT)).toBe('reached');
      expect(heard).toContain('the views are at position 0 and cannot go on from 7');
      for (const end = Date.now() + WAIT.timeoutMs; led.state().state !== 'live' && Date.now() < end;) await pause(10);
      expect(led.state()).toEqual({ name: 'register', state: 'live', position: 1 });
      await led.stop();
    });

    it('tells a wait that is only late from one for views that are being made anew', async () => {
      const house = await openOn(new MemoryEventStore());
      expect(await house.register.waitFor(0, 20)).toBe('timed out');
      await house.keepState({ name: 'rebuild', state: 'rebuilding', position: 5, lastError: null });
      expect(await house.register.waitFor(0, 20)).toBe('rebuilding');
    });
  });

  describe('keeping generations', () => {
    it('keeps the one before until it is told otherwise', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
      const house = await openOn(store);
      await follow(house, store);
      expect(await house.dropOldGenerations()).toBe(0);
      await house.rebuild();
      expect(await house.dropOldGenerations()).toBe(1);
      expect(await house.dropOldGenerations()).toBe(0);
      expect(await house.register.position()).toBe(0);
    });
  });
});
