import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Authentication } from '#access';
import { Refusal, type Actor } from '#kernel';
import { HOME_POLICY } from './home-page.js';
import type { Rates } from './limits/rates.js';
import { refuse } from './limits/refused.js';
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
    /^\/(decisions|decision-logs|schemes|scheme-differences|functions-maps)\//,
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
    private readonly rates: Rates,
    private readonly counted: (code: string) => void,
    private readonly atLocalDoor: (request: IncomingMessage) => Actor | undefined,
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

    const local = this.atLocalDoor(request.raw);
    if (local) {
      this.actors.set(request, local);
      return undefined;
    }
    const wait = await this.rates.ofAddress(request.ip);
    if (wait !== undefined) return this.tooMany(request, reply, wait, 'this address');
    const outcome = await this.authenticate({ rawHeaders: request.raw.rawHeaders, url: request.url });
    switch (outcome.kind) {
      case 'actor':
        return this.admit(request, reply, outcome.actor);
      case 'refused':
        this.log.info({ path, reason: outcome.reason }, 'token refused');
        void reply.header('www-authenticate', 'Bearer');
        return refuse(request, reply, {
          status: 401,
          refusal: unauthenticated(),
        });
      case 'unavailable':
        this.log.error({ err: outcome.cause }, 'the keys of the issuer cannot be had');
        return refuse(request, reply, {
          status: 503,
          refusal: new Refusal('UNAVAILABLE', 'the identity provider cannot be reached at the moment', {
            remedy: 'try again in a few seconds',
          }),
        });
    }
  };

  /** Who sends a request; undefined for one to an address that is open to everybody. */
  readonly actorIf = (request: FastifyRequest): Actor | undefined => this.actors.get(request);

  /** @throws Refusal `UNAUTHENTICATED` for a request that was let through without an actor. */
  actorOf(request: FastifyRequest): Actor {
    const actor = this.actorIf(request);
    if (!actor) throw unauthenticated();
    return actor;
  }

  private async admit(request: FastifyRequest, reply: FastifyReply, actor: Actor): Promise<FastifyReply | undefined> {
    const wait = await this.rates.ofSubject(actor.id);
    if (wait !== undefined) return this.tooMany(request, reply, wait, 'whoever sends it');
    this.actors.set(request, actor);
    return undefined;
  }

  private tooMany(request: FastifyRequest, reply: FastifyReply, seconds: number, who: string): FastifyReply {
    this.counted('TOO_MANY_REQUESTS');
    return refuse(request, reply, {
      status: 429,
      refusal: new Refusal(
        'TOO_MANY_REQUESTS',
        `more requests came from ${who} within a minute than the register takes`,
        { remedy: `send the next one in ${seconds} seconds` },
      ),
      retryAfter: seconds,
    });
  }
}

const unauthenticated = (): Refusal =>
  new Refusal('UNAUTHENTICATED', 'a valid bearer token is needed', {
    remedy: 'send a bearer token of the issuer that has not run out',
  });

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
