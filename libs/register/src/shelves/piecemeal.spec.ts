import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#event-store';
import type { Position, StoredEvent } from '#kernel';
import { closeNow, logOf, newPlace, onEachReadModel, openOn, runs, seat, type Line } from '../register.contract.js';

/** Commands of one to three events, some of which were left without their rest. */
const commands = fc.array(
  fc
    .integer({ min: 1, max: 3 })
    .chain((count) => fc.record({ count: fc.constant(count), there: fc.integer({ min: 1, max: count }) })),
  { minLength: 1, maxLength: 6 },
);

const linesOf = (told: readonly { readonly count: number; readonly there: number }[]): Line[] =>
  told.flatMap(({ count, there }, command) =>
    Array.from({ length: there }, (_, index) => ({
      ...seat(`${command}-${index}`, 'Appointed', '2025-03-02', { holder: 'Ann' }),
      of: [index, count] as const,
    })),
  );

onEachReadModel(() => {
  it('the views rest on the same moments, however piecemeal the events of a command come, and whoever goes on', async () => {
    await fc.assert(
      fc.asyncProperty(
        commands,
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 8 }),
        fc.boolean(),
        async (told, cuts, anew) => {
          const lines = linesOf(told);
          const events = await (await logOf(lines)).readAll(0, 99);
          const piecemeal = new Piecemeal(events);
          const place = newPlace();
          let house = await openOn(piecemeal, { place });
          for (let at = 0, cut = 0; at < events.length; cut++) {
            const some = events.slice(at, at + (cuts[cut] ?? events.length));
            piecemeal.shown = (some.at(-1)?.position ?? -1) + 1;
            await house.follower.handle(some);
            at += some.length;
            const position = (await house.register.resolveBasis({ now: Date.now() })).position;
            expect(position).toBe(lastWhole(events.slice(0, at)));
            if (!anew) continue;
            await closeNow(house);
            house = await openOn(piecemeal, { place });
          }
          const asked = async (): Promise<readonly Position[]> =>
            Promise.all(
              events.map(
                async ({ position }) =>
                  (await house.register.resolveBasis({ asKnownAt: position, now: Date.now() })).position,
              ),
            );
          const followed = await asked().catch((refused: { code: string }) => refused.code);
          const { compared } = await house.rebuild();
          expect(compared?.every(({ same }) => same)).toBe(true);
          expect(await asked().catch((refused: { code: string }) => refused.code)).toEqual(followed);
        },
      ),
      { numRuns: runs(12) },
    );
  });
});

/** The last position before which no command is still to be completed, by what is there. */
const lastWhole = (events: readonly StoredEvent[]): Position => {
  const counts = events.map(({ envelope }) => JSON.parse(envelope) as { index: number; count: number });
  const last = events.findLastIndex((_, at) => {
    const { index, count } = counts[at] as { index: number; count: number };
    return index + 1 === count || counts[at + 1]?.index === 0;
  });
  return last;
};

/** A log of which more and more is there. */
class Piecemeal extends MemoryEventStore {
  shown = 0;
  constructor(private readonly events: readonly StoredEvent[]) {
    super();
  }
  override async head(): Promise<Position> {
    return this.shown - 1;
  }
  override async readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.events.slice(0, this.shown).slice(from, from + limit);
  }
  override async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    return this.events.slice(0, this.shown).filter((event) => event.stream === stream && event.revision >= from);
  }
}
