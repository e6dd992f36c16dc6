import type { Line } from '../document.js';
import { isPublishedLate, type PlacedEntry } from '../entry.js';
import { counted, inShort, line } from '../plain.js';
import { sectionOf, type DecisionSection, type Keeping, type Unnumbered } from './section.js';

/** Nobody is assured of what nobody has checked: the section says how far it goes. */
const LOOKED_AT =
  'What the record shows of these decisions that somebody may have to explain or put right. Two things were looked at: ' +
  'whether the source contradicts itself, and whether a decision was made known more than 30 days after it was taken or took ' +
  'effect. Not looked at: whether whoever decided had the authority and stayed within its limits, whether there was a quorum, ' +
  'whether interests were declared, and whether consultation, procurement and publication followed the law.';

/** Section 10: what the record itself shows to be open about the decisions of the log. */
export class Findings implements DecisionSection {
  private readonly rows: (readonly Line[])[] = [];
  private count = 0;

  constructor(private readonly keeping: Keeping) {}

  take({ entry }: PlacedEntry): void {
    if (entry.kind === 'stub') return;
    const { facts } = entry;
    const findings = [
      ...(facts.conflictInSource === '' ? [] : [`The source contradicts itself: ${inShort(facts.conflictInSource)}`]),
      ...(isPublishedLate(facts) ? ['Made known more than 30 days after it was taken or took effect'] : []),
    ];
    this.count += findings.length;
    if (!this.keeping.rows) return;
    for (const finding of findings)
      this.rows.push([line(entry.reference, `#${entry.anchor}`), line(entry.dateInWords), line(finding)]);
  }

  section(): Unnumbered {
    const table = {
      kind: 'table',
      caption: counted(this.count, 'finding'),
      columns: [
        { title: 'Reference', heads: true, width: 4 },
        { title: 'Date', width: 3 },
        { title: 'Finding', width: 10 },
      ],
      rows: this.rows,
      repeats: true,
    } as const;
    return sectionOf(
      'findings',
      'Findings',
      LOOKED_AT,
      this.count === 0 ? [] : [table],
      'There is nothing to report in what was looked at. That says nothing of what was not.',
    );
  }
}
