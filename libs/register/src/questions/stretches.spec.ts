import { expect, it } from '@jest/globals';
import { follow, logOf, onEachReadModel, openOn, seat, type Line } from '../register.contract.js';

onEachReadModel(() => {
  it('T6: a checkpoint never stands inside a command, however long, while a batch is being taken in', async () => {
    const named = (id: string, of: readonly [number, number]): Line => ({
      ...seat(id, 'Named', '2025-03-02', { name: `${id} ${of[0]}` }),
      of,
    });
    const commands = [40, 130, 1, 250, 60];
    const lines = commands.flatMap((count, command) =>
      Array.from({ length: count }, (_, index) => named(String(command), [index, count])),
    );
    const ends = new Set([-1]);
    let end = -1;
    for (const count of commands) ends.add((end += count));
    // Whoever looks while a machine is busy may come too late to see it on its way: then it is looked at again.
    for (let round = 1; ; round++) {
      const seen = await seenWhileTaken(lines);
      expect([...seen].filter((position) => !ends.has(position))).toEqual([]);
      if (seen.size > 2) return;
      expect(round).toBeLessThan(10);
    }
  });
});

/** Where the checkpoint stood while a log was taken in as one batch. */
const seenWhileTaken = async (lines: readonly Line[]): Promise<ReadonlySet<number>> => {
  const store = await logOf(lines);
  const house = await openOn(store);
  const seen = new Set<number>();
  let taking = true;
  const taken = follow(house, store, lines.length).finally(() => (taking = false));
  while (taking) {
    seen.add(await house.follower.checkpoint());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await taken;
  return seen.add(await house.follower.checkpoint());
};
