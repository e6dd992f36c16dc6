import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { textTrouble, type Actor } from '#kernel';
import { isLoopback } from './configuration.js';
import { isRole } from './roles.js';

export interface TokenSettings {
  /** Exactly as in the tokens' `iss`. */
  readonly issuer: string;
  readonly audience: string;
  /** Dotted path of the claim that lists the roles: `roles`, `realm_access.roles`. */
  readonly rolesClaim: string;
}

/** What a token came to. Only `actor` opens the door. */
export type TokenOutcome =
  | { readonly kind: 'actor'; readonly actor: Actor }
  /** Answered with 401 and nothing else. `reason` is for the log. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The issuer's keys cannot be had: answered with 503 and Retry-After. Says nothing about the token. */
  | { readonly kind: 'unavailable'; readonly cause: unknown };

export type TokenVerifier = (token: string) => Promise<TokenOutcome>;

/** Asymmetric only: with a shared secret, whoever can check a token can make one (RFC 8725 3.1). */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const TOKEN_TYPES = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];
const LONGEST_TOKEN = 8_192;
const FETCH_TIMEOUT_MS = 5_000;

/**
 * Checks bearer tokens against one issuer. The issuer is first asked when the first token comes; its keys are kept for
 * ten minutes and fetched again, at most every 30 seconds, when a token names a key not seen before.
 */
export const tokenVerifier = ({ issuer, audience, rolesClaim }: TokenSettings): TokenVerifier => {
  const key = keysOf(issuer);
  return async (token) => {
    if (token.length > LONGEST_TOKEN) return { kind: 'refused', reason: `a token of ${token.length} characters` };
    // Loaded with the first token: commands and development mode have none.
    const { jwtVerify } = await import('jose');
    try {
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: 30,
        maxTokenAge: '2h',
      });
      const trouble = otherKindOfToken(protectedHeader.typ, payload) ?? subjectTrouble(payload.sub);
      return trouble
        ? { kind: 'refused', reason: trouble }
        : { kind: 'actor', actor: actorOf(payload, issuer, rolesClaim) };
    } catch (fault) {
      if (fault instanceof KeysUnavailable) return { kind: 'unavailable', cause: fault.cause };
      return { kind: 'refused', reason: codeOf(fault) ?? 'unreadable' };
    }
  };
};

class KeysUnavailable extends Error {}

function keysOf(issuer: string): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  let asking: Promise<URL> | undefined;
  return async (header, token) => {
    try {
      if (!keys) {
        // One question at a time, however many tokens wait; a failed one is asked again by the next token.
        asking ??= keyAddressOf(issuer).finally(() => (asking = undefined));
        const [address, { createRemoteJWKSet }] = await Promise.all([asking, import('jose')]);
        keys ??= createRemoteJWKSet(address, { timeoutDuration: FETCH_TIMEOUT_MS });
      }
      return await keys(header, token);
    } catch (fault) {
      const code = codeOf(fault);
      const aboutTheToken = code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS';
      if (aboutTheToken || code === 'ERR_JOSE_NOT_SUPPORTED') throw fault;
      throw new KeysUnavailable('the keys of the issuer cannot be had', { cause: fault });
    }
  };
}

/** OpenID Connect Discovery 1.0 section 4: where the issuer publishes its keys. */
async function keyAddressOf(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}`);
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer) throw new Error(`${address} speaks for ${JSON.stringify(document.issuer)}`);
  const keys =
    typeof document.jwks_uri === 'string' && URL.canParse(document.jwks_uri) ? new URL(document.jwks_uri) : undefined;
  if (!keys || (keys.protocol !== 'https:' && !isLoopback(keys.hostname))) {
    throw new Error(`${address} gives no jwks_uri over https: ${JSON.stringify(document.jwks_uri)}`);
  }
  return keys;
}

/** An issuer signs other things with the same key: ID tokens, refresh and logout tokens. They are not for us. */
function otherKindOfToken(typ: string | undefined, claims: JWTPayload): string | undefined {
  if (!TOKEN_TYPES.includes(typ?.toLowerCase())) return `a token of type ${typ}`;
  if ('at_hash' in claims || 'c_hash' in claims) return 'an ID token';
  if ('events' in claims) return 'a logout token';
  const kind = claims['typ'];
  return kind === undefined || kind === 'Bearer' ? undefined : 'a token whose claims say that it is not for bearing';
}

/** The subject goes into the envelope of every event the actor records. */
function subjectTrouble(subject: unknown): string | undefined {
  if (typeof subject !== 'string' || subject === '' || subject.length > 255)
    return 'a subject that is not 1 to 255 characters';
  return textTrouble(subject);
}

function actorOf(claims: JWTPayload, issuer: string, rolesClaim: string): Actor {
  let found: unknown = claims;
  for (const step of rolesClaim.split('.')) {
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[step] : undefined;
  }
  const named = [claims['name'], claims['preferred_username']].find((text) => typeof text === 'string' && text.trim());
  const name =
    typeof named === 'string' ? named.trim().slice(0, 200).toWellFormed().replaceAll('\u0000', '') : undefined;
  return {
    id: claims.sub ?? '',
    ...(name ? { name } : {}),
    roles: Array.isArray(found) ? [...new Set(found.filter(isRole))] : [],
    vouchedBy: issuer,
  };
}

function codeOf(fault: unknown): string | undefined {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
