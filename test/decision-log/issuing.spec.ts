import * as tls from 'node:tls';
import { validated } from '#wire';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Submit, SubmitHandler } from '#command';
import { delivererFrom, disclosing, knowing, LogIssuing } from '#decision-log';
import { eventReader } from '#governance';
import { addDays, londonDay, Refusal, type Actor, type CivilDate } from '#kernel';
import { Post } from '../delivery/mail-server.js';
import { IDENTITY, Receiver } from '../delivery/web-server.js';
import { openIssuer, type Issuer } from '../issuer.js';
import { dataOf, refusalIn } from '../recorder.js';
import { runApi, type GraphQLAnswer, type RunningApi } from '../running-api.js';

const OFFICER = ['governance-officer'];
const SCRUTINY = ['scrutiny-officer'];

/** The first day of the month before. */
const monthBefore = (firstDay: CivilDate): CivilDate => `${addDays(firstDay, -1).slice(0, 8)}01` as CivilDate;
const thisMonth = `${londonDay(Date.now()).slice(0, 8)}01` as CivilDate;
const lastMonth = monthBefore(thisMonth);
const earlier = monthBefore(lastMonth);

interface Due {
  readonly firstDay: string;
  readonly isDue: boolean;
  readonly reason: string;
  readonly dueOn: string | null;
}
interface Issued {
  readonly id: string;
  readonly receipt: { readonly position: number; readonly alreadyRecorded: boolean; readonly after: string };
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly delivered: readonly { readonly by: string; readonly to: string; readonly receipt: string }[];
  readonly outstanding: readonly { readonly by: string; readonly to: string; readonly why: string }[];
}
const ISSUED = `id receipt { position alreadyRecorded after } files { name bytes sha256 }
  delivered { by to at receipt } outstanding { by to why }`;

let issuer: Issuer;
let api: RunningApi;
let post: Post;
let receiver: Receiver;
const tokens = new Map<string, string>();

