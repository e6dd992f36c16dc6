import type { Outcome } from './attempts.js';
import { printable } from './wording.js';

/** What is known of a connection that failed, whoever threw it. */
interface Trouble {
  readonly message?: unknown;
  readonly code?: unknown;
  /** The system's own code where a library has put its own in `code`. */
  readonly originalCode?: unknown;
}

const IN_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'no such host is known',
  EAI_AGAIN: 'the name server does not answer',
  ETIMEDOUT: 'there is no answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** Certificates and versions of TLS do not mend themselves within a minute. */
const TLS = /CERT|SELF_SIGNED|ALTNAME|^UNABLE_TO_|^EPROTO$|^ERR_SSL|^ERR_TLS/;

/** How a try ended whose connection failed: no for good where the other side cannot prove who it is, else for later. */
export const troubleInWords = (thrown: unknown, name: string): Outcome => {
  const { message, code, originalCode } = (thrown ?? {}) as Trouble;
  if (code === 'RECEIVER_INSIDE') {
    return {
      kind: 'refused',
      because: said(message),
      remedy: 'where it is to be reached all the same, whoever runs the register adds it to WEBHOOK_ALLOW',
    };
  }
  const codes = [originalCode, code].filter((each) => typeof each === 'string');
  if (codes.some((each) => TLS.test(each))) {
    return {
      kind: 'refused',
      because: `${name} cannot be talked to in secret: ${tlsInWords(codes, said(message))}`,
      remedy: 'NODE_EXTRA_CA_CERTS names a file with certificates of an authority of your own',
    };
  }
  if (codes.some((each) => each.startsWith('HPE_'))) {
    return { kind: 'later', because: `${name} answered something that is not HTTP` };
  }
  const known = codes.map((each) => IN_WORDS[each]).find((words) => words !== undefined);
  return { kind: 'later', because: `${name} could not be talked to: ${known ?? said(message)}` };
};

const said = (message: unknown): string =>
  typeof message === 'string' ? printable(message, 120) : 'no reason is known';

function tlsInWords(codes: readonly string[], found: string): string {
  const is = (pattern: RegExp): boolean => codes.some((code) => pattern.test(code));
  if (is(/CERT_HAS_EXPIRED/)) return 'its certificate has expired, needed one that is valid';
  if (is(/ALTNAME/)) return 'its certificate is for another name, needed one for the name it is asked by';
  if (is(/SELF_SIGNED|^UNABLE_TO_/))
    return 'its certificate is of an authority that is not trusted, needed one that is';
  if (is(/WRONG_VERSION|^EPROTO$/)) return `needed TLS, found something else (${found})`;
  return `needed TLS, found: ${found}`;
}
