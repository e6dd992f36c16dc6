import type { Actor } from '#kernel';
import { configurationRefusal, isLoopback, type Configuration } from './configuration.js';

/** `vouchedBy` of the development actor: it stands in the envelope of every event recorded in development mode. */
export const DEVELOPMENT = 'development';

/** Whoever comes in development mode, without a token: nobody else can reach the register. */
export const DEVELOPMENT_ACTOR: Actor = {
  id: 'development',
  name: 'Development',
  roles: ['governance-officer', 'auditor', 'operator'],
  vouchedBy: DEVELOPMENT,
};

/** The part of the configuration that says who may come in. */
export type Doors = Pick<Configuration, 'host' | 'oidcIssuer' | 'production'>;

/**
 * How actors are known: by tokens of an issuer, or, with three locks open at once (a loopback address, no issuer,
 * not production), as the development actor.
 *
 * @throws Refusal `CONFIGURATION` naming the variable that keeps the program from starting.
 */
export const signInMode = ({ host, oidcIssuer, production }: Doors): 'oidc' | 'development' => {
  if (oidcIssuer) return 'oidc';
  const example = 'for example OIDC_ISSUER=https://login.example.org/realms/ics';
  if (production) {
    throw configurationRefusal(
      'OIDC_ISSUER',
      `OIDC_ISSUER is not set and NODE_ENV is production: needed an issuer, ${example}`,
    );
  }
  if (!isLoopback(host)) {
    throw configurationRefusal(
      'OIDC_ISSUER',
      `OIDC_ISSUER is not set and HOST is ${JSON.stringify(host)}, which others can reach: needed an issuer, ${example}, or HOST=127.0.0.1`,
    );
  }
  return 'development';
};
