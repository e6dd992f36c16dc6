import type { CivilDate } from '#kernel';
import { streamParts, type Aggregate } from '../aggregates.js';
import type { Asking, Known, Need } from '../facts.js';

/** Facts of a spec: what is so of a subject, `body/board`, from a day on; a list of stretches where it changes. */
export type FactTable = Readonly<Record<string, Fact | readonly Fact[]>>;
interface Fact {
  readonly from?: string;
  /** The first day without. */
  readonly to?: string;
  readonly [field: string]: unknown;
}

/** Under which member a subject says what it is listed by, where the member is called otherwise. */
const MEMBERS: Readonly<Record<string, string>> = {
  delegateOrganisation: 'delegateOrganisations',
  delegateBody: 'delegateBodies',
  delegateSeat: 'delegateSeats',
  delegatePerson: 'delegatePersons',
  catalogueFunction: 'catalogueFunctions',
};

/** Answers a question from a table, naively. */
export const answeredBy = <Result>(table: FactTable, asking: Asking<Result>): Result => {
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map((need) => answer(table, need)));
  return step.value;
};

function answer(table: FactTable, need: Need): readonly Known[] {
  if (need.kind === 'ahead') return [];
  if (need.kind === 'under') {
    return idsOf(table, need.aggregate).flatMap((id) => {
      const stretches = stretchesOf(table, need.aggregate, id);
      const isUnder = stretches.some(({ state }) => {
        const value = (state as Record<string, unknown>)[MEMBERS[need.by] ?? need.by];
        return Array.isArray(value) ? value.includes(need.value) : value === need.value;
      });
      return isUnder ? at(stretches, need.on) : [];
    });
  }
  const stretches = stretchesOf(table, need.aggregate, need.id);
  if (need.kind === 'point') return at(stretches, need.on);
  const isLeft = ({ state }: Known) => {
    const { instrument, version } = state as { instrument?: string; version?: string };
    return need.versions.some((one) => one.instrument === instrument && one.version === version);
  };
  return at(
    stretches
      .filter((known) => !isLeft(known))
      .map((known, index, kept) => ({ ...known, to: kept[index + 1]?.from ?? null })),
    need.on,
  );
}

function at(stretches: readonly Known[], on: CivilDate): readonly Known[] {
  const begun = stretches.findLast(({ from }) => from <= on);
  if (begun) return [begun];
  const [first] = stretches;
  return first ? [{ ...first, begun: false }] : [];
}

const idsOf = (table: FactTable, aggregate: Aggregate): readonly string[] =>
  Object.keys(table).flatMap((subject) => {
    const parts = streamParts(subject);
    return parts.aggregate === aggregate ? [parts.id] : [];
  });

function stretchesOf(table: FactTable, aggregate: Aggregate, id: string): readonly Known[] {
  const said = table[`${aggregate}/${id}`];
  const facts: readonly Fact[] = said === undefined ? [] : Array.isArray(said) ? said : [said as Fact];
  return facts.flatMap(({ from = '2022-07-01', to, ...state }, index): Known[] => {
    const known: Known = {
      id,
      state: { holds: 'YES', status: 'IN_FORCE', ...state },
      from: from as CivilDate,
      to: (to ?? (facts[index + 1]?.from as string | undefined) ?? null) as CivilDate | null,
      begun: true,
      recordedFrom: 0,
    };
    if (to === undefined) return [known];
    const over = {
      ...known,
      from: to as CivilDate,
      to: null,
      state: { ...known.state, holds: 'NO', status: 'EXPIRED' },
    };
    return [known, over];
  });
}
