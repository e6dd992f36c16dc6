import type { Decider, Fact } from './decider.js';
import { isRefusal, type Refusal } from './refusal.js';
import { canonicalJson } from './canonical-json.js';

/**
 * Specs of a decider that read as sentences: `given(…events).when(command).gives(event)` or `.refuses('CODE')`.
 * The events given are those before the new one's place, in order; each has to stand by itself.
 */
export const scenario = <State, Command extends Fact, Event extends Fact>(decider: Decider<State, Command, Event>) => ({
  given: (...events: readonly Event[]) => ({
    when: (command: Command) => ({
      gives: (expected: Event): void => {
        const event = outcome(decider, events, command);
        if (isRefusal(event)) throw new Error(`expected ${expected.type}, refused with ${event.code}: ${event.message}`);
        const [found, needed] = [canonicalJson(event), canonicalJson(expected)];
        if (found !== needed) throw new Error(`expected ${needed}\n  found ${found}`);
      },
      refuses: (code: string): void => {
        const refusal = outcome(decider, events, command);
        if (!isRefusal(refusal)) throw new Error(`expected ${code}, found ${canonicalJson(refusal)}`);
        if (refusal.code !== code) throw new Error(`expected ${code}, refused with ${refusal.code}: ${refusal.message}`);
      },
    }),
  }),
});

function outcome<State, Command extends Fact, Event extends Fact>(
  decider: Decider<State, Command, Event>,
  events: readonly Event[],
  command: Command,
): Event | Refusal {
  let state = decider.initial;
  for (const event of events) {
    const refusal = decider.stands(state, event);
    if (refusal) throw new Error(`the scenario itself does not stand: ${refusal.message}`);
    state = decider.evolve(state, event);
  }
  try {
    const event = decider.decide(command, state);
    return decider.stands(state, event) ?? event;
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown;
    throw thrown;
  }
}
