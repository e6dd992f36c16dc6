import { isLoopback, type Configuration } from './configuration.js';
import { DEVELOPMENT_ACTOR, signInMode } from './development.js';
import { tokenVerifier, type TokenOutcome } from './oidc.js';

/** The parts of an HTTP request that say who sends it. */
export interface Caller {
  /** Names and values in turn, as they came: Node's own `headers` shows only the first of two `Authorization`. */
  readonly rawHeaders: readonly string[];
  /** Path and query. */
  readonly url: string;
}

/** Says who sends a request; called once per request. */
export type Authentication = (caller: Caller) => Promise<TokenOutcome>;

/** Names under which tokens are passed in addresses, where they end in logs and histories (RFC 9700 4.3.2). */
const TOKEN_PARAMETERS = ['access_token', 'token', 'id_token', 'bearer', 'authorization', 'jwt'];

/** @throws Refusal `CONFIGURATION` where there is neither an issuer nor the right to development mode. */
export const authentication = (
  configuration: Pick<Configuration, 'host' | 'production' | 'oidcIssuer' | 'oidcAudience' | 'oidcRolesClaim'>,
): Authentication => {
  if (signInMode(configuration) === 'development') return developmentActor;
  const { oidcIssuer: issuer = '', oidcAudience: audience = '', oidcRolesClaim: rolesClaim } = configuration;
  const verify = tokenVerifier({ issuer, audience, rolesClaim });
  return async (caller) => {
    const bearer = bearerOf(caller);
    return 'token' in bearer ? verify(bearer.token) : { kind: 'refused', reason: bearer.trouble };
  };
};

/**
 * Nobody but this machine reaches a loopback address, but a page in its browser may, under a name of its own that
 * leads there (DNS rebinding): the name asked for has to be a loopback name as well.
 */
async function developmentActor(caller: Caller): Promise<TokenOutcome> {
  const hosts = headersNamed('host', caller);
  const host = hosts[0]?.replace(/:\d+$/, '');
  if (hosts.length === 1 && host !== undefined && isLoopback(host)) return { kind: 'actor', actor: DEVELOPMENT_ACTOR };
  return { kind: 'refused', reason: `development mode was asked for as ${JSON.stringify(hosts)}` };
}

function bearerOf(caller: Caller): { readonly token: string } | { readonly trouble: string } {
  const query = new URLSearchParams(caller.url.includes('?') ? caller.url.slice(caller.url.indexOf('?')) : '');
  for (const name of query.keys()) {
    if (TOKEN_PARAMETERS.includes(name.toLowerCase())) return { trouble: 'a token in the address' };
  }
  const values = headersNamed('authorization', caller);
  if (values.length === 0) return { trouble: 'no token' };
  if (values.length > 1) return { trouble: 'two Authorization headers' };
  const token = /^Bearer +([\w~+/.-]+=*)$/i.exec(values[0] ?? '')?.[1];
  return token === undefined ? { trouble: 'an Authorization header that is not a bearer token' } : { token };
}

function headersNamed(name: string, { rawHeaders }: Caller): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
