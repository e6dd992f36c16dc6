import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long a server that closes bears with others, in milliseconds. */
export interface Patience {
  /** With somebody who has connected, or begun a line, and asked nothing. */
  readonly unasked: number;
  /** With a request whose body does not come to its end: nothing of it is begun before that. */
  readonly unfinished: number;
  /** With an answer of which nothing more is taken up. */
  readonly untaken: number;
}

const PATIENCE: Patience = { unasked: 500, unfinished: 3_000, untaken: 5_000 };
const LOOK_THROUGH_MS = 50;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What is known of a connection: what was asked and is not yet answered, in order, and how much of it was taken up. */
interface Connection {
  readonly under: Exchange[];
  /** Bytes that had come in when the last answer was taken up; undefined where nothing was asked yet. */
  read?: number;
  taken: number;
  takenAt: number;
}

/**
 * The connections of a server that is to stop: it ends with the last answer, not with the last client. Node by itself
 * waits for connections that are kept open after an answer, for requests that never end, for answers that nobody reads,
 * and for those who connected in advance.
 *
 * To be made before the server listens. While `close` runs, every answer says that it is the last of its connection (not
 * before: clients would connect anew to a server that is about to listen no more), connections without a question are
 * ended, and those that keep others waiting once patience is over.
 */
export class OpenConnections {
  readonly #connections = new Map<Socket, Connection>();
  #closing = false;

  constructor(
    server: Server,
    private readonly patience: Patience = PATIENCE,
  ) {
    server.on('connection', (socket: Socket) => {
      this.#connections.set(socket, { under: [], taken: 0, takenAt: 0 });
      socket.once('close', () => this.#connections.delete(socket));
    });
    // Before whoever answers, which may be done at once.
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) =>
      this.#asked({ request, response }),
    );
    // Node's own, which it calls as it closes, takes a connection for idle whose answer is still on its way, and cuts it off.
    server.closeIdleConnections = () => this.#endIdle();
  }

  async endWhile(close: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    this.#closing = true;
    for (const connection of this.#connections.values()) {
      connection.takenAt = began;
      for (const exchange of connection.under.slice(-1)) isLast(exchange);
    }
    const looking = setInterval(() => this.#lookThrough(began), LOOK_THROUGH_MS);
    try {
      await close();
    } finally {
      clearInterval(looking);
    }
  }

  #asked(exchange: Exchange): void {
    const connection = this.#connections.get(exchange.request.socket);
    if (!connection) return;
    // Asked ahead of the answer before it, which is then not the last.
    for (const before of connection.under.slice(-1)) if (this.#closing) isNotLast(before);
    connection.under.push(exchange);
    if (this.#closing) isLast(exchange);
    exchange.response.once('close', () => {
      const at = connection.under.indexOf(exchange);
      if (at !== -1) connection.under.splice(at, 1);
      connection.read = exchange.request.socket.bytesRead;
    });
  }

  #endIdle(): void {
    for (const [socket, { under, read }] of this.#connections)
      if (under.length === 0 && read === socket.bytesRead) socket.destroySoon();
  }

  #lookThrough(began: number): void {
    const now = performance.now();
    for (const [socket, connection] of this.#connections) {
      const taken = socket.bytesWritten - socket.writableLength;
      if (taken !== connection.taken || socket.writableLength === 0) Object.assign(connection, { taken, takenAt: now });
      const [next] = connection.under;
      const isOver =
        next === undefined
          ? now - began > this.patience.unasked
          : next.request.complete
            ? now - connection.takenAt > this.patience.untaken
            : now - began > this.patience.unfinished;
      if (isOver) socket.destroy();
    }
  }
}

function isLast({ response }: Exchange): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
}

function isNotLast({ response }: Exchange): void {
  if (response.headersSent) return;
  response.removeHeader('connection');
  response.shouldKeepAlive = true;
}
