import { limitInWords, listed, named, votesInWords } from '#governance';
import { isPlaceholder, type CivilDate, type Instant, type Money, type Position } from '#kernel';
import type { DecisionView, InstrumentView, DelegationView } from '#register';
import type { DatedDecision } from './dated.js';
import type { Amount, DecisionFacts } from './document.js';
import { grantor } from './grantor.js';
import type { Lookups } from './names.js';
import type { Recordings } from './recordings.js';
import type { FullDisclosure, StubDisclosure } from './source.js';

/** What an entry is made of. */
export interface Material {
  /** As far as whoever reads may see it. */
  readonly decision: DatedDecision;
  readonly disclosure: FullDisclosure | StubDisclosure;
  readonly recordings: Recordings;
  /** Ids of the organisations that answer for it, those that were said to first. */
  readonly answering: readonly string[];
  /** The body by whose meeting it follows who decided; absent where a body is said to have. */
  readonly met?: string;
  /** What its own source says otherwise, in sentences. */
  readonly contradicted: readonly string[];
  /** The decision as it stood in the log before, undefined where that had none of it; absent without a log before. */
  readonly before?: {
    readonly state: DecisionView | undefined;
    /** Whether another decision came to replace it since, or no longer does. */
    readonly isReplacedSince: boolean;
  };
}

/** What only the events of a decision say. */
export interface Recorded {
  /** When, and where in the log, it was first recorded. */
  readonly at: Instant;
  readonly position: Position;
  /** The day from which it holds, where that is known. */
  readonly effectiveFrom: CivilDate | null;
  readonly history: readonly string[];
}

/** What is recorded of a decision, with names for ids. `history` is told elsewhere. */
export const factsOf = (
  {
    decision: { shown, byMeeting },
    answering,
    met,
    contradicted,
  }: Pick<Material, 'decision' | 'answering' | 'met' | 'contradicted'>,
  { nameOf, namesOn, stateOf }: Lookups,
  /** Names of the parts that are withheld and may be named. */
  withheld: readonly string[],
  recorded: Recorded,
): DecisionFacts => {
  const { state } = shown;
  const { procurement } = state;
  const then = namesOn(state.takenOn ?? recorded.effectiveFrom ?? undefined);
  const bodies = (state.decidedBy ?? []).map((id) => then('body', id) ?? id);
  return {
    title: state.title,
    takenOn: state.takenOn ?? null,
    noticedOn: state.noticedOn ?? null,
    publishedOn: state.publishedOn ?? null,
    effectiveFrom: recorded.effectiveFrom,
    datedBy: datedBy(state, byMeeting),
    decidedBy: bodies.length > 0 ? bodies : state.decidedByName === undefined ? [] : [state.decidedByName],
    bodyOfMeeting: met === undefined ? '' : (then('body', met) ?? met),
    officer: state.officer === undefined ? '' : (then('person', state.officer) ?? state.officer),
    accountable: answering.map((id) => then('organisation', id) ?? id),
    type: state.kind ?? '',
    route: state.route ?? '',
    status: state.status,
    outcome: state.outcome ?? '',
    stage: state.stage ?? '',
    method: state.method ?? '',
    votes: state.votes ? votesInWords(state.votes) : '',
    key: state.key ?? null,
    text: state.text ?? '',
    reasons: state.reasons ?? '',
    alternatives: state.alternatives ?? '',
    amount: amountOf(state.amount, withheld.includes('amount')),
    amountPerYear: amountOf(state.amountPerYear, withheld.includes('amountPerYear')),
    amountNote: state.amountNote ?? '',
    term: state.term ?? '',
    legalBasis: state.legalBasis ?? '',
    authority: authorityOf(state, { nameOf: then, stateOf }),
    meeting: state.meeting === undefined ? '' : (nameOf('meeting', state.meeting) ?? state.meeting),
    procurementRoute: procurement?.route ?? '',
    supplier: procurement?.supplier ?? (state.provider && then('organisation', state.provider)) ?? '',
    noticeId: procurement?.noticeId ?? '',
    standstillUntil: procurement?.standstillUntil ?? null,
    supersedes: referenceOf(state.supersedes, stateOf),
    supersededBy: referenceOf(state.supersededBy, stateOf),
    tags: state.tags ?? [],
    conflictInSource: [state.conflictInSource ?? [], contradicted].flat().join(' '),
    note: state.note ?? '',
    papers: state.website ?? '',
    recordedAt: recorded.at,
    position: recorded.position,
    history: recorded.history,
  };
};

function datedBy(state: DecisionView, byMeeting = false): DecisionFacts['datedBy'] {
  if (state.takenOn !== undefined) return 'taken';
  if (state.noticedOn !== undefined) return 'noticed';
  if (state.publishedOn !== undefined) return 'published';
  return byMeeting ? 'meeting' : 'none';
}

function amountOf(money: Money | undefined, withheld: boolean): Amount {
  if (withheld) return { kind: 'withheld' };
  if (money === undefined) return { kind: 'none' };
  const { pence, words } = money;
  return { kind: isPlaceholder(money) ? 'placeholder' : 'shown', pence, ...(words !== undefined && { words }) };
}

/** The reference of another decision; its id where it has none or is not there. */
const referenceOf = (id: string | undefined, stateOf: Lookups['stateOf']): string =>
  id === undefined ? '' : (stateOf<DecisionView>('decision', id)?.reference ?? id);

/** A short chain: who delegated, by which clause of which instrument, up to what limit. */
function authorityOf(
  { delegation, instrument }: DecisionView,
  { nameOf, stateOf }: Pick<Lookups, 'nameOf' | 'stateOf'>,
): string {
  const parts: string[] = [];
  if (delegation !== undefined) {
    const state = stateOf<DelegationView>('delegation', delegation);
    const by = state && grantor(state, nameOf);
    const clause = [state?.instrument && nameOf('instrument', state.instrument), state?.clause]
      .filter(Boolean)
      .join(', ');
    const limit = state?.limits?.length ? `, up to ${listed(state.limits.map(limitInWords))}` : '';
    const what = named(nameOf, 'delegation', delegation);
    parts.push(
      `${by ? `${by}, ` : ''}delegation ${what}${clause || limit ? ` (${clause}${limit})`.replace('(, ', '(') : ''}`,
    );
  }
  if (instrument !== undefined) {
    const title = stateOf<InstrumentView>('instrument', instrument) ? nameOf('instrument', instrument) : undefined;
    parts.push(title ?? instrument);
  }
  return parts.join('; ');
}
