import { Refusal, instantOf } from '#kernel';
import { printable } from './wording.js';
import type { Delivered, DeliveryRoute } from './parcel.js';

/** How one try ended. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly receipt: string }
  /** No for good. `because` is a sentence without a full stop that names the other side. */
  | { readonly kind: 'refused'; readonly because: string; readonly remedy?: string }
  /** Not now. `afterMs` is what the other side asked for, if it did. */
  | { readonly kind: 'later'; readonly because: string; readonly afterMs?: number };

/** What a delivery needs from where it runs. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1, without it. */
  random(): number;
  /** Resolves when so many milliseconds are over or the signal says stop, whichever is first. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
  /** Longest time to connect, TLS included, and then for the answer once everything is sent, in milliseconds. */
  readonly answerMs: number;
  /** Certificates (PEM) that are trusted instead of those of Node. */
  readonly authorities?: string | Buffer;
}

export const ON_THIS_MACHINE: Circumstances = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, stop) =>
    new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', over);
        resolve();
      };
      const timer = setTimeout(over, ms);
      stop.addEventListener('abort', over);
      if (stop.aborted) over();
    }),
  answerMs: 10_000,
};

/** Milliseconds before the second try, the third, …; each is made up to a quarter shorter or longer. */
const PAUSES = [2_000, 6_000, 15_000, 30_000] as const;
/** Longest pause that the other side is granted. */
const LONGEST_PAUSE = 60_000;
/** No try begins later than this after the first one, in milliseconds. */
const LAST_TRY = 120_000;

/**
 * Tries until the other side accepts or refuses, five times at most. The pauses grow, and differ by chance, so that
 * programs that failed together do not come back together.
 *
 * @param stop after it no further try begins.
 * @throws Refusal `DELIVERY_REFUSED` or `DELIVERY_FAILED`
 */
export const delivered = async (
  route: DeliveryRoute,
  attempt: () => Promise<Outcome>,
  circumstances: Circumstances,
  stop: AbortSignal,
): Promise<Delivered> => {
  const began = circumstances.now();
  for (let tries = 0; ;) {
    if (stop.aborted) throw failed('the program is stopping', tries);
    const outcome = await attempt();
    tries++;
    if (outcome.kind === 'accepted') {
      return { ...route, at: instantOf(circumstances.now()), receipt: printable(outcome.receipt) };
    }
    if (outcome.kind === 'refused') throw refused(outcome.because, outcome.remedy);
    const pause = PAUSES[tries - 1];
    if (pause === undefined) throw failed(outcome.because, tries);
    const ms = Math.max(Math.round(pause * (0.75 + circumstances.random() / 2)), outcome.afterMs ?? 0);
    if (ms > LONGEST_PAUSE || circumstances.now() + ms - began > LAST_TRY) throw failed(outcome.because, tries);
    await circumstances.wait(ms, stop);
  }
};

/** @returns the refusal of a delivery that would be refused again. */
export const refused = (because: string, remedy?: string): Refusal =>
  new Refusal('DELIVERY_REFUSED', because, { field: 'deliverTo', ...(remedy === undefined ? {} : { remedy }) });

const failed = (because: string, tries: number): Refusal =>
  new Refusal('DELIVERY_FAILED', `${because} (${tries === 1 ? '1 try' : `${tries} tries`}): needed an acceptance`, {
    field: 'deliverTo',
    remedy: 'try again later, with the same log: whoever has it already knows it by its id',
  });
