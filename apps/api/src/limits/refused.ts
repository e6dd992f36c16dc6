import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#kernel';
import { refusalShown } from '../graphql/refusal-shown.js';

/** What a client is told of a request that goes no further. */
export interface Refused {
  readonly status: number;
  readonly refusal: Refusal;
  /** Seconds, where they are known better than by the code. */
  readonly retryAfter?: number;
  /** Beside the errors, as a GraphQL answer has it. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * Answers in the shape of a GraphQL answer, which is what clients read. A connection whose body nobody has read is
 * closed after it, so that nobody goes on sending.
 */
export const refuse = (request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply => {
  const { status, refusal, retryAfter: known, extensions } = refused;
  const error = refusalShown(refusal, known === undefined ? {} : { retryAfter: known });
  const retryAfter = error.extensions?.['retryAfter'];
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  if (request.body === undefined && hasBody(request)) void reply.header('connection', 'close');
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [error], ...(extensions && { extensions }) });
};

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
