import {
  DecisionRouteEnum,
  DecisionStatusEnum,
  DecisionTypeEnum,
  DisclosureClassEnum,
  Field,
  InputType,
  ProcurementRouteEnum,
} from '#schema';
import {
  CLASSES,
  type DecisionRoute,
  type DecisionStatus,
  type DecisionType,
  type DisclosureClass,
  type ProcurementRoute,
} from '#governance';
import { tagKey } from '../rooms/decision/decision.view.js';
import type { Restriction } from '../questions/restriction.js';
import { among, between, listedWhere, NOTHING, OpenFilter, type Condition, type Filtered } from './condition.js';
import { isOr, withWords, wordsIn } from './words.js';
import { AmountRange, amountsIn, DayRange, daysIn, MomentRange, momentsIn } from './ranges.js';

@InputType({ description: listedWhere('decisions') })
export class DecisionFilter extends OpenFilter {
  @Field(() => [DecisionTypeEnum], { description: 'What they do.', nullable: true })
  kind?: readonly DecisionType[] | null;

  @Field(() => [DecisionRouteEnum], { description: 'How they came to be taken.', nullable: true })
  route?: readonly DecisionRoute[] | null;

  @Field(() => [DecisionStatusEnum], {
    description: 'Where they stand as they are shown, superseded also where only the later decision says so.',
    nullable: true,
  })
  status?: readonly DecisionStatus[] | null;

  @Field(() => [String], { description: 'Words that they are tagged with, in upper or lower case.', nullable: true })
  tag?: readonly string[] | null;

  @Field(() => String, {
    description: 'Words that stand among the functions of the delegation they were taken under.',
    nullable: true,
  })
  function?: string | null;

  @Field(() => String, { description: 'Words that stand in the name of the supplier.', nullable: true })
  supplier?: string | null;

  @Field(() => [ProcurementRouteEnum], { description: 'How the supplier was chosen.', nullable: true })
  procurementRoute?: readonly ProcurementRoute[] | null;

  @Field(() => [DisclosureClassEnum], { description: 'Their class, as it is shown.', nullable: true })
  disclosure?: readonly DisclosureClass[] | null;

  @Field(() => Boolean, { description: 'Whether they are key decisions of a council’s executive.', nullable: true })
  key?: boolean | null;

  @Field(() => AmountRange, {
    description: 'The amount that they are about, whole. A placeholder is no amount.',
    nullable: true,
  })
  amount?: AmountRange | null;

  @Field(() => DayRange, { description: 'The day on which they were taken.', nullable: true })
  taken?: DayRange | null;

  @Field(() => DayRange, { description: 'The first day on which they hold.', nullable: true })
  effective?: DayRange | null;

  @Field(() => DayRange, { description: 'The day on which they were published.', nullable: true })
  published?: DayRange | null;

  @Field(() => MomentRange, {
    description: 'The moment at which was recorded what is shown of them: their "recordedAt".',
    nullable: true,
  })
  recorded?: MomentRange | null;
}

/**
 * @param visible of decisions that replace others, those that whoever asks may see.
 * @throws Refusal for a range that is none.
 */
export const decisionFiltered = (filter: DecisionFilter, visible: Restriction | undefined): Filtered => {
  const functions = wordsIn(filter.function, 'filter.function');
  const looksAt = (part: Condition['part'], conditions: readonly Condition[]): readonly Condition[] =>
    conditions.map((condition) => ({ ...condition, part }) as Condition);
  const recorded = momentsIn(filter.recorded, 'filter.recorded');
  return {
    notKnown: filter.notKnown ?? 'LEFT_OUT',
    disclosure: filter.disclosure ?? undefined,
    conditions: [
      ...among('kind', filter.kind),
      ...among('route', filter.route),
      ...(filter.status ? [standing(filter.status, visible)] : []),
      ...looksAt('tags', filter.tag ? [{ is: tagged(filter.tag) }] : []),
      ...(functions === undefined ? [] : [withFunction(functions)]),
      ...looksAt('procurement', withWords('supplier', filter.supplier, 'filter.supplier')),
      ...looksAt('procurement', among('procurementRoute', filter.procurementRoute)),
      ...isOr('key', filter.key),
      ...looksAt('amount', between('amount', amountsIn(filter.amount, 'filter.amount'))),
      ...between('takenOn', daysIn(filter.taken, 'filter.taken')),
      ...between('inForceFrom', daysIn(filter.effective, 'filter.effective')),
      ...between('publishedOn', daysIn(filter.published, 'filter.published')),
      ...(recorded ? [{ is: { recorded }, recorded }] : []),
    ],
  };
};

/** That a decision is of one of several classes. */
export const ofClass = (classes: readonly DisclosureClass[]): Restriction => {
  const others = CLASSES.filter((one) => one !== 'PUBLIC');
  const withheld: Restriction = { column: 'disclosure', oneOf: classes.filter((one) => one !== 'PUBLIC') };
  const open: Restriction = { not: { column: 'disclosure', oneOf: others } };
  return classes.includes('PUBLIC') ? { any: [open, withheld] } : withheld;
};

const tagged = (tags: readonly string[]): Restriction => ({
  listed: tags.map((tag) => ({ by: 'tag', value: tagKey(tag) })),
});

/**
 * What power was used is said by the delegation, as it stands on the day of the question; where it does not yet, by what it
 * says of later days. One that was withdrawn says nothing.
 */
const withFunction = (words: string): Condition => {
  const delegated = (restriction?: Restriction): Restriction => ({
    names: 'delegation',
    such: { aggregate: 'delegation', restriction, orEver: true },
  });
  return { is: delegated({ words }), notKnown: { not: delegated() } };
};

const ENDS: readonly DecisionStatus[] = ['SUPERSEDED', 'RESCINDED', 'LAPSED'];

/** Where decisions stand as others leave them, as `supersededBy` shows it. */
function standing(statuses: readonly DecisionStatus[], visible: Restriction | undefined): Condition {
  const own: Restriction = { column: 'status', oneOf: statuses };
  const plain = statuses.filter((one) => one !== 'IN_STANDSTILL');
  const ownPlain: Restriction = {
    any: [
      { column: 'status', oneOf: plain },
      { column: 'inStandstill', oneOf: statuses },
    ],
  };
  const replaced: Restriction = {
    all: [
      { not: { column: 'status', oneOf: ENDS } },
      { namedIn: 'supersedes', by: { aggregate: 'decision', restriction: visible }, except: 'supersededBy' },
    ],
  };
  const shown = (ofItself: Restriction): Restriction => ({
    any: [{ all: [ofItself, { not: replaced }] }, statuses.includes('SUPERSEDED') ? replaced : NOTHING],
  });
  return { is: shown(own), part: 'procurement', withoutPart: shown(ownPlain) };
}
