import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Circumstances, Outcome } from './attempts.js';
import { lookUpOutside, refuseInside, type Allowed } from './egress.js';
import { troubleInWords } from './trouble.js';
import { signedHeaders } from './webhook-message.js';
import { printable } from './wording.js';

/** Sending a whole body may take this many times as long as an answer. */
const SENDING = 6;
/** Bytes of an answer that are read before the connection is closed; none of them is used. */
const MOST_ANSWER = 16_384;

/** A signed message for one address, the same at every try but for its time. */
export interface Message {
  readonly id: string;
  readonly body: Buffer;
  readonly keys: readonly Uint8Array[];
}

/**
 * One try to post a message: over https, and to addresses outside only unless they are allowed. No redirect is followed;
 * of the answer only the status and `Retry-After` count.
 */
export const post = async (
  address: string,
  message: Message,
  circumstances: Circumstances,
  allowed: Allowed,
): Promise<Outcome> => {
  const url = new URL(address);
  try {
    refuseInside(url, allowed);
  } catch (thrown) {
    return troubleInWords(thrown, url.origin);
  }
  return posted(url, message, circumstances, allowed);
};

const posted = (
  url: URL,
  { id, body, keys }: Message,
  circumstances: Circumstances,
  allowed: Allowed,
): Promise<Outcome> =>
  new Promise((resolve) => {
    const { answerMs, authorities } = circumstances;
    const request = requestHttps(url, {
      method: 'POST',
      agent: false,
      lookup: lookUpOutside(allowed),
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
        'user-agent': 'decision-register',
        ...signedHeaders(id, Math.floor(circumstances.now() / 1000), body, keys),
      },
      ...(authorities === undefined ? {} : { ca: authorities }),
    });
    const timers: NodeJS.Timeout[] = [];
    const end = (outcome: Outcome): void => {
      timers.forEach(clearTimeout);
      resolve(outcome);
      request.destroy();
    };
    const within = (ms: number, what: string): NodeJS.Timeout => {
      const timer = setTimeout(
        () => end({ kind: 'later', because: `${url.origin} ${what} within ${seconds(ms)}` }),
        ms,
      );
      timers.push(timer);
      return timer;
    };
    const connecting = within(answerMs, 'could not be connected to');
    request.on('socket', (socket) => socket.once('secureConnect', () => clearTimeout(connecting)));
    const sending = within(answerMs * SENDING, 'did not take the whole message');
    request.on('finish', () => {
      clearTimeout(sending);
      within(answerMs, 'gave no answer');
    });
    request.on('error', (fault) => end(troubleInWords(fault, url.origin)));
    request.on('response', (response) => {
      const outcome = outcomeOf(response, url.origin, circumstances.now());
      let read = 0;
      response.on('data', (piece: Buffer) => {
        read += piece.length;
        if (read > MOST_ANSWER) end(outcome);
      });
      response.on('error', () => end(outcome));
      response.on('close', () => end(outcome));
      // Whatever the answer's body does, its status has been given.
      timers.forEach(clearTimeout);
      timers.push(setTimeout(() => end(outcome), Math.min(answerMs, 2_000)));
    });
    request.end(body);
  });

/** What a status means: 2xx is taken, 408, 425, 429 and 5xx are for later, and everything else is a no. */
function outcomeOf(response: IncomingMessage, origin: string, now: number): Outcome {
  const status = response.statusCode ?? 0;
  const said = printable(`HTTP ${status} ${response.statusMessage ?? ''}`);
  if (status >= 200 && status < 300) return { kind: 'accepted', receipt: said };
  const because = `${origin} answered ${said}`;
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { kind: 'later', because, ...retryAfter(response.headers['retry-after'], now) };
  }
  if (status >= 300 && status < 400) {
    return {
      kind: 'refused',
      because: `${because}, which names another address: needed the address at which it takes messages itself`,
      remedy: 'ask the receiver for the address that redirects nowhere, and deliver to that',
    };
  }
  if (status === 410) {
    return {
      kind: 'refused',
      because: `${because}: the receiver is gone and wants no more messages`,
      remedy: 'take the address out of the standing order, or ask the receiver for its new one',
    };
  }
  return { kind: 'refused', because, remedy: 'ask the receiver why: its own log says what it refused' };
}

function retryAfter(text: string | undefined, now: number): { readonly afterMs?: number } {
  if (text === undefined) return {};
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? { afterMs: ms } : {};
}

function seconds(ms: number): string {
  return ms >= 1000 ? `${Math.round(ms / 1000)} seconds` : `${ms} milliseconds`;
}
