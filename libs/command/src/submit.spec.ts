import { beforeEach, describe, expect, it } from '@jest/globals';
import { commandName, MemoryEventStore, eventId, type EventStore } from '#event-store';
import type { Actor, CivilDate, Instant, StoredEvent } from '#kernel';
import type { Intent, RecordStep, Step } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const day = (text: string): CivilDate => text as CivilDate;
const icb = { name: 'NHS Gloucestershire Integrated Care Board', kind: 'ICB' };

const register = (effectiveOn = '2022-07-01', more: Partial<RecordStep> = {}): RecordStep => ({
  command: 'RegisterOrganisation',
  data: icb,
  effectiveOn: day(effectiveOn),
  ...more,
});
const close = (effectiveOn: string, more: Partial<RecordStep> = {}): RecordStep => ({
  command: 'CloseOrganisation',
  data: {},
  effectiveOn: day(effectiveOn),
  ...more,
});
const error = { kind: 'error', reason: 'a slip of the pen' } as const;

let store: EventStore;
let handler: SubmitHandler;
beforeEach(() => {
  store = new MemoryEventStore();
  handler = new SubmitHandler(store);
});

const send = (
  steps: readonly Step[],
  more: Partial<Intent> = {},
  actor = officer,
): ReturnType<SubmitHandler['execute']> =>
  handler.execute(new Submit({ aggregate: 'organisation', id: 'QR1', commandId: 'c1', steps, ...more }, actor));
const refused = async (work: Promise<unknown>): Promise<{ code: string; message: string; field?: string }> => {
  const thrown = await work.then(
    () => {
      throw new Error('it was recorded');
    },
    (reason: unknown) => reason as { code: string; message: string; detail: { field?: string } },
  );
  return { code: thrown.code, message: thrown.message, ...thrown.detail };
};
const events = async (stream = 'organisation/QR1'): Promise<readonly StoredEvent[]> => store.readStream(stream);

describe('recording a fact', () => {
  it('opens an empty register first, and says whose recording instants it holds', async () => {
    const receipt = await send([register()]);
    const [opened, registered] = await store.readAll(0, 10);
    expect([opened?.type, opened?.position]).toEqual(['RegisterOpened', 0]);
    expect(JSON.parse(opened?.payload ?? '')).toEqual({ recordedInstants: 'own', log: expect.any(String) });
    expect(registered?.type).toBe('OrganisationRegistered');
    expect(receipt).toMatchObject({ subject: 'organisation/QR1', position: 1, alreadyRecorded: false });
  });
  it('keeps the envelope: who, which command, when it takes effect, from where', async () => {
    await send([register()], { source: { system: 'ods', locator: 'QR1' }, onBehalfOf: 'board' });
    const envelope = JSON.parse((await events())[0]?.envelope ?? '') as object;
    expect(envelope).toMatchObject({
      actor: officer,
      commandId: 'c1',
      effectiveOn: '2022-07-01',
      index: 0,
      count: 1,
      onBehalfOf: 'board',
      source: { system: 'ods', locator: 'QR1' },
    });
  });
  it('is refused to an actor without the role', async () => {
    expect(await refused(send([register()], {}, { ...officer, roles: ['reader'] }))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await store.head()).toBe(-1);
  });
  it('is refused where a field is wrong, and every one is named', async () => {
    const refusal = await refused(send([register('2022-07-01', { data: { name: '', kind: 'ICBB', colour: 'red' } })]));
    expect(refusal).toMatchObject({ code: 'INPUT' });
    expect(refusal.message).toContain('data.name: needed text that is not empty');
    expect(refusal.message).toContain('data.kind: needed one of ICB');
    expect(refusal.message).toContain('data.colour: no such field');
    expect(await events()).toEqual([]);
  });
  it('is refused with a NUL or half a surrogate pair in a text', async () => {
    for (const name of ['Board\u0000', 'Board\ud83d']) {
      expect(await refused(send([register('2022-07-01', { data: { ...icb, name } })]))).toMatchObject({
        code: 'INPUT',
        field: 'data.name',
      });
    }
  });
  it('brings text into one normal form', async () => {
    await send([register('2022-07-01', { data: { ...icb, name: 'Cafe\u0301' } })]);
    expect((await events())[0]?.payload).toContain('Caf\u00e9');
  });
  it('is refused with a source that cannot be stored as it is', async () => {
    for (const wrong of [{ url: '' }, { document: 'a\u0000b' }, { page: '3' }, { locator: 'x'.repeat(2_001) }]) {
      const refusal = await refused(send([register()], { source: wrong }));
      expect(refusal).toMatchObject({ code: 'SOURCE', field: `source.${Object.keys(wrong)[0]}` });
    }
    const statedAt = 'yesterday' as Instant;
    expect(await refused(send([register()], { source: { statedAt } }))).toMatchObject({ code: 'NOT_AN_INSTANT' });
  });
  it('is refused for a day that is none', async () => {
    for (const wrong of ['2022-02-30', '1.7.2022', '9999-12-31', '']) {
      expect(await refused(send([register(wrong)]))).toMatchObject({ code: 'NOT_A_DATE', field: 'effectiveOn' });
    }
  });
  it('is refused where it names a subject that is not there, and recorded with the revision relied on where it is', async () => {
    const trust = register('2022-07-01', { data: { name: 'Trust', kind: 'NHS_TRUST', parent: 'QR1' } });
    const of = { id: 'RTE', commandId: 'c2' };
    expect(await refused(send([trust], of))).toMatchObject({ code: 'UNKNOWN_REFERENCE', field: 'data.parent' });
    await send([register()]);
    await send([trust], of);
    const envelope = JSON.parse((await events('organisation/RTE'))[0]?.envelope ?? '') as { reliedOn: unknown };
    expect(envelope.reliedOn).toEqual([{ stream: 'organisation/QR1', revision: 0 }]);
  });
});

