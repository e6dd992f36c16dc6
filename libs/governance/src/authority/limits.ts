import { isPlaceholder, type CivilDate, type Money } from '#kernel';
import { under, type Asking } from '../facts.js';
import { pounds } from '../wording.js';
import type { MissingDatum } from './authority.js';
import { lacking, type Matter } from './matter.js';
import { limitInWords } from '../delegation/limit.sentences.js';
import type { Limit } from '../delegation/limit.js';
import type { DecisionRead } from './readings.js';
import { delegationLacks, delegationNamed } from './walk.js';
import { marked } from './words.js';

/** What a limit says to a matter: nothing against it, that it is beyond, or that a datum is missing. */
export type LimitFinding =
  | { readonly kind: 'within' }
  | { readonly kind: 'beyond'; readonly found: string; readonly needed: string }
  | { readonly kind: 'missing'; readonly missing: MissingDatum };

const WITHIN: LimitFinding = { kind: 'within' };

/** First day of the financial year, 1 April to 31 March, in which a day lies. */
export const financialYearOf = (on: CivilDate): CivilDate => {
  const [year, rest] = [on.slice(0, 4), on.slice(5)];
  return `${rest >= '04-01' ? year : String(Number(year) - 1).padStart(4, '0')}-04-01` as CivilDate;
};

/**
 * What the limits of a delegation say to a matter. The first that is beyond decides; failing that, the first datum that is
 * missing (BR-062).
 *
 * @param delegation id, whose other decisions of the year count where a limit is measured on all of them.
 */
export function* againstLimits(
  limits: readonly Limit[],
  matter: Matter,
  delegation: string | undefined,
  on: CivilDate,
): Asking<LimitFinding> {
  let missing: LimitFinding | undefined;
  for (const limit of limits) {
    const finding = yield* against(limit, limits, matter, delegation, on);
    if (finding.kind === 'beyond') return finding;
    if (finding.kind === 'missing') missing ??= finding;
  }
  return missing ?? WITHIN;
}

function* against(
  limit: Limit,
  limits: readonly Limit[],
  matter: Matter,
  delegation: string | undefined,
  on: CivilDate,
): Asking<LimitFinding> {
  const forKind = forSpending(limit, limits, matter);
  if (forKind !== 'applies') return forKind;
  const words = limitInWords(limit);
  const { amount: most } = limit;
  if (most === undefined || limit.basis === undefined) {
    const of = delegation === undefined ? undefined : marked(delegationNamed(delegation));
    const what = most === undefined ? 'how much the limit is' : `what the limit of ${words} is measured on`;
    return { kind: 'missing', missing: delegationLacks(delegation ?? '', 'limits', `of ${of}: ${what}`) };
  }
  switch (limit.basis) {
    case 'OTHER':
      return ask(matter, 'conditionsMet', `a person’s judgement of the limit of ${words}, which cannot be measured`);
    case 'WHOLE_LIFE':
    case 'PER_DECISION':
      return amountAgainst(limit, most, matter, figure(matter.amount), 'it is for');
    case 'PER_YEAR': {
      const own = figure(matter.amountPerYear) ?? figure(matter.amount);
      const others = delegation === undefined ? NONE : yield* othersOfTheYear(delegation, matter, on);
      const finding = amountAgainst(
        limit,
        most,
        matter,
        own === undefined ? undefined : own + others.pence,
        saying(others),
      );
      if (finding.kind !== 'within' || others.unknown === undefined) return finding;
      return { kind: 'missing', missing: othersAmount(others.unknown) };
    }
  }
}

interface Others {
  readonly pence: number;
  readonly count: number;
  /** A decision whose amount is not recorded, or withheld. */
  readonly unknown?: string;
}
const NONE: Others = { pence: 0, count: 0 };

const saying = ({ count }: Others): string =>
  count === 0
    ? 'it is for'
    : `with ${count === 1 ? 'another decision' : `${count} other decisions`} of the year it comes to`;

