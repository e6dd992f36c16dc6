import { seatedIn } from './posts.js';
import type { BodyView, Place, Register, Shown } from '#register';
import { whole } from './whole-list.js';

/** Through whom an organisation acts: ids. Those that ended are among them, as what they granted is not ended by a record. */
export interface ActsThrough {
  readonly organisation: string;
  readonly bodies: readonly string[];
  /** Of its bodies those that others own as well. */
  readonly shared: ReadonlySet<string>;
  readonly seats: readonly string[];
  /** Whoever is appointed to it or to a post in it on the day. */
  readonly persons: readonly string[];
}

export const actsThrough = async (register: Register, organisation: string, place: Place): Promise<ActsThrough> => {
  const bodies = await bodiesOf(register, organisation, place);
  const ids = bodies.map(({ id }) => id);
  return {
    organisation,
    bodies: ids,
    shared: new Set(bodies.flatMap(({ id, state }) => ((state.owners?.length ?? 0) > 1 ? [id] : []))),
    ...(await seatedIn(register, organisation, ids, place)),
  };
};

/** Its own, and those below them that say of nobody else that they are theirs. */
async function bodiesOf(register: Register, organisation: string, place: Place): Promise<readonly Shown<BodyView>[]> {
  const under = (column: string, values: readonly string[]) =>
    whole<BodyView>(register, 'body', { where: { [column]: values }, ended: true }, place);
  const found = [...(await under('owner', [organisation]))];
  const seen = new Set(found.map(({ id }) => id));
  for (let above: readonly string[] = [...seen]; above.length > 0;) {
    const below = await under('parentBody', above);
    const more = below.filter(({ id, state }) => !seen.has(id) && (state.owners?.length ?? 0) === 0);
    for (const body of more) seen.add(body.id);
    found.push(...more);
    above = more.map(({ id }) => id);
  }
  return found;
}
