import { isIP } from 'node:net';

/** A mail server, and how far it is trusted with what. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** When a connection turns to TLS: at once, by STARTTLS before anything else, by STARTTLS if the server has it, never. */
  readonly tls: 'AT_ONCE' | 'STARTTLS' | 'IF_OFFERED' | 'NEVER';
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

/** Who e-mails come from. */
export interface MailSender {
  /** Without control characters, quotes and angle brackets. */
  readonly name: string | undefined;
  readonly address: string;
}

/** Reads `smtp://user:password@host:587?requireTLS=…`. A password goes nowhere unencrypted but to this machine. */
export const mailServer = (text: string): MailServer | undefined => {
  if (!/^smtps?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port, pathname, hash, username, password, searchParams } = new URL(text);
  const [user, secret] = [decoded(username), decoded(password)];
  const asked = searchParams.get('requireTLS');
  if (
    !/^[\w.-]+$|^\[[0-9a-f:.]+\]$/i.test(hostname) ||
    port === '0' ||
    (pathname !== '' && pathname !== '/') ||
    hash !== '' ||
    [...searchParams.keys()].join() !== (asked === null ? '' : 'requireTLS') ||
    (asked !== null && asked !== 'true' && asked !== 'false') ||
    user === undefined ||
    secret === undefined ||
    (user === '') !== (secret === '')
  ) {
    return undefined;
  }
  const login = user === '' ? undefined : { user, password: secret };
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const address = (standard: number, tls: MailServer['tls']): MailServer => ({
    host,
    port: port === '' ? standard : Number(port),
    tls,
    login,
  });
  if (protocol === 'smtps:') return asked === 'false' ? undefined : address(465, 'AT_ONCE');
  if (isLoopback(host)) return address(587, asked === 'true' ? 'STARTTLS' : 'NEVER');
  if (asked === 'false') return login ? undefined : address(587, 'IF_OFFERED');
  return address(587, 'STARTTLS');
};

/** Reads `name@host` or `A name <name@host>`. */
export const mailSender = (text: string): MailSender | undefined => {
  const [, quoted, plain, bracketed, bare] =
    /^(?:(?:"([^"\\<>]*)"|([^"\\<>]*?))\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(text) ?? [];
  const address = bracketed ?? bare;
  const name = quoted ?? plain;
  if (address === undefined || !ADDRESS.test(address) || address.length > 254) return undefined;
  if (name !== undefined && (/\p{C}/u.test(name) || name.length > 200)) return undefined;
  return { name: name || undefined, address };
};

/** The living standard of HTML's address, which leaves out quotes and comments; with a label of a domain at least. */
const ADDRESS =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/** Reads one `whsec_…`, or two with white space between, as keys of 24 to 64 bytes. */
export const webhookKeys = (text: string): readonly Uint8Array[] | undefined => {
  const keys = text.split(/\s+/).map((secret) => {
    const written = /^whsec_([A-Za-z\d+/]+)={0,2}$/.exec(secret)?.[1];
    if (written === undefined) return undefined;
    const key = Buffer.from(written, 'base64');
    const isExact = key.toString('base64').replace(/=+$/, '') === written;
    return isExact && key.length >= 24 && key.length <= 64 ? key : undefined;
  });
  const known = keys.filter((key) => key !== undefined);
  return known.length === keys.length && keys.length <= 2 ? known : undefined;
};

/** Reads host names, addresses and ranges with commas between. */
export const insideAllowed = (text: string): readonly string[] | undefined => {
  const entries = text.split(',').map((part) => part.trim().toLowerCase());
  const isOne = (entry: string): boolean => {
    const [net = '', bits, ...more] = entry.split('/');
    const family = isIP(net);
    if (family === 0)
      return (
        /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/.test(entry) &&
        !/^[\d.]+$/.test(entry)
      );
    const most = family === 4 ? 32 : 128;
    return more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  };
  return entries.every(isOne) ? entries : undefined;
};

/**
 * Reads origins of web pages with commas between, each as browsers send it: a scheme, a host, a port where it is not the
 * scheme's own, and nothing behind. A page without TLS is one of this machine only; there is no "any".
 */
export const origins = (text: string): readonly string[] | undefined => {
  const entries = text.split(',').map((part) => part.trim());
  const isOrigin = (entry: string): boolean => {
    if (!URL.canParse(entry)) return false;
    const { protocol, hostname, origin } = new URL(entry);
    return origin === entry && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
  };
  return entries.every(isOrigin) && new Set(entries).size === entries.length ? entries : undefined;
};

/** 32 bytes in base64, exactly. */
export const receiptKey = (text: string): Uint8Array | undefined => {
  const key = Buffer.from(text, 'base64');
  return key.length === 32 && key.toString('base64') === text ? key : undefined;
};

export const httpUrl = (text: string): string | undefined =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;

export const issuerUrl = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.search || url.hash || url.username || url.password) return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? text : undefined;
};

/** True for an address that only this machine can reach. A host name other than localhost is never taken on trust. */
export const isLoopback = (host: string): boolean => {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
};

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
