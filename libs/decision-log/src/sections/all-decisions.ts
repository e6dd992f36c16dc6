import type { Block, DecisionEntry, Line } from '../document.js';
import type { PlacedEntry } from '../entry.js';
import { cells } from '../details.js';
import { byText, capital, counted, line } from '../plain.js';
import { sectionOf, type DecisionSection, type Keeping, type Unnumbered } from './section.js';

interface Group {
  readonly title: string;
  readonly entries: DecisionEntry[];
  count: number;
}

const COLUMNS = [
  { title: 'Reference', heads: true, width: 4 },
  { title: 'Date', width: 3 },
  { title: 'Title', width: 8 },
  { title: 'What it does', width: 3 },
  { title: 'Amount', numeric: true, width: 3 },
  { title: 'Holds from', width: 3 },
  { title: 'Status', width: 3 },
] as const;

/** Section 2: every decision of the period, by who took it, then by day. Withheld ones stand at their own place. */
export class AllDecisions implements DecisionSection {
  private readonly groups = new Map<string, Group>();

  constructor(
    private readonly keeping: Keeping,
    private readonly undated: readonly Line[],
  ) {}

  take({ entry, groupOrder }: PlacedEntry): void {
    const group = this.groups.get(groupOrder) ?? { title: entry.group, entries: [], count: 0 };
    this.groups.set(groupOrder, group);
    group.count++;
    if (this.keeping.rows) group.entries.push(entry);
  }

  section(): Unnumbered {
    const blocks: Block[] = [...this.groups]
      .toSorted(([a], [b]) => byText(a, b))
      .map(([, { title, entries, count }]) => ({
        kind: 'decisions',
        title: capital(title),
        entries,
        table: {
          kind: 'table',
          caption: `${capital(title)}: ${counted(count, 'decision')}`,
          columns: COLUMNS,
          rows: entries.map(rowOf),
          repeats: true,
        },
      }));
    if (this.undated.length > 0) {
      blocks.push(
        { kind: 'heading', text: 'Decisions of which no day is known' },
        { kind: 'paragraph', text: 'They are in no period and are not counted; the register has them.' },
        { kind: 'list', items: this.undated },
      );
    }
    return sectionOf(
      'decisions',
      'All decisions',
      'By who decided, then by the day each was taken; where that day is not known, by the day it was made known, and where ' +
        'that is not known either, by the day it was published. A decision of several bodies stands with the first of them.',
      blocks,
      'There is nothing to report: no decision is dated in the period.',
    );
  }
}

const rowOf = (entry: DecisionEntry): readonly Line[] => {
  const first = [line(entry.reference, `#${entry.anchor}`), line(entry.dateInWords), line(cells.title(entry.title))];
  if (entry.kind === 'stub') return [...first, line('Withheld'), line('Withheld'), line('Withheld'), line('Withheld')];
  const { facts } = entry;
  return [
    ...first,
    line(cells.type(facts)),
    line(cells.amount(facts)),
    line(cells.day(facts.effectiveFrom)),
    line(cells.status(facts)),
  ];
};