const send = async (roles: readonly string[], path: string, body?: object): Promise<Response> => {
  const token = tokens.get(roles.join()) ?? (await issuer.tokenOf(roles.join(), roles));
  tokens.set(roles.join(), token);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${api.url}${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
};
const ask = async (roles: readonly string[], query: string, variables = {}): Promise<GraphQLAnswer> =>
  (await send(roles, '/graphql', { query, variables })).json() as Promise<GraphQLAnswer>;
const record = (command: string, id: string, effectiveOn: string, data: object, recording: object = {}) =>
  ask(
    OFFICER,
    `mutation ($id: ID, $recording: RecordingInput!, $data: ${command}Input!) {
      receipt: ${command[0]?.toLowerCase()}${command.slice(1)}(id: $id, recording: $recording, data: $data) { after position }
    }`,
    { id, recording: { effectiveOn, ...recording }, data },
  );
const recorded = async (...fact: Parameters<typeof record>): Promise<{ after: string; position: number }> =>
  dataOf<{ receipt: { after: string; position: number } }>(await record(...fact)).receipt;
const due = async (after?: string): Promise<readonly Due[]> => {
  const query = `query ($after: String) { dueDecisionLogs(afterReceipt: $after) { firstDay dueOn isDue reason } }`;
  return dataOf<{ dueDecisionLogs: Due[] }>(await ask(SCRUTINY, query, { after })).dueDecisionLogs;
};
const issueDue = async (first = 1) => {
  const query = `mutation { issueDueDecisionLogs(first: ${first}) { firstDay code message issued { ${ISSUED} } } }`;
  const data = dataOf<{ issueDueDecisionLogs: { issued: Issued | null; code: string | null; message: string }[] }>(
    await ask(SCRUTINY, query),
  );
  return data.issueDueDecisionLogs;
};
const issue = (roles: readonly string[], args: string, deliverTo: readonly object[] = []) =>
  ask(
    roles,
    `mutation ($deliverTo: [DeliverTo!]) {
      issueDecisionLog(for: "hosc", from: "${earlier}", to: "${addDays(lastMonth, -1)}", formats: [HTML, CSV],
        deliverTo: $deliverTo, ${args}) { ${ISSUED} }
    }`,
    { deliverTo },
  );
const issued = async (...order: Parameters<typeof issue>): Promise<Issued> =>
  dataOf<{ issueDecisionLog: Issued }>(await issue(...order)).issueDecisionLog;

beforeAll(async () => {
  issuer = await openIssuer();
  post = await Post.start();
  receiver = await Receiver.start();
  const trust: typeof tls & { setDefaultCACertificates?: (certificates: readonly string[]) => void } = tls;
  trust.setDefaultCACertificates?.([...tls.rootCertificates, IDENTITY.cert.toString()]);
  api = await runApi({
    ...issuer.environment,
    SMTP_URL: `smtp://127.0.0.1:${post.address().port}`,
    SMTP_FROM: 'The register <register@example.org>',
    WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    WEBHOOK_ALLOW: '127.0.0.1',
    PUBLIC_URL: 'https://register.example.org',
  });
  await recorded('RegisterOrganisation', 'gcc', '1974-04-01', { name: 'County Council', kind: 'COUNCIL' });
  await recorded('EstablishBody', 'hosc', '2020-01-01', {
    name: 'Health Scrutiny Committee',
    kind: 'HOSC',
    owners: ['gcc'],
  });
  for (const [id, takenOn] of [
    ['one', addDays(earlier, 4)],
    ['two', addDays(lastMonth, 4)],
  ] as const) {
    const data = { title: `Decision ${id}`, takenOn, organisation: 'gcc', reference: `R-${id}` };
    await recorded('TakeDecision', id, takenOn, data);
  }
}, 60_000);
afterAll(async () => {
  await api.close();
  await Promise.all([issuer.close(), post.stop(), receiver.stop()]);
});

const routes = () => [
  { by: 'EMAIL', to: 'clerk@council.example' },
  { by: 'WEBHOOK', to: receiver.url() },
];
const order = () => ({
  committee: 'hosc',
  every: 'MONTH',
  firstDay: earlier,
  daysAfterPeriod: 0,
  reader: 'PUBLIC',
  recipient: 'The clerk',
  deliverTo: routes(),
  formats: ['HTML', 'CSV'],
});
let first: Issued;

describe('a standing order', () => {
  it('is refused with an address that nothing could be delivered to', async () => {
    for (const [by, to] of [
      ['EMAIL', 'The clerk <clerk@council.example>'],
      ['WEBHOOK', 'http://council.example/logs'],
      ['WEBHOOK', 'https://user:secret@council.example/logs'],
    ]) {
      const refusal = refusalIn(
        await record('PlaceStandingOrder', 'monthly', earlier, { ...order(), deliverTo: [{ by, to }] }),
      );
      expect([refusal['code'], refusal['field']]).toEqual(['INPUT', 'data.deliverTo[0].to']);
    }
  });
  it('is placed by governance officers, and makes the logs of every period due that has ended', async () => {
    const { after } = await recorded('PlaceStandingOrder', 'monthly', earlier, order());
    expect(await due(after)).toEqual([
      { firstDay: earlier, dueOn: addDays(lastMonth, -1), isDue: true, reason: 'at the end of the period' },
      { firstDay: lastMonth, dueOn: addDays(thisMonth, -1), isDue: true, reason: 'at the end of the period' },
      expect.objectContaining({ firstDay: thisMonth, isDue: false }),
    ]);
  });
  it('shows its addresses to those who issue logs, and not to readers', async () => {
    const query = `{ standingOrders(committee: "hosc") { totalCount edges { node {
      recipient every committee { name } deliverTo { by to } formats } } } }`;
    const of = async (roles: readonly string[]) => JSON.stringify(dataOf(await ask(roles, query)));
    expect(await of(SCRUTINY)).toContain('clerk@council.example');
    expect(await of(['reader'])).toContain('"deliverTo":null');
    const told = JSON.stringify(
      dataOf(await ask(['reader'], '{ history(of: "standingOrder/monthly") { edges { node { sentence } } } }')),
    );
    expect(told).toContain('delivered by e-mail and by webhook');
    expect(told).not.toMatch(/council\.example|127\.0\.0\.1/);
  });
});

describe('what is due', () => {
  it('is for those who issue logs', async () => {
    const refused = [
      await ask(['reader'], '{ dueDecisionLogs { reason } }'),
      await ask(['auditor'], 'mutation { issueDueDecisionLogs { code } }'),
      await issue(['auditor'], 'recipient: "x"'),
    ];
    expect(refused.map((answer) => refusalIn(answer)['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  });

  it('is delivered and then recorded as issued; who refused it is outstanding', async () => {
    receiver.replies.push(403);
    const [outcome] = await issueDue();
    first = outcome?.issued as Issued;
    expect(first.files.map(({ name }) => name)).toContain('decision-log.html');
    expect(first.delivered.map(({ by, to }) => [by, to])).toEqual([['EMAIL', 'clerk@council.example']]);
    expect(first.outstanding.map(({ by, to }) => [by, to])).toEqual([['WEBHOOK', receiver.url()]]);
    expect(first.outstanding[0]?.why).toBe('the receiver did not accept it');
    const [letter] = await post.letters();
    const digests = letter?.attachments.map(({ filename, content }) => [
      filename,
      createHash('sha256')
        .update(Buffer.from(content as ArrayBuffer))
        .digest('hex'),
    ]);
    expect(digests).toEqual(first.files.map(({ name, sha256 }) => [name, sha256]));
    expect(letter?.text).toContain('https://register.example.org/decision-logs/');
    const html = await send(OFFICER, `/decision-logs/${first.id.slice('decisionLog/'.length)}.html`);
    expect(html.headers.get('decision-log-as-issued')).toBe('true');
    expect(await html.text()).toContain('Decision one');
    expect((await due())[0]).toMatchObject({
      firstDay: earlier,
      isDue: true,
      reason: `delivery to ${receiver.url()} outstanding`,
    });
  });

  it('is delivered again as the very same log, and recorded then', async () => {
    const [outcome] = await issueDue();
    expect(outcome?.issued).toMatchObject({ id: first.id, files: first.files, outstanding: [] });
    expect(outcome?.issued?.delivered).toMatchObject([{ by: 'WEBHOOK', to: receiver.url() }]);
    const [refused, taken] = receiver.received;
    expect(taken?.headers['webhook-id']).toBe(refused?.headers['webhook-id']);
    expect(taken?.body.equals(refused?.body ?? Buffer.alloc(0))).toBe(true);
    const types = (await api.runtime.store.readStream(first.id)).map(({ type }) => type);
    expect(types).toEqual(['DecisionLogIssued', 'DecisionLogDelivered']);
    expect((await due()).map(({ firstDay, isDue }) => [firstDay, isDue])).toEqual([
      [lastMonth, true],
      [thisMonth, false],
    ]);
  });

  it('is not issued where nobody accepts it: nothing is recorded', async () => {
    const head = await api.runtime.store.head();
    receiver.replies.push(410);
    post.fates.push('refuse');
    const [outcome] = await issueDue();
    expect(outcome).toMatchObject({ code: 'LOG_NOT_DELIVERED', issued: null });
    expect(outcome?.message).toMatch(
      /was not issued: clerk@council\.example did not accept it \(.*; https.* did not accept it \(the receiver did not accept it\)/,
    );
    expect(await api.runtime.store.head()).toBe(head);
    expect((await due())[0]).toMatchObject({ firstDay: lastMonth, isDue: true });
  });

  it('is issued once where two ask for it at once', async () => {
    const both = (await Promise.all([issueDue(), issueDue()])).flat();
    expect(both.filter((outcome) => outcome.issued !== null)).toHaveLength(1);
    expect((await due()).filter(({ isDue }) => isDue)).toEqual([]);
  });

  it('is due again once the log was withdrawn', async () => {
    const { after } = await recorded('WithdrawDecisionLog', first.id, londonDay(Date.now()), { reason: 'Wrong.' });
    expect((await due(after))[0]).toMatchObject({ firstDay: earlier, isDue: true, reason: 'at the end of the period' });
    const address = `/decision-logs/${first.id.slice('decisionLog/'.length)}.html`;
    expect(await (await send(OFFICER, address)).text()).toContain('This log has been withdrawn: Wrong.');
    expect((await send(OFFICER, `${address}?exactly=true`)).headers.get('decision-log-as-issued')).toBe('true');
  });
});

describe('a log that is issued by itself', () => {
  it('corrects an issued one in its place: marked, under the same order', async () => {
    const [taken] = (await api.runtime.store.readStream('decision/one')).map(({ id }) => id);
    const takenOn = addDays(earlier, 4);
    const data = { title: 'Decision one, corrected', takenOn, organisation: 'gcc', reference: 'R-one' };
    const why = { kind: 'ERROR', reason: 'The minutes say so.' };
    await recorded('TakeDecision', 'one', takenOn, data, { corrects: taken, why });
    const corrected = await issued(SCRUTINY, `recipient: "The clerk", replaces: "${first.id}"`);
    const html = await send(OFFICER, `/decision-logs/${corrected.id.slice('decisionLog/'.length)}.html`);
    expect(html.headers.get('decision-log-as-issued')).toBe('true');
    const text = await html.text();
    expect(text).toContain('This is a corrected log');
    expect(text).toContain('The minutes say so.');
    expect((await due(corrected.receipt.after)).filter(({ isDue }) => isDue)).toEqual([]);
    const query = `{ issuedDecisionLog(id: "${corrected.id}") { issuedDecisionLog {
      standingOrder { id: subject } replaces { id: subject } } } }`;
    const answer = dataOf<{ issuedDecisionLog: unknown }>(await ask(OFFICER, query));
    expect(answer.issuedDecisionLog).toEqual({
      issuedDecisionLog: { standingOrder: { id: 'standingOrder/monthly' }, replaces: { id: first.id } },
    });
  });

  it('is the same log where the same command, or the same question on the same basis, is sent again', async () => {
    const once = await issued(SCRUTINY, 'commandId: "c-1", recipient: "The chair"');
    const twice = await issued(SCRUTINY, 'commandId: "c-1", recipient: "The chair"');
    const other = await issued(SCRUTINY, 'commandId: "c-2", recipient: "The chair"');
    expect([once.receipt.alreadyRecorded, twice.receipt.alreadyRecorded]).toEqual([false, true]);
    expect(twice).toMatchObject({ id: once.id, files: once.files });
    expect(other.id).not.toBe(once.id);
    const known = `asKnownAt: "${once.receipt.position - 1}", recipient: "The chair"`;
    expect(await issued(SCRUTINY, known)).toMatchObject({ id: once.id, receipt: { alreadyRecorded: true } });
  });

  it('is not found under the command id of somebody else', async () => {
    const theirs = await issued(OFFICER, 'commandId: "c-3", reader: OFFICERS, recipient: "The chair of c-3"');
    const own = await issued(SCRUTINY, 'commandId: "c-3", recipient: "The chair of c-3"');
    expect([own.receipt.alreadyRecorded, own.id === theirs.id]).toEqual([false, false]);
    expect(own.files).not.toEqual(theirs.files);
    const again = await issued(SCRUTINY, 'commandId: "c-3", recipient: "The chair of c-3"');
    expect(again).toMatchObject({ id: own.id, files: own.files, receipt: { alreadyRecorded: true } });
  });

  it('holds what is withheld only where whoever issues it sees that', async () => {
    expect(refusalIn(await issue(SCRUTINY, 'reader: OFFICERS'))['code']).toBe('FORBIDDEN');
    expect((await issued(OFFICER, 'reader: OFFICERS')).receipt.alreadyRecorded).toBe(false);
  });

  it.each([
    ['a route that is none', 'recipient: "x"', [{ by: 'EMAIL', to: 'nobody' }], 'ROUTE_ADDRESS', 'deliverTo[0].to'],
    ['a log that was never issued', 'replaces: "nope"', [], 'LOG_UNKNOWN', 'replaces'],
    ['a recipient that cannot be kept', `recipient: "${'x'.repeat(301)}"`, routesNowhere(), 'INPUT', 'data.recipient'],
    ['what is still to come', 'asKnownAt: "2999-01-01"', [], 'LOG_KNOWN_AT_AHEAD', 'asKnownAt'],
  ])('is refused before anything is made or delivered: %s', async (_what, args, deliverTo, code, field) => {
    const [head, calls] = [await api.runtime.store.head(), receiver.received.length];
    const refusal = refusalIn(await issue(OFFICER, args, deliverTo));
    expect([refusal['code'], refusal['field']]).toEqual([code, field]);
    expect([await api.runtime.store.head(), receiver.received.length]).toEqual([head, calls]);
  });

  it('is not delivered later where it can no longer be made as it was issued', async () => {
    receiver.replies.push(403);
    const partly = await issued(OFFICER, 'recipient: "Everybody"', routes());
    expect(partly.outstanding).toHaveLength(1);
    const classed = { disclosure: 'EXEMPT', ground: 'LGA_12A_3' };
    await recorded('ClassifyDecision', 'one', londonDay(Date.now()), classed);
    const calls = receiver.received.length;
    expect(await issueDue()).toEqual([expect.objectContaining({ code: 'LOG_NOT_AS_ISSUED', issued: null })]);
    expect(receiver.received).toHaveLength(calls);
    await recorded('WithdrawDecisionLog', partly.id, londonDay(Date.now()), { reason: 'It said too much.' });
  });

  it('leaves others their turn while it is made', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    await issued(OFFICER, 'recipient: "A reader"');
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('a log that was accepted and could not be recorded', () => {
  const actor: Actor = { id: 'o1', roles: OFFICER, vouchedBy: 'test' };
  const ordered = () => ({
    for: 'hosc',
    from: earlier,
    to: addDays(lastMonth, -1),
    formats: ['html' as const],
    recipient: 'Nobody yet',
    deliverTo: [{ by: 'WEBHOOK' as const, to: receiver.url('/crash') }],
    now: Date.now(),
  });
  /** Issuing over the running register, with a door that refuses so many times. */
  const issuing = (refusing: number): LogIssuing => {
    const { register, store } = api.runtime;
    let refused = 0;
    return new LogIssuing({
      register,
      store,
      source: (now) => ({
        register,
        store,
        readEvent: eventReader(),
        disclose: disclosing(register, store, now),
        known: knowing(register, store, now),
      }),
      deliverer: delivererFrom({
        mailServer: undefined,
        mailSender: undefined,
        webhookKeys: [Buffer.alloc(32, 7)],
        webhookAllow: ['127.0.0.1'],
      }),
      check: (command, data) => void validated(command, data),
      record: async ({ id, command, commandId, data, effectiveOn }, by) => {
        if (refused++ < refusing) throw new Refusal('OVERLOADED', 'too much at once');
        const steps = [{ command, data, effectiveOn }];
        return new SubmitHandler(store).execute(new Submit({ aggregate: 'decisionLog', id, commandId, steps }, by));
      },
      settled: async () => void (await register.waitFor(await store.head(), 10_000)),
      release: 'test',
    });
  };

  it('is said to be so, and delivered once more with the same id where nothing was recorded since', async () => {
    const head = await api.runtime.store.head();
    const { length } = receiver.received;
    await expect(issuing(99).issue(ordered(), actor)).rejects.toMatchObject({ code: 'DELIVERED_NOT_RECORDED' });
    expect(await api.runtime.store.head()).toBe(head);
    const again = await issuing(0).issue(ordered(), actor);
    expect(again.receipt.alreadyRecorded).toBe(false);
    const [first_, second] = receiver.received.slice(length);
    expect(second?.headers['webhook-id']).toBe(first_?.headers['webhook-id']);
    expect(second?.body.equals(first_?.body ?? Buffer.alloc(0))).toBe(true);
  });

  it('is recorded once the store has time for it', async () => {
    const { length } = receiver.received;
    const busy = await issuing(2).issue({ ...ordered(), recipient: 'Somebody else' }, actor);
    expect(busy.receipt.alreadyRecorded).toBe(false);
    expect(receiver.received).toHaveLength(length + 1);
  });
});

function routesNowhere(): readonly object[] {
  return [{ by: 'WEBHOOK', to: 'https://127.0.0.1:9/never-asked' }];
}
