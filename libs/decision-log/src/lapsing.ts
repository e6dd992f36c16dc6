import { subjectOf, type Aggregate } from '#governance';
import type { CivilDate, Position } from '#kernel';
import { lapseOf, titleOf, type Carrier, type Lapse, type Place, type Register } from '#register';
import type { LogContext } from './sections/section.js';

/** What something recorded for a day to come has lapsed with by then, as known at one position; undefined where nothing says so. */
export type LapseBy = (aggregate: Aggregate, state: object, day: CivilDate) => Promise<Lapse | undefined>;

export const lapsesBy = ({ source: { register }, scope: { basis } }: LogContext): LapseBy =>
  lapsesKnownAt(register, basis.position);

export const lapsesKnownAt = (register: Register, position: Position): LapseBy => {
  const lapses = lapsesAt(register, position);
  return async (aggregate, state, day) => {
    const lapse = await lapses(aggregate, state, day);
    return lapse?.isKnown ? lapse : undefined;
  };
};

/** The same, also where nobody knows whether it has ended already. Each subject is read once for each day. */
export const lapsesAt = (register: Register, position: Position): LapseBy => {
  const read = new Map<string, Promise<Carrier | undefined>>();
  const succeeded = new Map<string, Promise<boolean>>();
  const one = async (aggregate: Aggregate, id: string, place: Place): Promise<Carrier | undefined> => {
    const answer = await register.point(aggregate, id, place);
    if (answer.kind !== 'found') return undefined;
    return { state: answer.state, name: titleOf(aggregate, answer.state, () => undefined) };
  };
  return async (aggregate, state, day) => {
    const place = { asAt: day, position };
    return lapseOf(aggregate, state, {
      one: (of, id) => {
        const key = `${day} ${subjectOf(of, id)}`;
        const found = read.get(key) ?? one(of, id, place);
        read.set(key, found);
        return found;
      },
      hasSuccessor: (id) => {
        const key = `${day} ${id}`;
        const found =
          succeeded.get(key) ??
          register.count('succession', { where: { predecessor: id } }, place).then((count) => count > 0);
        succeeded.set(key, found);
        return found;
      },
    });
  };
};
