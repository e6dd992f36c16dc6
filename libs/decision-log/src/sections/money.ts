import { moneyInWords, pounds } from '#governance';
import type { BudgetView, Shown } from '#register';
import type { Block, Chart } from '../document.js';
import type { PlacedEntry } from '../entry.js';
import { byText, counted, inShort, inThousands, line } from '../plain.js';
import type { Scope } from '../question.js';
import { sectionOf, type DecisionSection, type LogContext, type Unnumbered } from './section.js';

interface Tally {
  decisions: number;
  pence: number;
}

/** Bars drawn at most; the rest is one bar. */
const MOST_BARS = 24;
const BUDGETS = 500;

/** Section 4: figures by body and by month, and budgets. Only amounts that are shown are added up. */
export class Money implements DecisionSection {
  private readonly bodies = new Map<string, { readonly title: string; readonly tally: Tally }>();
  private readonly months = new Map<string, Tally>();
  private withheld = 0;
  private stated = 0;
  private count = 0;

  constructor(private readonly budgets: readonly Block[]) {}

  take({ entry, groupOrder }: PlacedEntry): void {
    this.count++;
    const shown = entry.kind === 'full' && entry.facts.amount.kind === 'shown' ? entry.facts.amount : undefined;
    const pence = shown?.pence ?? 0;
    if (shown) this.stated++;
    if (entry.kind === 'stub' || entry.facts.amount.kind === 'withheld') this.withheld++;
    const body = this.bodies.get(groupOrder) ?? { title: entry.group, tally: { decisions: 0, pence: 0 } };
    this.bodies.set(groupOrder, body);
    const month = entry.datedOn?.slice(0, 7) ?? '';
    const inMonth = this.months.get(month) ?? { decisions: 0, pence: 0 };
    this.months.set(month, inMonth);
    for (const tally of [body.tally, inMonth]) {
      tally.decisions++;
      tally.pence += pence;
    }
  }

  section(): Unnumbered {
    const bodies = [...this.bodies]
      .toSorted(([a], [b]) => byText(a, b))
      .map(([, { title, tally }]) => [title, tally] as const);
    const { each, Each, times } = this.byMonthOrYear();
    const blocks: Block[] = [];
    if (this.count > 0) {
      blocks.push(
        chartOf('Decisions by who took them', 'Decided by', 'Decisions', bodies, 'decisions'),
        chartOf(`Decisions by ${each}`, Each, 'Decisions', times, 'decisions'),
      );
      if (this.stated > 0) {
        blocks.push(
          chartOf('Amounts shown, by who decided', 'Decided by', 'Amount', bodies, 'pence'),
          chartOf(`Amounts shown, by ${each}`, Each, 'Amount', times, 'pence'),
        );
      } else blocks.push({ kind: 'paragraph', text: 'None of these decisions states an amount that can be shown.' });
      if (this.withheld > 0) {
        blocks.push({
          kind: 'paragraph',
          text: `The amounts of ${counted(this.withheld, 'decision')} are withheld and are in none of these figures.`,
        });
      }
    }
    blocks.push(...this.budgets);
    return sectionOf(
      'money',
      'Money',
      'Amounts are those that the decisions state, added up as they stand: some cover several years, and some decisions state none.',
      blocks,
      'There is nothing to report: no decision is dated in the period and no budget is recorded.',
    );
  }

  /** By month; by year where a chart of the months would leave some of them out. */
  private byMonthOrYear(): { each: string; Each: string; times: readonly (readonly [label: string, tally: Tally])[] } {
    const months = [...this.months].toSorted(([a], [b]) => byText(a, b));
    if (months.length <= MOST_BARS)
      return { each: 'month', Each: 'Month', times: months.map(([month, tally]) => [inMonths(month), tally]) };
    const years = new Map<string, Tally>();
    for (const [month, { decisions, pence }] of months) {
      const year = years.get(month.slice(0, 4)) ?? { decisions: 0, pence: 0 };
      years.set(month.slice(0, 4), { decisions: year.decisions + decisions, pence: year.pence + pence });
    }
    return { each: 'year', Each: 'Year', times: [...years] };
  }
}

function chartOf(
  title: string,
  labelColumn: string,
  valueColumn: string,
  tallies: readonly (readonly [label: string, tally: Tally])[],
  of: keyof Tally,
): Chart {
  const all = tallies.map(([label, tally]) => ({ label, value: tally[of] }));
  const shown = all.length <= MOST_BARS ? all : [...all.slice(0, MOST_BARS - 1), rest(all.slice(MOST_BARS - 1))];
  const bars = shown.map(({ label, value }) => ({
    label,
    // More was paid back than spent: there is no bar, and the figure beside it says so.
    value: Math.max(0, value),
    text: of === 'pence' ? pounds(value) : inThousands(value),
  }));
  const most = bars.reduce((a, b) => (b.value > a.value ? b : a), bars[0] ?? { label: '', value: 0, text: '0' });
  const alternative = `Bar chart of ${counted(bars.length, 'bar')}. The longest is ${most.label}: ${most.text}. The table has every figure.`;
  return { kind: 'chart', title, alternative, labelColumn, valueColumn, bars };
}

const rest = (bars: readonly { readonly value: number }[]): { label: string; value: number } => ({
  label: `${bars.length} more`,
  value: bars.reduce((sum, { value }) => sum + value, 0),
});

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const inMonths = (month: string): string => {
  const [year, number] = month.split('-');
  return `${MONTHS[Number(number) - 1] ?? ''} ${year}`.trim();
};

/** The budgets of a scope's organisations and bodies, as at the day of the basis. */
export const budgetBlocks = async ({ source, scope, names }: LogContext): Promise<readonly Block[]> => {
  const found = await budgetsOf(source.register.list.bind(source.register), scope);
  if (found.length === 0)
    return [{ kind: 'paragraph', text: 'No budget is recorded for these organisations and bodies.' }];
  const rows = await names.tell(({ nameOf }) =>
    found.map(({ state }) => [
      line(inShort(state.name)),
      line(state.year ?? '–'),
      line(
        inShort(
          (state.body && nameOf('body', state.body)) ??
            (state.organisation && nameOf('organisation', state.organisation)) ??
            '–',
        ),
      ),
      line(inShort(state.place ?? '–')),
      line(moneyInWords(state.amount)),
      line(inShort(state.amountNote ?? '')),
    ]),
  );
  return [
    {
      kind: 'table',
      caption: `Budgets as at the day of the basis: ${counted(found.length, 'budget')}`,
      columns: [
        { title: 'Budget', heads: true, width: 6 },
        { title: 'Year', width: 2 },
        { title: 'Whose', width: 5 },
        { title: 'Place', width: 3 },
        { title: 'Amount', numeric: true, width: 3 },
        { title: 'About the amount', width: 4 },
      ],
      rows,
      note: 'Compare with the amounts by who decided, above; the register does not say which budget a decision draws on.',
    },
  ];
};

async function budgetsOf(
  list: LogContext['source']['register']['list'],
  { organisations, bodies, basis }: Scope,
): Promise<readonly Shown<BudgetView>[]> {
  const found = new Map<string, Shown<BudgetView>>();
  const wheres = [{ organisation: organisations.map(({ id }) => id) }, { body: bodies.map(({ id }) => id) }];
  for (const where of wheres) {
    if (Object.values(where).every((ids) => ids.length === 0)) continue;
    for (const row of (await list<BudgetView>('budget', { where, first: BUDGETS }, basis)).rows) found.set(row.id, row);
  }
  return [...found.values()].toSorted((a, b) => byText(`${a.state.name} ${a.id}`, `${b.state.name} ${b.id}`));
}
