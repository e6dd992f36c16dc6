import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { MailServer } from '#access';
import { selfSigned } from '../eventstoredb/server.mjs';

/**
 * What becomes of one connection: `accept`; `silent` never greets; `later` (450) and `refuse` (550) at the recipient;
 * `cut` before the answer to the message, which is not kept; `lose` the same after it was kept; `full` (452) after it.
 */
export type Fate = 'accept' | 'silent' | 'later' | 'refuse' | 'cut' | 'lose' | 'full';

/** Its certificate. */
export const TLS = selfSigned();

/** A real mail server on a free port, whose connections meet the fates of a list, one each, and are accepted after it. */
export class Post {
  /** Whole messages in the order in which they were kept. */
  readonly kept: Buffer[] = [];
  /** To whom each of them went. */
  readonly recipients: string[][] = [];
  readonly sessions: SMTPServerSession[] = [];
  readonly fates: Fate[] = [];
  private readonly server: SMTPServer;
  private readonly sockets = new Map<number | undefined, Socket>();
  private readonly fateOf = new Map<string, Fate>();

  private constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      ...TLS,
      disableReverseLookup: true,
      authOptional: true,
      closeTimeout: 50,
      onConnect: (session, go) => {
        const fate = this.fates.shift() ?? 'accept';
        this.fateOf.set(session.id, fate);
        this.sessions.push(session);
        if (fate !== 'silent') go();
      },
      onRcptTo: (_address, session, go) => {
        const fate = this.fateOf.get(session.id);
        if (fate === 'later') return go(answer(450, '4.2.0 greylisted, come back'));
        if (fate === 'refuse') return go(answer(550, '5.1.1 no such mailbox'));
        go();
      },
      onData: (stream, session, go) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          const fate = this.fateOf.get(session.id);
          if (stream.sizeExceeded) return go(answer(552, '5.3.4 too large'));
          if (fate === 'full') return go(answer(452, '4.3.1 disk full'));
          if (fate !== 'cut') {
            this.kept.push(Buffer.concat(pieces));
            this.recipients.push(session.envelope.rcptTo.map(({ address }) => address));
          }
          if (fate === 'cut' || fate === 'lose') return this.sockets.get(session.remotePort)?.destroy();
          go(null, 'queued as 4F1');
        });
      },
      ...options,
    });
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => this.sockets.set(socket.remotePort, socket));
  }

  static async start(options: SMTPServerOptions = {}): Promise<Post> {
    const post = new Post(options);
    await new Promise<void>((resolve) => post.server.listen(0, '127.0.0.1', resolve));
    return post;
  }

  /** How it is reached. */
  address(tls: MailServer['tls'] = 'NEVER', login?: MailServer['login']): MailServer {
    return { host: '127.0.0.1', port: (this.server.server.address() as AddressInfo).port, tls, login };
  }

  /** What was kept, read by somebody else's reader. */
  letters(): Promise<readonly Email[]> {
    return Promise.all(this.kept.map((bytes) => PostalMime.parse(bytes)));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
