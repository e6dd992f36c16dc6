import { Refusal, said, type CivilDate, type Decider, type Fact } from '#kernel';
import { UNBORN, lifeAfter, standsInLife, type Life, type Part } from '../lifecycle.js';
import type {
  ClassedAtOnce,
  DecisionChanges,
  DecisionDetails,
  DecisionEvent,
  ProposalDetails,
} from './decision.events.js';
import { changed, proposed, subjectsNamed, taken } from './decision-fields.js';
import { stricter } from './strictness.js';
import { classAfter } from './recorded-class.js';
import { classification, type Classed, type Classification, type Lifting } from './disclosure.js';

/** Asks the door for the next number of a series, `ICB-2025/26`, where no reference is given. */
interface Numbered {
  readonly referenceSeries?: string;
}

export type DecisionCommand =
  | Fact<'ProposeDecision', ProposalDetails & Numbered & ClassedAtOnce>
  | Fact<'TakeDecision', DecisionDetails & Numbered & ClassedAtOnce>
  | Fact<'ChangeDecision', DecisionChanges & ClassedAtOnce>
  | Fact<'PublishDecision', { readonly publishedOn: CivilDate; readonly where?: string }>
  | Fact<'CallInDecision', { readonly reason?: string }>
  | Fact<'ReleaseDecision', { readonly reason?: string }>
  | Fact<'ImplementDecision', { readonly note?: string }>
  | Fact<'SupersedeDecision', { readonly by: string; readonly part?: string }>
  | Fact<'RescindDecision', { readonly by?: string; readonly reason?: string }>
  | Fact<'LapseDecision', { readonly reason?: string }>
  | Fact<'ClassifyDecision', Classification>
  | Fact<'LiftExemption', Lifting>;

/** A decision may be taken once, whether or not it was proposed before; what is lifted was withheld. */
export interface DecisionLife extends Life {
  readonly taken: boolean;
  readonly classed: Pick<Classed, 'disclosure' | 'withheldParts'>;
}

/**
 * What the door has to reserve so that no two decisions have one reference: the reference itself, or the series whose
 * next number it assigns. Undefined where a command asks for neither.
 */
export const referenceOf = ({
  type,
  data,
}: DecisionCommand): { readonly reference?: string; readonly series?: string } | undefined => {
  if (type !== 'ProposeDecision' && type !== 'TakeDecision' && type !== 'ChangeDecision') return undefined;
  const series = 'referenceSeries' in data ? data.referenceSeries : undefined;
  if (data.reference !== undefined && data.reference !== null) return { reference: data.reference };
  return series === undefined ? undefined : { series };
};

