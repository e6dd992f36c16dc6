import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listenBeside } from '#event-store';
import { COMMAND_LINE, Refusal, type Actor } from '#kernel';
import { refusalShown } from '../graphql/refusal-shown.js';

/** Says as whom the command line reads: `public` where it is left out, or `officers`. */
export const READER_HEADER = 'x-register-reader';

/** As for a decision log: the public, or officers who see what is withheld from others. Neither records anything. */
const READERS: Readonly<Record<string, Actor>> = {
  public: { id: 'command-line', name: 'the command line', roles: ['reader'], vouchedBy: COMMAND_LINE },
  officers: { id: 'command-line', name: 'the command line', roles: ['auditor'], vouchedBy: COMMAND_LINE },
};

/** Something that is asked for at the local door only. */
export interface LocalService {
  /** The path it answers at, without anything behind. */
  readonly path: string;
  /** @param signal aborted when the door is closed, or when whoever asked has gone. */
  answer(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void>;
}

/** An open door, and where it is. */
export interface OpenDoor {
  readonly path: string;
  /** Finishes what is being answered, and lets nobody in any more. */
  close(): Promise<void>;
}

/** How long programs of the same user may keep a connection on which nothing comes, in milliseconds. */
const KEPT_MS = 60_000;

/**
 * The door for other programs of the same user on the same machine: a socket in the data directory. Whoever can open it can
 * read the files beside it too, so nobody asks for a token; what is withheld from the public is told to those who ask as
 * officers, as by `register log`.
 */
export class LocalDoor {
  private readonly requests = new WeakMap<IncomingMessage, Actor>();

  /** Who sends a request that came in here; undefined for one that came from elsewhere. */
  readonly actorOf = (request: IncomingMessage): Actor | undefined => this.requests.get(request);

  /** @param api the server that answers everything else that the register is asked; it is ready. */
  async open(directory: string, api: Server, services: readonly LocalService[] = []): Promise<OpenDoor> {
    const answering = new Set<Promise<void>>();
    const closing = new AbortController();
    const server = createServer((request, response) => {
      const answered = new Promise<void>((resolve) => void response.once('close', resolve));
      answering.add(answered);
      void answered.then(() => answering.delete(answered));
      const service = services.find(({ path }) => path === request.url);
      if (service) void this.serve(service, request, response, closing.signal);
      else this.pass(request, response, api);
    });
    // They take their time: nobody can keep others from a door of their own.
    server.requestTimeout = 0;
    server.keepAliveTimeout = KEPT_MS;
    const socket = await listenBeside(server, directory);
    return {
      path: socket.path,
      close: async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        closing.abort();
        await Promise.all(answering);
        server.closeAllConnections();
        await closed;
        socket.remove();
      },
    };
  }

  private async serve(
    service: LocalService,
    request: IncomingMessage,
    response: ServerResponse,
    closing: AbortSignal,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      await service.answer(request, response, AbortSignal.any([closing, gone.signal]));
    } catch {
      // Whoever asked hears of it as of a server that ended.
      response.destroy();
    }
  }

  private pass(request: IncomingMessage, response: ServerResponse, api: Server): void {
    const reader = request.headers[READER_HEADER] ?? 'public';
    const actor = typeof reader === 'string' && Object.hasOwn(READERS, reader) ? READERS[reader] : undefined;
    if (!actor) {
      const said = new Refusal(
        'BAD_REQUEST',
        `${READER_HEADER} is ${JSON.stringify(reader)}: needed public or officers`,
      );
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [refusalShown(said)] }));
      return;
    }
    this.requests.set(request, actor);
    api.emit('request', request, response);
  }
}
