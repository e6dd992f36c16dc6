import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, connect } from 'node:tls';

/** Longest wait for a handshake, in milliseconds: a server that does not answer is somebody else's sentence. */
const HANDSHAKE_MS = 2_000;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** What is wrong with the file of an authority, in words that follow its name; undefined for nothing. */
export const authorityTrouble = (file: Buffer): string | undefined => {
  const found = file.toString('latin1').match(CERTIFICATE) ?? [];
  if (found.length === 0) return 'which is no certificate in PEM';
  for (const text of found) {
    try {
      const { validTo } = new X509Certificate(text);
      if (Date.parse(validTo) < Date.now()) return `whose certificate expired on ${validTo}`;
    } catch (thrown) {
      return `which is no certificate that can be read (${(thrown as Error).message})`;
    }
  }
  return undefined;
};

export interface Authority {
  readonly name: string;
  readonly certificate: Buffer;
}

/**
 * Why the certificate of a server is not taken, in words that follow "a server", asked in a handshake of its own: the client
 * tries again until its patience is over, and does not say. Null where it is taken, undefined where no server answers.
 */
export const certificateTrouble = (
  { address, port }: { readonly address: string; readonly port: number },
  authority: Authority | undefined,
): Promise<string | null | undefined> =>
  new Promise((resolve) => {
    const socket = connect({
      host: address,
      port,
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
      timeout: HANDSHAKE_MS,
      ...(authority && { ca: authority.certificate }),
      ...(isIP(address) === 0 && { servername: address }),
    });
    const say = (trouble: string | null | undefined): void => {
      socket.destroy();
      resolve(trouble);
    };
    socket.once('error', () => say(undefined)).once('timeout', () => say(undefined));
    socket.once('secureConnect', () => {
      const peer = socket.getPeerCertificate();
      const said = socket.authorizationError as unknown;
      const code = String((said as { code?: unknown } | undefined)?.code ?? said ?? '');
      if (code === '') say(checkServerIdentity(address, peer) ? mismatched(address) : null);
      else if (code === 'CERT_HAS_EXPIRED') say(expired(peer.valid_to, authority));
      else say(unvouched(code, authority));
    });
  });

const mismatched = (address: string): string =>
  `whose certificate is for other names than ${address}; tlsCAFile is right`;

const expired = (at: string, authority: Authority | undefined): string => {
  const vouched = authority ? `${authority.name} in tlsCAFile` : 'no tlsCAFile';
  return `whose certificate expired on ${at}, or that of its authority (${vouched}): it has to be renewed`;
};

const unvouched = (code: string, authority: Authority | undefined): string =>
  authority
    ? `whose certificate the authority in tlsCAFile, ${authority.name}, did not sign (${code})`
    : `whose certificate is signed by an authority that is not known here (${code}), and names no tlsCAFile`;
