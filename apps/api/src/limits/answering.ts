import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from '#access';
import { isRefusal, Refusal, type Actor } from '#kernel';
import type { Metrics } from '#operations';
import { inWork, takeTurn, Work } from '#register';
import { limitSize, tooLarge } from '../graphql/answer-size.js';
import { budgetOf } from '../graphql/budgets.js';
import { checkNesting } from '../graphql/nesting.js';
import { refusalShown } from '../graphql/refusal-shown.js';
import { InFlight, placed } from './in-flight.js';
import { refuse, type Refused } from './refused.js';

/** Longest GraphQL document, in tokens. */
export const MOST_TOKENS = 4_000;

/** The part of the time for an answer that a request waits for its turn at most: half a second of ten. */
const QUEUING = 1 / 20;

const DOCUMENT = /^\/decision(s|-logs)\//;
const QUESTION = /^\/graphql(\?|$)/;

/**
 * Every answer about the record has a place among those in flight and a work that ends: when its time is up, or when
 * whoever asked is gone. Hooks of the server, for requests whose sender is known and whose body is there.
 */
export class Answering {
  private readonly inFlight: InFlight;

  constructor(
    private readonly limits: Limits,
    private readonly metrics: Metrics,
    private readonly actorIf: (request: FastifyRequest) => Actor | undefined,
  ) {
    this.inFlight = new InFlight(limits.inFlight);
  }

  /** Hook `preHandler`. */
  readonly begin = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const actor = this.actorIf(request);
    if (!actor) return done();
    const place = this.inFlight.enter(DOCUMENT.test(request.url) ? 'document' : 'question', actor.id);
    if (!place) return this.refuse(request, reply, BUSY);
    const work = new Work();
    const timer = setTimeout(() => work.end(tooLate(this.limits.answerMs)), this.limits.answerMs);
    reply.raw.once('close', () => {
      clearTimeout(timer);
      place.leave();
      work.end(GONE);
    });
    placed(work, place);
    limitSize(work, this.limits.answerBytes);
    const nested = QUESTION.test(request.url) ? nestingOf(request) : undefined;
    if (!nested) return void this.inTurn(request, reply, work, done);
    const cost = { requested: 0, limit: budgetOf(actor, this.limits.budgets) };
    this.refuse(request, reply, { status: 400, refusal: nested, extensions: { cost } });
  };

  /** What comes in at one time begins one after another; what would begin late is not begun. */
  private async inTurn(request: FastifyRequest, reply: FastifyReply, work: Work, done: () => void): Promise<void> {
    const came = performance.now();
    try {
      await takeTurn(work);
    } catch {
      return this.refuse(request, reply, BUSY);
    }
    if (performance.now() - came > this.limits.answerMs * QUEUING) return this.refuse(request, reply, BUSY);
    return inWork(work, done);
  }

  /** Hook `onSend`: what was counted roughly while it was made is measured where it is whole. */
  readonly measure = async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
    const most = this.limits.answerBytes;
    if (!QUESTION.test(request.url) || typeof payload !== 'string' || payload.length * 3 <= most) return payload;
    if (Buffer.byteLength(payload) <= most) return payload;
    const refusal = tooLarge(most);
    this.metrics.refusal(refusal.code);
    void reply.code(400).removeHeader('content-length');
    return JSON.stringify({ errors: [refusalShown(refusal)] });
  };

  private refuse(request: FastifyRequest, reply: FastifyReply, refused: Refused): void {
    this.metrics.refusal(refused.refusal.code);
    void refuse(request, reply, refused);
  }
}

const GONE = new Refusal('GONE', 'whoever asked has gone');

const BUSY: Refused = {
  status: 503,
  refusal: new Refusal('BUSY', 'as many requests as the register takes at a time are being answered', {
    remedy: 'send it again in a second',
  }),
};

const tooLate = (ms: number): Refusal =>
  new Refusal('ANSWER_TOO_LATE', `the answer was not there after ${ms / 1000} seconds, and the work on it was ended`, {
    remedy: 'ask for less: fewer entries a page, a shorter period, or in several questions',
  });

function nestingOf({ body, query }: FastifyRequest): Refusal | undefined {
  const asked = (typeof body === 'object' && body !== null ? body : query) as Readonly<Record<string, unknown>>;
  try {
    checkNesting(asked['query'], parsed(asked['variables']), MOST_TOKENS);
    return undefined;
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown;
    throw thrown;
  }
}

/** In an address the variables are a text. */
function parsed(variables: unknown): unknown {
  if (typeof variables !== 'string') return variables;
  try {
    return JSON.parse(variables);
  } catch {
    return undefined;
  }
}
