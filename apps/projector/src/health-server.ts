import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { configurationRefusal, type Configuration } from '#access';
import { OpenConnections, READY_AFTER, healthOf, listeningRefusal, type Runtime } from '#operations';

/** What the projector answers over HTTP: how it fares, and nothing of the record. */
export interface HealthServer {
  readonly address: string;
  /** From now on it says that it is on its way out. */
  drain(): void;
  close(): Promise<void>;
}

/** @throws Refusal `CONFIGURATION` where the address is taken or is none of this machine. */
export const serveHealth = async (
  { port, host }: Pick<Configuration, 'port' | 'host'>,
  runtime: Pick<Runtime, 'status' | 'metricsText'>,
  log: Logger,
): Promise<HealthServer> => {
  let draining = false;
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/health/live': async (response) => json(response, 200, { status: 'live' }),
    '/health/ready': async (response) => {
      const status = await runtime.status();
      const health = draining ? 'draining' : healthOf(status, true);
      json(response, health === 'ready' ? 200 : 503, { status: health, ...status });
    },
    '/metrics': async (response) => {
      const text = await runtime.metricsText();
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url?.split('?', 1)[0] ?? ''];
    if (!answer || request.method !== 'GET') return json(response, 404, { status: 'there is nothing at this address' });
    return void answer(response).catch((err: unknown) => {
      log.error({ err }, 'fault');
      json(response, 500, { status: 'fault' });
    });
  });
  const connections = new OpenConnections(server);
  await listening(server, port, host);
  const bound = server.address();
  const at = typeof bound === 'object' && bound ? bound.port : port;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${at}`,
    drain: () => void (draining = true),
    close: () => connections.endWhile(() => closed(server)),
  };
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()).closeIdleConnections());

function json(response: ServerResponse, status: number, body: object): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (status === 503) response.setHeader('retry-after', READY_AFTER);
  response.writeHead(status).end(JSON.stringify(body));
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (thrown) => {
      const refused = listeningRefusal(thrown, { port, host });
      reject(refused ? configurationRefusal(...refused) : thrown);
    });
    server.listen(port, host, resolve);
  });
