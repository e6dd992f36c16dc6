import { addDays, type CivilDate, type Money } from '#kernel';
import { limitInWords } from '../delegation/limit.sentences.js';
import { inStep, type Asking, type Known } from '../facts.js';
import { dayInWords, lastDayInWords } from '../wording.js';
import type { Actor, Chain, Failure, Hop, MissingDatum } from './authority.js';
import type { Matter } from './matter.js';
import type { DelegationRead } from './readings.js';
import { traceOf } from './trace.js';
import { delegationNamed, failure } from './walk.js';
import { markedEach } from './words.js';

/** What stands against granting a power: the first test that every way to it fails, or what is missing to tell. */
export interface Granting {
  readonly failure?: Failure;
  readonly missing: readonly MissingDatum[];
}

/**
 * Whether whoever grants a delegation holds what it grants, on its first day: for every delegate and function, with its
 * amounts and places. Nobody passes on more than they hold, for longer, or to where it came from (BR-051, BR-052, BR-072).
 */
export function* grantingOf({ id, state }: Known<DelegationRead>, on: CivilDate): Asking<Granting> {
  const matters = delegatesOf(state).flatMap((actor) =>
    (state.catalogueFunctions ?? []).map((one) => matterGranted(id, state, actor, one, on)),
  );
  if (matters.length === 0) {
    return {
      missing: [
        {
          about: delegationNamed(id),
          field: 'catalogueFunctions',
          datum: 'the functions of the catalogue that are delegated, and to whom of the register',
          recordedBy: 'whoever records the delegation',
        },
      ],
    };
  }
  const traces = yield* inStep(matters.map((matter) => traceOf(matter)));
  const missing: MissingDatum[] = [];
  for (const { parts } of traces) {
    const [refused] = parts.flatMap((part) => part.failure ?? []);
    if (refused && refused.test !== 'HOLDER') return { missing: [], failure: refused };
    const through = parts.flatMap(({ chains }) => chains).filter(({ hops }) => hops.some(({ by }) => by.id === id));
    const judged = through.map((chain) => ({ failure: chain.failure ?? beyond(chain, id), missing: chain.missing }));
    const [open] = judged.filter((one) => !one.failure);
    if (!open)
      return {
        missing: [],
        failure:
          judged[0]?.failure ?? failure('HOLDER', delegationNamed(id), 'nothing leads to it', 'a power to grant'),
      };
    // What each decision has to meet is met with it.
    missing.push(...open.missing.filter(({ field }) => field !== 'conditionsMet' && field !== 'actingUnder'));
  }
  return { missing };
}

const delegatesOf = (state: DelegationRead): readonly Actor[] => [
  ...(state.delegateOrganisations ?? []).map((id): Actor => ({ kind: 'organisation', id })),
  ...(state.delegateBodies ?? []).map((id): Actor => ({ kind: 'body', id })),
  ...(state.delegateSeats ?? []).map((id): Actor => ({ kind: 'seat', id })),
  ...(state.delegatePersons ?? []).map((id): Actor => ({ kind: 'person', id })),
];

/** The most that may be decided by it. */
function matterGranted(id: string, state: DelegationRead, actor: Actor, of: string, on: CivilDate): Matter {
  const most = (...bases: readonly string[]): Money | undefined =>
    state.limits?.find(({ basis }) => basis !== undefined && bases.includes(basis))?.amount;
  const [amount, amountPerYear] = [most('PER_DECISION', 'WHOLE_LIFE'), most('PER_YEAR')];
  const [limit] = state.limits ?? [];
  return {
    deciders: [actor],
    functions: [of],
    on,
    kind: 'APPROVE',
    places: state.places ?? [],
    conditionsMet: [],
    withheld: [],
    delegation: id,
    amount: amount ?? amountPerYear ?? { pence: 0 },
    ...(amountPerYear && { amountPerYear }),
    ...(limit?.vat && { vat: limit.vat }),
    ...(limit?.spending && { spending: limit.spending }),
  };
}

/** What a delegation leaves open that what it comes from does not: a limit, places, an end. */
function beyond({ hops }: Chain, id: string): Failure | undefined {
  const at = hops.findIndex(({ by }) => by.id === id);
  const terms = hops[at]?.terms ?? {};
  for (const above of hops.slice(0, at).toReversed()) {
    const why = wider(terms, above.terms ?? {});
    if (why) return failure(why.test, delegationNamed(id), why.found, why.needed, why.rule);
  }
  return undefined;
}

function wider(terms: NonNullable<Hop['terms']>, above: NonNullable<Hop['terms']>) {
  const open = (above.limits ?? []).find(({ basis }) => !(terms.limits ?? []).some((one) => one.basis === basis));
  const rule = 'BR-051';
  if (open) {
    const needed = `no more than ${limitInWords(open)}, on the same basis`;
    return { test: 'WIDER', found: 'it has no limit on that basis', needed, rule } as const;
  }
  if (above.places?.length && !terms.places?.length) {
    return {
      test: 'WIDER',
      found: 'it names no places',
      needed: `only ${markedEach('place', above.places)}`,
      rule,
    } as const;
  }
  if (above.termEnds !== undefined && (terms.termEnds === undefined || terms.termEnds > above.termEnds)) {
    const found =
      terms.termEnds === undefined ? 'it has no end' : `it ends on ${lastDayInWords(addDays(terms.termEnds, 1))}`;
    return {
      test: 'OUTLIVES',
      found,
      needed: `an end by ${dayInWords(above.termEnds)}, as what it comes from has`,
      rule: 'BR-051',
    } as const;
  }
  return undefined;
}
