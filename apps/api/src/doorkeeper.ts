import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Authentication } from '#access';
import { Refusal, type Actor } from '#kernel';
import { HOME_POLICY } from './home-page.js';
import { requestLogger } from './logging.js';

/** Answered without a token: they show the program, never the record. Whatever is not listed needs one. */
const OPEN = /^\/($|health\/|metrics$|playground(\/|$)|questions\.json$|schema\.graphql$|favicon\.ico$)/;

const CONTENT_POLICIES: readonly (readonly [RegExp, string])[] = [
  [/^\/$/, HOME_POLICY],
  [
    /^\/playground(\/|$)/,
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; " +
      "img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  [
    /^\/(decisions|decision-logs)\//,
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  [/^/, "default-src 'none'; frame-ancestors 'none'"],
];

/** What every request meets first: the log line, the headers, and the question who sends it, asked once. */
export class Doorkeeper {
  private readonly actors = new WeakMap<object, Actor>();
  private readonly logRequest: (request: FastifyRequest, reply: FastifyReply) => void;

  constructor(
    private readonly authenticate: Authentication,
    private readonly log: Logger,
  ) {
    const logger = requestLogger(log);
    this.logRequest = (request, reply) => logger(request.raw, reply.raw);
  }

  /** Runs before anything of a request is read but its head. Answers itself where the request goes no further. */
  readonly meet = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    this.logRequest(request, reply);
    const path = request.url.split('?', 1)[0] ?? '';
    void reply.headers(headersFor(path));
    if (path === '/graphql' && isBrowserVisit(request)) return reply.redirect('/playground', 303);
    if (OPEN.test(path)) return undefined;

    const outcome = await this.authenticate({ rawHeaders: request.raw.rawHeaders, url: request.url });
    switch (outcome.kind) {
      case 'actor':
        this.actors.set(request, outcome.actor);
        return undefined;
      case 'refused':
        this.log.info({ path, reason: outcome.reason }, 'token refused');
        return reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .send(answer('UNAUTHENTICATED', 'a valid bearer token is needed'));
      case 'unavailable':
        this.log.error({ err: outcome.cause }, 'the keys of the issuer cannot be had');
        return reply
          .code(503)
          .header('retry-after', '10')
          .send(
            answer('UNAVAILABLE', 'the identity provider cannot be reached at the moment; try again in a few seconds'),
          );
    }
  };

  /** @throws Refusal `UNAUTHENTICATED` for a request that was let through without an actor. */
  actorOf(request: FastifyRequest): Actor {
    const actor = this.actors.get(request);
    if (!actor) throw new Refusal('UNAUTHENTICATED', 'a valid bearer token is needed');
    return actor;
  }
}

/** In the shape of a GraphQL answer, which is what clients of the one closed route read. */
function answer(code: string, message: string): object {
  return { errors: [{ message, extensions: { code } }] };
}

function headersFor(path: string): Record<string, string> {
  const policy = CONTENT_POLICIES.find(([pattern]) => pattern.test(path))?.[1] ?? '';
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...(path.startsWith('/playground') ? {} : { 'cache-control': 'no-store' }),
  };
}

/** A person who types the address of the API is shown the page made for people. */
function isBrowserVisit(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}
