import fc from 'fast-check';
import { searchable } from '#register';

/** What is shown of a decision, by which lists are narrowed. */
export interface ShownDecision {
  readonly subject: string;
  readonly isStub: boolean;
  readonly kind: string | null;
  readonly route: string | null;
  readonly status: string;
  readonly tags: readonly string[] | null;
  readonly disclosure: string;
  readonly key: boolean | null;
  readonly amount: { readonly pence: number; readonly placeholder: boolean } | null;
  readonly takenOn: string | null;
  readonly inForceFrom: string | null;
  readonly publishedOn: string | null;
  readonly recordedAt: string;
  readonly procurement: { readonly supplier: string | null; readonly route: string | null } | null;
  readonly delegation: { readonly functions: readonly string[] } | null;
  readonly withheldParts: readonly { readonly field: string }[] | null;
}

export const SHOWN = `subject isStub kind route status tags disclosure key amount { pence placeholder } takenOn inForceFrom
  publishedOn recordedAt procurement { supplier route } delegation { functions } withheldParts { field }`;

interface Range<End> {
  readonly from?: End;
  readonly to?: End;
}

/** A filter as a question has it. */
export interface Filter {
  readonly kind?: readonly string[];
  readonly route?: readonly string[];
  readonly status?: readonly string[];
  readonly tag?: readonly string[];
  readonly function?: string;
  readonly supplier?: string;
  readonly procurementRoute?: readonly string[];
  readonly disclosure?: readonly string[];
  readonly key?: boolean;
  readonly amount?: Range<{ readonly pence: number }>;
  readonly taken?: Range<string>;
  readonly effective?: Range<string>;
  readonly published?: Range<string>;
  readonly recorded?: Range<string>;
  readonly notKnown?: 'LEFT_OUT' | 'INCLUDED' | 'ALONE';
}

type Answer = boolean | 'not known';

const within = <End extends string | number>(value: End | null, { from, to }: Range<End>): Answer =>
  value === null ? 'not known' : (from === undefined || value >= from) && (to === undefined || value <= to);

const oneOf = (value: string | null, values: readonly string[]): Answer =>
  value === null ? 'not known' : values.includes(value);

const hasWords = (text: string, words: string): boolean =>
  searchable(words)
    .split(/\s+/)
    .every((word) => searchable(text).includes(word));

const isIn = (range: Range<{ readonly pence: number }>, amount: ShownDecision['amount']): Answer => {
  const { from, to } = range;
  const ends = { ...(from && { from: from.pence }), ...(to && { to: to.pence }) };
  return within(amount && !amount.placeholder ? amount.pence : null, ends);
};

/** A range without an end. */
const asksNothing = (member: unknown): boolean =>
  typeof member === 'object' && member !== null && !Array.isArray(member) && Object.keys(member).length === 0;

/** What one member of a filter says of what is shown. */
const says = (shown: ShownDecision, name: keyof Filter, filter: Filter, wasTaken: boolean): Answer => {
  const { procurement, delegation } = shown;
  // Whoever sees everything is told as well which parts others are not shown.
  const isWithheld = (part: 'tags' | 'procurement'): boolean =>
    shown[part] === null && (shown.withheldParts?.some(({ field }) => field === part) ?? false);
  const ofTaken = (day: string | null, range: Range<string>): Answer =>
    day === null && !wasTaken ? false : within(day, range);
  if (name === 'notKnown' || asksNothing(filter[name])) return true;
  if (name === 'disclosure') return filter.disclosure?.includes(shown.disclosure) ?? true;
  if (shown.isStub) return 'not known';
  switch (name) {
    case 'kind':
      return oneOf(shown.kind, filter.kind ?? []);
    case 'route':
      return oneOf(shown.route, filter.route ?? []);
    case 'status':
      return oneOf(shown.status, filter.status ?? []);
    case 'tag':
      if (isWithheld('tags')) return 'not known';
      return (filter.tag ?? []).some((tag) => shown.tags?.map(searchable).includes(searchable(tag)));
    case 'function':
      return delegation ? hasWords(delegation.functions.join('; '), filter.function ?? '') : 'not known';
    case 'supplier':
      if (isWithheld('procurement')) return 'not known';
      return typeof procurement?.supplier === 'string' && hasWords(procurement.supplier, filter.supplier ?? '');
    case 'procurementRoute':
      return oneOf(procurement?.route ?? null, filter.procurementRoute ?? []);
    case 'key':
      return shown.key === null ? 'not known' : shown.key === filter.key;
    case 'amount':
      return isIn(filter.amount ?? {}, shown.amount);
    case 'taken':
      return ofTaken(shown.takenOn, filter.taken ?? {});
    case 'effective':
      return ofTaken(shown.inForceFrom, filter.effective ?? {});
    case 'published':
      return within(shown.publishedOn, filter.published ?? {});
    case 'recorded':
      return within(shown.recordedAt, filter.recorded ?? {});
  }
};

