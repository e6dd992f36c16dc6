import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long somebody who has just connected has to ask something before a server that closes lets go, in milliseconds. */
const PATIENCE_MS = 500;

/**
 * Connections over which nothing has been asked yet: browsers and proxies open some in advance. Node counts them as busy
 * for a minute, so a server that closes would wait for them longer than it is given.
 *
 * To be made before the server listens. While `close` runs, those that still ask nothing after half a second are ended;
 * whatever was asked is left to finish.
 */
export class UnaskedConnections {
  private readonly sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.on('request', ({ socket }) => this.sockets.delete(socket));
  }

  async endWhile(close: () => Promise<unknown>): Promise<void> {
    const ending = setTimeout(() => {
      for (const socket of this.sockets) socket.destroy();
    }, PATIENCE_MS);
    try {
      await close();
    } finally {
      clearTimeout(ending);
    }
  }
}
