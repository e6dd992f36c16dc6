import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.js';

interface Health {
  readonly followers: readonly { readonly name: string; readonly state: string; readonly ledBy: string | null }[];
}

export type Cause = 'leader ended, another stood by' | 'leader ended, nobody stood by' | 'PostgreSQL restarted';

const LOOK_MS = 50;
const ANSWER_MS = 1_000;

/** Who keeps the views, looked at all the time from outside, and how long nobody did after each kill. */
export class TakeOvers {
  /** Milliseconds until somebody led again. */
  readonly times: { readonly cause: Cause; readonly ms: number }[] = [];
  private readonly answering = new Set<string>();
  private leader: string | undefined;
  private loss: { readonly cause: Cause; readonly at: number } | undefined;
  private over = false;
  private readonly looking: Promise<unknown>;

  constructor(
    private readonly cluster: Cluster,
    private readonly say: (line: string) => void,
  ) {
    this.looking = Promise.all(cluster.projectors.map(({ name }) => this.look(name)));
  }

  /** To be told right after a program was killed or stopped. */
  lost(name: string): void {
    const standsBy = [...this.answering].some((other) => other !== name);
    if (this.leader === name) this.lose(standsBy ? 'leader ended, another stood by' : 'leader ended, nobody stood by');
    this.answering.delete(name);
  }

  /** To be told when PostgreSQL is there again: its end took the lead from whoever had it. */
  restarted(): void {
    this.loss = undefined;
    this.lose('PostgreSQL restarted');
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.looking;
  }

  private lose(cause: Cause): void {
    this.leader = undefined;
    this.loss ??= { cause, at: performance.now() };
  }

  private async look(name: string): Promise<void> {
    for (; !this.over; await pause(LOOK_MS)) {
      const member = this.cluster.projectors.find((each) => each.name === name);
      const asked = { running: member?.running, loss: this.loss };
      const leads = await fetch(`${member?.url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS) })
        .then(async (response) => isLeading((await response.json()) as Health))
        .catch(() => undefined);
      if (leads !== undefined && asked.running && member?.running === asked.running) this.answering.add(name);
      // What was true of a program that has been killed since, or before the loss, says nothing.
      if (!leads || !asked.running || member?.running !== asked.running || this.loss !== asked.loss) continue;
      this.leader = name;
      if (!this.loss) continue;
      const ms = performance.now() - this.loss.at;
      this.times.push({ cause: this.loss.cause, ms });
      this.say(`${name} leads, after ${Math.round(ms)} ms (${this.loss.cause})`);
      this.loss = undefined;
    }
  }
}

const isLeading = ({ followers }: Health): boolean =>
  followers.some(({ name, ledBy, state }) => name === 'register' && ledBy === 'this program' && state !== 'stopped');
