import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#event-store';
import { isRefusal, type Actor, type CivilDate, type StoredEvent } from '#kernel';
import type { RecordStep } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const on = (year: number): CivilDate => `${year}-04-01` as CivilDate;

/** A small world in which commands meet: three subjects, one series, few command ids. */
const COMMANDS: readonly (readonly [aggregate: string, (year: number) => Omit<RecordStep, 'effectiveOn'>])[] = [
  ['decision', () => ({ command: 'TakeDecision', data: { title: 'Urology', referenceSeries: 'ICB' } })],
  ['decision', (year) => ({ command: 'TakeDecision', data: { title: `Urology ${year}`, reference: `R-${year % 2}` } })],
  ['decision', (year) => ({ command: 'ChangeDecision', data: { title: `Urology in ${year}` } })],
  ['decision', () => ({ command: 'ClassifyDecision', data: { disclosure: 'CONFIDENTIAL' } })],
  ['organisation', (year) => ({ command: 'RegisterOrganisation', data: { name: `ICB ${year}`, kind: 'ICB' } })],
  ['organisation', (year) => ({ command: 'ChangeOrganisation', data: { name: `Board ${year}` } })],
  ['organisation', () => ({ command: 'CloseOrganisation', data: {} })],
];
const story = fc.array(
  fc.record({
    door: fc.nat(2),
    subject: fc.nat(2),
    what: fc.nat(COMMANDS.length - 1),
    year: fc.integer({ min: 2022, max: 2025 }),
    id: fc.nat(40),
  }),
  { minLength: 5, maxLength: 40 },
);

class Counting extends MemoryEventStore {
  readonly reads: string[] = [];
  override async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    this.reads.push(stream);
    return super.readStream(stream, from);
  }
}

describe('several programs that record in one log', () => {
  it('answer as one would that has just been started, whatever each knows', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const [shared, plain] = [new MemoryEventStore(), new MemoryEventStore()];
        const doors = [0, 1, 2].map(() => new SubmitHandler(shared));
        for (const { door, subject, what, year, id } of told) {
          const [aggregate, step] = COMMANDS[what] as (typeof COMMANDS)[number];
          const steps = [{ ...step(year), effectiveOn: on(year) }];
          const command = new Submit({ aggregate, id: `s${subject}`, commandId: `c${id}`, steps }, officer);
          const ofOne = await answer(new SubmitHandler(plain), command);
          expect(await answer(doors[door] as SubmitHandler, command)).toEqual(ofOne);
        }
        expect(await words(shared)).toEqual(await words(plain));
      }),
      { numRuns: 60 },
    );
  });

  it('do not look at a subject that they are going to write to, and look before they refuse or say it is recorded', async () => {
    const store = new Counting();
    const door = new SubmitHandler(store);
    const send = async (command: string, commandId: string): Promise<string> => {
      const steps = [{ command, data: { name: commandId, kind: 'ICB' }, effectiveOn: on(2022) }];
      store.reads.length = 0;
      return answer(door, new Submit({ aggregate: 'organisation', id: 'a', commandId, steps }, officer));
    };
    await send('RegisterOrganisation', 'one');
    expect(store.reads).not.toContain('organisation/a');
    expect(await send('RegisterOrganisation', 'two')).not.toContain('subject');
    expect(store.reads).toContain('organisation/a');
    expect(await send('RegisterOrganisation', 'one')).toContain('"alreadyRecorded":true');
    expect(store.reads).toContain('organisation/a');
  });
});

async function answer(door: SubmitHandler, command: Submit): Promise<string> {
  try {
    return JSON.stringify(await door.execute(command));
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return `${thrown.code}: ${thrown.message}`;
  }
}

const words = async (store: MemoryEventStore): Promise<readonly unknown[]> =>
  // The first says which log it is.
  (await store.readAll(1, 1_000)).map(({ recordedAt: _, ...event }) => event);
