import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Dice } from './dice.js';

/** Its programs are no administrators, and have the rights that the guide says. */
const READS_ALL = 'metadata $all {"$acl":{"$r":"$all"}}';
const READS_NOTHING = 'metadata $all {"$acl":{"$r":"$admins"}}';

/** Type of what somebody else writes. */
export const FOREIGN = 'something-else';

/** Time for one call to it, in milliseconds: short, so that lost answers are given up soon. */
const DEADLINE_MS = 700;

/**
 * The stand-in for EventStoreDB in a process of its own, which keeps its log over a kill and answers wrongly as often as
 * it is told to.
 */
export class StandIn {
  /** What it did wrong, by call and kind. */
  readonly faults = new Map<string, number>();
  private child: ChildProcess | undefined;
  private rate = 0;
  private starts = 0;
  private ready: () => void = () => undefined;

  private constructor(
    readonly port: number,
    /** Its log, an append a line. */
    readonly file: string,
    private readonly dice: Dice,
  ) {}

  static async start(folder: string, dice: Dice): Promise<StandIn> {
    const server = new StandIn(await freePort(dice), join(folder, 'log.ndjson'), dice);
    await server.run();
    await server.tell(READS_ALL);
    return server;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false&defaultDeadline=${DEADLINE_MS}`;
  }

  /** @param rate how many of all calls go wrong. */
  async goWrong(rate: number): Promise<void> {
    this.rate = rate;
    await this.tell(`faults ${rate}`);
  }

  /** Breaks every connection. */
  drop(): Promise<void> {
    return this.tell('drop');
  }

  /** Somebody takes away the right to read `$all`, and all connections break; after a while it is given back. */
  async loseRight(whileLost: () => Promise<void>): Promise<void> {
    await this.tell(READS_NOTHING);
    await this.drop();
    await whileLost();
    await this.tell(READS_ALL);
  }

  /** Somebody else writes an event to a stream of the register. */
  writeForeign(stream: string): Promise<void> {
    return this.tell(`event register-main|${stream}`);
  }

  /** Keeps a copy of its log as it is now, as a backup. */
  keep(): Promise<void> {
    return this.tell('keep');
  }

  /** Puts the copy back in the place of its log; no connection survives. */
  putBack(): Promise<void> {
    return this.tell('put');
  }

  /** SIGKILL, and after a while it is there again, with its log. */
  async kill(whileAway: () => Promise<void>): Promise<void> {
    await this.stop();
    await whileAway();
    await this.run();
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.child = undefined;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  private async run(): Promise<void> {
    const program = join(process.cwd(), 'test', 'eventstoredb', 'server.mjs');
    const seed = String(this.dice.named(`start ${(this.starts += 1)}`).between(1, 2 ** 31));
    const args = ['--port', String(this.port), '--data', this.file, '--faults', String(this.rate), '--seed', seed];
    const child = spawn(process.execPath, [program, ...args, '--rights', '--controlled'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child = child;
    const begun = this.next();
    createInterface({ input: child.stdout }).on('line', (line) => this.heard(line));
    await begun;
  }

  private async tell(order: string): Promise<void> {
    const done = this.next();
    this.child?.stdin?.write(`${order}\n`);
    await done;
  }

  private next(): Promise<void> {
    return new Promise((resolve) => (this.ready = resolve));
  }

  private heard(line: string): void {
    const { fault, call } = JSON.parse(line) as { fault?: string; call?: string };
    if (fault === undefined) return this.ready();
    const kind = `${call}: ${fault}`;
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }
}

/** Below those that the system gives to outgoing connections, so that nobody takes it while its program is away. */
export const freePort = async (dice: Dice): Promise<number> => {
  for (;;) {
    const port = dice.between(20_000, 32_000);
    const server = createServer();
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!listening) continue;
    const { port: free } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return free;
  }
};
