import { said, type Money, type Revised } from '#kernel';
import { contradiction } from '../contradiction.js';
import type { Spending, Vat } from '../spending.js';

/** What a financial limit is measured on. */
export const LIMIT_BASES = {
  PER_DECISION: 'Each decision by itself.',
  PER_YEAR: 'All decisions of a financial year together.',
  WHOLE_LIFE: 'What a commitment costs over its whole life.',
  OTHER: 'Something else; the note on the limit says what.',
} as const;
export type LimitBasis = keyof typeof LIMIT_BASES;

/** A financial limit of a power. An amount or a basis is missing only in what was recorded before both were asked for. */
export interface Limit {
  readonly amount?: Money;
  readonly basis?: LimitBasis;
  /** Not said where it is not known whether tax is in the amount. */
  readonly vat?: Vat;
  /** Not said where it holds for both. */
  readonly spending?: Spending;
  readonly note?: string;
}

/** Of a delegation that has one limit at most, what was changed about it: as variations were recorded once. */
export type SoleLimit = Revised<Pick<Limit, 'amount' | 'basis' | 'note'>>;

/** @param field as the command calls the limit: `limits[0]`. @throws Refusal where nobody says what it is measured on. */
export const refuseUnmeasured = ({ basis, note }: Limit, field: string): void => {
  if (basis === undefined) {
    throw contradiction(`${field}.basis`, 'is left out: found nothing', {
      remedy: 'say what it is measured on: PER_DECISION, PER_YEAR, WHOLE_LIFE, or OTHER with a note',
    });
  }
  if (basis === 'OTHER' && (note ?? '') === '') {
    throw contradiction(`${field}.note`, 'is left out beside the basis OTHER', {
      remedy: 'say in the note what the limit is measured on',
    });
  }
};

/** @throws Refusal where one says nothing of its measure, or two are measured on the same. */
export const refuseLimits = (limits: readonly Limit[]): void => {
  const measures = new Map<string, number>();
  for (const [index, limit] of limits.entries()) {
    const field = `limits[${index}]`;
    refuseUnmeasured(limit, field);
    const measure = JSON.stringify([limit.basis, limit.vat, limit.spending, limit.basis === 'OTHER' && limit.note]);
    const earlier = measures.get(measure);
    if (earlier !== undefined) {
      throw contradiction(`${field}.basis`, `is that of limits[${earlier}], with the same tax and spending`, {
        remedy: 'give one amount for each basis; say vat or spending where these tell the two apart',
      });
    }
    measures.set(measure, index);
  }
};

/** The limits after a change of the one that there was; of several, of the first. Null where nothing is left. */
export const withSoleLimit = (limits: readonly Limit[] = [], change: SoleLimit): readonly Limit[] | null => {
  const [sole = {}, ...others] = limits;
  const kept = Object.entries({ ...sole, ...change }).filter(([, value]) => value !== null && value !== undefined);
  const left = kept.length === 0 ? others : [Object.fromEntries(kept), ...others];
  return left.length === 0 ? null : left;
};

/** A limit, its fields by name. */
export const copiedLimit = ({ amount, basis, vat, spending, note }: Limit): Limit =>
  said({ amount, basis, vat, spending, note });
