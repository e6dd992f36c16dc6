import { validated } from '#wire';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Submit, SubmitHandler, type Step } from '#command';
import {
  delivererFrom,
  disclosing,
  dueLogs,
  issueEach,
  knowing,
  LogIssuing,
  type Deliverer,
  type LogOrder,
} from '#decision-log';
import { follow, MemoryEventStore } from '#event-store';
import { eventReader } from '#governance';
import { addDays, londonDay, type Actor, type CivilDate } from '#kernel';
import { openRegister, VIEWS, type OpenRegister } from '#register';
import { ON_THIS_MACHINE } from '../../libs/decision-log/src/delivery/attempts.js';
import { IDENTITY, Receiver } from '../delivery/web-server.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'test' };
const thisMonth = `${londonDay(Date.now()).slice(0, 8)}01` as CivilDate;
const lastMonth = `${addDays(thisMonth, -1).slice(0, 8)}01` as CivilDate;
const takenOn = addDays(lastMonth, 4);

let [silent, answering]: Receiver[] = [];
let folder: string;
let store: MemoryEventStore;
let views: OpenRegister;
let following: ReturnType<typeof follow>;
let deliverer: Deliverer;
let logs: LogIssuing;

const record = async (aggregate: 'organisation' | 'body' | 'decision' | 'standingOrder', id: string, step: Step) =>
  new SubmitHandler(store).execute(
    new Submit({ aggregate, id, commandId: `${aggregate} ${id}`, steps: [step] }, officer),
  );
const settled = async (): Promise<void> => void (await views.register.waitFor(await store.head(), 10_000));

beforeEach(async () => {
  [silent, answering] = [await Receiver.start(), await Receiver.start()];
  silent.replies.push(...Array.from({ length: 9 }, () => 'hang' as const));
  folder = mkdtempSync(join(tmpdir(), 'register-'));
  store = new MemoryEventStore();
  const readEvent = eventReader();
  views = await openRegister({ directory: folder, store, views: VIEWS, readEvent });
  following = follow(store, views.follower);
  const { register } = views;
  const webhooks = { webhookKeys: [Buffer.alloc(32, 7)], webhookAllow: ['127.0.0.1'] };
  deliverer = delivererFrom({ mailServer: undefined, mailSender: undefined, ...webhooks }, undefined, {
    ...ON_THIS_MACHINE,
    answerMs: 60_000,
    authorities: IDENTITY.cert,
  });
  logs = new LogIssuing({
    register,
    store,
    source: (now) => ({
      register,
      store,
      readEvent,
      known: knowing(register, store, now),
      disclose: disclosing(register, store, now),
    }),
    deliverer,
    check: (command, data) => void validated(command, data),
    record: async ({ id, command, commandId, data, effectiveOn }, by) => {
      const steps = [{ command, data, effectiveOn }];
      return new SubmitHandler(store).execute(new Submit({ aggregate: 'decisionLog', id, commandId, steps }, by));
    },
    settled,
    release: 'test',
  });
  const said = (command: string, data: object): Step => ({ command, data, effectiveOn: lastMonth });
  await record('organisation', 'gcc', said('RegisterOrganisation', { name: 'County Council', kind: 'COUNCIL' }));
  await record('body', 'hosc', said('EstablishBody', { name: 'Scrutiny', kind: 'HOSC', owners: ['gcc'] }));
  await record('decision', 'd1', said('TakeDecision', { title: 'A decision', takenOn, organisation: 'gcc' }));
}, 30_000);
afterEach(async () => {
  await Promise.all([silent?.stop(), answering?.stop(), deliverer.close()]);
  await following.stop();
  await views.close();
  rmSync(folder, { recursive: true, force: true });
});

const ordered = (recipient: string, receiver: Receiver | undefined): LogOrder => ({
  for: 'hosc',
  from: lastMonth,
  to: addDays(thisMonth, -1),
  formats: ['csv'],
  recipient,
  deliverTo: [{ by: 'WEBHOOK', to: receiver?.url() ?? '' }],
  now: Date.now(),
});
const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !isSo(); tries++) await pause(25);
  expect(isSo()).toBe(true);
};

describe('while a receiver is silent', () => {
  it('other logs are made, delivered and recorded', async () => {
    const waiting = logs.issue(ordered('One', silent), officer);
    const refused = expect(waiting).rejects.toMatchObject({ code: 'LOG_NOT_DELIVERED' });
    await until(() => silent?.received.length === 1);
    const other = await logs.issue(ordered('Other', answering), officer);
    expect(other.delivered).toHaveLength(1);
    expect((await store.readStream(`decisionLog/${other.id}`)).map(({ type }) => type)).toEqual(['DecisionLogIssued']);
    await Promise.all([deliverer.close(), silent?.stop()]);
    await refused;
  }, 30_000);

  it('the same log waits, and is not sent twice', async () => {
    const order = ordered('One', silent);
    const asked = [logs.issue(order, officer), logs.issue(order, officer)];
    const refused = expect(Promise.all(asked)).rejects.toMatchObject({ code: 'LOG_NOT_DELIVERED' });
    await until(() => silent?.received.length === 1);
    await logs.issue(ordered('Other', answering), officer);
    expect(silent?.received).toHaveLength(1);
    await Promise.all([deliverer.close(), silent?.stop()]);
    await refused;
    await Promise.allSettled(asked);
  }, 30_000);

  const place = async (id: string, receiver: Receiver | undefined): Promise<void> => {
    const order = { committee: 'hosc', every: 'MONTH', firstDay: lastMonth, daysAfterPeriod: 0, reader: 'PUBLIC' };
    const deliverTo = [{ by: 'WEBHOOK', to: receiver?.url() }];
    const data = { ...order, recipient: id, formats: ['CSV'], deliverTo };
    await record('standingOrder', id, { command: 'PlaceStandingOrder', data, effectiveOn: lastMonth });
    await settled();
  };

  it('other standing orders are carried out, and said to be as soon as they are', async () => {
    await place('a-silent', silent);
    await place('b-answering', answering);
    const due = await dueLogs(views.register, { now: Date.now() });
    const outcomes = issueEach(logs, due, { now: Date.now() }, officer);
    const { value: first } = await outcomes.next();
    expect(first).toMatchObject({ due: { standingOrder: 'b-answering' }, issued: { delivered: [{ by: 'WEBHOOK' }] } });
    expect(silent?.received).toHaveLength(1);
    await Promise.all([deliverer.close(), silent?.stop()]);
    expect((await outcomes.next()).value).toMatchObject({ refused: { code: 'LOG_NOT_DELIVERED' } });
    expect((await outcomes.next()).done).toBe(true);
  }, 30_000);

  it('what is under way counts among those that were asked for', async () => {
    await place('a-silent', silent);
    await place('b-answering', answering);
    const due = await dueLogs(views.register, { now: Date.now() });
    const outcomes = issueEach(logs, due, { now: Date.now() }, officer, { first: 1 });
    const first = outcomes.next();
    await until(() => silent?.received.length === 1);
    await pause(300);
    expect(answering?.received).toHaveLength(0);
    await Promise.all([deliverer.close(), silent?.stop()]);
    expect((await first).value).toMatchObject({ refused: { code: 'LOG_NOT_DELIVERED' } });
    await outcomes.return(undefined);
  }, 30_000);
});
