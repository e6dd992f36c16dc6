import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import type { MailServer } from '#access';
import { delivererFrom, deliveryId, type Delivered } from '../../libs/decision-log/src/delivery/delivery.js';
import { composed } from '../../libs/decision-log/src/delivery/email-message.js';
import { Post, TLS } from './mail-server.js';
import { FILES, PARCEL, hurried, sha256 } from './parcel.js';

const SENDER = { name: 'Board secretariat, “Gloucestershire”', address: 'register@example.org' };
const CLERK = 'clerk@council.gov.uk';

const deliverer = (mailServer: MailServer, circumstances = hurried()) =>
  delivererFrom({ mailServer, mailSender: SENDER, webhookKeys: [], webhookAllow: [] }, undefined, circumstances);
const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

let post: Post;
beforeAll(async () => {
  post = await Post.start({ hideSTARTTLS: true });
});
afterAll(() => post.stop());
afterEach(() => {
  for (const list of [post.kept, post.recipients, post.sessions, post.fates]) list.length = 0;
});
const deliver = (circumstances = hurried(), parcel = PARCEL, to = CLERK): Promise<Delivered> =>
  deliverer(post.address(), circumstances).deliver(parcel, { by: 'EMAIL', to });

/** One delivery to a server of its own. */
const through = async (
  options: SMTPServerOptions,
  reach: (server: Post) => MailServer,
  authorities?: string | Buffer,
): Promise<{ readonly delivered?: Delivered; readonly thrown?: unknown; readonly server: Post }> => {
  const server = await Post.start(options);
  try {
    const circumstances = hurried(5_000, authorities);
    const delivered = await deliverer(reach(server), circumstances).deliver(PARCEL, { by: 'EMAIL', to: CLERK });
    return { delivered, server };
  } catch (thrown) {
    return { thrown, server };
  } finally {
    await server.stop();
  }
};

