import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from '@jest/globals';
import { withForeignEvents, type EventStoreDbEventStore, type ForeignEvent } from '#event-store';
import { quarantineEvent } from '#operations/quarantine';
import type { Actor } from '#kernel';
import type { Proposed, Server } from './server.mjs';
import { allOf, said, Trial, write } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

const operator: Actor = { id: 'cli:operator', roles: ['operator'], vouchedBy: 'operator' };

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const strange = (number: number): Proposed => ({
  ...{ id: idOf(number), type: 'OrderPlaced', contentType: 'application/json' },
  ...{ data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
});

const foreignIn = async (server: Server): Promise<readonly ForeignEvent[]> => {
  let found: readonly ForeignEvent[] = [];
  await withForeignEvents(server.url(), async (foreign) => {
    found = await foreign.list();
  });
  return found;
};
const passOver = (server: Server, stream: string, revision: number, number: number): Promise<void> =>
  withForeignEvents(server.url(), (foreign) =>
    foreign.record(
      quarantineEvent({ stream, revision, event: idOf(number), type: 'OrderPlaced', reason: 'a shop' }, operator),
    ),
  );

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    ({ code }: { code?: unknown }) => String(code),
  );
const untilCode = async (store: EventStoreDbEventStore, code: string): Promise<void> => {
  for (let tries = 0; (await codeOf(store.answers())) !== code; tries++) {
    if (tries > 300) throw new Error(`it never was ${code}`);
    await pause(10);
  }
};
const shown = async (store: EventStoreDbEventStore): Promise<readonly string[]> =>
  (await allOf(store)).map(({ position, stream, revision, id, recordedAt }) =>
    [position, stream, revision, id, recordedAt].join(' '),
  );

describe('an event that is passed over', () => {
  it('lets a running program go on by itself, at the revisions that the register counts', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1'), said('c2')));
    server.log.append('register-main|a', 'any', [strange(1), strange(2)]);
    await untilCode(store, 'STORE_FOREIGN_EVENT');
    // What was there before is read on.
    expect(await shown(store)).toHaveLength(2);
    await passOver(server, 'a', 2, 1);
    await untilCode(store, 'STORE_FOREIGN_EVENT');
    await passOver(server, 'a', 3, 2);
    await untilCode(store, 'none');
    expect(await store.append(write('a', 0, said('c3')))).toMatchObject({ kind: 'wrong revision', actual: 1 });
    expect(await store.append(write('a', 1, said('c3')))).toMatchObject({ kind: 'appended' });
    expect(await store.append(write('a', 1, said('c3')))).toMatchObject({ kind: 'already appended' });
    expect(await store.append(write('a', 1, said('c4')))).toMatchObject({ kind: 'wrong revision', actual: 2 });
    expect((await store.readStream('a')).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect((await store.readStream('a', 2)).map(({ revision }) => revision)).toEqual([2]);
    expect((await allOf(store)).map(({ stream, revision }) => `${stream}@${revision}`)).toEqual([
      ...['a@0', 'a@1', 'register/this@0', 'register/this@1', 'a@2'],
    ]);
  });

  it('is named by the server’s revision where another one follows, and stands first or in the register’s own stream', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    server.log.append('register-main|a', 'any', [strange(1)]);
    server.log.append('register-main|register/this', 'any', [strange(2)]);
    await untilCode(store, 'STORE_FOREIGN_EVENT');
    await passOver(server, 'a', 0, 1);
    await passOver(server, 'register/this', 0, 2);
    await untilCode(store, 'none');
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended', positions: [2] });
    server.log.append('register-main|a', 'any', [strange(3)]);
    await untilCode(store, 'STORE_FOREIGN_EVENT');
    await expect(store.answers()).rejects.toThrow(/revision 2 of register-main\|a/);
    expect(
      (await foreignIn(server)).map(({ stream, revision, isQuarantined }) => [stream, revision, isQuarantined]),
    ).toEqual([
      ['a', 0, true],
      ['register/this', 0, true],
      ['a', 2, false],
    ]);
    const fresh = trial.dir();
    expect(await codeOf(trial.store(server, { dir: fresh }))).toBe('STORE_FOREIGN_EVENT');
    await passOver(server, 'a', 2, 3);
    expect(await shown(await trial.store(server, { dir: fresh }))).toHaveLength(4);
  });

  it('holds back nothing that came before it, however close', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1')));
    const ours = server.log.records.find(({ stream }) => stream === 'register-main|a');
    if (!ours) throw new Error('it is not there');
    const { type, data, metadata } = ours;
    const others = Array.from({ length: 5 }, (_, at) => idOf(100 + at));
    for (const id of others) {
      server.log.append(`register-main|${id}`, 'any', [
        { id, type, data, metadata, contentType: 'application/octet-stream' },
      ]);
    }
    server.log.append('register-main|a', 'any', [strange(1)]);
    await untilCode(store, 'STORE_FOREIGN_EVENT');
    expect((await allOf(store)).map(({ stream }) => stream)).toEqual(['a', ...others]);
  });

  it('says nothing of an event of ours, and is said once', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1'), said('c2')));
    const { id } = said('c2');
    await withForeignEvents(server.url(), async (foreign) => {
      expect(await foreign.at('a', 1)).toBe('ours');
      expect(await foreign.at('a', 7)).toBeUndefined();
      const record = quarantineEvent({ stream: 'a', revision: 1, event: id, type: 'Said', reason: 'no' }, operator);
      await foreign.record(record);
      await foreign.record(record);
    });
    const again = await trial.store(server);
    expect((await again.readStream('a')).map((event) => event.revision)).toEqual([0, 1]);
    expect(await again.readStream('register/this')).toHaveLength(1);
    expect(await again.append(write('a', 1, said('c3')))).toMatchObject({ kind: 'appended' });
  });
});

