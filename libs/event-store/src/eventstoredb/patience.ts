import { setTimeout as pause } from 'node:timers/promises';
import { isOfServer, troubleOf } from './errors.js';

export interface Patience {
  readonly patienceMs: number;
  /** Whether nobody waits for it any more. */
  readonly isOver: () => boolean;
}

/** What changes nothing is tried again for a while where no answer comes, while the client connects anew. */
export const patiently = async <T>(work: () => Promise<T>, { patienceMs, isOver }: Patience): Promise<T> => {
  const until = performance.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      const { kind } = troubleOf(thrown);
      if (!isOfServer(thrown)) throw thrown;
      if ((kind !== 'no answer' && kind !== 'not leader') || performance.now() > until || isOver()) throw thrown;
      await pause(Math.min(20 * 2 ** tries, 500) * (1 - Math.random() / 2));
    }
  }
};