/** Decisions: proposed, taken, published, called in, carried out, replaced, undone; withheld and made public. */
export const decision: Decider<DecisionLife, DecisionCommand, DecisionEvent> = {
  initial: { ...UNBORN, taken: false, classed: { disclosure: 'PUBLIC' } },

  references: subjectsNamed,

  decide({ type, data }, life) {
    switch (type) {
      case 'ProposeDecision':
        return { type: 'DecisionProposed', data: said({ ...proposed(data), ...classSaid(life, data) }) };
      case 'TakeDecision':
        return { type: 'DecisionTaken', data: said({ ...taken(data), ...classSaid(life, data) }) };
      case 'ChangeDecision':
        return { type: 'DecisionChanged', data: said({ ...changed(data), ...classSaid(life, data) }) };
      case 'PublishDecision':
        return { type: 'DecisionPublished', data: said({ publishedOn: data.publishedOn, where: data.where }) };
      case 'CallInDecision':
        return { type: 'DecisionCalledIn', data: said({ reason: data.reason }) };
      case 'ReleaseDecision':
        return { type: 'DecisionReleased', data: said({ reason: data.reason }) };
      case 'ImplementDecision':
        return { type: 'DecisionImplemented', data: said({ note: data.note }) };
      case 'SupersedeDecision':
        return { type: 'DecisionSuperseded', data: said({ by: data.by, part: data.part }) };
      case 'RescindDecision':
        return { type: 'DecisionRescinded', data: said({ by: data.by, reason: data.reason }) };
      case 'LapseDecision':
        return { type: 'DecisionLapsed', data: said({ reason: data.reason }) };
      case 'ClassifyDecision':
        return { type: 'DecisionClassified', data: classification(data) };
      case 'LiftExemption':
        return {
          type: 'ExemptionLifted',
          data: said({ reason: data.reason, fields: data.fields && [...data.fields] }),
        };
    }
  },

  stands(life, event) {
    if (event.type === 'DecisionTaken' && life.taken && !life.ended) {
      return new Refusal('DECISION_ALREADY_TAKEN', 'the decision has been taken already', {
        rule: 'T8',
        remedy: 'correct the event that recorded it, record what changed, or record another decision',
      });
    }
    const refusal = standsInLife(life, partOf(event, life), 'decision');
    return refusal ?? (event.type === 'ExemptionLifted' ? standsAsLifting(life, event.data) : undefined);
  },

  evolve(life, event) {
    const { begun, ended } = lifeAfter(life, partOf(event, life));
    const isTaken = event.type === 'DecisionTaken' || (event.type !== 'DecisionProposed' && life.taken);
    const { disclosure, withheldParts } = classAfter(life.classed, event);
    return { begun, ended, taken: isTaken, classed: said({ disclosure, withheldParts }) };
  },
};

/**
 * A class that is said with words opens none but these: a laxer one than what was recorded before stands under would do
 * nothing.
 */
function classSaid({ classed }: DecisionLife, { disclosure: said }: ClassedAtOnce): ClassedAtOnce {
  if (said === undefined || said === null) return {};
  const { disclosure, fields } = said;
  const parts = (classed.withheldParts ?? []).filter(({ field }) => fields?.includes(field));
  const before = fields === undefined ? [classed] : parts;
  const stricterOne = before.find((each) => stricter(disclosure, each.disclosure) !== disclosure);
  if (!stricterOne) return { disclosure: classification(said) };
  throw new Refusal(
    'STILL_WITHHELD',
    `what was recorded of the decision before is ${stricterOne.disclosure} on that day: found ${disclosure}`,
    {
      field: 'disclosure',
      rule: 'T8',
      remedy:
        'classify the decision, or lift its exemption, first, which opens what stands; or correct the recording that is to stay withheld',
    },
  );
}

/** What is made public was withheld (T8): a lifting cannot be understood without. */
function standsAsLifting({ classed }: DecisionLife, { fields }: Lifting): Refusal | undefined {
  const withheld = classed.withheldParts?.map(({ field }) => field) ?? [];
  const open = fields?.filter((field) => !withheld.includes(field)) ?? [];
  if (fields === undefined ? classed.disclosure !== 'PUBLIC' : open.length === 0) return undefined;
  const what =
    fields === undefined ? 'the decision as a whole is' : `${open.join(', ')} ${open.length > 1 ? 'are' : 'is'}`;
  return new Refusal('NOT_WITHHELD', `${what} public already by that day`, {
    field: fields === undefined ? 'effectiveOn' : 'fields',
    rule: 'T8',
    remedy: 'name the parts that are withheld, or give a day on which they are',
  });
}

function partOf(event: DecisionEvent, life: Life): Part {
  switch (event.type) {
    case 'DecisionProposed':
      return 'begins';
    case 'DecisionTaken':
      return life.begun && !life.ended ? 'goes on' : 'begins';
    case 'DecisionSuperseded':
      return event.data.part === undefined ? 'ends' : 'goes on';
    case 'DecisionRescinded':
    case 'DecisionLapsed':
      return 'ends';
    case 'DecisionChanged':
    case 'DecisionPublished':
    case 'DecisionCalledIn':
    case 'DecisionReleased':
    case 'DecisionImplemented':
    case 'DecisionClassified':
    case 'ExemptionLifted':
      return 'goes on';
  }
}
