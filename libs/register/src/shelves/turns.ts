import { AsyncLocalStorage } from 'node:async_hooks';

/** Longest stretch for which one turn of the event loop reads for whoever asks, in milliseconds. */
const STRETCH_MS = 10;

/**
 * What is done for one request: it gives way to others between its steps, and it is over when its time is up, its answer
 * too large or whoever asked gone. Over, it takes no further step: no statement, no resolver.
 */
export class Work {
  private reason: Error | undefined;
  private mustFinish = false;
  private waits = 0;
  private tell: (reason: Error) => void = () => undefined;

  /** Rejects when the work is over. */
  readonly over = new Promise<never>((_, reject) => {
    this.tell = reject;
  });

  constructor() {
    this.over.catch(() => undefined);
  }

  /** True while any of its steps waits for its turn. */
  get isWaiting(): boolean {
    return this.waits > 0;
  }

  /** A step waits for its turn. */
  async wait(turn: Promise<void>): Promise<void> {
    this.waits += 1;
    await turn;
    this.waits -= 1;
  }

  /** Why it is over; undefined while it goes on. */
  get ended(): Error | undefined {
    return this.mustFinish ? undefined : this.reason;
  }

  /** Ends it at its next step. The first reason is the one that counts. */
  end(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    if (!this.mustFinish) this.tell(reason);
  }

  /** What has begun to be recorded is carried to its end, whatever happens meanwhile. */
  finishWhateverHappens(): void {
    this.mustFinish = true;
  }

  /** Before the next of several commands. @throws why it is over, also where the one before had to be finished. */
  checkBetweenCommands(): void {
    if (this.reason) throw this.reason;
  }

  /** A step may begin. @throws why the work is over. */
  check(): void {
    if (this.ended) throw this.ended;
  }
}

const WORK = new AsyncLocalStorage<Work>();

/** Runs something as part of a work, with all that it calls. */
export const inWork = <Result>(work: Work, run: () => Result): Result => WORK.run(work, run);

/** The work that is being done; undefined for what no request asked for: following, rebuilding. */
export const workNow = (): Work | undefined => WORK.getStore();

let begun: number | undefined;

/** True where this turn of the event loop has read for long enough, so that others wait. */
const isTurnOver = (): boolean => {
  if (begun === undefined) {
    begun = performance.now();
    setImmediate(() => {
      begun = undefined;
    });
    return false;
  }
  return performance.now() - begun > STRETCH_MS;
};

const waiting: (() => void)[] = [];
let isLettingOn = false;

/**
 * Lets on whoever waits, one after another: what the one does until it waits again is done before the next looks at the
 * time. Statements that gather what several ask for go out when the turn ends.
 */
const letOn = (): void => {
  const next = isTurnOver() ? undefined : waiting.shift();
  next?.();
  isLettingOn = waiting.length > 0;
  if (!isLettingOn) return;
  // A tick that is asked for from a microtask comes when all microtasks are done.
  if (next) queueMicrotask(() => process.nextTick(letOn));
  else setImmediate(letOn);
};

/** True where the next step has to wait for its turn. */
export const mustWait = (): boolean => waiting.length > 0 || isTurnOver();

/** Between two steps: gives way where the turn is over, or where others wait. @throws why the work is over. */
export const takeTurn = async (work: Work | undefined = workNow()): Promise<void> => {
  if (!work) return;
  work.check();
  if (!mustWait()) return;
  const turn = new Promise<void>((resolve) => {
    waiting.push(resolve);
    if (isLettingOn) return;
    isLettingOn = true;
    setImmediate(letOn);
  });
  await work.wait(turn);
  work.check();
};

/** Runs what several steps of a work ask for together, when none of them waits for its turn any more. */
export const whenAllHaveAsked = (ask: () => void, work: Work | undefined = workNow()): void => {
  const look = (): void => {
    if (work?.isWaiting) setImmediate(look);
    else ask();
  };
  setImmediate(look);
};
