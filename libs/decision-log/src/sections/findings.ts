import type { Line } from '../document.js';
import { isPublishedLate, type PlacedEntry } from '../entry.js';
import { counted, inShort, line } from '../plain.js';
import { sectionOf, type DecisionSection, type Keeping, type Unnumbered } from './section.js';

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
      caption: counted(this.count, 'open finding'),
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
      'Open findings',
      'What the record shows of these decisions that somebody may have to explain or put right.',
      this.count === 0 ? [] : [table],
      'There is nothing to report: the record shows no open finding about these decisions.',
    );
  }
}