describe('whatever is passed over, and whenever', () => {
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom('write', 'write', 'write', 'outsider', 'start anew', 'start again'),
      stream: fc.constantFrom('a', 'b', 'register/this'),
      events: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 6, maxLength: 10 },
  );

  it('every program has the same positions and revisions, without gaps, and writes go where they belong', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const server = await trial.server();
        const [early, dir] = [await trial.store(server, { callMs: 2_000 }), trial.dir()];
        let [count, number] = [0, 0];
        for (const { what, stream, events } of history) {
          if (what === 'write') {
            const there = await early.readStream(stream);
            const more = Array.from({ length: events }, () => said(`c${count++}`));
            const outcome = await early.append(write(stream, there.at(-1)?.revision ?? -1, ...more));
            expect(outcome).toMatchObject({ kind: 'appended' });
          } else if (what === 'outsider') {
            const first = number + 1;
            number += events;
            const others = Array.from({ length: events }, (_, at) => strange(first + at));
            server.log.append(`register-main|${stream}`, 'any', others);
            await untilCode(early, 'STORE_FOREIGN_EVENT');
            for (const found of await foreignIn(server)) {
              if (!found.isQuarantined)
                await passOver(server, found.stream, found.revision, Number(found.id.slice(-12)));
            }
            await untilCode(early, 'none');
          } else {
            const store = await trial.store(server, { ...(what === 'start again' && { dir }), callMs: 2_000 });
            expect(await shown(store)).toEqual(await shown(early));
            await store.close();
          }
        }
        const known = await allOf(early);
        expect(known.map(({ position }) => position)).toEqual(known.map((_, at) => at));
        for (const stream of ['a', 'b', 'register/this']) {
          const revisions = known.filter((event) => event.stream === stream).map(({ revision }) => revision);
          expect(revisions).toEqual(revisions.map((_, at) => at));
          expect((await early.readStream(stream)).map(({ revision }) => revision)).toEqual(revisions);
        }
        for (const where of [dir, trial.dir()]) {
          expect(await shown(await trial.store(server, { dir: where }))).toEqual(await shown(early));
        }
        await trial.end();
      }),
      { numRuns: 8 },
    );
  });
});
