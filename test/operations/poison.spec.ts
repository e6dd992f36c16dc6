import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventId } from '#event-store';
import type { Actor } from '#kernel';
import { recordSkip } from '#operations';
import { runApi, type RunningApi } from '../running-api.js';
import { dataOf, record, refusalIn } from '../recorder.js';
import { Place } from '../stores/place.js';

const operator: Actor = { id: 'op', roles: ['operator'], vouchedBy: 'operator' };

let place: Place;
let api: RunningApi;
let poisoned: number;

const ready = async (): Promise<{ code: number; body: { followers: readonly Follower[] } }> => {
  const response = await fetch(`${api.url}/health/ready`);
  return { code: response.status, body: (await response.json()) as { followers: readonly Follower[] } };
};
interface Follower {
  readonly name: string;
  readonly state: string;
  readonly position: number;
  readonly lag: { readonly events: number; readonly seconds: number };
  readonly lastError: string | null;
  readonly ledBy: string | null;
}
const until = async (wanted: (follower: Follower | undefined) => boolean): Promise<Follower> => {
  for (let tries = 0; tries < 200; tries++, await pause(50)) {
    const [follower] = (await ready()).body.followers;
    if (follower && wanted(follower)) return follower;
  }
  throw new Error(`the follower never came so far: ${JSON.stringify(await ready())}`);
};
const nameOf = async (id: string, more = ''): Promise<unknown> =>
  dataOf<{ person: object }>(await api.ask(`{ person(id: "${id}"${more}) { person { name } } }`)).person;

beforeAll(async () => {
  place = await Place.find();
  api = await runApi(place.environment);
  const before = await record(api, 'RegisterPerson', 'ada', '2024-01-01', { name: 'Ada' });
  await nameOf('ada', `, afterReceipt: "${before.after}"`);

  // As a release that knew more would have written it.
  const envelope = JSON.stringify({
    actor: operator,
    commandDigest: 'x',
    commandId: 'poison',
    count: 1,
    effectiveOn: '2024-02-01',
    index: 0,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  });
  const event = { id: eventId('poison', 0), type: 'PersonRegistered', schemaVersion: 99, payload: '{}', envelope };
  const outcome = await api.runtime.store.append([{ stream: 'person/poison', expected: 'no stream', events: [event] }]);
  if (outcome.kind !== 'appended') throw new Error(outcome.kind);
  poisoned = (outcome.positions as readonly number[])[0] as number;
});
afterAll(async () => {
  await api.close();
  await place.remove();
});

describe('an event that a follower cannot take', () => {
  it('stops it right before, and is said wherever somebody looks', async () => {
    const follower = await until(({ state } = { state: '' } as Follower) => state === 'failed');
    expect(follower).toMatchObject({ name: 'register', position: poisoned - 1, ledBy: 'this program' });
    expect(follower.lag.events).toBe(1);
    expect(follower.lastError).toMatch(
      new RegExp(`^cannot take position ${poisoned} \\(PersonRegistered of person/poison\\): .*start a newer release`),
    );
    expect((await ready()).code).toBe(503);
    expect(api.log.filter(({ level, msg }) => level === 50 && /register follower skip/.test(String(msg)))).toHaveLength(
      1,
    );
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toContain('register_follower_state{follower="register",state="failed"} 1');
    expect(metrics).toContain('register_follower_state{follower="register",state="live"} 0');
    expect(metrics).toContain('register_follower_lag_events{follower="register"} 1');
  });

  it('leaves what is there to be read, and tells whoever waits for more', async () => {
    expect(await nameOf('ada')).toEqual({ person: { name: 'Ada' } });
    const later = await record(api, 'RegisterPerson', 'bob', '2024-01-01', { name: 'Bob' });
    const begun = performance.now();
    const refused = refusalIn(
      await api.ask(`{ person(id: "bob", afterReceipt: "${later.after}") { person { name } } }`),
    );
    expect(refused).toMatchObject({ code: 'FOLLOWER_FAILED', field: 'afterReceipt' });
    expect(refused['remedy']).toMatch(/operator/);
    // A position would tell how much was recorded in between, by whomever; the reason is for whoever looks at health.
    expect(refused['message']).toBe('the views have not come to the command yet, and they stand still');
    expect(performance.now() - begun).toBeLessThan(4_000);
  });

  it('is left out from then on when the log says so, also when the views are made anew', async () => {
    await recordSkip(
      api.runtime.store,
      { follower: 'register', position: poisoned, reason: 'of a newer release' },
      operator,
    );
    const follower = await until(({ state, lag } = {} as Follower) => state === 'live' && lag.events === 0);
    expect(follower.lastError).toBeNull();
    expect((await ready()).code).toBe(200);
    expect(await nameOf('bob')).toEqual({ person: { name: 'Bob' } });
    expect(await nameOf('poison')).toEqual({ person: null });

    await api.close();
    await place.forgetViews();
    api = await runApi(place.environment);
    await until(({ state, lag } = {} as Follower) => state === 'live' && lag.events === 0);
    expect(await nameOf('bob')).toEqual({ person: { name: 'Bob' } });
  });
});