/** Which of several decisions a filter finds by what is shown of them, and of how many it does not tell. */
export const byHand = (
  shown: readonly ShownDecision[],
  filter: Filter,
  wasTaken: (shown: ShownDecision) => boolean = () => true,
): { readonly found: readonly string[]; readonly undetermined: number } => {
  const judged = shown.map((one) => {
    const answers = Object.keys(filter).map((name) => says(one, name as keyof Filter, filter, wasTaken(one)));
    const open = answers.includes('not known');
    return { id: one.subject, is: answers.includes(false) ? 'no' : open ? 'not known' : 'yes' };
  });
  const { notKnown = 'LEFT_OUT' } = filter;
  const wanted = { LEFT_OUT: ['yes'], INCLUDED: ['yes', 'not known'], ALONE: ['not known'] }[notKnown];
  return {
    found: judged.filter(({ is }) => wanted.includes(is)).map(({ id }) => id),
    undetermined: judged.filter(({ is }) => is === 'not known').length,
  };
};

/** Filters with several members at once, of values that registers of specs have. */
export const filtersOf = (values: {
  readonly days: readonly string[];
  readonly moments: readonly string[];
  readonly pence: readonly number[];
  readonly tags: readonly string[];
  readonly suppliers: readonly string[];
  readonly functions: readonly string[];
}): fc.Arbitrary<Filter> => {
  const range = <End>(ends: readonly End[]): fc.Arbitrary<Range<End>> =>
    fc
      .tuple(fc.nat(ends.length), fc.nat(ends.length))
      .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const)
      .map(([low, high]) => ({
        ...(low > 0 && { from: ends[low - 1] as End }),
        ...(high < ends.length && { to: ends[high] as End }),
      }));
  const some = (...of: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...of], { minLength: 1 });
  const members = {
    kind: some('AWARD_CONTRACT', 'APPROVE', 'ALLOCATE'),
    route: some('MEETING_IN_PUBLIC', 'MEETING_PRIVATE_SESSION', 'URGENT_CHAIR_CEO'),
    status: some('PROPOSED', 'TAKEN', 'IN_STANDSTILL', 'CALLED_IN', 'IMPLEMENTED', 'SUPERSEDED', 'RESCINDED'),
    tag: fc.subarray([...values.tags]),
    function: fc.constantFrom(...values.functions),
    supplier: fc.constantFrom(...values.suppliers),
    procurementRoute: some('PSR_DIRECT_C', 'PSR_COMPETITIVE'),
    disclosure: some('PUBLIC', 'EXEMPT', 'CONFIDENTIAL'),
    key: fc.boolean(),
    amount: range(values.pence.map((pence) => ({ pence }))),
    taken: range(values.days),
    effective: range(values.days),
    published: range(values.days),
    recorded: range(values.moments),
    notKnown: fc.constantFrom('LEFT_OUT' as const, 'INCLUDED' as const, 'ALONE' as const),
  };
  // Of all members one to four are asked for, so that some of it is found.
  return fc
    .subarray(Object.keys(members), { minLength: 1, maxLength: 4 })
    .chain((asked) =>
      fc.record(
        Object.fromEntries(asked.map((name) => [name, members[name as keyof typeof members]])) as Partial<
          typeof members
        >,
      ),
    ) as fc.Arbitrary<Filter>;
};
