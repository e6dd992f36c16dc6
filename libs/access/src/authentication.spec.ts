import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { authentication } from './authentication.js';
import { readConfiguration } from './configuration.js';
import type { TokenOutcome } from './oidc.js';

const AUDIENCE = 'decision-register';
const EVERYTHING_BUT_DATE = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** A small OpenID Connect issuer over real HTTP: discovery, keys, and whatever tokens a spec wants signed. */
class Issuer {
  published: SigningKey[] = [];
  fetches = 0;
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/realm`;
  }

  /** Opens on a free port; opened again, on the same. */
  async open(): Promise<this> {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/realm/.well-known/openid-configuration') {
        response.end(JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/keys` }));
      } else if (request.url === '/realm/keys') {
        this.fetches++;
        response.end(JSON.stringify({ keys: this.published.map(({ jwk }) => jwk) }));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(this.port, '127.0.0.1', listening));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed));
  }
}

const signingKey = async (kid: string = randomUUID()): Promise<SigningKey> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
};

const now = (): number => Math.floor(Date.now() / 1000);
const claimsOf = (issuer: Issuer, more: JWTPayload = {}): JWTPayload => ({
  iss: issuer.url,
  aud: AUDIENCE,
  sub: 'ann',
  iat: now(),
  exp: now() + 600,
  realm_access: { roles: ['governance-officer', 'uma_authorization', 'auditor'] },
  name: 'Ann Archer',
  ...more,
});
const sign = (key: SigningKey, claims: JWTPayload, header: object = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header }).sign(key.privateKey);
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const doorOf = (issuer: Issuer) =>
  authentication(
    readConfiguration({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, OIDC_ROLES_CLAIM: 'realm_access.roles' }),
  );
const bearing = (token: string) => ({ rawHeaders: ['Host', 'x', 'Authorization', `Bearer ${token}`], url: '/graphql' });

describe('telling who sends a request by their token', () => {
  const issuer = new Issuer();
  let key: SigningKey;
  let authenticate: ReturnType<typeof authentication>;
  const outcomeOf = (token: string): Promise<TokenOutcome> => authenticate(bearing(token));

  beforeAll(async () => {
    await issuer.open();
    key = await signingKey();
    issuer.published = [key];
    authenticate = doorOf(issuer);
  });
  afterAll(() => issuer.close());

  it('takes subject, name and the roles it knows from a good token, and nothing else', async () => {
    expect(await outcomeOf(await sign(key, claimsOf(issuer)))).toEqual({
      kind: 'actor',
      actor: { id: 'ann', name: 'Ann Archer', roles: ['governance-officer', 'auditor'], vouchedBy: issuer.url },
    });
  });

  it('gives no role where the claim is absent, a text, or of another shape', async () => {
    for (const realm_access of [
      undefined,
      'governance-officer',
      { roles: 'governance-officer' },
      { roles: { a: 1 } },
      [],
    ]) {
      const outcome = await outcomeOf(await sign(key, claimsOf(issuer, { realm_access })));
      expect(outcome).toMatchObject({ kind: 'actor', actor: { roles: [] } });
    }
  });

  it('takes the type at+jwt', async () => {
    expect((await outcomeOf(await sign(key, claimsOf(issuer), { typ: 'at+jwt' }))).kind).toBe('actor');
  });

  const bad: Record<string, () => Promise<string> | string> = {
    'with algorithm none': () => `${base64url({ alg: 'none', kid: key.kid })}.${base64url(claimsOf(issuer))}.`,
    'with HS256 and the public key as its secret': async () => {
      const signed = `${base64url({ alg: 'HS256', kid: key.kid })}.${base64url(claimsOf(issuer))}`;
      return `${signed}.${createHmac('sha256', await exportSPKI(key.publicKey))
        .update(signed)
        .digest('base64url')}`;
    },
    'signed by another key under the same kid': async () => sign(await signingKey(key.kid), claimsOf(issuer)),
    'of another issuer': () => sign(key, claimsOf(issuer, { iss: 'https://elsewhere.example.org' })),
    'of an issuer that begins with ours': () => sign(key, claimsOf(issuer, { iss: `${issuer.url}/` })),
    'for another audience': () => sign(key, claimsOf(issuer, { aud: 'payroll' })),
    'for no audience': () => sign(key, claimsOf(issuer, { aud: undefined })),
    'that has expired': () => sign(key, claimsOf(issuer, { iat: now() - 900, exp: now() - 60 })),
    'without an expiry': () => sign(key, claimsOf(issuer, { exp: undefined })),
    'without a time of issue': () => sign(key, claimsOf(issuer, { iat: undefined })),
    'issued three hours ago': () => sign(key, claimsOf(issuer, { iat: now() - 10_800 })),
    'not valid yet': () => sign(key, claimsOf(issuer, { nbf: now() + 120 })),
    'without a subject': () => sign(key, claimsOf(issuer, { sub: undefined })),
    'with an empty subject': () => sign(key, claimsOf(issuer, { sub: '' })),
    'with a NUL in its subject': () => sign(key, claimsOf(issuer, { sub: 'ann\u0000' })),
    'that is an ID token': () => sign(key, claimsOf(issuer, { at_hash: 'x' })),
    'that is a logout token': () => sign(key, claimsOf(issuer, { events: {} }), { typ: 'logout+jwt' }),
    'that is a refresh token': () => sign(key, claimsOf(issuer, { typ: 'Refresh' })),
    'with a kid nobody published': async () => sign(await signingKey(), claimsOf(issuer)),
    'that brings its own key (jwk)': async () => {
      const own = await signingKey(key.kid);
      return sign(own, claimsOf(issuer), { jwk: own.jwk });
    },
    'that brings the address of its own keys (jku)': async () => {
      const own = await signingKey(key.kid);
      return sign(own, claimsOf(issuer), { jku: 'https://elsewhere.example.org/keys' });
    },
    'with a critical header we do not know': async () =>
      `${base64url({ alg: 'RS256', kid: key.kid, crit: ['x'], x: 1 })}.${(await sign(key, claimsOf(issuer))).split('.').slice(1).join('.')}`,
    'with its claims exchanged': async () => {
      const [header, , signature] = (await sign(key, claimsOf(issuer))).split('.');
      return `${header}.${base64url(claimsOf(issuer, { sub: 'eve' }))}.${signature}`;
    },
    'that is cut off': async () => (await sign(key, claimsOf(issuer))).slice(0, -9),
    'that is no token': () => 'letmein',
    'that is 9 kB long': () => sign(key, claimsOf(issuer, { ballast: 'x'.repeat(9_000) })),
  };

  it.each(Object.keys(bad))('refuses a token %s', async (kind) => {
    const outcome = await outcomeOf((await bad[kind]?.()) ?? '');
    expect(outcome).toEqual({ kind: 'refused', reason: expect.any(String) });
  });

  it('refuses a request without a token, with two, with another scheme and with one in the address', async () => {
    const token = await sign(key, claimsOf(issuer));
    const header = `Bearer ${token}`;
    const requests = {
      none: { rawHeaders: ['Host', 'x'], url: '/graphql' },
      two: { rawHeaders: ['Authorization', header, 'authorization', header], url: '/graphql' },
      basic: { rawHeaders: ['Authorization', `Basic ${token}`], url: '/graphql' },
      twice: { rawHeaders: ['Authorization', `${header}, ${header}`], url: '/graphql' },
      address: { rawHeaders: [], url: `/graphql?access_token=${token}` },
      both: { rawHeaders: ['Authorization', header], url: `/graphql?Token=${token}` },
    };
    for (const [kind, request] of Object.entries(requests)) {
      expect([kind, (await authenticate(request)).kind]).toEqual([kind, 'refused']);
    }
  });

  it('never puts any of the token into the reason it logs', async () => {
    for (const make of Object.values(bad)) {
      const token = await make();
      const outcome = await outcomeOf(token);
      const parts = token.split('.').filter((part) => part.length > 8);
      for (const part of parts) expect(JSON.stringify(outcome)).not.toContain(part);
    }
  });
});

