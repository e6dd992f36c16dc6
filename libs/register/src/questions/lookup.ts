import type { Place } from '../engine/answer.js';
import type { LookUpRow } from '../shelves/found-rows.js';
import type { Generation } from '../shelves/generation.js';

/** Ids asked for at a time. */
const LOT = 256;

/**
 * For each id the slice that holds; or failing that its start, if it was known at all. The cost per id does not grow
 * with the subject's history: the open slice by its own index; failing that, a closed one by dyadic blocks where the
 * history is long, by reading the few there are where it is short. Each dialect has to be led along its indexes in its
 * own way (`Dialect.lookUp`).
 */
export const lookUp = async (
  generation: Generation,
  aggregate: string,
  ids: readonly string[],
  place: Place,
): Promise<readonly LookUpRow[]> => {
  const { tables } = generation.on(aggregate);
  const { reads } = generation;
  const rows: LookUpRow[] = [];
  for (let at = 0; at < ids.length; at += LOT) {
    rows.push(...(await reads.dialect.lookUp(reads, tables, ids.slice(at, at + LOT), place)));
  }
  return rows;
};
