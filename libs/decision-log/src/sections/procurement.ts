import { inWords } from '#governance';
import type { Line } from '../document.js';
import type { PlacedEntry } from '../entry.js';
import { cells } from '../details.js';
import { byText, capital, counted, inShort, line } from '../plain.js';
import { sectionOf, type DecisionSection, type Keeping, type Unnumbered } from './section.js';

/** Section 3: what was bought, from whom and how the supplier was chosen. */
export class Procurements implements DecisionSection {
  private readonly rows: (readonly Line[])[] = [];
  private readonly routes = new Map<string, number>();
  private count = 0;

  constructor(private readonly keeping: Keeping) {}

  take({ entry }: PlacedEntry): void {
    if (entry.kind === 'stub') return;
    const { facts } = entry;
    if (!facts.procurementRoute && !facts.supplier && !facts.noticeId && facts.type !== 'AWARD_CONTRACT') return;
    this.count++;
    const route = facts.procurementRoute === '' ? 'not recorded' : inWords(facts.procurementRoute);
    this.routes.set(route, (this.routes.get(route) ?? 0) + 1);
    if (!this.keeping.rows) return;
    this.rows.push([
      line(entry.reference, `#${entry.anchor}`),
      line(inShort(entry.title)),
      line(capital(route)),
      line(facts.supplier === '' ? 'Not recorded' : inShort(facts.supplier)),
      line(cells.amount(facts)),
      line(cells.orDash(inShort(facts.term))),
      line(facts.standstillUntil === null ? 'Not recorded' : cells.day(facts.standstillUntil)),
    ]);
  }

  section(): Unnumbered {
    const table = {
      kind: 'table',
      caption: counted(this.count, 'procurement decision'),
      columns: [
        { title: 'Reference', heads: true, width: 4 },
        { title: 'Title', width: 6 },
        { title: 'Route', width: 5 },
        { title: 'Supplier', width: 4 },
        { title: 'Amount', numeric: true, width: 3 },
        { title: 'Term', width: 3 },
        { title: 'Standstill until', width: 3 },
      ],
      rows: this.rows,
      note: 'Representations received in a standstill are not recorded in the register.',
      repeats: true,
    } as const;
    const byRoute = {
      kind: 'table',
      caption: 'How suppliers were chosen',
      columns: [
        { title: 'Route', heads: true, width: 8 },
        { title: 'Decisions', numeric: true, width: 2 },
      ],
      rows: [...this.routes]
        .toSorted(([a], [b]) => byText(a, b))
        .map(([route, count]) => [line(capital(route)), line(String(count))]),
    } as const;
    return sectionOf(
      'procurement',
      'Procurement',
      'Contracts awarded or changed. PSR is the Provider Selection Regime, by which health services are bought.',
      this.count === 0 ? [] : [table, byRoute],
      'There is nothing to report: no decision of the period says that something was bought.',
    );
  }
}
