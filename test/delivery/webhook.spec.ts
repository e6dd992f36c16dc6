import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { ON_THIS_MACHINE } from '../../libs/decision-log/src/delivery/attempts.js';
import { Refusal } from '#kernel';
import { delivererFrom, type Delivered, type TellOperator } from '../../libs/decision-log/src/delivery/delivery.js';
import { MOST_CONTENT } from '../../libs/decision-log/src/delivery/webhook-message.js';
import { selfSigned } from '../eventstoredb/server.mjs';
import { FILES, PARCEL, hurried, sha256 } from './parcel.js';
import { Receiver, type Reply } from './web-server.js';

const KEYS = [Buffer.alloc(32, 7), Buffer.alloc(24, 9)];
const secret = (key: Buffer): string => `whsec_${key.toString('base64')}`;

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
});
afterAll(() => receiver.stop());
afterEach(() => {
  for (const list of [receiver.replies, receiver.received, receiver.kept]) list.length = 0;
});

const configuration = (webhookKeys: readonly Buffer[] = KEYS.slice(0, 1)) => ({
  mailServer: undefined,
  mailSender: undefined,
  webhookKeys,
  webhookAllow: ['127.0.0.0/8'],
});
const deliver = async (circumstances = hurried(), parcel = PARCEL, to = receiver.url()): Promise<Delivered> =>
  overheard((tell) => delivererFrom(configuration(), tell, circumstances).deliver(parcel, { by: 'WEBHOOK', to }));

/** What a delivery comes to; where a receiver did not accept it, as the operator is told, once whoever asked was told nothing of it. */
const overheard = async (delivering: (tell: TellOperator) => Promise<Delivered>): Promise<Delivered> => {
  const told: string[] = [];
  return delivering(({ why }) => void told.push(why)).catch((thrown: unknown) => {
    if (told.length === 0) throw thrown;
    expect(thrown).toEqual(refusal('DELIVERY_FAILED', /^the receiver did not accept it$/));
    throw new Refusal('DELIVERY_FAILED', told.join());
  });
};
const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

interface Body {
  readonly type: string;
  readonly data: {
    readonly files: readonly {
      name: string;
      type: string;
      bytes: number;
      sha256: string;
      content?: string;
      link?: string;
    }[];
  };
}

