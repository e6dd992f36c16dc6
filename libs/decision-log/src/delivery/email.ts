import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { MailServer } from '#access';
import type { Circumstances, Outcome } from './attempts.js';
import type { Email } from './email-message.js';
import { troubleInWords } from './trouble.js';
import { megabytes, printable } from './wording.js';

/**
 * A mail server may look through a message at length before it answers; given up too early, it would be sent again though
 * it was taken. Waiting for it takes this many times as long as for other answers.
 */
const LOOKING = 6;
/** A whole try may take this many times as long as an answer, however often the server says that it is still there. */
const WHOLE = 18;

/** An error of nodemailer: the server's answer where there was one. */
interface MailTrouble {
  readonly message: string;
  readonly code?: string;
  readonly originalCode?: string;
  readonly response?: string;
  readonly responseCode?: number;
  /** What the server was asked, `RCPT TO`. */
  readonly command?: string;
}

/** One try to hand an e-mail to the server. A connection is used once. */
export const send = async (server: MailServer, email: Email, circumstances: Circumstances): Promise<Outcome> => {
  const { default: SmtpConnection } = await import('nodemailer/lib/smtp-connection');
  const connection = new SmtpConnection(connectionOptions(server, email, circumstances));
  // An error of the connection ends the step that is being waited for; after the last one it ends nothing.
  let fail: (trouble: unknown) => void = () => undefined;
  connection.on('error', (trouble) => fail(trouble));
  const end = setTimeout(() => fail({ message: '', code: 'ETIMEDOUT' }), circumstances.answerMs * WHOLE);
  const step = <Value>(run: (done: (trouble?: unknown, value?: Value) => void) => void): Promise<Value | undefined> =>
    new Promise((resolve, reject) => {
      fail = reject;
      run((trouble, value) => (trouble ? reject(trouble) : resolve(value)));
    });
  try {
    await step((done) => connection.connect(done));
    const { login } = server;
    if (login) await step((done) => connection.login({ user: login.user, pass: login.password }, done));
    const envelope = { from: email.from, to: [email.to], size: email.bytes.length };
    const sent = await step<{ response: string }>((done) => connection.send(envelope, email.bytes, done));
    connection.quit();
    setTimeout(() => connection.close(), circumstances.answerMs).unref();
    return { kind: 'accepted', receipt: printable(sent?.response ?? '') };
  } catch (trouble) {
    connection.close();
    return outcomeOf(trouble as MailTrouble, server, email);
  } finally {
    clearTimeout(end);
  }
};

function connectionOptions(server: MailServer, email: Email, circumstances: Circumstances): SMTPConnectionOptions {
  const { answerMs, authorities } = circumstances;
  return {
    host: server.host,
    port: server.port,
    secure: server.tls === 'AT_ONCE',
    requireTLS: server.tls === 'STARTTLS',
    ignoreTLS: server.tls === 'NEVER',
    // The name of this machine is nobody's business.
    name: email.from.slice(email.from.lastIndexOf('@') + 1),
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    dnsTimeout: answerMs,
    socketTimeout: answerMs * LOOKING,
    socketCloseTimeout: 1_000,
    ...(authorities === undefined ? {} : { tls: { ca: authorities } }),
  };
}

/** What went wrong, in words: a 4yz answer and a broken connection are for later, a 5yz answer is a no. */
function outcomeOf(trouble: MailTrouble, server: MailServer, email: Email): Outcome {
  const name = `the mail server ${server.host}:${server.port}`;
  const { response, responseCode = 0, command = '', code } = trouble;
  const answered = `${name} answered ${printable(response ?? '')}`;
  const limit = /^Message size larger than allowed (\d+)$/.exec(trouble.message)?.[1];
  if (limit !== undefined || responseCode === 552 || /^5\d\d[ -]5\.(3\.4|2\.3)/.test(response ?? '')) {
    const allows = limit === undefined ? answered : `${name} takes at most ${megabytes(Number(limit))}`;
    return {
      kind: 'refused',
      because: `${allows}; the e-mail with its files has ${megabytes(email.bytes.length)}`,
      remedy: 'choose fewer formats, or have the files fetched instead of sent',
    };
  }
  if (command === 'STARTTLS' && code === 'ETLS' && response !== undefined && responseCode !== 454) {
    return {
      kind: 'refused',
      because: `${name} offers no TLS (${printable(response)}): needed STARTTLS, since what is sent is not for others to read`,
      remedy: 'use a server with STARTTLS or smtps://; SMTP_URL says more in docs/operations.md',
    };
  }
  if (code === 'EAUTH' && (responseCode === 0 || responseCode >= 500)) {
    return {
      kind: 'refused',
      because: `${name} does not take the user name and password of SMTP_URL${response === undefined ? '' : ` (${printable(response)})`}`,
      remedy: 'look at SMTP_URL: special characters in a password are percent-encoded',
    };
  }
  // 503 says that the order of the conversation was lost, not that the message is refused.
  if (responseCode >= 500 && responseCode !== 503) {
    return { kind: 'refused', because: command === 'RCPT TO' ? `${answered} to ${email.to}` : answered };
  }
  if (response !== undefined) return { kind: 'later', because: answered };
  return troubleInWords(trouble, name);
}
