import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { pinoHttp, type HttpLogger } from 'pino-http';
import type { LogLevel } from '#access';

/** JSON lines on standard error, so that standard output is for people. */
export const createLog = (level: LogLevel): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );

/**
 * Nest's own words through pino. What Nest says in passing (modules, routes) is only of use when looking for a fault.
 */
export const nestLogger = (log: Logger): LoggerService => {
  const at =
    (level: 'fatal' | 'error' | 'warn' | 'debug' | 'trace') =>
    (message: unknown, ...more: readonly unknown[]): void => {
      const context = more.filter((each) => typeof each === 'string').at(-1);
      if (typeof message === 'string') log[level]({ context }, message);
      else log[level]({ context, err: message }, 'fault');
    };
  return {
    log: at('debug'),
    verbose: at('trace'),
    debug: at('debug'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  };
};

/**
 * One line per request: method, path, status, milliseconds. Never a header, a query string, a body or a token.
 * Requests of load balancers and of the playground's files are `debug`.
 */
export const requestLogger = (log: Logger): HttpLogger =>
  pinoHttp({
    logger: log,
    quietReqLogger: true,
    wrapSerializers: false,
    serializers: {
      req: (request: IncomingMessage) => ({ method: request.method, path: pathOf(request) }),
      res: (response: ServerResponse) => ({ status: response.statusCode }),
      err: (fault: unknown) => String(fault),
    },
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customLogLevel: (request, response, fault) => {
      if (fault || response.statusCode >= 500) return pathOf(request) === '/health/ready' ? 'debug' : 'error';
      return /^\/(health|metrics|playground)\b/.test(pathOf(request)) ? 'debug' : 'info';
    },
  });

/** Without what a decision is called: whoever runs the register may not know it. */
function pathOf(request: IncomingMessage): string {
  const [path = ''] = (request.url ?? '').split('?', 1);
  return path.replace(/^\/decisions\/.*/, '/decisions/:reference');
}
