import {
  createServer as createHttp,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../eventstoredb/server.mjs';

/** A status, with headers and reason where they matter; or what no server should do: hang, cut, keep it and cut, garbage. */
export type Reply =
  | number
  | { readonly status: number; readonly reason?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'cut'
  | 'lose'
  | 'garbage'
  | 'endless';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What receivers on this machine prove their name with. */
export const IDENTITY = selfSigned();

/** A real https server on a free port, that replies as a list says, one request each, and 204 after it. */
export class Receiver {
  readonly replies: Reply[] = [];
  /** Every request, whatever became of it. */
  readonly received: Received[] = [];
  /** Those that it took. */
  readonly kept: Received[] = [];
  private readonly server;

  private constructor(tls: { readonly key: Buffer; readonly cert: string | Buffer } | null) {
    const reply = (request: IncomingMessage, response: ServerResponse): void => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => this.reply({ headers: request.headers, body: Buffer.concat(pieces) }, response));
    };
    this.server = tls ? createHttps(tls, reply) : createHttp(reply);
  }

  /** @param tls null for plain http. */
  static async start(
    tls: { readonly key: Buffer; readonly cert: string | Buffer } | null = IDENTITY,
  ): Promise<Receiver> {
    const receiver = new Receiver(tls);
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  url(path = '/decision-logs', scheme = 'https'): string {
    return `${scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await ended;
  }

  private reply(request: Received, response: ServerResponse): void {
    this.received.push(request);
    const reply = this.replies.shift() ?? 204;
    switch (reply) {
      case 'hang':
        return;
      case 'lose':
        this.kept.push(request);
        response.socket?.destroy();
        return;
      case 'cut':
        response.socket?.destroy();
        return;
      case 'garbage':
        response.socket?.end('<html>this is not HTTP</html>\r\n\r\n');
        return;
      case 'endless': {
        this.kept.push(request);
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(10_000)));
        };
        response.on('drain', more);
        return more();
      }
      default: {
        const {
          status,
          reason,
          headers = {},
        }: Exclude<Reply, number | string> = typeof reply === 'number' ? { status: reply } : reply;
        if (status >= 200 && status < 300) this.kept.push(request);
        if (reason !== undefined) response.statusMessage = reason;
        response.writeHead(status, headers).end();
      }
    }
  }
}
