/** No subject has more than 2²⁴ events. */
export const LEVELS = 25;

/**
 * The fewest power-of-two blocks that make up the revisions `[from, to)`. All slices in one block are known throughout
 * it, hence do not overlap in effective time: looking for a date, a block has one candidate. So a look-up tries one
 * block per level, however long the history (segment tree laid into a B-tree).
 */
export const dyadicBlocks = (from: number, to: number): { readonly level: number; readonly block: number }[] => {
  const blocks: { level: number; block: number }[] = [];
  for (let at = from; at < to;) {
    let [level, size] = [0, 1];
    while (at % (size * 2) === 0 && at + size * 2 <= to) [level, size] = [level + 1, size * 2];
    blocks.push({ level, block: at / size });
    at += size;
  }
  return blocks;
};
