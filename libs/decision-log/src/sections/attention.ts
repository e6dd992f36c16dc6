import { counted, line } from '../plain.js';
import { pounds } from '#governance';
import type { DecisionEntry, FullEntry, Line } from '../document.js';
import { isPublishedLate, isUrgent, type PlacedEntry } from '../entry.js';
import { cells } from '../details.js';
import { sectionOf, type DecisionSection, type Keeping, type Unnumbered } from './section.js';

/** From this amount on, in pence, a decision is put before the committee: the usual threshold of a key decision. */
export const THRESHOLD = 50_000_000;
const THRESHOLD_IN_WORDS = pounds(THRESHOLD).replace(/\.00$/, '');

/** Why a decision is put before the committee first, each a question to the record. */
const REASONS: readonly (readonly [words: string, asks: (entry: FullEntry) => boolean])[] = [
  [
    'substantial change',
    ({ facts }) => facts.tags.some((tag) => /substantial[- ]?(change|variation|development)/i.test(tag)),
  ],
  ['key decision', ({ facts }) => facts.key === true],
  [
    `${THRESHOLD_IN_WORDS} or more`,
    ({ facts }) =>
      [facts.amount, facts.amountPerYear].some((amount) => amount.kind === 'shown' && amount.pence >= THRESHOLD),
  ],
  ['urgent', ({ facts }) => isUrgent(facts)],
  [
    'contested: a division was called',
    ({ facts }) => /\bdivi(ded|sion)\b/i.test(facts.outcome) || /^(?!.*without).*\bdivision\b/i.test(facts.method),
  ],
  ['called in', ({ facts }) => facts.status === 'CALLED_IN'],
  ['undone', ({ facts }) => facts.status === 'RESCINDED'],
  ['made known late', ({ facts }) => isPublishedLate(facts)],
  ['the source contradicts itself', ({ facts }) => facts.conflictInSource !== ''],
];

export const reasonsForAttention = (entry: DecisionEntry): readonly string[] =>
  entry.kind === 'full' ? REASONS.filter(([, asks]) => asks(entry)).map(([words]) => words) : [];

/** Section 1: what the committee should read first, with why. */
export class Attention implements DecisionSection {
  private readonly rows: (readonly Line[])[] = [];
  private count = 0;

  constructor(private readonly keeping: Keeping) {}

  take({ entry }: PlacedEntry): void {
    const reasons = reasonsForAttention(entry);
    if (entry.kind === 'stub' || reasons.length === 0) return;
    this.count++;
    if (!this.keeping.rows) return;
    this.rows.push([
      line(entry.reference, `#${entry.anchor}`),
      line(entry.dateInWords),
      line(cells.title(entry.title)),
      line(entry.group),
      line(cells.amount(entry.facts)),
      line(reasons.join('; ')),
    ]);
  }

  /** How many were found so far. */
  get found(): number {
    return this.count;
  }

  section(): Unnumbered {
    const lead =
      `Substantial changes, key decisions, decisions about ${THRESHOLD_IN_WORDS} or more, urgent or contested ones, those ` +
      'called in or undone, those made known more than 30 days after they were taken or took effect, and those about which the source contradicts itself.';
    const table = {
      kind: 'table',
      caption: `${counted(this.count, 'decision')} for the committee’s attention`,
      columns: [
        { title: 'Reference', heads: true, width: 4 },
        { title: 'Date', width: 3 },
        { title: 'Title', width: 7 },
        { title: 'Decided by', width: 5 },
        { title: 'Amount', numeric: true, width: 3 },
        { title: 'Why it is here', width: 5 },
      ],
      rows: this.rows,
      repeats: true,
    } as const;
    return sectionOf(
      'attention',
      'Decisions needing the committee’s attention',
      lead,
      this.count === 0 ? [] : [table],
      'There is nothing to report: no decision of the period meets any of these.',
    );
  }
}