describe('naming another subject', () => {
  it('takes its key and its global id alike, and keeps the key', async () => {
    await send([register()]);
    for (const [index, parent] of ['QR1', 'organisation/QR1'].entries()) {
      const trust = register('2022-07-01', { data: { name: 'Trust', kind: 'NHS_TRUST', parent } });
      await send([trust], { id: `T${index}`, commandId: `t${index}` });
      expect((await events(`organisation/T${index}`))[0]?.payload).toContain('"parent":"QR1"');
    }
  });
});

describe('sending a command again', () => {
  it('gives the same answer and records nothing', async () => {
    const first = await send([register()]);
    await send([close('2025-04-01')], { commandId: 'c2' });
    expect(await send([register()])).toEqual({ ...first, alreadyRecorded: true });
    expect(await events()).toHaveLength(2);
  });
  it('gives the same answer from a door that has just been opened', async () => {
    const first = await send([register()]);
    handler = new SubmitHandler(store);
    expect(await send([register()])).toEqual({ ...first, alreadyRecorded: true });
  });
  it('is refused where the id stands for another command, on the same subject or another', async () => {
    await send([register()]);
    expect(await refused(send([register('2022-07-02')]))).toMatchObject({ code: 'COMMAND_ID_REUSED' });
    expect(await refused(send([register()], { id: 'QUY' }))).toMatchObject({ code: 'COMMAND_ID_REUSED' });
  });
  it('a hundred times at once records it once', async () => {
    const receipts = await Promise.all(Array.from({ length: 100 }, async () => send([register()])));
    expect(new Set(receipts.map(({ position }) => position)).size).toBe(1);
    expect(receipts.filter(({ alreadyRecorded }) => !alreadyRecorded)).toHaveLength(1);
    expect(await events()).toHaveLength(1);
  });
});

describe('commands on one subject at once', () => {
  it('wait for each other, also where two doors write to one log', async () => {
    await send([register()]);
    const other = new SubmitHandler(store);
    const change = (door: SubmitHandler, index: number): Promise<unknown> =>
      door.execute(
        new Submit(
          {
            aggregate: 'organisation',
            id: 'QR1',
            commandId: `n${index}`,
            steps: [{ command: 'ChangeOrganisation', data: { note: `note ${index}` }, effectiveOn: day('2024-01-01') }],
          },
          officer,
        ),
      );
    await Promise.all(Array.from({ length: 40 }, async (_, index) => change(index % 2 ? handler : other, index)));
    expect((await events()).map(({ revision }) => revision)).toEqual(Array.from({ length: 41 }, (_, index) => index));
  });
});

