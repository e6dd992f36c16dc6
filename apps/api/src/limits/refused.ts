import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a client is told of a request that goes no further. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Beside the errors, as a GraphQL answer has it. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * Answers in the shape of a GraphQL answer, which is what clients read. A connection whose body nobody has read is
 * closed after it, so that nobody goes on sending.
 */
export const refuse = (request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply => {
  const { status, code, message, remedy, retryAfter, extensions } = refused;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  if (request.body === undefined && hasBody(request)) void reply.header('connection', 'close');
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({
      errors: [{ message, extensions: { code, ...(remedy && { remedy }) } }],
      ...(extensions && { extensions }),
    });
};

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
