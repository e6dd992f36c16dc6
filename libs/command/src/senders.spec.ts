import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore, commandName, eventId, type EventStore } from '#event-store';
import { canonicalJson, type Actor, type CivilDate, type Envelope, type NewEvent } from '#kernel';
import type { Intent, Receipt, Step } from './intent.js';
import { seriesStream } from './series.js';
import { Submit, SubmitHandler } from './submit.js';

const ann: Actor = { id: 'ann', roles: ['governance-officer'], vouchedBy: 'https://login.example.org' };
const bob: Actor = { ...ann, id: 'bob' };
const otherAnn: Actor = { ...ann, vouchedBy: 'https://login.example.com' };
const operator = (name: string): Actor => ({ id: `cli:${name}`, roles: ['operator'], vouchedBy: 'operator' });
const effectiveOn = '2025-05-01' as CivilDate;

const named = (name: string, more: object = {}): Step => ({
  ...{ command: 'RegisterOrganisation', data: { name, kind: 'ICB', ...more }, effectiveOn },
});
const taken = (title: string, more: object = {}): Step => ({
  ...{ command: 'TakeDecision', data: { title, decidedByName: 'The board', ...more }, effectiveOn },
});

let store: EventStore;
let handler: SubmitHandler;
beforeEach(() => {
  store = new MemoryEventStore();
  handler = new SubmitHandler(store);
});

const send = (actor: Actor, more: Partial<Intent>, step = named('ICB')): Promise<Receipt> =>
  handler.execute(
    new Submit({ aggregate: 'organisation', id: 'QR1', commandId: 'same', steps: [step], ...more }, actor),
  );
const outcome = (work: Promise<Receipt>): Promise<string> =>
  work.then(
    ({ alreadyRecorded }) => (alreadyRecorded ? 'again' : 'recorded'),
    (thrown: unknown) => (thrown as { code: string }).code,
  );

describe('two who give their commands one id', () => {
  it.each([
    ['of one issuer', bob],
    ['of two issuers', otherAnn],
    ['at the command line', operator('ann')],
  ])('do not meet, about other subjects and about one: %s', async (_how, other) => {
    const alone = new SubmitHandler(new MemoryEventStore());
    const first = { aggregate: 'decision', id: 'secret', steps: [taken('Secret')] };
    await send(ann, first);
    const theirs = { aggregate: 'organisation', id: 'QR1', commandId: 'same', steps: [named('ICB')] };
    const there = await handler.execute(new Submit(theirs, other));
    const never = await alone.execute(new Submit(theirs, other));
    expect(there.events.map(({ id, type }) => [id, type])).toEqual(never.events.map(({ id, type }) => [id, type]));
    expect(there.alreadyRecorded).toBe(false);
    const change = { command: 'ChangeOrganisation', data: { name: 'ICB 2' }, effectiveOn };
    await send(ann, { id: 'QR1', commandId: 'change', steps: [change] });
    const changed = { ...change, data: { note: 'n' } };
    expect(await outcome(send(other, { id: 'QR1', commandId: 'change', steps: [changed] }))).toBe('recorded');
  });

  it('are each answered as before when they send it again, and refused another command under it', async () => {
    await send(ann, { id: 'a' });
    await send(bob, { id: 'b' });
    for (const [actor, id] of [
      [ann, 'a'],
      [bob, 'b'],
    ] as const) {
      expect(await outcome(send(actor, { id }))).toBe('again');
      expect(await outcome(send(actor, { id }, named('Another')))).toBe('COMMAND_ID_REUSED');
      expect(await outcome(send(actor, { id: 'c' }))).toBe('COMMAND_ID_REUSED');
    }
  });

  it('take numbers of one series each for their own', async () => {
    const series = { reference: undefined, referenceSeries: 'ICB-2025/26' };
    for (const actor of [ann, bob]) {
      await send(actor, { aggregate: 'decision', id: actor.id, steps: [taken('Urology', series)] });
    }
    const payloads = (await store.readStream(seriesStream('ICB-2025/26'))).map(({ payload }) => payload);
    expect(payloads).toHaveLength(2);
  });

  it('do not have their events taken for one command', async () => {
    await send(ann, { id: 'a' });
    await send(bob, { id: 'b' });
    const envelopes = (await store.readAll(1, 9)).map(({ envelope }) => JSON.parse(envelope) as Envelope);
    expect(envelopes.map(({ commandId, index, count }) => [commandId, index, count])).toEqual([
      ['same', 0, 1],
      ['same', 0, 1],
    ]);
  });
});

describe('those who import at the command line', () => {
  it('are one: what one has carried in is recorded once, whoever carries it in again', async () => {
    expect(await outcome(send(operator('ann'), {}))).toBe('recorded');
    expect(await outcome(send(operator('bob'), {}))).toBe('again');
    expect((await store.readStream('organisation/QR1'))[0]?.id).toBe(eventId('same', 0));
  });
});

describe('a command that was recorded before senders were told apart', () => {
  /** As it was written then: its events are named by its id alone. */
  const asOnce = async (from: EventStore): Promise<EventStore> => {
    const before = new MemoryEventStore();
    for (const event of await from.readAll(0, 99)) {
      const { stream, revision, type, schemaVersion, payload, envelope } = event;
      const { commandId, index } = JSON.parse(envelope) as Envelope;
      const written: NewEvent = { id: eventId(commandId, index), type, schemaVersion, payload, envelope };
      const expected = revision === 0 ? ('no stream' as const) : { revision: revision - 1 };
      await before.append([{ stream, expected, events: [written] }]);
    }
    return before;
  };

  it('is found when its sender sends it again, and not when another sends the same', async () => {
    await send(ann, {});
    store = await asOnce(store);
    handler = new SubmitHandler(store);
    expect(await outcome(send(ann, {}))).toBe('again');
    expect(await outcome(send(ann, {}, named('Another')))).toBe('COMMAND_ID_REUSED');
    expect(await outcome(send(bob, {}))).not.toMatch(/again|COMMAND_ID_REUSED/);
    expect(await outcome(send(bob, { id: 'QR2' }))).toBe('recorded');
  });

  it('is found about the subject that was called after it, where its sender names none again', async () => {
    await send(ann, { id: 'made once' });
    const now = (actor: Actor) => send(actor, { id: `made for ${actor.id}`, formerId: 'made once' });
    const again = await now(ann);
    expect([again.alreadyRecorded, again.subject]).toEqual([true, 'organisation/made once']);
    const first = await now(bob);
    expect([first.alreadyRecorded, first.subject]).toEqual([false, 'organisation/made for bob']);
    expect((await now(bob)).subject).toBe('organisation/made for bob');
  });
});

describe('what a command is called', () => {
  it('is another thing for each sender, however they are called', () => {
    const names = [
      commandName(ann, 'x'),
      commandName(bob, 'x'),
      commandName(otherAnn, 'x'),
      commandName({ id: 'x', vouchedBy: 'a","b' }, 'x'),
      commandName({ id: 'b","x', vouchedBy: 'a' }, 'x'),
      commandName(operator('ann'), 'x'),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(canonicalJson(commandName(operator('ann'), 'x'))).toBe('"x"');
  });
});