describe('posting a parcel', () => {
  it('brings every file, its digest true, and says what was answered', async () => {
    receiver.replies.push({ status: 202, reason: 'Taken' });
    const delivered = await deliver();
    expect(delivered).toMatchObject({ by: 'WEBHOOK', to: receiver.url(), receipt: 'HTTP 202 Taken' });
    expect(delivered.at).toMatch(/^20\d\d-.*\.\d{3}Z$/);
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = receiver.kept;
    expect(headers['content-type']).toBe('application/json');
    const { type, data } = JSON.parse(body.toString()) as Body;
    expect(type).toBe('decision-log.issued');
    expect(data).toMatchObject({ id: PARCEL.id, title: PARCEL.title, text: PARCEL.text, facts: PARCEL.facts });
    expect(data.files.map((file) => [file.name, file.type, file.bytes])).toEqual(
      FILES.map((file) => [file.name, file.type, file.bytes.length]),
    );
    for (const file of data.files) expect(sha256(Buffer.from(file.content ?? '?', 'base64'))).toBe(file.sha256);
  });

  it('signs so that Standard Webhooks verifies it, and nothing else', async () => {
    await deliver();
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = receiver.kept;
    const given = headers as Record<string, string>;
    expect(new Webhook(secret(KEYS[0] as Buffer)).verify(body.toString(), given)).toHaveProperty('data.id', PARCEL.id);
    expect(() => new Webhook(secret(KEYS[1] as Buffer)).verify(body.toString(), given)).toThrow(/No matching/);
    expect(() => new Webhook(secret(KEYS[0] as Buffer)).verify(`${body.toString()} `, given)).toThrow(/No matching/);
  });

  it('signs with both secrets while one takes the place of the other', async () => {
    await delivererFrom(configuration(KEYS), undefined, hurried()).deliver(PARCEL, {
      by: 'WEBHOOK',
      to: receiver.url(),
    });
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = receiver.kept;
    for (const key of KEYS) {
      expect(() => new Webhook(secret(key)).verify(body.toString(), headers as Record<string, string>)).not.toThrow();
    }
  });

  it('sends a link and no content for a file that has a link', async () => {
    const links = { 'decision-log.pdf': 'https://register.example.org/decision-logs/1.pdf' };
    await deliver(hurried(), { ...PARCEL, facts: { ...PARCEL.facts, links } });
    const { data } = JSON.parse(receiver.kept[0]?.body.toString() ?? '') as Body;
    expect(data.files.map(({ link, content }) => [link, content === undefined])).toEqual([
      [links['decision-log.pdf'], true],
      [undefined, false],
      [undefined, false],
      [undefined, false],
    ]);
  });

  it('refuses more content than a body may have, unless it is linked', async () => {
    const bytes = new Uint8Array(MOST_CONTENT + 1);
    const files = [{ name: 'a.pdf', type: 'application/pdf', bytes, sha256: sha256(bytes) }];
    await expect(deliver(hurried(), { ...PARCEL, files })).rejects.toEqual(
      refusal('DELIVERY_REFUSED', /the files have 10\.0 MB: needed at most 10\.0 MB/),
    );
    expect(receiver.received).toHaveLength(0);
    await deliver(hurried(), { ...PARCEL, files, facts: { links: { 'a.pdf': 'https://x.example/a.pdf' } } });
    expect(receiver.kept).toHaveLength(1);
  });

  it('goes over TLS to whoever can prove its name, and to nobody else', async () => {
    const tls = selfSigned();
    const secured = await Receiver.start(tls);
    const to = secured.url('/', 'https');
    await expect(deliver(hurried(5_000, tls.cert), PARCEL, to)).resolves.toHaveProperty(
      'receipt',
      'HTTP 204 No Content',
    );
    await expect(deliver(hurried(), PARCEL, to)).rejects.toEqual(
      refusal(
        'DELIVERY_FAILED',
        /^https:\/\/127\.0\.0\.1:\d+ cannot be talked to in secret: its certificate is of an authority that is not trusted/,
      ),
    );
    expect(secured.kept).toHaveLength(1);
    const plain = await Receiver.start(null);
    await expect(deliver(hurried(), PARCEL, plain.url('/'))).rejects.toEqual(
      refusal('DELIVERY_FAILED', /needed TLS, found something else/),
    );
    await Promise.all([secured.stop(), plain.stop()]);
  });

  it('sends nothing where no secret is set, and says which variable and how', async () => {
    await expect(
      delivererFrom(configuration([]), undefined, hurried()).deliver(PARCEL, { by: 'WEBHOOK', to: receiver.url() }),
    ).rejects.toEqual(
      refusal(
        'DELIVERY_NOT_CONFIGURED',
        /^WEBHOOK_SECRET is not set: needed whsec_.*for example WEBHOOK_SECRET=whsec_/,
      ),
    );
  });

  it.each([
    'http://council.gov.uk/logs',
    'http://127.0.0.1:1/',
    'https://user:secret@council.gov.uk/',
    'ftp://council.gov.uk/',
  ])('sends nothing to %s, even where it was recorded', async (to) => {
    await expect(deliver(hurried(), PARCEL, to)).rejects.toEqual(refusal('DELIVERY_REFUSED', /^deliverTo /));
  });
});

