// What goes wrong next, by script.

/** @typedef {'append' | 'batchAppend' | 'read' | 'subscribe'} Call */

/**
 * Faults wait in a queue for each kind of call; each call takes the next. A fault is one of
 * - `{ kind: 'lost request' }`: never done, never answered;
 * - `{ kind: 'lost answer' }`: done, never answered;
 * - `{ kind: 'late', ms }`: done after a while, then answered;
 * - `{ kind: 'late answer', ms }`: done at once, answered after a while;
 * - `{ kind: 'dropped', done }`: the connection breaks, before or after it was done;
 * - `{ kind: 'twice' }`: the request came twice; of a subscription every event comes twice;
 * - `{ kind: 'not leader', leader }`: another node leads;
 * - `{ kind: 'status', code, details }`: a plain gRPC error;
 * - `{ kind: 'silent' }`: a subscription that is confirmed and then says nothing;
 * - `{ kind: 'ends', after }`: a subscription that breaks after so many events.
 */
export class Faults {
  #queues = new Map();

  /** Lets the next `times` calls of a kind go wrong. */
  next(call, fault, times = 1) {
    const queue = this.#queues.get(call) ?? [];
    for (let time = 0; time < times; time++) queue.push(fault);
    this.#queues.set(call, queue);
  }

  /** The fault for a call that has come. */
  take(call) {
    return this.#queues.get(call)?.shift();
  }

  /** Nothing goes wrong any more. */
  clear() {
    this.#queues.clear();
  }
}

/** Any call goes wrong with a probability of `rate`, the same way for the same seed. */
export const rateOfFaults = (rate, seed) => {
  const faults = new Faults();
  if (!(rate > 0)) return faults;
  let state = seed >>> 0 || 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  const appends = [
    { kind: 'lost request' },
    { kind: 'lost answer' },
    { kind: 'late', ms: 200 },
    { kind: 'late answer', ms: 200 },
    { kind: 'dropped', done: false },
    { kind: 'dropped', done: true },
    { kind: 'twice' },
  ];
  const subscriptions = [{ kind: 'twice' }, { kind: 'ends', after: 20 }];
  const byCall = { append: appends, batchAppend: appends, subscribe: subscriptions, read: [{ kind: 'dropped' }] };
  faults.take = (call) => {
    if (random() >= rate) return undefined;
    const possible = byCall[call];
    return possible[Math.floor(random() * possible.length)];
  };
  return faults;
};