describe('keys of the issuer', () => {
  /** Moves the clock that keys and tokens are judged by; timers and sockets go on as they are. */
  const secondsLater = (seconds: number): void => {
    jest.useFakeTimers({ now: Date.now() + seconds * 1000, doNotFake: [...EVERYTHING_BUT_DATE] });
  };
  afterEach(() => void jest.useRealTimers());

  it('may be exchanged without a request failing, when both are published for a while', async () => {
    const issuer = await new Issuer().open();
    const [first, second] = [await signingKey(), await signingKey()];
    issuer.published = [first];
    const authenticate = doorOf(issuer);
    const kind = async (key: SigningKey) => (await authenticate(bearing(await sign(key, claimsOf(issuer))))).kind;
    expect(await kind(first)).toBe('actor');

    issuer.published = [first, second];
    secondsLater(31);
    expect([await kind(second), await kind(first)]).toEqual(['actor', 'actor']);

    issuer.published = [second];
    secondsLater(11 * 60);
    expect([await kind(second), await kind(first)]).toEqual(['actor', 'refused']);
    await issuer.close();
  });

  it('are not asked for again by a flood of tokens with unknown keys', async () => {
    const issuer = await new Issuer().open();
    const [known, stranger] = [await signingKey(), await signingKey()];
    issuer.published = [known];
    const authenticate = doorOf(issuer);
    expect((await authenticate(bearing(await sign(known, claimsOf(issuer))))).kind).toBe('actor');
    const flood = await sign(stranger, claimsOf(issuer));
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => authenticate(bearing(flood))));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['refused']));
    expect(issuer.fetches).toBe(1);
    await issuer.close();
  });

  it('that cannot be had make the door unavailable, never open; it opens by itself when they can be had', async () => {
    const issuer = await new Issuer().open();
    const key = await signingKey();
    issuer.published = [key];
    const token = await sign(key, claimsOf(issuer));
    const authenticate = doorOf(issuer);
    await issuer.close();

    expect((await authenticate(bearing(token))).kind).toBe('unavailable');
    await issuer.open();
    expect((await authenticate(bearing(token))).kind).toBe('actor');
    await issuer.close();
    expect((await authenticate(bearing(token))).kind).toBe('actor');
  });

  it('of a discovery document that speaks for somebody else are not used', async () => {
    const issuer = await new Issuer().open();
    const key = await signingKey();
    issuer.published = [key];
    const other = issuer.url.replace('127.0.0.1', 'localhost');
    const authenticate = authentication(readConfiguration({ OIDC_ISSUER: other, OIDC_AUDIENCE: AUDIENCE }));
    expect((await authenticate(bearing(await sign(key, claimsOf(issuer, { iss: other }))))).kind).toBe('unavailable');
    await issuer.close();
  });
});

describe('development mode', () => {
  const authenticate = authentication(readConfiguration({}));

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost'])(
    'takes whoever asks for %s',
    async (host) => {
      const outcome = await authenticate({ rawHeaders: ['Host', host], url: '/graphql' });
      expect(outcome).toMatchObject({ kind: 'actor', actor: { vouchedBy: 'development' } });
    },
  );

  it.each(['register.evil.example', '127.0.0.1.evil.example:3000', '192.168.1.4'])(
    'refuses a page that calls us %s',
    async (host) => {
      expect((await authenticate({ rawHeaders: ['Host', host], url: '/graphql' })).kind).toBe('refused');
    },
  );
});
