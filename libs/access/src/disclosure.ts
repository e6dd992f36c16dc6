import {
  CLASSES,
  fieldsSaying,
  strictest,
  type Classed,
  type DecisionPart,
  type DisclosureClass,
  type Veil,
  type WithheldPart,
  type Withholding,
} from '#governance';
import type { Actor } from '#kernel';
import type { Role } from './roles.js';

/** Whoever reads: only the roles count. */
export type Reader = Pick<Actor, 'roles'>;

/** How much of a decision is shown: all of it; that it is there and why it is withheld; nothing at all. */
export type Presentation = 'full' | 'stub' | 'absent';

/** What a reader sees of a decision. */
export interface Disclosure extends Veil {
  readonly presentation: Presentation;
  /** The class that the reader meets: the stricter one. */
  readonly disclosure: DisclosureClass;
  /** Why the whole is withheld, as far as whoever meets the stub is told. */
  readonly because?: Pick<Withholding, 'ground' | 'reviewOn' | 'publicTitle'>;
  /** The parts that are withheld and named, as far as whoever misses them is told why. */
  readonly withheldParts: readonly WithheldPart[];
}

/** Who sees what is withheld. Officers and auditors only: whoever runs the register has no need to. */
const SEES: Readonly<Record<DisclosureClass, readonly Role[] | 'everybody'>> = {
  PUBLIC: 'everybody',
  EXEMPT: ['governance-officer', 'auditor'],
  CONFIDENTIAL: ['governance-officer', 'auditor'],
};

/** How much everybody else sees. */
const OTHERS_SEE: Readonly<Record<DisclosureClass, Presentation>> = {
  PUBLIC: 'full',
  EXEMPT: 'stub',
  CONFIDENTIAL: 'absent',
};

/** How much a reader sees of something of a class. The one place that says so. */
export const presentationOf = ({ roles }: Reader, disclosure: DisclosureClass): Presentation => {
  const seers = SEES[disclosure];
  return seers === 'everybody' || seers.some((role) => roles.includes(role)) ? 'full' : OTHERS_SEE[disclosure];
};

/** Whether nothing is ever withheld from a reader. */
export const seesEverything = (reader: Reader): boolean =>
  CLASSES.every((each) => presentationOf(reader, each) === 'full');

/**
 * What a reader sees of a decision: by the strictest of its class on the basis of the question, its class now, and those
 * of the recordings that are shown, for the whole and for each part. So a later exemption closes earlier answers as well,
 * a lifted one leaves closed those whose basis it covers, and words that were withheld and never opened stay so.
 *
 * @param then as at the day, as known at the position, that is asked about; undefined where nothing holds there.
 * @param now as at today, as known now; where nothing holds today, the strictest it ever was.
 * @param recorded of each recording that is shown, or of which what is shown was made.
 */
export const disclosureFor = (
  reader: Reader,
  then: Classed | undefined,
  now: Classed | undefined,
  recorded: readonly Classed[] = [],
): Disclosure => {
  const met = strictest([now, then, ...recorded].filter((each) => each !== undefined));
  const presentation = presentationOf(reader, met.disclosure);
  const hidden = (met.withheldParts ?? []).filter((part) => presentationOf(reader, part.disclosure) !== 'full');
  const named = hidden.filter((part) => presentationOf(reader, part.disclosure) === 'stub');
  return {
    presentation,
    stub: presentation !== 'full',
    disclosure: met.disclosure,
    ...(presentation === 'stub' && { because: told(met.exemption ?? {}) }),
    withheldFields: hidden.map(({ field }) => field),
    unnamedFields: hidden.filter((part) => !named.includes(part)).map(({ field }) => field),
    withheldParts: named.map(({ field, disclosure, ground, reviewOn }) => ({
      field,
      disclosure,
      ...(ground && { ground }),
      ...(reviewOn && { reviewOn }),
    })),
  };
};

function told({ ground, reviewOn, publicTitle }: Withholding): NonNullable<Disclosure['because']> {
  return { ...(ground && { ground }), ...(reviewOn && { reviewOn }), ...(publicTitle && { publicTitle }) };
}

/** What stands in the place of a title that is withheld where no public one was approved. */
export const WITHHELD_TITLE = 'Title withheld';

/** What a stub shows of a decision besides its public title, the ground and the day of review. */
export const STUB_FIELDS = ['reference', 'datedOn', 'decidedBy', 'bodies', 'ended'] as const;

/** Lists that decisions may be narrowed to without telling more of a stub than it shows. */
export const STUB_LISTS: readonly string[] = ['decidedBy', 'proposedTo'];

/** Lists of decisions by what a part says, which may be withheld for itself. */
export const LISTS_OF_PARTS: Readonly<Record<string, DecisionPart>> = {
  provider: 'procurement',
  conditionOf: 'conditionsMet',
};

/** A state of a decision, as far as this library knows it. */
export interface DecisionState extends Classed {
  readonly title: string;
  readonly status: string;
  readonly standing: string;
  readonly procurement?: { readonly standstillUntil?: string };
}

/**
 * A decision as its disclosure lets it be seen: whole, without some parts, or as a stub; undefined where it is not to
 * be seen at all. A stub shows reference, body, day, public title, ground, day of review, and where the decision stands
 * apart from what its procurement does: no amount, supplier, vote, words, reasons, notes, documents or sources.
 */
export const disclosed = <State extends object>(
  state: State & DecisionState,
  disclosure: Disclosure,
): (State & DecisionState & { readonly stub?: true }) | undefined => {
  if (disclosure.presentation === 'absent') return undefined;
  if (disclosure.presentation === 'stub') return stubOf(state, disclosure);
  if (disclosure.withheldFields.length === 0) return state;
  const hidden = fieldsSaying(disclosure.withheldFields);
  const kept = Object.entries(state).filter(([field]) => field !== 'withheldParts' && !hidden.includes(field));
  const status = hidden.includes('procurement') ? { status: plainStatus(state) } : {};
  const { withheldParts } = disclosure;
  return {
    ...(Object.fromEntries(kept) as State & DecisionState),
    ...status,
    ...(withheldParts.length > 0 && { withheldParts }),
  };
};

function stubOf<State extends object>(
  state: State & DecisionState,
  { disclosure, because = {} }: Disclosure,
): State & DecisionState & { readonly stub: true } {
  const kept = Object.fromEntries(
    Object.entries(state).filter(([field]) => (STUB_FIELDS as readonly string[]).includes(field)),
  ) as State;
  return {
    ...kept,
    title: because.publicTitle ?? WITHHELD_TITLE,
    status: plainStatus(state),
    standing: state.standing,
    disclosure,
    exemption: because,
    stub: true,
  };
}

/** A standstill is said by the procurement, which is withheld. */
const plainStatus = ({ status, standing }: DecisionState): string => (status === 'IN_STANDSTILL' ? standing : status);
