import type { Aggregate, NameOf } from '#governance';
import type { CivilDate, DomainEvent, Position } from '#kernel';
import type { Register } from './register.js';
import { titleOf } from '../rooms/titles.js';

/** A name, and the first day on which it was borne. */
export interface Borne {
  readonly from: CivilDate;
  readonly name: string;
}

/** Rooms whose subjects change their names; sentences name others by something that is theirs for good, or by these. */
const RENAMED: ReadonlySet<Aggregate> = new Set(['organisation', 'body', 'person', 'seat']);

export const mayBeRenamed = (aggregate: Aggregate): boolean => RENAMED.has(aggregate);

/** The names that subjects bore, as known at a position, earliest first; of one that is not there, none. */
export const namesBorne = async (
  register: Register,
  aggregate: Aggregate,
  ids: readonly string[],
  position: Position,
): Promise<ReadonlyMap<string, readonly Borne[]>> => {
  const nobody: NameOf = () => undefined;
  const slices = await register.slicesOf(aggregate, ids, position);
  return new Map(
    ids.map((id) => [
      id,
      (slices.get(id) ?? []).flatMap((slice) =>
        slice.kind === 'found' ? [{ from: slice.from, name: titleOf(aggregate, slice.state, nobody) }] : [],
      ),
    ]),
  );
};

/** What a subject is called in a sentence about a day: by its name of that day, with what it is called now behind it. */
export const calledOn = (borne: readonly Borne[], now: string, day: CivilDate): string => {
  const then = borne.findLast(({ from }) => from <= day)?.name ?? borne[0]?.name ?? now;
  return then === now ? now : `${then} (now ${now})`;
};

/** The day that a sentence about an event speaks of: when it was done, where it says so, else from when it holds. */
export const dayToldOf = ({ data, effectiveOn, envelope }: DomainEvent): CivilDate | undefined => {
  const { takenOn } = data as { readonly takenOn?: CivilDate };
  return takenOn ?? (envelope.startKnown === false ? undefined : effectiveOn);
};