describe('a door beside another one', () => {
  const closing = { kind: 'never-happened', reason: 'it never opened' } as const;
  const through = (door: SubmitHandler, id: string, commandId: string, ...steps: Step[]): Promise<unknown> =>
    door.execute(new Submit({ aggregate: 'organisation', id, commandId, steps }, officer));
  const owned = (door: SubmitHandler, commandId: string): Promise<unknown> => {
    const data = { name: 'Board', kind: 'ICB_BOARD', owners: ['QR1'] };
    const steps = [{ command: 'EstablishBody', data, effectiveOn: day('2024-01-01') }];
    return door.execute(new Submit({ aggregate: 'body', id: commandId, commandId, steps }, officer));
  };
  let other: SubmitHandler;
  beforeEach(async () => {
    other = new SubmitHandler(store);
    await send([register()]);
    // From here on both know the subject.
    await owned(other, 'known');
  });

  it('takes what corrects or annuls an event that the other has recorded since', async () => {
    await send([close('2025-04-01')], { commandId: 'c2' });
    const corrected = close('2025-05-01', { corrects: eventId(commandName(officer, 'c2'), 0), why: error });
    await through(other, 'QR1', 'c3', corrected);
    expect((await events()).map(({ type }) => type)).toEqual([
      'OrganisationRegistered',
      'OrganisationClosed',
      'OrganisationClosed',
    ]);
  });

  it('refuses what rests on a subject that the other has withdrawn since', async () => {
    await send([{ annuls: eventId(commandName(officer, 'c1'), 0), why: closing }], { commandId: 'c2' });
    expect(await refused(owned(other, 'late'))).toMatchObject({ code: 'UNKNOWN_REFERENCE' });
    await send([register('2022-07-01', { again: eventId(commandName(officer, 'c1'), 0) })], { commandId: 'c3' });
    await owned(other, 'in time');
    const [established] = await events('body/in time');
    expect(JSON.parse(established?.envelope ?? '{}')).toMatchObject({
      reliedOn: [{ stream: 'organisation/QR1', revision: 2 }],
    });
  });
});

describe('correcting and annulling', () => {
  beforeEach(async () => {
    await send([register()]);
    await send([close('2025-04-01')], { commandId: 'c2' });
  });
  const registered = eventId(commandName(officer, 'c1'), 0);
  const closed = eventId(commandName(officer, 'c2'), 0);

  it('needs a reason', async () => {
    expect(await refused(send([register('2022-06-01', { corrects: registered })], { commandId: 'c3' }))).toMatchObject({
      code: 'WHY',
      field: 'why.kind',
    });
  });
  it('needs a reason and evidence that can be stored as they are', async () => {
    for (const wrong of [{ reason: ' ' }, { reason: 'a\u0000b' }, { evidence: '\ud83d' }, { colour: 'red' }]) {
      const why = { ...error, ...wrong };
      const [field] = Object.keys(wrong);
      expect(
        await refused(send([register('2022-06-01', { corrects: registered, why })], { commandId: 'c3' })),
      ).toMatchObject({ code: 'WHY', field: `why.${field}` });
    }
  });
  it('names a live event of the subject', async () => {
    const corrects = eventId(commandName(officer, 'nobody'), 0);
    expect(await refused(send([register('2022-06-01', { corrects, why: error })], { commandId: 'c3' }))).toMatchObject({
      code: 'NOT_LIVE',
      field: 'corrects',
    });
    await send([{ annuls: closed, why: error }], { commandId: 'c4' });
    expect(await refused(send([{ annuls: closed, why: error }], { commandId: 'c5' }))).toMatchObject({
      code: 'NOT_LIVE',
    });
  });
  it('is refused where a later event would no longer stand, naming it; both at once are recorded', async () => {
    const later = register('2025-05-01', { corrects: registered, why: error });
    const refusal = await refused(send([later], { commandId: 'c3' }));
    expect(refusal.code).toBe('WOULD_NOT_STAND');
    expect(refusal.message).toContain(`event ${closed} (OrganisationClosed of 2025-04-01)`);
    const both = [later, close('2026-04-01', { corrects: closed, why: error })];
    expect((await send(both, { commandId: 'c4' })).events).toHaveLength(2);
  });
  it('an end on the day of the start stands, a day before does not', async () => {
    const end = (on: string): RecordStep => close(on, { corrects: closed, why: error });
    expect(await refused(send([end('2022-06-30')], { commandId: 'c3' }))).toMatchObject({ code: 'ENDS_BEFORE_START' });
    expect(await send([end('2022-07-01')], { commandId: 'c4' })).toMatchObject({ alreadyRecorded: false });
  });
  it('withdraws a subject whole, and takes its events back again', async () => {
    const never = { kind: 'never-happened', reason: 'another organisation' } as const;
    await send(
      [
        { annuls: registered, why: never },
        { annuls: closed, why: never },
      ],
      { commandId: 'c3' },
    );
    expect(await refused(send([close('2025-04-01', { again: closed })], { commandId: 'c4' }))).toMatchObject({
      code: 'ENDS_BEFORE_START',
    });
    await send([register('2022-07-01', { again: registered }), close('2025-04-01', { again: closed })], {
      commandId: 'c5',
    });
    expect(await refused(send([register('2022-07-01', { again: registered })], { commandId: 'c6' }))).toMatchObject({
      code: 'NOT_ANNULLED',
      field: 'again',
    });
  });
  it('an annulment carries the day of what it drops', async () => {
    await send([{ annuls: closed, why: error }], { commandId: 'c3' });
    const annulled = (await events())[2] as StoredEvent;
    expect(annulled.type).toBe('Annulled');
    expect(JSON.parse(annulled.envelope)).toMatchObject({ annuls: closed, effectiveOn: '2025-04-01', why: error });
  });
});

