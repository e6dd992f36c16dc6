import { dayInWords } from '#governance';
import type { Line } from '../document.js';
import { isInPrivate, type PlacedEntry } from '../entry.js';
import { counted, inShort, line } from '../plain.js';
import { sectionOf, type DecisionSection, type Keeping, type Unnumbered } from './section.js';

/** Section 5: what was decided with the public excluded, and what is withheld whole. Withheld items keep their number. */
export class PrivateItems implements DecisionSection {
  private readonly rows: (readonly Line[])[] = [];
  private count = 0;

  constructor(private readonly keeping: Keeping) {}

  take({ entry }: PlacedEntry): void {
    if (entry.kind === 'full' && !isInPrivate(entry.facts)) return;
    this.count++;
    if (!this.keeping.rows) return;
    const ground = entry.kind === 'stub' ? entry.ground : 'Taken in private session; shown in full here';
    const review = entry.kind === 'stub' && entry.reviewOn !== null ? dayInWords(entry.reviewOn) : 'None recorded';
    this.rows.push([
      line(entry.reference, `#${entry.anchor}`),
      line(entry.dateInWords),
      line(entry.group),
      line(inShort(entry.title)),
      line(inShort(ground)),
      line(review),
    ]);
  }

  section(): Unnumbered {
    const table = {
      kind: 'table',
      caption: counted(this.count, 'private item'),
      columns: [
        { title: 'Reference', heads: true, width: 4 },
        { title: 'Date', width: 3 },
        { title: 'Decided by', width: 5 },
        { title: 'Title', width: 5 },
        { title: 'Ground', width: 6 },
        { title: 'Looked at again', width: 3 },
      ],
      rows: this.rows,
      repeats: true,
    } as const;
    return sectionOf(
      'private',
      'Private items',
      'Decisions taken with the public excluded, and decisions that are withheld, with the ground. A decision of which only a part is withheld is shown in its place, and names the part and the ground there.',
      this.count === 0 ? [] : [table],
      'There is nothing to report: no decision is withheld as a whole, and none is recorded as taken in private session.',
    );
  }
}
