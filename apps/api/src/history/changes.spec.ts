import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#event-store';
import { eventReader } from '#governance';
import type { Actor, CivilDate, NewEvent } from '#kernel';
import { VIEWS, openRegister, type Basis, type OpenRegister } from '#register';
import { Disclosing } from '../disclosing.js';
import { Records } from '../records.js';
import { Waiting } from '../waiting.js';
import { requestContext } from '../request-context.js';
import { ChangesResolver } from './changes.resolver.js';
import { Changes, type Stretch } from './changes.js';
import { Names } from './names.js';
import { SubjectHistory } from './subject-history.js';
import { ReceiptTokens } from '../receipt-tokens.js';

const LIMIT = 100_000;
const store = new MemoryEventStore();
const reader: Actor = { id: 'r', roles: ['reader'], vouchedBy: 'test' };

const personNamed = (index: number): NewEvent => ({
  id: `e${index}`,
  type: index === 0 ? 'PersonRegistered' : 'NameRecorded',
  schemaVersion: 1,
  payload: `{"name":"Name ${index}","period":"1"}`,
  envelope: `{"actor":{"id":"a","roles":[],"vouchedBy":"test"},"effectiveOn":"2024-01-01","startKnown":false}`,
});

let folder: string;
let views: OpenRegister;
let changes: Changes;
let records: Records;
beforeAll(async () => {
  for (let revision = -1; revision < LIMIT; revision += 1_000) {
    const count = Math.min(1_000, LIMIT - revision);
    const events = Array.from({ length: count }, (_, index) => personNamed(revision + 1 + index));
    await store.append([{ stream: 'person/a', expected: revision === -1 ? 'no stream' : { revision }, events }]);
  }
  folder = await mkdtemp(join(tmpdir(), 'register-'));
  views = await openRegister({ directory: folder, store, views: VIEWS, readEvent: eventReader() });
  const disclosing = new Disclosing(views.register, store);
  const names = new Names(views.register, disclosing);
  changes = new Changes(store, new SubjectHistory(store, views.register, names, disclosing), names);
  records = new Records(
    views.register,
    new Waiting(store, views.register, new ReceiptTokens(new Uint8Array(32))),
    disclosing,
  );
});
afterAll(async () => {
  await views.close();
  await rm(folder, { recursive: true, force: true });
});

const at = (position: number): Basis => ({
  asAt: '2024-06-01' as CivilDate,
  isToday: false,
  asKnownAt: String(position),
  position,
  recordedAt: null,
  treeSize: null,
  rootHash: null,
});
const between = (stretch: Partial<Stretch>, after?: string) =>
  changes.between({ from: at(-1), to: at(LIMIT), ...stretch }, { first: 2, after }, requestContext(reader, 0));

describe('changes over a long stretch', () => {
  it('are counted up to a hundred thousand events', async () => {
    const { summary } = await between({ from: at(0) });
    expect(await summary).toEqual({ recorded: LIMIT, corrected: 0, annulled: 0, reportedAsCorrections: 0, late: 0 });
  });

  it('are not counted beyond, and still told page by page', async () => {
    const told = await between({});
    expect(told.edges.map(({ node }) => [node.position, node.sentence, node.daysLate])).toEqual([
      [0, 'Name 0 was registered.', null],
      [1, 'The name is “Name 1”.', null],
    ]);
    await expect(told.totalCount).rejects.toMatchObject({ code: 'RANGE_TOO_LONG', detail: { field: 'from' } });
    expect((await between({}, '99998')).edges.map(({ cursor }) => cursor)).toEqual(['99999', '100000']);
  });

  it('are refused where looking for one kind would read more than that', async () => {
    await expect(between({ aggregate: 'budget' })).rejects.toMatchObject({ code: 'RANGE_TOO_LONG' });
    expect((await between({ from: at(0), aggregate: 'budget' })).edges).toEqual([]);
  });

  it('share the allowance of their request', async () => {
    const context = requestContext(reader, 0);
    const half = { from: at(LIMIT / 2 - 1), to: at(LIMIT) };
    const [first, second] = await Promise.all([1, 2].map(() => changes.between(half, { first: 1 }, context)));
    expect(await first?.totalCount).toBe(LIMIT / 2 + 1);
    await expect(second?.totalCount).rejects.toMatchObject({ code: 'RANGE_TOO_LONG' });
  });
});

describe('who may ask what changed', () => {
  it('is whoever may read, and nobody else', async () => {
    const resolver = new ChangesResolver(records, changes);
    const stranger: Actor = { id: 's', roles: [], vouchedBy: 'test' };
    await expect(resolver.changesBetween({ from: -1, first: 1 }, requestContext(stranger, 0))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await resolver.changesBetween({ from: -1, first: 1 }, requestContext(reader, 0))).edges).toHaveLength(1);
  });
});
