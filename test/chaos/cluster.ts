import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { ACCEPT_OLDER_LOG } from '#event-store';
import { startPostgres, type OwnPostgres } from '#testing/postgres';
import { Programs, type Environment, type Program } from '../operations/programs.js';
import type { Dice } from './dice.js';
import { freePort, StandIn } from './stand-in.js';

export const NAMES = ['api A', 'api B', 'projector A', 'projector B'] as const;
export type Name = (typeof NAMES)[number];

/** One of the programs, over all its starts. */
interface Member {
  readonly name: Name;
  readonly environment: Environment & { readonly DATA_DIR: string };
  readonly url: string;
  running: Program | undefined;
  kills: number;
  stops: number;
}

/** A program that could not run says so with this exit code, and whoever started it starts it again. */
const COULD_NOT_RUN = 2;

/** One whose log was put back under it ends with this one. */
const REPLACED = 3;
const AGAIN_MS = 200;

const QUARANTINE_TRIES = 20;

/** What a program says once it can be stopped in order. */
const ON_AIR = / is running/;

/** Load beyond what one machine answers in time is what is tried here, not how it is turned away. */
const PATIENT = { LIMIT_IN_FLIGHT: '2000', LIMIT_ANSWER_SECONDS: '60' };

/** Two apis, two projectors, PostgreSQL and the event store: each may be killed at any moment, and comes again. */
export class Cluster {
  readonly members: readonly Member[];
  /** What went wrong that should not, in sentences. */
  readonly troubles: string[] = [];
  /** Faults that programs wrote to their logs, and how often. */
  readonly logged = new Map<string, number>();
  /** Sentences of programs that could not start while something they need was away. */
  readonly refusedStarts: string[] = [];
  postgresRestarts = 0;
  storeKills = 0;
  storeDrops = 0;
  logsPutBack = 0;
  rightsLost = 0;
  outsiders = 0;
  /** Programs that ended because their log had been put back. */
  readonly replaced: Name[] = [];
  private ending = false;

  private constructor(
    readonly programs: Programs,
    readonly store: StandIn,
    private readonly postgres: OwnPostgres,
    private readonly say: (line: string) => void,
    members: readonly Omit<Member, 'running' | 'kills' | 'stops'>[],
  ) {
    this.members = members.map((member) => ({ ...member, running: undefined, kills: 0, stops: 0 }));
  }

  static async start(dice: Dice, say: (line: string) => void): Promise<Cluster> {
    const programs = new Programs();
    const [postgres, store] = await Promise.all([
      startPostgres(),
      programs.folder().then((folder) => StandIn.start(folder, dice.named('store'))),
    ]);
    // A receipt of one api is good at the others.
    const RECEIPT_KEY = Buffer.alloc(32, 1).toString('base64');
    const shared = { LOG_LEVEL: 'warn', RECEIPT_KEY, EVENT_STORE_URL: store.url, READ_MODEL_URL: postgres.url };
    const members = [];
    for (const name of NAMES) {
      const port = await freePort(dice.named(name));
      const DATA_DIR = await programs.folder();
      const FOLLOW = name.startsWith('api') ? 'off' : 'on';
      const environment = { ...shared, ...PATIENT, FOLLOW, PORT: String(port), DATA_DIR };
      members.push({ name, environment, url: `http://127.0.0.1:${port}` });
    }
    const cluster = new Cluster(programs, store, postgres, say, members);
    await Promise.all(cluster.members.map((member) => cluster.run(member).address()));
    return cluster;
  }

  /** For `register …` beside them. */
  get shared(): Environment {
    return { EVENT_STORE_URL: this.store.url, READ_MODEL_URL: this.postgres.url };
  }

  get apis(): readonly string[] {
    return this.members.filter(({ name }) => name.startsWith('api')).map(({ url }) => url);
  }

  get projectors(): readonly Member[] {
    return this.members.filter(({ name }) => name.startsWith('projector'));
  }

  /** Which making of the views is read: the first, unless somebody has made them anew. */
  async generation(): Promise<number | undefined> {
    const client = new pg.Client({ connectionString: this.postgres.url });
    await client.connect();
    const { rows } = await client.query<{ live: number }>('SELECT live FROM views.control');
    await client.end();
    return rows[0]?.live;
  }

  /** SIGKILL, also while it starts; it is started again at once. */
  async kill(name: Name): Promise<void> {
    const member = this.members.find((each) => each.name === name) as Member;
    const running = await this.begun(member, () => true);
    member.kills += 1;
    member.running = undefined;
    running.child.kill('SIGKILL');
    this.run(member);
  }

  /** SIGTERM, as an upgrade does: it finishes what is under way, and then is started again. */
  async stop(name: Name): Promise<void> {
    const member = this.members.find((each) => each.name === name) as Member;
    member.stops += 1;
    const { over } = await this.asked(member);
    void over.then(() => this.ending || this.run(member));
  }

  /** As `pg_ctl stop -m immediate`, and started again after a while. */
  async crashPostgres(awayMs: number): Promise<void> {
    this.postgresRestarts += 1;
    await this.postgres.crash();
    await pause(awayMs);
    await this.postgres.start();
  }

