import { DateScalar, Field, InputType, InstantScalar, PenceScalar } from '#schema';
import { penceIn, Refusal, type CivilDate, type Instant } from '#kernel';
import { amountKey } from '../rooms/money.view.js';
import type { Stretch } from '../questions/restriction.js';

@InputType({ description: 'Days from one to another, both among them; without either, from or to whenever.' })
export class DayRange {
  @Field(() => DateScalar, { description: 'The first day.', nullable: true })
  from?: CivilDate | null;

  @Field(() => DateScalar, { description: 'The last day.', nullable: true })
  to?: CivilDate | null;
}

@InputType({ description: 'Moments from one to another, both among them; without either, from or to whenever.' })
export class MomentRange {
  @Field(() => InstantScalar, { description: 'The first moment.', nullable: true })
  from?: Instant | null;

  @Field(() => InstantScalar, { description: 'The last moment.', nullable: true })
  to?: Instant | null;
}

@InputType({ description: 'An amount to compare with: in pence or in pounds, one of the two.' })
export class AmountBound {
  @Field(() => PenceScalar, { description: 'In whole pence: 80354800 is £803,548.00.', nullable: true })
  pence?: number | null;

  @Field(() => String, { description: 'In pounds, as text: "803548.00".', nullable: true })
  pounds?: string | null;
}

@InputType({ description: 'Amounts from one to another, both among them; without either, from or to whatever.' })
export class AmountRange {
  @Field(() => AmountBound, { description: 'The least amount.', nullable: true })
  from?: AmountBound | null;

  @Field(() => AmountBound, { description: 'The greatest amount.', nullable: true })
  to?: AmountBound | null;
}

type Given<Range> = Range | null | undefined;

/** Before all that a column says; what it says to be none is the empty text. */
const FIRST = '\u0001';

/** @throws Refusal `DAY_RANGE` where the last day is before the first. */
export const daysIn = (range: Given<DayRange>, field: string): Stretch | undefined => {
  const [from, to] = endsOf(range);
  if (from && to && to < from) throw backwards('DAY_RANGE', field, from, to, 'day');
  return stretch(from, to);
};

/** @throws Refusal `RANGE_BACKWARDS` where the last moment is before the first. */
export const momentsIn = (range: Given<MomentRange>, field: string): Stretch | undefined => {
  const [from, to] = endsOf(range);
  if (from && to && to < from) throw backwards('RANGE_BACKWARDS', field, from, to, 'moment');
  return stretch(from, to);
};

/** @throws Refusal `NOT_PENCE` for what says no unit, or two; `RANGE_BACKWARDS` where the greatest is below the least. */
export const amountsIn = (range: Given<AmountRange>, field: string): Stretch | undefined => {
  const [from, to] = endsOf(range);
  const [least, most] = [penceOf(from, `${field}.from`), penceOf(to, `${field}.to`)];
  if (least !== undefined && most !== undefined && most < least) {
    throw backwards('RANGE_BACKWARDS', field, `${least} pence`, `${most} pence`, 'amount');
  }
  const key = (pence: number | undefined): string | undefined => (pence === undefined ? undefined : amountKey(pence));
  return stretch(key(least), key(most));
};

/** From one text to another of the same length, both in it; undefined where neither is said: then nothing is asked. */
function stretch(from: string | undefined, to: string | undefined): Stretch | undefined {
  if (from === undefined && to === undefined) return undefined;
  return { from: from ?? FIRST, ...(to !== undefined && { to: `${to}${FIRST}` }) };
}

const endsOf = <End>(range: Given<{ from?: End | null; to?: End | null }>): [End | undefined, End | undefined] => [
  range?.from ?? undefined,
  range?.to ?? undefined,
];

export function penceOf(bound: AmountBound | undefined, field: string): number | undefined {
  if (!bound) return undefined;
  const [pence, pounds] = [bound.pence ?? undefined, bound.pounds ?? undefined];
  const meant = pence ?? (pounds === undefined ? undefined : penceIn(pounds));
  if (meant !== undefined && (pence === undefined || pounds === undefined)) return meant;
  const found = pence === undefined && pounds === undefined ? 'neither' : JSON.stringify({ pence, pounds });
  throw new Refusal('NOT_PENCE', `${field} has to say an amount and its unit: found ${found}`, {
    field,
    remedy: 'give one of { pence: 80354800 } and { pounds: "803548.00" }',
  });
}

const backwards = (code: 'DAY_RANGE' | 'RANGE_BACKWARDS', field: string, from: string, to: string, what: string) =>
  new Refusal(code, `${field}.to is ${to}, before ${field}.from, which is ${from}`, {
    field: `${field}.to`,
    remedy: `give the same ${what} or a later one`.replace('amount or a later', 'amount or a greater'),
  });