describe('human references of decisions', () => {
  const decide = (id: string, data: object, commandId = id): ReturnType<SubmitHandler['execute']> =>
    send(
      [
        {
          command: 'TakeDecision',
          data: { title: 'Community urology services', ...data },
          effectiveOn: day('2025-08-06'),
        },
      ],
      {
        aggregate: 'decision',
        id,
        commandId,
      },
    );
  const referenceOf = async (id: string): Promise<string> =>
    (JSON.parse((await events(`decision/${id}`))[0]?.payload ?? '{}') as { reference: string }).reference;

  it('are unique whatever their case and spaces, and the holder is named', async () => {
    await decide('a', { reference: 'ICB-2025/26-0001' });
    const refusal = await refused(decide('b', { reference: ' icb-2025/26-0001' }));
    expect(refusal.code).toBe('DUPLICATE_REFERENCE');
    expect(refusal.message).toContain('decision/a');
    expect(await events('decision/b')).toEqual([]);
  });
  it('are given gap-free in a series, also to many at once, and pass over one that was taken by hand', async () => {
    await decide('hand', { reference: 'ICB-2025/26-0003' });
    const ids = Array.from({ length: 6 }, (_, index) => `d${index}`);
    await Promise.all(ids.map(async (id) => decide(id, { referenceSeries: 'ICB-2025/26' })));
    const given = (await Promise.all(ids.map(referenceOf))).toSorted();
    expect(given).toEqual([1, 2, 4, 5, 6, 7].map((number) => `ICB-2025/26-000${number}`));
  });
  it('of a series stay with the decision when it is corrected', async () => {
    const first = await decide('a', { referenceSeries: 'ICB-2025/26' });
    const data = { title: 'Community urology service', referenceSeries: 'ICB-2025/26' };
    const corrects = first.events[0]?.id as string;
    const step = { command: 'TakeDecision', data, effectiveOn: day('2025-08-07'), corrects, why: error };
    await send([step], { aggregate: 'decision', id: 'a', commandId: 'fix' });
    await decide('b', { referenceSeries: 'ICB-2025/26' });
    const payloads = (await events('decision/a')).map(({ payload }) => JSON.parse(payload) as { reference: string });
    expect(payloads.map(({ reference }) => reference)).toEqual(['ICB-2025/26-0001', 'ICB-2025/26-0001']);
    expect(await referenceOf('b')).toBe('ICB-2025/26-0002');
  });
  it('stay with the decision when it is corrected', async () => {
    const first = await decide('a', { reference: 'ICB-2025/26-0001' });
    const corrects = first.events[0]?.id as string;
    const data = { title: 'Community urology service', reference: 'ICB-2025/26-0001' };
    const step = { command: 'TakeDecision', data, effectiveOn: day('2025-08-07'), corrects, why: error };
    expect((await send([step], { aggregate: 'decision', id: 'a', commandId: 'fix' })).events).toHaveLength(1);
  });
});