  async killStore(awayMs: number): Promise<void> {
    this.storeKills += 1;
    await this.store.kill(() => pause(awayMs));
  }

  async dropStore(): Promise<void> {
    this.storeDrops += 1;
    await this.store.drop();
  }

  async loseRight(lostMs: number): Promise<void> {
    this.rightsLost += 1;
    await this.store.loseRight(() => pause(lostMs));
  }

  /** Somebody else writes to the register's streams; after a while an operator says that it is passed over. */
  async outsider(stream: string, waitMs: number): Promise<void> {
    this.outsiders += 1;
    await this.store.writeForeign(stream);
    await pause(waitMs);
    for (let tries = 0; ; tries++) {
      const said = await this.quarantined();
      if (said === undefined) return;
      if (tries === QUARANTINE_TRIES) {
        this.troubles.push(`register quarantine: ${said}`);
        return;
      }
      await pause(AGAIN_MS);
    }
  }

  /** Passes over all that is foreign. @returns what a command said that did not work: a call may go wrong. */
  private async quarantined(): Promise<string | undefined> {
    const listed = await this.programs.register(this.shared, 'quarantine', '--json');
    if (listed.code !== 0) return listed.err;
    const found = JSON.parse(listed.out) as { stream: string; revision: number; id: string; isQuarantined: boolean }[];
    for (const { stream, revision, id } of found.filter(({ isQuarantined }) => !isQuarantined)) {
      const place = ['--stream', stream, '--revision', String(revision), '--id', id];
      const done = await this.programs.register(this.shared, 'quarantine', ...place, '--reason', 'a blow');
      if (done.code !== 0) return done.err;
    }
    return undefined;
  }

  /** The copy kept before, in the place of the log, under running programs; whoever starts from now on accepts it. */
  async putBack(): Promise<void> {
    this.logsPutBack += 1;
    await this.store.putBack();
  }

  /** Stops the four in order; the stores stay. */
  async stopPrograms(): Promise<void> {
    this.ending = true;
    const asked = await Promise.all(this.members.map((member) => this.asked(member)));
    await Promise.all(asked.map(({ over }) => over));
  }

  async end(): Promise<void> {
    this.ending = true;
    await this.store.stop();
    await this.programs.end();
    await this.postgres.stop();
  }

  /** Asks a program to stop, once it can. `over` resolves when it has. */
  private async asked(member: Member): Promise<{ readonly over: Promise<void> }> {
    const { name } = member;
    const running = await this.begun(member, ({ said, child }) => ON_AIR.test(said.out) && child.exitCode === null);
    member.running = undefined;
    running.child.kill('SIGTERM');
    const began = performance.now();
    const over = running.ended.then((code) => {
      this.say(`${name} has stopped after ${Math.round(performance.now() - began)} ms`);
      if (code !== 0) this.troubles.push(`${name} did not stop in order: exit code ${code}: ${lastOf(running)}`);
    });
    return { over };
  }

  private async begun(member: Member, isSo: (program: Program) => boolean): Promise<Program> {
    for (;;) {
      const { running } = member;
      if (running && isSo(running)) return running;
      await pause(20);
    }
  }

  private run(member: Member): Program {
    const kind = member.name.startsWith('api') ? 'api' : 'projector';
    const program = this.programs.start(kind, member.environment, this.logsPutBack > 0 ? [ACCEPT_OLDER_LOG] : []);
    member.running = program;
    const begun = performance.now();
    program.child.stdout?.once('data', () => {
      this.say(`${member.name} is there after ${Math.round(performance.now() - begun)} ms`);
    });
    void program.ended.then((code) => this.ended(member, program, code));
    return program;
  }

  private async ended(member: Member, program: Program, code: number | null): Promise<void> {
    this.readLog(member.name, program);
    if (member.running !== program || this.ending) return;
    const said = program.said.err.trim();
    if (code === COULD_NOT_RUN && !said.includes('\n')) this.refusedStarts.push(said);
    else if (code === REPLACED && this.logsPutBack > 0) this.replaced.push(member.name);
    else this.troubles.push(`${member.name} ended by itself with ${code}: ${lastOf(program)}`);
    await pause(AGAIN_MS);
    if (member.running === program && !this.ending) this.run(member);
  }

  private readLog(name: Name, { said }: Program): void {
    for (const line of said.err.split('\n')) {
      if (!line.startsWith('{')) continue;
      const { level, msg, err } = logLine(line);
      if (level === 'warn') continue;
      const what = `${msg}${err ? `: ${err.message?.replaceAll(SUBJECT, '…/…')}` : ''}`;
      this.logged.set(what, (this.logged.get(what) ?? 0) + 1);
      if (/stands still/.test(what)) this.troubles.push(`${name}: ${line}`);
    }
  }
}

interface LogLine {
  readonly level: string;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
}

const SUBJECT = /\b(decision|appointment|body|person|reference|series)\/[\w-]+/g;

/** A line that a kill cut short says nothing. */
function logLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 'warn' };
  }
}

const lastOf = (program: Program | undefined): string => program?.said.err.slice(-2_000) ?? 'it was not running';
