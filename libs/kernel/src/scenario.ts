import type { CivilDate } from './civil-date.js';
import type { Decider, Fact } from './decider.js';
import { isRefusal, type Refusal } from './refusal.js';
import type { RefusalCode } from './refusal-codes.js';
import { canonicalJson } from './canonical-json.js';

const DAY = '2025-04-01' as CivilDate;

/**
 * Specs of a decider that read as sentences: `given(…events).when(command).gives(event)` or `.refuses('CODE')`.
 * The events given are those before the new one's place, in order; each has to stand by itself. Events take effect on
 * 2025-04-01 unless `when` is given another day for the new one.
 */
export const scenario = <State, Command extends Fact, Event extends Fact>(decider: Decider<State, Command, Event>) => ({
  given: (...events: readonly Event[]) => ({
    when: (command: Command, effectiveOn: CivilDate = DAY) => ({
      gives: (expected: Event): void => {
        const event = outcome(decider, events, command, effectiveOn);
        if (isRefusal(event))
          throw new Error(`expected ${expected.type}, refused with ${event.code}: ${event.message}`);
        const [found, needed] = [canonicalJson(event), canonicalJson(expected)];
        if (found !== needed) throw new Error(`expected ${needed}\n  found ${found}`);
      },
      refuses: (code: RefusalCode): void => {
        const refusal = outcome(decider, events, command, effectiveOn);
        if (!isRefusal(refusal)) throw new Error(`expected ${code}, found ${canonicalJson(refusal)}`);
        if (refusal.code !== code)
          throw new Error(`expected ${code}, refused with ${refusal.code}: ${refusal.message}`);
      },
    }),
  }),
});

function outcome<State, Command extends Fact, Event extends Fact>(
  decider: Decider<State, Command, Event>,
  events: readonly Event[],
  command: Command,
  effectiveOn: CivilDate,
): Event | Refusal {
  let state = decider.initial;
  for (const event of events) {
    const refusal = decider.stands(state, event, DAY);
    if (refusal) throw new Error(`the scenario itself does not stand: ${refusal.message}`);
    state = decider.evolve(state, event);
  }
  try {
    const event = decider.decide(command, state);
    return decider.stands(state, event, effectiveOn) ?? event;
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown;
    throw thrown;
  }
}
