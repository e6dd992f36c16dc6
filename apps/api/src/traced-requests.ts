import type { FastifyReply, FastifyRequest } from 'fastify';
import { inContext, requestSpan, traceparentOf } from '#operations';

const TRACED = /^\/graphql(\?|$)/;

/** The span of each request that is under way. */
const SPANS = new WeakMap<FastifyRequest, ReturnType<typeof requestSpan>>();

/** Hook `preHandler`: what the request begins stands below its span. After the body is read, which loses the context. */
export const beginSpan = (request: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
  if (!TRACED.test(request.url)) return done();
  const under = requestSpan('graphql', headerOf(request));
  SPANS.set(request, under);
  return inContext(under.context, done);
};

/** Hook `onResponse`. */
export const endSpan = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
  const under = SPANS.get(request);
  under?.span.setAttribute('http.response.status_code', reply.statusCode);
  under?.span.end();
  done();
};

/** The trace context that the envelope keeps: of our span where tracing is on, otherwise the one the request came with. */
export const traceparentIn = (request: FastifyRequest): string | undefined => {
  const under = SPANS.get(request);
  return under && traceparentOf(under.span);
};

function headerOf({ headers }: FastifyRequest): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
}
