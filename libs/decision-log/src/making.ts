import { contextBefore } from './context.js';
import type { CorrectionRow, DecisionLog, Line } from './document.js';
import { holdingsOf, type Holdings } from './completeness.js';
import { undatedDecisions } from './dated.js';
import type { PlacedEntry } from './entry.js';
import { Tally } from './figures.js';
import { headOf } from './front-page.js';
import { byText, counted, inShort, line } from './plain.js';
import { AllDecisions } from './sections/all-decisions.js';
import { Attention } from './sections/attention.js';
import { besideTheDecisions, changedBeside, type Beside } from './sections/beside.js';
import { Corrections, goneSince } from './sections/corrections.js';
import { Findings } from './sections/findings.js';
import { method } from './sections/method.js';
import { Money } from './sections/money.js';
import { PrivateItems } from './sections/private-items.js';
import { Procurements } from './sections/procurement.js';
import type { Keeping, LogContext, Unnumbered } from './sections/section.js';

/** The front page and every section, in order, while the entries go by. What the domain gains later is one line more here. */
export class Making {
  taken = 0;
  private readonly tally = new Tally();
  private readonly attention = new Attention(this.keeping);
  private readonly decisions = new AllDecisions(this.keeping, this.undated);
  private readonly procurement = new Procurements(this.keeping);
  private readonly money = new Money(this.beside.budgets);
  private readonly inPrivate = new PrivateItems(this.keeping);
  private readonly corrections = new Corrections(this.gone, this.context.scope.since !== undefined);
  private readonly findings = new Findings(this.keeping);
  private readonly takers = [
    this.tally,
    this.attention,
    this.decisions,
    this.procurement,
    this.money,
    this.inPrivate,
    this.corrections,
    this.findings,
  ];

  private constructor(
    readonly context: LogContext,
    private readonly keeping: Keeping,
    private readonly undated: readonly Line[],
    private readonly beside: Beside,
    private readonly gone: readonly CorrectionRow[],
    private readonly holdings: Holdings,
  ) {}

  static async of(context: LogContext, keeping: Keeping): Promise<Making> {
    const undated = await undatedLines(context);
    return new Making(
      context,
      keeping,
      undated,
      await besideTheDecisions(context),
      await goneSince(context),
      await holdingsOf(context),
    );
  }

  take(placed: PlacedEntry): void {
    this.taken++;
    for (const taker of this.takers) taker.take(placed);
  }

  /** After the last entry. */
  async log(): Promise<DecisionLog> {
    const { context, attention, corrections, beside } = this;
    const { changes, matters, ahead } = beside;
    const sections: readonly Unnumbered[] = [
      attention.section(),
      this.decisions.section(),
      this.procurement.section(),
      this.money.section(),
      this.inPrivate.section(),
      changes.section,
      matters,
      ahead,
      corrections.section(),
      this.findings.section(),
      method(context.scope),
    ];
    const numbered = sections.map((section, at) => ({ ...section, number: at + 1 }));
    const before = contextBefore(context);
    const otherwise = before === undefined ? [] : await changedBeside(context, before, beside, numbered);
    const { delegations, appointments } = changes;
    return {
      head: headOf(context.scope, {
        figures: this.tally.figures(),
        changes: corrections.changes(otherwise),
        attention: attention.found,
        holdings: this.holdings,
        undated: this.undated.length,
      }),
      sections: numbered,
      companions: { delegations, appointments, corrections: corrections.rows },
    };
  }
}

/** Decisions without a day that are printed; of more, how many there are. */
const MOST_UNDATED = 1_000;

async function undatedLines({ source, scope }: LogContext): Promise<readonly Line[]> {
  const found: { readonly id: string; readonly line: Line }[] = [];
  let more = 0;
  for await (const page of undatedDecisions(source.register, scope)) {
    const days = new Map(page.map(({ shown, datedOn }) => [shown.id, datedOn]));
    const decisions = page.map(({ shown }) => shown);
    for (const disclosure of (await source.disclose(decisions, scope.reader, scope.basis)).values()) {
      if (disclosure.kind === 'absent') continue;
      const { id, state } = disclosure.shown;
      if (disclosure.kind === 'full' && days.get(id) !== undefined) continue;
      if (found.length === MOST_UNDATED) more++;
      else found.push({ id, line: line(`${inShort(state.reference ?? id)}: ${inShort(state.title)}`) });
    }
  }
  const lines = found.toSorted((a, b) => byText(a.id, b.id)).map((one) => one.line);
  return more === 0 ? lines : [...lines, line(`And ${counted(more, 'more decision')}, which the register has.`)];
}
