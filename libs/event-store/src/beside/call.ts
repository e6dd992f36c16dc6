import { Agent, request, type IncomingMessage } from 'node:http';

export interface LocalCall {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a server answered; its body comes as it is read. */
export interface LocalAnswer {
  readonly status: number;
  readonly body: IncomingMessage;
}

/** What became of a call that has no answer: nobody took it, or somebody did and ended. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    readonly wasSent: boolean,
    cause: unknown,
  ) {
    super(wasSent ? 'the server ended before it answered' : 'no server listens there', { cause });
  }
}

/** True for one from any realm. */
export const isNoAnswer = (thrown: unknown): thrown is NoAnswer =>
  (thrown as { name?: unknown } | null)?.name === 'NoAnswer';

/** Connections to one server at a time. */
const MOST_CONNECTIONS = 64;

/** Codes of a connection that was never made. */
const NOT_THERE = /^(ENOENT|ECONNREFUSED|ENOTSOCK|EACCES|EPERM)$/;

/** Calls of the server that listens on a local socket: HTTP, on connections that are kept. */
export class LocalServer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS });

  constructor(readonly socket: string) {}

  /** @throws NoAnswer where nobody listens, or the server ends before it says anything. */
  call({ method = 'POST', path, headers = {}, body = '' }: LocalCall): Promise<LocalAnswer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          socketPath: this.socket,
          agent: this.#agent,
          method,
          path,
          headers: {
            host: 'localhost',
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
            ...headers,
          },
        },
        (answer) => resolve({ status: answer.statusCode ?? 0, body: answer }),
      );
      asked.once('error', (fault: { code?: string }) => reject(new NoAnswer(!NOT_THERE.test(fault.code ?? ''), fault)));
      asked.end(body);
    });
  }

  /** As `call`, with the whole body. @throws NoAnswer also where it ends within it. */
  async text(call: LocalCall): Promise<{ readonly status: number; readonly text: string }> {
    const { status, body } = await this.call(call);
    return { status, text: await wholeOf(body) };
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** @throws NoAnswer where the server ends within it. */
export const wholeOf = async (body: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece);
  } catch (cause) {
    throw new NoAnswer(true, cause);
  }
  return Buffer.concat(pieces).toString('utf8');
};