describe('being told not now', () => {
  it.each<[Reply]>([[408], [425], [429], [500], [501], [503], ['cut'], ['garbage']])(
    'tries again after %p, with the same id and a fresh signature',
    async (reply) => {
      receiver.replies.push(reply, reply);
      const circumstances = hurried();
      await deliver(circumstances);
      const headers = receiver.received.map((request) => request.headers as Record<string, string>);
      expect(headers).toHaveLength(3);
      expect(new Set(headers.map((each) => each['webhook-id'])).size).toBe(1);
      expect(new Set(headers.map((each) => each['webhook-timestamp'])).size).toBe(3);
      expect(new Set(headers.map((each) => each['webhook-signature'])).size).toBe(3);
      expect(circumstances.waited).toEqual([2_000, 6_000]);
    },
  );

  it('gives up after five tries, within about a minute, with the last answer', async () => {
    receiver.replies.push(500, 500, 500, 500, 503, 200);
    const circumstances = hurried();
    await expect(deliver(circumstances)).rejects.toEqual(
      refusal(
        'DELIVERY_FAILED',
        /^https:\/\/127\.0\.0\.1:\d+ answered HTTP 503 Service Unavailable \(5 tries\): needed/,
      ),
    );
    expect(receiver.received).toHaveLength(5);
    expect(circumstances.waited.reduce((sum, ms) => sum + ms)).toBe(53_000);
  });

  it('does not wait for an answer for ever', async () => {
    receiver.replies.push('hang');
    await deliver(hurried(300));
    expect(receiver.received).toHaveLength(2);
  });

  it('waits as long as it is asked to, up to a minute', async () => {
    receiver.replies.push({ status: 429, headers: { 'retry-after': '40' } });
    const circumstances = hurried();
    await deliver(circumstances);
    expect(circumstances.waited).toEqual([40_000]);
  });

  it('waits until the moment it is asked to', async () => {
    const circumstances = hurried();
    const then = new Date(circumstances.now() + 30_000).toUTCString();
    receiver.replies.push({ status: 503, headers: { 'retry-after': then } });
    await deliver(circumstances);
    expect(circumstances.waited[0]).toBeGreaterThan(28_000);
    expect(circumstances.waited[0]).toBeLessThanOrEqual(30_000);
  });

  it('takes a moment that is nonsense or over for none', async () => {
    receiver.replies.push(
      { status: 503, headers: { 'retry-after': 'soon' } },
      { status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } },
    );
    const circumstances = hurried();
    await deliver(circumstances);
    expect(circumstances.waited).toEqual([2_000, 6_000]);
  });

  it('leaves it to a later run where it is asked to wait longer', async () => {
    receiver.replies.push({ status: 503, headers: { 'retry-after': '3600' } });
    await expect(deliver()).rejects.toEqual(refusal('DELIVERY_FAILED', /HTTP 503 .*\(1 try\)/));
    expect(receiver.received).toHaveLength(1);
  });

  it('says that nothing listens there', async () => {
    const gone = await Receiver.start();
    const to = gone.url();
    await gone.stop();
    await expect(deliver(hurried(), PARCEL, to)).rejects.toEqual(
      refusal('DELIVERY_FAILED', /could not be talked to: nothing listens there \(5 tries\)/),
    );
  });
});

describe('being told no', () => {
  it.each([
    [400, /answered HTTP 400 Bad Request$/],
    [401, /answered HTTP 401 Unauthorized$/],
    [404, /answered HTTP 404 Not Found$/],
    [410, /answered HTTP 410 Gone: the receiver is gone/],
    [413, /answered HTTP 413/],
  ])('does not try again after %d', async (status, message) => {
    receiver.replies.push(status);
    await expect(deliver()).rejects.toEqual(refusal('DELIVERY_FAILED', message));
    expect(receiver.received).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect (%d)', async (status) => {
    receiver.replies.push({ status, headers: { location: receiver.url('/elsewhere') } });
    await expect(deliver()).rejects.toEqual(refusal('DELIVERY_FAILED', /which names another address: needed/));
    expect(receiver.received).toHaveLength(1);
  });

  it('shows no path of the address, which may hold a secret, and nothing that is not printable', async () => {
    receiver.replies.push({ status: 400, reason: `no\t${'very '.repeat(100)}` });
    const thrown = await deliver(hurried(), PARCEL, receiver.url('/hooks/hush-hush?token=hush')).catch(String);
    expect(thrown).not.toContain('hush');
    expect(thrown).toMatch(/answered HTTP 400 no very very/);
    expect(thrown).not.toMatch(/\t/);
    expect(String(thrown).length).toBeLessThan(300);
  });
});

describe('reading an answer', () => {
  it('reads no more than it needs', async () => {
    receiver.replies.push('endless');
    await expect(deliver()).resolves.toHaveProperty('receipt', 'HTTP 200 OK');
  });
});

describe('stopping', () => {
  it('lets a try under way end, and begins no other', async () => {
    receiver.replies.push(503, 503);
    const told: string[] = [];
    const deliverer = delivererFrom(configuration(), (trouble) => void told.push(trouble.why), {
      ...hurried(),
      wait: ON_THIS_MACHINE.wait,
    });
    const delivery = deliverer.deliver(PARCEL, { by: 'WEBHOOK', to: receiver.url() });
    const outcome = expect(delivery).rejects.toEqual(refusal('DELIVERY_FAILED', /^the receiver did not accept it$/));
    while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await deliverer.close();
    await outcome;
    expect(receiver.received).toHaveLength(1);
    await expect(deliverer.deliver(PARCEL, { by: 'WEBHOOK', to: receiver.url() })).rejects.toEqual(
      refusal('DELIVERY_FAILED', /did not accept/),
    );
    expect(told).toEqual([
      expect.stringMatching(/^the program is stopping \(1 try\)/),
      expect.stringMatching(/stopping/),
    ]);
  });
});
