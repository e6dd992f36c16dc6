import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An OpenID Connect issuer over real HTTP, and tokens of whoever a spec wants to be. */
export interface Issuer {
  /** What the API is started with. */
  readonly environment: { readonly OIDC_ISSUER: string; readonly OIDC_AUDIENCE: string };
  tokenOf(name: string, roles: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

const AUDIENCE = 'decision-register';

export const openIssuer = async (): Promise<Issuer> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
  let url = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const keys = request.url === '/keys';
    response.end(JSON.stringify(keys ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/keys` }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: { OIDC_ISSUER: url, OIDC_AUDIENCE: AUDIENCE },
    tokenOf: async (name, roles) =>
      new SignJWT({ name, roles: [...roles] })
        .setProtectedHeader({ alg: 'RS256', kid: 'k' })
        .setIssuer(url)
        .setAudience(AUDIENCE)
        .setSubject(name)
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