describe('e-mailing a parcel', () => {
  it('brings the text and every file, byte for byte, with names and types', async () => {
    const delivered = await deliver();
    expect(delivered).toMatchObject({ by: 'EMAIL', to: CLERK, receipt: '250 queued as 4F1' });
    const [letter] = await post.letters();
    expect(letter?.subject).toBe(PARCEL.title);
    expect(letter?.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(PARCEL.text.trimEnd());
    expect(letter?.from).toEqual({ name: SENDER.name, address: SENDER.address });
    expect(letter?.to).toEqual([{ name: '', address: CLERK }]);
    expect(letter?.html).toBeUndefined();
    expect(letter?.attachments.map(({ filename, mimeType, disposition }) => [filename, mimeType, disposition])).toEqual(
      FILES.map(({ name, type }) => [name, type.split(';')[0], 'attachment']),
    );
    expect(letter?.attachments.map(({ content }) => sha256(Buffer.from(content as ArrayBuffer)))).toEqual(
      FILES.map((file) => file.sha256),
    );
  });

  it('says when it was written, by which id it is known, that a program wrote it, and nothing of this machine', async () => {
    const circumstances = hurried();
    await deliver(circumstances);
    const [letter] = await post.letters();
    expect(letter?.messageId).toMatch(/^<log_[0-9a-f]{32}@example\.org>$/);
    expect(Math.abs(Date.parse(letter?.date ?? '') - circumstances.now())).toBeLessThan(5_000);
    const header = Object.fromEntries(letter?.headers.map(({ key, value }) => [key, value]) ?? []);
    expect(header).toMatchObject({ 'auto-submitted': 'auto-generated', 'mime-version': '1.0' });
    expect(Object.keys(header).toSorted()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    expect(post.sessions[0]?.hostNameAppearsAs).toBe('example.org');
  });

  it('has the same id and the same bytes for the same log and recipient, and another id for every other', async () => {
    const id = (parcelId: string, to: string): string => deliveryId(parcelId, { by: 'EMAIL', to });
    const email = (parcelId: string, to: string) =>
      composed(PARCEL, { id: id(parcelId, to), to, sender: SENDER, date: 1_750_000_000_000 });
    expect((await email(PARCEL.id, CLERK)).bytes.equals((await email(PARCEL.id, CLERK)).bytes)).toBe(true);
    const ids = [id(PARCEL.id, CLERK), id(PARCEL.id, 'other@council.gov.uk'), id('HOSC-2025-02', CLERK)];
    expect(new Set(ids).size).toBe(3);
    for (const each of ids) {
      const letter = (await composed(PARCEL, { id: each, to: CLERK, sender: SENDER, date: 0 })).bytes.toString();
      expect(letter).toContain(`Message-ID: <${each}@example.org>\r\n`);
    }
  });

  it('lets nothing in a title or a file name make a header of its own', async () => {
    const injected = 'Log\r\nBcc: everybody@example.org\r\n\r\n<b>hello</b>\u0000\u202e';
    const files = [{ ...FILES[0], name: 'a.pdf"\r\nX-Evil: 1', type: 'application/pdf\r\nX-Evil: 2' }] as typeof FILES;
    await deliver(hurried(), { ...PARCEL, title: injected, files });
    const [letter] = await post.letters();
    expect(letter?.subject).toBe('Log Bcc: everybody@example.org <b>hello</b>');
    expect(letter?.bcc).toBeUndefined();
    expect(post.kept.toString()).not.toMatch(/^(X-Evil|Bcc)/m);
    expect(letter?.attachments).toHaveLength(1);
    expect(post.recipients).toEqual([[CLERK]]);
  });

  it.each(['a@x.org, b@x.org', 'A <a@x.org>', 'a@x.org\r\nRCPT TO:<b@x.org>', 'clerk', 'a@x.org>', ''])(
    'takes %j for no address, even where it was recorded',
    async (to) => {
      await expect(deliver(hurried(), PARCEL, to)).rejects.toEqual(
        refusal('DELIVERY_REFUSED', /needed one e-mail address/),
      );
      expect(post.sessions).toHaveLength(0);
    },
  );

  it('goes to an address in another script by the name that the name service has', async () => {
    const email = await composed(PARCEL, { id: 'log_1', to: 'clerk@bücher.example', sender: SENDER, date: 0 });
    expect(email.to).toBe('clerk@xn--bcher-kva.example');
    await deliver(hurried(), PARCEL, 'clerk@bücher.example');
    expect(post.recipients).toEqual([['clerk@bücher.example']]);
    expect(post.kept.toString()).toContain('\r\nTo: clerk@xn--bcher-kva.example\r\n');
  });

  it('sends nothing where no server is set, and says which variable and how', async () => {
    const nothing = delivererFrom(
      { mailServer: undefined, mailSender: undefined, webhookKeys: [], webhookAllow: [] },
      undefined,
      hurried(),
    );
    await expect(nothing.deliver(PARCEL, { by: 'EMAIL', to: CLERK })).rejects.toEqual(
      refusal('DELIVERY_NOT_CONFIGURED', /^SMTP_URL is not set: needed .*for example SMTP_URL=smtp:\/\//),
    );
  });
});

describe('keeping a conversation to oneself', () => {
  const login = { user: 'register', password: 'hush: ü@/' };
  const asked: SMTPServerOptions = {
    authOptional: false,
    onAuth: ({ username, password }, _session, go) =>
      username === login.user && password === login.password
        ? go(null, { user: username })
        : go(Object.assign(new Error('5.7.8 wrong'), { responseCode: 535 })),
  };

  it('turns to TLS before it says who it is', async () => {
    const { delivered, server } = await through(asked, (post) => post.address('STARTTLS', login), TLS.cert);
    expect(delivered?.receipt).toBe('250 queued as 4F1');
    expect(server.sessions.at(-1)).toMatchObject({ secure: true, user: 'register' });
  });

  it('begins with TLS where the server does', async () => {
    const { delivered } = await through({ ...asked, secure: true }, (post) => post.address('AT_ONCE', login), TLS.cert);
    expect(delivered?.receipt).toBe('250 queued as 4F1');
  });

  it('says that a password is wrong, and does not try it again or show it', async () => {
    const wrong = { user: 'register', password: 'not-this-one' };
    const { thrown, server } = await through(asked, (post) => post.address('STARTTLS', wrong), TLS.cert);
    expect(thrown).toEqual(
      refusal(
        'DELIVERY_REFUSED',
        /^the mail server 127\.0\.0\.1:\d+ does not take the user name and password of SMTP_URL \(535/,
      ),
    );
    expect(String(thrown)).not.toContain(wrong.password);
    expect(server.sessions).toHaveLength(1);
  });

  it('says nothing to a server without TLS', async () => {
    const { thrown, server } = await through({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }, (post) =>
      post.address('STARTTLS', login),
    );
    expect(thrown).toEqual(refusal('DELIVERY_REFUSED', /offers no TLS \(5\d\d .*\): needed STARTTLS/));
    expect(server.sessions).toHaveLength(1);
  });

  it.each<[MailServer['tls'], boolean]>([
    ['STARTTLS', false],
    ['AT_ONCE', true],
  ])('says nothing to a server that cannot prove who it is (%s)', async (how, secure) => {
    const { thrown, server } = await through({ secure }, (post) => post.address(how, login));
    expect(thrown).toEqual(
      refusal('DELIVERY_REFUSED', /cannot be talked to in secret: its certificate is of an authority/),
    );
    expect(server.kept).toHaveLength(0);
  });

  it('takes TLS where it is offered, and goes without where it need not be', async () => {
    const offered = await through({}, (post) => post.address('IF_OFFERED'), TLS.cert);
    expect(offered.server.sessions.at(-1)?.secure).toBe(true);
    const not = await through({ hideSTARTTLS: true }, (post) => post.address('IF_OFFERED'));
    expect([not.delivered?.by, not.server.sessions[0]?.secure]).toEqual(['EMAIL', false]);
  });
});

describe('being told not now by a mail server', () => {
  it.each(['later', 'cut'] as const)('tries again after "%s"', async (fate) => {
    post.fates.push(fate);
    const circumstances = hurried();
    await deliver(circumstances);
    expect([post.sessions.length, post.kept.length]).toEqual([2, 1]);
    expect(circumstances.waited).toEqual([2_000]);
  });

  it('sends the same bytes again where it was taken and the answer was lost', async () => {
    post.fates.push('lose');
    await deliver();
    const [first, again] = await post.letters();
    expect(post.kept.map(sha256)[0]).toBe(post.kept.map(sha256)[1]);
    expect(first?.messageId).toBe(again?.messageId);
  });

  it('does not listen for ever to a server that goes on and on', async () => {
    let connections = 0;
    const drips: NodeJS.Timeout[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (connections++ > 0) return socket.end('554 5.3.2 not today\r\n');
      socket.write('220 hello\r\n');
      drips.push(setInterval(() => socket.write('250-still here\r\n'), 10));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(
      deliverer({ host: '127.0.0.1', port, tls: 'NEVER', login: undefined }, hurried(40)).deliver(PARCEL, {
        by: 'EMAIL',
        to: CLERK,
      }),
    ).rejects.toEqual(refusal('DELIVERY_REFUSED', /answered 554 5\.3\.2 not today$/));
    drips.forEach(clearInterval);
    server.close();
  });

  it('says that nothing listens there', async () => {
    const gone = await Post.start();
    const server = gone.address();
    await gone.stop();
    await expect(deliverer(server).deliver(PARCEL, { by: 'EMAIL', to: CLERK })).rejects.toEqual(
      refusal(
        'DELIVERY_FAILED',
        /^the mail server 127\.0\.0\.1:\d+ could not be talked to: nothing listens there \(5 tries\)/,
      ),
    );
  });
});

describe('being told no by a mail server', () => {
  it('does not try again where the recipient is refused', async () => {
    post.fates.push('refuse');
    await expect(deliver()).rejects.toEqual(
      refusal('DELIVERY_REFUSED', /answered 550 5\.1\.1 no such mailbox to clerk@council\.gov\.uk$/),
    );
    expect([post.sessions.length, post.kept.length]).toEqual([1, 0]);
  });

  it('says how big the e-mail is and how big it may be', async () => {
    const said = await through({ size: 4_000 }, (server) => server.address());
    expect(said.thrown).toEqual(
      refusal('DELIVERY_REFUSED', /takes at most 0\.004 MB; the e-mail with its files has 0\.01\d MB/),
    );
    expect(said.thrown).toHaveProperty('detail.remedy', expect.stringMatching(/fewer formats/));
  });

  it('says how big the e-mail is where the server only says so when it has it', async () => {
    const late = await through({ size: 4_000, hideSize: true }, (server) => server.address());
    expect(late.thrown).toEqual(refusal('DELIVERY_REFUSED', /answered 552 .*; the e-mail with its files has/));
    expect(late.server.sessions).toHaveLength(1);
  });
});
