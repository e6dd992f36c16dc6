import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { MemoryEventStore } from '#event-store';
import {
  addDays,
  ANNULLED,
  canonicalJson,
  epochMsOf,
  instantOf,
  parseInstant,
  type CivilDate,
  type DomainEvent,
  type Envelope,
  type StoredEvent,
} from '#kernel';

import { Connection } from './connection.js';
import { dateOf, eventsOf, FIRST_DAY, happenings, seatView, type Happening, type Seat } from './engine.contract.js';
import { Generation } from './generation.js';
import { openRegister, openRegisterToRead, type OpenRegister } from './open.js';
import { oracleAt } from './oracle.js';
import { replay } from './replay.js';
import { stateJson } from './timeline.js';
import type { View } from './view.js';

const VIEWS: readonly View[] = [seatView];

const readEvent = (stored: StoredEvent): DomainEvent => {
  const { id, type, stream, revision, position, recordedAt } = stored;
  const envelope = JSON.parse(stored.envelope) as Envelope;
  const data: unknown = JSON.parse(stored.payload);
  return { id, type, stream, revision, position, recordedAt, effectiveOn: envelope.effectiveOn, envelope, data };
};

let directory = '';
let opened: OpenRegister[] = [];
let made = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'register-'));
});
afterEach(async () => {
  for (const register of opened) await register.close();
  opened = [];
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const openOn = async (
  store: MemoryEventStore,
  {
    at = join(directory, String(made++)),
    longFrom = 128,
    views = VIEWS,
  }: { at?: string; longFrom?: number; views?: readonly View[] } = {},
): Promise<OpenRegister & { readonly directory: string }> => {
  const house = await openRegister({ directory: at, store, views, readEvent, longFrom, keptEvents: 8 });
  opened.push(house);
  return { ...house, directory: at };
};

/** One thing to append: to a stream, of a command; by default each event is a command of its own. */
interface Line {
  readonly stream: string;
  readonly type: string;
  readonly effectiveOn: CivilDate;
  readonly data?: object;
  readonly links?: Partial<Envelope>;
  readonly of?: readonly [index: number, count: number];
}

const START = epochMsOf(parseInstant('2025-03-29T12:00:00Z', 'start'));

/** A log in which each command is recorded a minute after the one before. */
const logOf = async (lines: readonly Line[], minutes = 1): Promise<MemoryEventStore> => {
  const store = new MemoryEventStore();
  const revisions = new Map<string, number>();
  let command = -1;
  for (const { stream, type, effectiveOn, data = {}, links = {}, of = [0, 1] } of lines) {
    if (of[0] === 0) command++;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const actor = { id: 'clerk', roles: [], vouchedBy: 'spec' };
    const envelope = {
      effectiveOn,
      actor,
      commandId: `c${command}`,
      commandDigest: '',
      index: of[0],
      count: of[1],
      ...links,
    };
    const event = {
      id: `${stream}#${revision}`,
      type,
      schemaVersion: 1,
      payload: canonicalJson(data),
      envelope: canonicalJson(envelope),
    };
    const expected = revision === 0 ? ('no stream' as const) : { revision: revision - 1 };
    const recordedAt = instantOf(START + command * minutes * 60_000);
    const outcome = await store.append([{ stream, expected, events: [event] }], { recordedAt });
    if (outcome.kind !== 'appended') throw new Error(outcome.kind);
  }
  return store;
};

const linesOf = (stories: readonly (readonly Happening[])[]): Line[] => {
  const queues = stories.map((story, index) =>
    eventsOf(story, `seat/${index}`).map(({ stream, type, effectiveOn, data, envelope }): Line => {
      const { corrects, annuls, again, startKnown } = envelope;
      const links = Object.fromEntries(
        Object.entries({ corrects, annuls, again, startKnown }).filter(([, value]) => value !== undefined),
      );
      return { stream, type, effectiveOn, data: data as object, links };
    }),
  );
  const lines: Line[] = [{ stream: 'series/1', type: 'Reserved', effectiveOn: FIRST_DAY }];
  for (let round = 0; queues.some((queue) => queue.length > 0); round++) {
    const line = queues[round % queues.length]?.shift();
    if (line) lines.push(line);
  }
  return lines;
};

const follow = async ({ follower }: OpenRegister, store: MemoryEventStore, batch = 256): Promise<void> => {
  for (;;) {
    const page = await store.readAll((await follower.checkpoint()) + 1, batch);
    if (page.length === 0) return;
    await follower.handle(page);
  }
};

const everything = async (store: MemoryEventStore): Promise<DomainEvent[]> =>
  (await store.readAll(0, 10_000)).filter(({ stream }) => stream.startsWith('seat/')).map(readEvent);

const PROBES = [-1, 0, 1, 2, 3, 4, 5, 6, 8].map(dateOf);

const bare = (answer: object): string => {
  const { kind, state, from, to, startKnown, position } = answer as Record<string, unknown>;
  return stateJson({ kind, state, from, to, startKnown, position });
};

const stories = fc.array(happenings, { minLength: 1, maxLength: 3 });
const seat = (id: string, type: string, date: string, data: object = {}, links: Partial<Envelope> = {}): Line => ({
  stream: `seat/${id}`,
  type,
  effectiveOn: date as CivilDate,
  data,
  links,
});

describe('following the log', () => {
  it.each([
    { name: 'short histories', longFrom: 128, batch: 256 },
    { name: 'long histories in small batches', longFrom: 2, batch: 3 },
    { name: 'long histories, event by event', longFrom: 0, batch: 1 },
  ])(
    'T10: $name: SQL answers equal the oracle at every date and position, and rebuilt equals incremental',
    async ({ longFrom, batch }) => {
      await fc.assert(
        fc.asyncProperty(stories, async (told) => {
          const store = await logOf(linesOf(told));
          const house = await openOn(store, { longFrom });
          await follow(house, store, batch);
          const events = await everything(store);
          const ids = told.map((_, index) => String(index));
          const check = async (): Promise<void> => {
            for (let position = -1; position <= (await store.head()); position++) {
              for (const asAt of PROBES) {
                const answers = await house.register.pointMany<Seat>('seat', ids, { asAt, position });
                for (const id of ids) {
                  const own = events.filter(({ stream }) => stream === `seat/${id}`);
                  expect([asAt, position, bare(answers.get(id) ?? {})]).toEqual([
                    asAt,
                    position,
                    bare(oracleAt(seatView, own, asAt, position)),
                  ]);
                }
              }
            }
          };
          await check();
          const { compared } = await house.rebuild();
          expect(compared?.filter(({ same }) => !same)).toEqual([]);
          expect(compared?.length).toBe(6);
          await check();
          await house.close();
          opened = opened.filter((other) => other.register !== house.register);
        }),
        { numRuns: 12, endOnFailure: true },
      );
    },
  );

  it('resumes after a crash between batches, and again from the first event', async () => {
    const lines = linesOf(fc.sample(happenings, { numRuns: 3, seed: 7 }));
    const store = await logOf(lines);
    const house = await openOn(store);
    await house.follower.handle(await store.readAll(0, 5));
    await house.close();
    const again = await openOn(store, { at: house.directory });
    expect(await again.follower.checkpoint()).toBe(4);
    await again.follower.handle(await store.readAll(0, 8));
    await follow(again, store);
    expect((await again.rebuild()).compared?.every(({ same }) => same)).toBe(true);
    await expect(
      again.follower.handle([{ ...((await store.readAll(0, 1))[0] as StoredEvent), position: 999 }]),
    ).rejects.toThrow('cannot go on from 999');
  });

  it('writes nothing of a batch with an event that cannot be folded, and can go on once it can', async () => {
    const store = await logOf([
      seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' }),
      seat('1', 'Unheard', '2025-03-02'),
    ]);
    const house = await openOn(store);
    await expect(follow(house, store)).rejects.toThrow('does not know Unheard');
    expect(await house.follower.checkpoint()).toBe(-1);
    await follow({ ...house, follower: house.follower }, store, 1).catch(() => undefined);
    expect(await house.follower.checkpoint()).toBe(0);
  });

  it('takes no event twice, and refuses to move a checkpoint that another writer has moved', async () => {
    const store = await logOf([
      seat('1', 'Appointed', '2025-03-01'),
      seat('1', 'Named', '2025-03-02', { name: 'one' }),
    ]);
    const house = await openOn(store);
    const other = await openOn(store, { at: house.directory });
    const [first, second] = (await store.readAll(0, 2)) as [StoredEvent, StoredEvent];
    await house.follower.handle([first]);
    await other.follower.handle([first]);
    await other.follower.handle([second]);
    expect(await house.register.position()).toBe(1);
    const generation = Generation.open(join(house.directory, 'views-0001.sqlite'), VIEWS);
    await expect(generation.moveCheckpoint(generation.writes, 0, 2)).rejects.toThrow('no longer at position 0');
    await generation.close();
  });

  it('makes the views anew when their declaration has changed', async () => {
    const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
    const house = await openOn(store);
    await follow(house, store);
    await house.close();
    const titled: View<Seat> = { ...seatView, order: ({ holder }) => `by ${holder}` };
    await expect(openRegisterToRead(house.directory, [titled])).rejects.toMatchObject({ code: 'REGISTER_VIEWS_STALE' });
    const again = await openOn(store, { at: house.directory, views: [titled] });
    expect(await again.register.position()).toBe(0);
    expect(JSON.parse(await readFile(join(house.directory, 'views.json'), 'utf8'))).toEqual({ generation: 2 });
    const beside = await openRegisterToRead(house.directory, [titled]);
    expect(await beside.register.position()).toBe(0);
    await beside.close();
  });

  it('reports what differs where the rows are not what the log says', async () => {
    const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
    const house = await openOn(store);
    await follow(house, store);
    const tampering = Connection.toWrite(join(house.directory, 'views-0001.sqlite'));
    await tampering.run(`UPDATE seat_slice SET state = '{"holder":"Eve"}'`);
    await tampering.close();
    const asked = { asAt: '2025-03-01' as CivilDate, position: 0 };
    const { differences } = await replay(store, house.register, VIEWS, readEvent, asked);
    expect(differences.map(({ subject }) => subject)).toEqual(['seat/1']);
    const { compared } = await house.rebuild();
    expect(compared?.filter(({ same }) => !same).map(({ table }) => table)).toEqual(['seat_slice']);
    expect((await replay(store, house.register, VIEWS, readEvent, asked)).differences).toEqual([]);
  });

  it('goes on following, and answering, while a rebuild is under way', async () => {
    const lines = linesOf(fc.sample(happenings, { numRuns: 6, seed: 3 }));
    const store = await logOf(lines);
    const house = await openOn(store);
    await house.follower.handle(await store.readAll(0, 20));
    let handled: Promise<void> | undefined;
    const reading: Promise<unknown>[] = [];
    const { compared, position } = await house.rebuild({
      onProgress: () => {
        handled ??= store.readAll(20, 10).then((page) => house.follower.handle(page));
        reading.push(house.register.pointMany('seat', ['0', '1'], { asAt: FIRST_DAY, position: 19 }));
      },
    });
    await handled;
    expect(
      new Set((await Promise.all(reading)).map((answers) => JSON.stringify([...(answers as Map<string, unknown>)])))
        .size,
    ).toBe(1);
    expect(compared?.every(({ same }) => same)).toBe(true);
    expect(position).toBeGreaterThanOrEqual(19);
    await follow(house, store);
    expect((await house.rebuild()).compared?.every(({ same }) => same)).toBe(true);
  });

  it('leaves the views as they are when a rebuild is stopped', async () => {
    const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
    const house = await openOn(store);
    await follow(house, store);
    await expect(house.rebuild({ signal: AbortSignal.abort() })).rejects.toThrow('abort');
    expect(await house.register.position()).toBe(0);
    expect((await house.rebuild()).compared?.every(({ same }) => same)).toBe(true);
  });
});

describe('listing', () => {
  it('gives what a naive filter over the oracle gives, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happenings, { minLength: 5, maxLength: 8 }), async (told) => {
        const store = await logOf(linesOf(told));
        const house = await openOn(store);
        await follow(house, store);
        const events = await everything(store);
        const head = await store.head();
        for (const position of [head, Math.floor(head / 2)]) {
          for (const asAt of [dateOf(0), dateOf(3), dateOf(6)]) {
            const basis = { asAt, position };
            const naive = told.flatMap((_, index) => {
              const id = String(index);
              const own = events.filter(({ stream }) => stream === `seat/${id}`);
              const answer = oracleAt(seatView, own, asAt, position);
              return answer.kind === 'found' ? [{ id, state: answer.state }] : [];
            });
            const sorted = naive.toSorted((a, b) => {
              const [x, y] = [seatView.order(a.state), seatView.order(b.state)];
              return x === y ? (a.id < b.id ? -1 : 1) : x < y ? -1 : 1;
            });
            const ids = (keep: (state: Seat) => boolean): string[] =>
              sorted.filter(({ state }) => keep(state)).map(({ id }) => id);
            const listed = async (selection: object): Promise<string[]> => {
              const found: string[] = [];
              for (let after: string | undefined; ;) {
                const page = await house.register.list(
                  'seat',
                  { ...selection, first: 2, ...(after && { after }) },
                  basis,
                );
                found.push(...page.rows.map(({ id }) => id));
                after = page.rows.at(-1)?.cursor;
                if (!page.hasNext) return found;
              }
            };
            expect(await listed({})).toEqual(ids(() => true));
            expect(await listed({ where: { holder: 'Ann' } })).toEqual(ids(({ holder }) => holder === 'Ann'));
            expect(await listed({ where: { holder: ['Ann', 'Bob'], name: 'one' } })).toEqual(
              ids(({ holder, name }) => (holder === 'Ann' || holder === 'Bob') && name === 'one'),
            );
            expect(await listed({ where: { identifier: ['one/2', 'one', 'two'] } })).toEqual(
              ids(({ name }) => name !== undefined),
            );
            expect(await listed({ where: { identifier: [] } })).toEqual([]);
            expect(await listed({ search: 'SEÁT' })).toEqual(ids(({ name }) => name === undefined));
            expect(await listed({ orderRange: { from: 'one', to: 'two' } })).toEqual(ids(({ name }) => name === 'one'));
            expect(await house.register.count('seat', { where: { holder: 'Bob' } }, basis)).toBe(
              ids(({ holder }) => holder === 'Bob').length,
            );
            for (const column of ['holder', 'identifier']) {
              const groups = await house.register.listMany(
                'seat',
                column,
                ['Ann', 'Bob', 'one', 'none'],
                { firstEach: 1 },
                basis,
              );
              for (const value of ['Ann', 'Bob', 'one', 'none']) {
                const all = ids((state) => (column === 'holder' ? state.holder === value : state.name === value));
                const group = groups.get(value);
                expect([group?.total ?? 0, group?.hasNext ?? false, group?.rows.map(({ id }) => id) ?? []]).toEqual([
                  all.length,
                  all.length > 1,
                  all.slice(0, 1),
                ]);
              }
            }
          }
        }
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('refuses a cursor that is none, and a column that there is not', async () => {
    const house = await openOn(await logOf([]));
    const basis = { asAt: FIRST_DAY, position: -1 };
    await expect(house.register.list('seat', { first: 1, after: 'x' }, basis)).rejects.toMatchObject({
      code: 'NOT_A_CURSOR',
    });
    await expect(house.register.list('seat', { first: 1, where: { colour: 'red' } }, basis)).rejects.toThrow(
      '"colour"',
    );
  });
});

describe('naming a subject', () => {
  it('takes a key, a global id or a reference of any date, as known at the basis', async () => {
    const store = await logOf([
      seat('1', 'Named', '2025-03-01', { name: 'one' }),
      seat('1', 'Named', '2025-03-05', { name: 'uno' }),
      seat('2', 'Named', '2025-03-01', { name: 'two' }),
      seat('2', 'Named', '2025-03-09', { name: 'one' }),
    ]);
    const { register, ...house } = await openOn(store);
    await follow({ register, ...house }, store);
    const named = (text: string, position: number): Promise<string | undefined> =>
      register.resolveSubject('seat', text, { position });
    expect(await named('1', 0)).toBe('1');
    expect(await named('seat/1', 0)).toBe('1');
    expect(await named('2', 1)).toBeUndefined();
    expect(await named('one', 2)).toBe('1');
    await expect(named('one', 3)).rejects.toMatchObject({
      code: 'REFERENCE_AMBIGUOUS',
      message: expect.stringContaining('seat/1, seat/2'),
    });
    expect(await named('nothing', 3)).toBeUndefined();
  });
});

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
    expect(await house.register.pointAgainst('seat', '1', basis, { position: 1 })).toEqual({ kind: 'never-recorded' });
    expect(await house.register.slices('seat', '1', 1)).toMatchObject([{ from: '2025-03-06', recordedFrom: 1 }]);
  });
});
