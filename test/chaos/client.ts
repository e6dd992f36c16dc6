import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from './dice.js';
import type { Ledger, Receipt, Sent } from './ledger.js';

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** A mutation about to be sent. */
export interface Command {
  readonly mutation: string;
  /** Aggregate and id. */
  readonly stream: string;
  readonly effectiveOn: string;
  readonly data: object;
  readonly recording?: object;
  readonly wrong?: boolean;
}

/** Answers to a command after which the same command is sent again: what it says is that nobody knows yet. */
const SEND_AGAIN = /^(OVERLOADED|OUTCOME_UNKNOWN|CONFLICT|STORE_\w+|READ_MODEL_\w+|INTERNAL_SERVER_ERROR)$/;

/** Answers to a question after which it is asked again. */
const ASK_AGAIN = /^(PENDING|FOLLOWER_SILENT|STORE_\w+|READ_MODEL_\w+|INTERNAL_SERVER_ERROR)$/;

/** How long a client waits for an answer before it takes it for lost, in milliseconds; some are impatient. */
const PATIENCE_MS = [500, 2_000, 10_000, 30_000] as const;

/** Longest pause before a command is sent again, in milliseconds. */
const MOST_PAUSE_MS = 1_500;

/** After the end of the load, how long a command may take that is under way, in milliseconds. */
const FINISHING_MS = 60_000;

/** When the load is over: nobody begins anything more, and what is under way has some time to finish. */
export class Schedule {
  private finishBy = Number.POSITIVE_INFINITY;

  get over(): boolean {
    return this.finishBy < Number.POSITIVE_INFINITY;
  }

  get tooLate(): boolean {
    return performance.now() > this.finishBy;
  }

  end(): void {
    this.finishBy = performance.now() + FINISHING_MS;
  }
}

/** Somebody at one of the apis, who tries again elsewhere when an answer does not come. */
export class Client {
  private count = 0;

  constructor(
    readonly name: string,
    private readonly apis: readonly string[],
    private readonly dice: Dice,
    private readonly ledger: Ledger,
    private readonly schedule: Schedule,
  ) {}

  /** @returns the receipt; undefined where it was refused, or the client has given up asking. */
  async send(command: Command): Promise<Receipt | undefined> {
    const { mutation, stream, wrong = false } = command;
    const commandId = `chaos/${this.name}/${(this.count += 1)}`;
    const sent = this.ledger.begin({ commandId, stream, mutation, wrong });
    const body = bodyOf(command, commandId);
    let at = this.dice.between(0, this.apis.length - 1);
    for (let tries = 0; ; tries++) {
      const both = this.dice.chance(0.1);
      const told = await Promise.all([
        this.sendOnce(sent, body, at),
        ...(both ? [this.sendOnce(sent, body, at + 1)] : []),
      ]);
      if (told.includes('refused')) return undefined;
      if (told.includes('recorded')) break;
      if (told.includes('lost') && this.dice.chance(0.03)) {
        sent.givenUp = true;
        return undefined;
      }
      if (this.schedule.tooLate) {
        this.ledger.troubles.push(
          `${commandId} (${mutation} of ${stream}) was sent ${sent.times} times without an answer`,
        );
        sent.givenUp = true;
        return undefined;
      }
      await pause(this.dice.between(20, Math.min(100 * 2 ** tries, MOST_PAUSE_MS)));
      at += 1;
    }
    // A client that is not sure whether it saw the answer.
    if (this.dice.chance(0.1)) await this.sendOnce(sent, body, at + this.dice.between(0, 1));
    return sent.receipts.at(-1);
  }

  /** Asks until there is an answer. @returns its data and bytes; undefined at the end of the load. */
  async ask(
    query: string,
  ): Promise<{ readonly data: Readonly<Record<string, unknown>>; readonly text: string } | undefined> {
    for (let at = this.dice.between(0, 1); !this.schedule.tooLate; at += this.dice.between(0, 1)) {
      const answer = await this.post({ query }, at);
      if (!answer) {
        await pause(this.dice.between(20, 500));
        continue;
      }
      const { data, errors } = answer.said;
      if (data && !errors) {
        this.ledger.reads += 1;
        return { data, text: answer.text };
      }
      const [error] = errors ?? [];
      const code = error?.extensions.code ?? 'no code';
      this.ledger.answered(`read: ${code}`);
      if (!ASK_AGAIN.test(code)) {
        this.ledger.troubles.push(`${this.name} was answered ${code}: ${error?.message} to ${query}`);
        return undefined;
      }
      await pause(this.dice.between(20, 500));
    }
    this.ledger.troubles.push(`${this.name} had no answer to ${query}`);
    return undefined;
  }

  private async sendOnce(sent: Sent, body: object, at: number): Promise<'recorded' | 'refused' | 'lost' | 'again'> {
    sent.times += 1;
    const sentAt = performance.now();
    const answer = await this.post(body, at);
    if (!answer) {
      this.ledger.lostAnswers += 1;
      return 'lost';
    }
    const { data, errors } = answer.said;
    if (data && !errors) {
      this.ledger.acknowledged(sent, data['receipt'] as Receipt, sentAt);
      return 'recorded';
    }
    const [error] = errors ?? [];
    const code = error?.extensions.code ?? 'no code';
    this.ledger.answered(code);
    if (SEND_AGAIN.test(code)) return 'again';
    if (!sent.wrong)
      this.ledger.troubles.push(
        `${sent.commandId} (${sent.mutation} of ${sent.stream}) was refused: ${code}: ${error?.message}`,
      );
    sent.refused = code;
    return 'refused';
  }

  private async post(body: object, at: number): Promise<{ readonly said: Answer; readonly text: string } | undefined> {
    const url = `${this.apis[at % this.apis.length]}/graphql`;
    const span = this.dice
      .between(1, 2 ** 48 - 1)
      .toString(16)
      .padStart(16, '0');
    const headers = {
      'content-type': 'application/json',
      // As a proxy in front would write it: another one for each attempt.
      traceparent: `00-${span.padStart(32, '0')}-${span}-01`,
    };
    const signal = AbortSignal.timeout(this.dice.one(PATIENCE_MS));
    try {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
      const text = await response.text();
      return { said: JSON.parse(text) as Answer, text };
    } catch {
      // Whatever it was: the client has no answer.
      return undefined;
    }
  }
}

const RECEIPT = 'subject after position alreadyRecorded events { id type position }';

function bodyOf({ mutation, stream, effectiveOn, data, recording }: Command, commandId: string): object {
  if (mutation === 'annul') {
    return {
      query: `mutation ($subject: ID!, $events: [ID!]!, $why: WhyInput!, $commandId: ID) {
        receipt: annul(subject: $subject, events: $events, why: $why, commandId: $commandId) { ${RECEIPT} }
      }`,
      variables: { subject: stream, commandId, ...data },
    };
  }
  const input = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return {
    query: `mutation ($id: ID, $recording: RecordingInput!, $data: ${input}!) {
      receipt: ${mutation}(id: $id, recording: $recording, data: $data) { ${RECEIPT} }
    }`,
    variables: { id: stream.slice(stream.indexOf('/') + 1), recording: { effectiveOn, commandId, ...recording }, data },
  };
}