/** What was decided before under the same delegation in the same financial year and still stands. */
function* othersOfTheYear(delegation: string, matter: Matter, on: CivilDate): Asking<Others> {
  const first = financialYearOf(on);
  const all = yield* under<DecisionRead>('decision', 'delegation', [delegation], on);
  let [pence, count, unknown] = [0, 0, undefined as string | undefined];
  for (const { id, state } of all) {
    const { takenOn, taken, status } = state;
    if (id === matter.decision || taken !== true || status === 'RESCINDED') continue;
    if (takenOn === undefined || takenOn < first || takenOn > on) continue;
    // On one day the order is that of the references.
    if (takenOn === on && matter.decision !== undefined && id > matter.decision) continue;
    const amount = figure(state.amountPerYear) ?? figure(state.amount);
    if (amount === undefined) unknown ??= id;
    else pence += amount;
    count++;
  }
  unknown ??= yield* withheldInTheYear(matter, first, on);
  return { pence, count, ...(unknown !== undefined && { unknown }) };
}

/**
 * A decision of the same bodies in the year of which whoever asks sees only that it is there: whether it counts towards the
 * limit is withheld from them. It is found by what they see of it, its bodies and its day, never by its delegation.
 */
function* withheldInTheYear(
  { deciders, decision }: Matter,
  first: CivilDate,
  on: CivilDate,
): Asking<string | undefined> {
  const bodies = deciders.flatMap(({ kind, id }) => (kind === 'body' ? [id] : []));
  const theirs = yield* under<DecisionRead>('decision', 'decidedBy', bodies, on);
  return theirs.find(({ id, state }) => {
    const { stub, datedOn } = state;
    return stub === true && id !== decision && datedOn !== undefined && datedOn >= first && datedOn <= on;
  })?.id;
}

const othersAmount = (id: string): MissingDatum => ({
  about: { aggregate: 'decision', id },
  field: 'amount',
  datum: `what ${marked({ aggregate: 'decision', id })} counts towards the same year`,
  recordedBy: 'whoever records decisions of the body, or, where it is withheld from you, whoever sees it',
});

/** Whether a limit is about what the matter spends. A limit for revenue says nothing about capital. */
function forSpending(limit: Limit, limits: readonly Limit[], matter: Matter): 'applies' | LimitFinding {
  const { spending } = limit;
  if (spending === undefined || spending === matter.spending) return 'applies';
  if (matter.spending === undefined) {
    const amount = figure(matter.amount);
    // Within the limit for either, it does not matter which.
    const least = Math.min(...limits.map(({ amount: of }) => of?.pence ?? 0));
    const coversBoth = ['REVENUE', 'CAPITAL'].every((kind) => limits.some((one) => (one.spending ?? kind) === kind));
    if (amount !== undefined && coversBoth && amount <= least) return WITHIN;
    return ask(matter, 'spending', 'whether it is revenue or capital');
  }
  const other = limits.some((one) => one.spending === undefined || one.spending === matter.spending);
  if (other) return WITHIN;
  return ask(matter, 'spending', `a limit for ${matter.spending.toLowerCase()} spending in the delegation`);
}

function amountAgainst(
  limit: Limit,
  most: Money,
  matter: Matter,
  pence: number | undefined,
  says: string,
): LimitFinding {
  const words = limitInWords(limit);
  if (pence === undefined) return ask(matter, 'amount', `the amount, against the limit of ${words}`);
  const isBeyond = pence > most.pence;
  const sameVat = limit.vat === undefined || limit.vat === matter.vat;
  // With tax it is never less: beyond without it, it is beyond with it; within with it, it is within without it.
  const isSure = sameVat || (limit.vat === 'INCLUDED' ? isBeyond : !isBeyond);
  if (!isSure) return ask(matter, 'vat', `whether the amount includes VAT, against the limit of ${words}`);
  if (!isBeyond) return WITHIN;
  return { kind: 'beyond', found: `${says} ${pounds(pence)}`, needed: `no more than ${words}` };
}

const ask = (matter: Matter, field: string, datum: string): LimitFinding => ({
  kind: 'missing',
  missing: lacking(matter, field, datum),
});

const figure = (money: Money | undefined): number | undefined =>
  money === undefined || isPlaceholder(money) ? undefined : money.pence;
