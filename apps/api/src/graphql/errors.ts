import { randomBytes } from 'node:crypto';
import { types } from 'node:util';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { isRefusal, Refusal, type RefusalCode } from '#kernel';
import { retryAfterOf } from './passing.js';
import { refusalShown } from './refusal-shown.js';
import { storeRefusal } from './store-refusals.js';

/** Errors of the request itself, worded by GraphQL for whoever wrote it. */
const SHOWN_CODES: ReadonlySet<string> = new Set<RefusalCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * What a client sees of an error. A refusal appears whole (`refusalShown`); an error of the request as GraphQL words it; a
 * store that cannot do its work under the store's code; anything else as a reference under which the log has the rest.
 */
export const errorFormatter =
  (log: Logger) =>
  (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const [cause, ...rest] = causesOf(thrown).toReversed();
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    if (isRefusal(cause)) return { ...namedAsIn(cause, rest.findLast(isGraphQLError)), ...place };
    const ofStore = storeRefusal(cause);
    if (ofStore) {
      log.error({ err: cause, path: formatted.path }, 'the log cannot do its work');
      return { ...refusalShown(ofStore), ...place };
    }
    const code = formatted.extensions?.['code'];
    const fromOutside = cause === undefined || isGraphQLError(cause);
    if (fromOutside && typeof code === 'string' && SHOWN_CODES.has(code)) {
      return { message: formatted.message, extensions: { code }, ...place };
    }
    const reference = logFault(log, cause ?? thrown, { path: formatted.path });
    return { message: maskedMessage(reference), extensions: { code: FAULT, reference }, ...place };
  };

/**
 * Passes what a resolver threw on to `formatError` without a word in the log; answers outside GraphQL by itself.
 * There is no filter of Nest's left to log a refusal as a fault.
 */
@Catch()
export class ThrownFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): FastifyReply | undefined {
    if (host.getType<'graphql' | 'http'>() === 'graphql') throw thrown;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, error } = this.answerTo(thrown);
    const retryAfter = error.extensions?.['retryAfter'];
    if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
    return reply
      .code(status)
      .type('application/json; charset=utf-8')
      .send({ errors: [error] });
  }

  private answerTo(thrown: unknown): { readonly status: number; readonly error: GraphQLFormattedError } {
    if (isRefusal(thrown)) return { status: httpStatusOf(thrown.code), error: refusalShown(thrown) };
    const ofStore = storeRefusal(thrown);
    if (ofStore) {
      this.log.error({ err: thrown }, 'the log cannot do its work');
      return { status: 503, error: refusalShown(ofStore) };
    }
    const status = statusOf(thrown);
    if (status === 413) return { status, error: refusalShown(tooLarge()) };
    if (status === 404)
      return { status, error: refusalShown(new Refusal('NOT_FOUND', 'there is nothing at this address')) };
    if (status !== undefined && status >= 400 && status < 500) {
      return { status, error: refusalShown(new Refusal('BAD_REQUEST', (thrown as Error).message)) };
    }
    const reference = logFault(this.log, thrown, {});
    return {
      status: 500,
      error: { message: maskedMessage(reference), extensions: { code: FAULT, reference } },
    };
  }
}

/** What is no refusal: the log has it under a reference. */
const FAULT: RefusalCode = 'INTERNAL_SERVER_ERROR';

/** Largest HTTP body taken. */
export const BODY_LIMIT_BYTES = 1_000_000;

const tooLarge = (): Refusal =>
  new Refusal('REQUEST_TOO_LARGE', `the request is too large: needed at most ${BODY_LIMIT_BYTES / 1000} kB`, {
    remedy: 'send several smaller ones',
  });

/** What passes by itself is 503; whatever else is refused is so by a rule. */
function httpStatusOf(code: RefusalCode): number {
  if (code === 'UNAUTHENTICATED') return 401;
  if (code === 'FORBIDDEN') return 403;
  return retryAfterOf(code) === undefined ? 422 : 503;
}

/** A scalar names its field by its type: whoever reads it is told the input that they wrote. */
function namedAsIn(refusal: Refusal, where?: GraphQLError): GraphQLFormattedError {
  const named = where && inputNamed(where);
  if (!named) return refusalShown(refusal);
  const { message, extensions } = refusalShown(refusal, { field: named });
  return { message: message.replace(/^(Date|Instant|KnownAt|Pence)(?= is not )/, named), extensions: extensions ?? {} };
}

/** A scalar does not know where its value stands; the error around it does: `$input.effectiveOn`, or an argument. */
function inputNamed({ nodes, source, message }: GraphQLError): string | undefined {
  const node = nodes?.[0];
  if (node?.kind === Kind.VARIABLE_DEFINITION) {
    const path = /^Variable "\$\w+" got invalid value .*? at "([\w.[\]]+)"; /s.exec(message)?.[1];
    return `$${path ?? node.variable.name.value}`;
  }
  // A refusal of a resolver names its field itself.
  if (node?.kind === Kind.FIELD) return undefined;
  const before = source?.body.slice(0, node?.loc?.start);
  return before === undefined ? undefined : /(\w+)\s*:\s*$/.exec(before)?.[1];
}

/** From the outermost to the innermost: GraphQL wraps what a resolver or a scalar threw. */
function causesOf(thrown: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at: unknown = thrown; at !== undefined && at !== null && causes.length < 10;) {
    causes.push(at);
    const { originalError, thrownValue } = at as { originalError?: unknown; thrownValue?: unknown };
    at = originalError ?? thrownValue;
  }
  return causes;
}

function isGraphQLError(thrown: unknown): thrown is GraphQLError {
  return thrown instanceof GraphQLError;
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return types.isNativeError(thrown) && typeof status === 'number' ? status : undefined;
}

function logFault(log: Logger, fault: unknown, more: object): string {
  const reference = randomBytes(6).toString('hex');
  log.error({ reference, err: fault, ...more }, 'fault');
  return reference;
}

function maskedMessage(reference: string): string {
  return `something went wrong on our side; quote reference ${reference}`;
}
