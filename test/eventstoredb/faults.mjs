// What goes wrong next, by script.

/** @typedef {'append' | 'batchAppend' | 'read' | 'subscribe'} Call */

/**
 * Faults wait in a queue for each kind of call; each call takes the next. One of `append` is met by whichever append comes
 * next, alone or on the long call; one of `batchAppend` by the next on that. A fault is one of
 * - `{ kind: 'lost request' }`: never done, never answered;
 * - `{ kind: 'lost answer' }`: done, never answered;
 * - `{ kind: 'late', ms }`: done after a while, then answered;
 * - `{ kind: 'late answer', ms }`: done at once, answered after a while;
 * - `{ kind: 'dropped', done }`: the connection breaks, before or after it was done;
 * - `{ kind: 'answered twice' }`, `{ kind: 'not understood' }`: of appends on the long call;
 * - `{ kind: 'twice' }`: the request came twice; of a subscription every event comes twice;
 * - `{ kind: 'from before', events }`: a subscription that begins so many records before the place it was asked to;
 * - `{ kind: 'not leader', leader }`: another node leads;
 * - `{ kind: 'status', code, details }`: a plain gRPC error;
 * - `{ kind: 'silent' }`: a subscription that is confirmed and then says nothing;
 * - `{ kind: 'ends', after, slow }`: a subscription that breaks after so many events, or is ended because its reader lags.
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
    const next = (queue) => this.#queues.get(queue)?.shift();
    return next(call) ?? (call === 'batchAppend' ? next('append') : undefined);
  }

  /** Nothing goes wrong any more. */
  clear() {
    this.#queues.clear();
  }
}

const APPENDS = [
  { kind: 'lost request' },
  { kind: 'lost answer' },
  { kind: 'late', ms: 200 },
  { kind: 'late answer', ms: 200 },
  { kind: 'dropped', done: false },
  { kind: 'dropped', done: true },
  { kind: 'twice' },
];
/** Longer than a caller waits who wants to be quick: it has given up, and the request comes all the same. */
const ZOMBIE = { kind: 'late', ms: 1_500 };

const BY_CALL = {
  append: [...APPENDS, ZOMBIE],
  batchAppend: [...APPENDS, ZOMBIE, { kind: 'answered twice' }, { kind: 'not understood' }],
  read: [{ kind: 'dropped' }, { kind: 'lost answer' }, { kind: 'late', ms: 200 }],
  subscribe: [{ kind: 'twice' }, { kind: 'ends', after: 20 }, { kind: 'from before', events: 12 }],
};

/** Beside what is scripted, any call goes wrong with a probability of `rate`, the same way for the same seed. */
export class RandomFaults extends Faults {
  rate;
  #state;
  #tell;

  /** @param tell told of each fault: its kind, and the call. */
  constructor(rate, seed, tell = () => undefined) {
    super();
    this.rate = rate;
    this.#state = seed >>> 0 || 1;
    this.#tell = tell;
  }

  take(call) {
    const fault = super.take(call) ?? this.#byChance(call);
    if (fault) this.#tell(fault.kind, call);
    return fault;
  }

  #byChance(call) {
    if (!(this.rate > 0) || this.#random() >= this.rate) return undefined;
    const possible = BY_CALL[call];
    return possible[Math.floor(this.#random() * possible.length)];
  }

  #random() {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state / 2 ** 32;
  }
}
