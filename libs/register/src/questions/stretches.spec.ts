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
    const store = await logOf(lines);
    const house = await openOn(store);
    const ends = new Set([-1]);
    let end = -1;
    for (const count of commands) ends.add((end += count));
    const seen = new Set<number>();
    let taking = true;
    const taken = follow(house, store, lines.length).finally(() => (taking = false));
    while (taking) {
      seen.add(await house.follower.checkpoint());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await taken;
    seen.add(await house.follower.checkpoint());
    expect([...seen].filter((position) => !ends.has(position))).toEqual([]);
    expect(seen.size).toBeGreaterThan(2);
  });
});
