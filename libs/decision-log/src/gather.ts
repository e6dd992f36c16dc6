import type { DecisionView, Place, Shown } from '#register';
import { decisionsOf, undatedDecisions, type DatedDecision } from './dated.js';
import type { Companions, DecisionEntry, DecisionLog, LogHead, ReaderClass, Section } from './document.js';
import { inLogOrder, placedEntry, type Material, type PlacedEntry } from './entry.js';
import { Tally } from './figures.js';
import { headOf } from './front-page.js';
import { Names } from './names.js';
import { inShort, line } from './plain.js';
import type { Scope } from './question.js';
import { recordingsOf } from './recordings.js';
import { AllDecisions } from './sections/all-decisions.js';
import { Attention } from './sections/attention.js';
import { committeeMatters } from './sections/committee-matters.js';
import { Corrections, goneSince } from './sections/corrections.js';
import { Findings } from './sections/findings.js';
import { forwardLook } from './sections/forward-look.js';
import { method } from './sections/method.js';
import { budgetBlocks, Money } from './sections/money.js';
import { PrivateItems } from './sections/private-items.js';
import { Procurements } from './sections/procurement.js';
import type { Keeping, LogContext, Unnumbered } from './sections/section.js';
import { whoDecides } from './sections/who-decides.js';
import type { LogSource } from './source.js';

/** Told how many decisions have been read so far. */
export type OnProgress = (done: number) => void;

/** A log as machines read it: the decisions one after the other, in the order of the log. */
export interface LogStream {
  readonly head: LogHead;
  /** Without what repeats the decisions: tables with `repeats` have no rows, groups no entries. */
  readonly sections: readonly Section[];
  readonly companions: Companions;
  /** May be read once. */
  readonly entries: AsyncIterable<DecisionEntry>;
}

/** The whole log in memory: for documents that people read. */
export const gatherLog = async (source: LogSource, scope: Scope, onProgress?: OnProgress): Promise<DecisionLog> => {
  const context = contextOf(source, scope);
  return summarised(context, { rows: true }, onProgress);
};

/** The same log without holding its decisions in memory: they are read once for the figures, and again as they are asked for. */
export const streamLog = async (source: LogSource, scope: Scope, onProgress?: OnProgress): Promise<LogStream> => ({
  ...(await summaryOf(source, scope, onProgress)),
  entries: entriesOf(source, scope),
});

/** All of a streamed log but its entries. */
export const summaryOf = (
  source: LogSource,
  scope: Scope,
  onProgress?: OnProgress,
): Promise<Omit<LogStream, 'entries'>> => summarised(contextOf(source, scope), { rows: false }, onProgress);

/** A log in memory as a stream of the same bytes. */
export const asStream = ({ head, sections, companions }: DecisionLog): LogStream => {
  const entries = sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'decisions' ? block.entries : []))
    .toSorted((a, b) => a.place - b.place);
  return { head, companions, sections, entries: inOrder(entries) };
};

async function* inOrder(entries: readonly DecisionEntry[]): AsyncGenerator<DecisionEntry, void> {
  yield* entries;
}

const contextOf = (source: LogSource, scope: Scope): LogContext => ({
  source,
  scope,
  names: namesFor(source, scope.basis, scope.reader),
});

/** Stands for a decision that the reader may not know of, where another points to it: not even its id is told. */
const NOT_SHOWN = { title: 'a decision that is not shown', reference: 'a decision that is not shown' };

/** Names as a reader may see them. */
export const namesFor = (source: LogSource, place: Place, reader: ReaderClass): Names =>
  new Names(source.register, place, async (decisions) => {
    const states = new Map<string, object | null>();
    for (const [id, disclosure] of await source.disclose(decisions as Shown<DecisionView>[], reader)) {
      states.set(id, disclosure.kind === 'absent' ? NOT_SHOWN : disclosure.shown.state);
    }
    return states;
  });

/** The front page and every section, in order. What the domain gains later is one line more here. */
async function summarised(context: LogContext, keeping: Keeping, onProgress?: OnProgress): Promise<DecisionLog> {
  const { scope } = context;
  const tally = new Tally();
  const attention = new Attention(keeping);
  const decisions = new AllDecisions(keeping, await undatedLines(context));
  const procurement = new Procurements(keeping);
  const money = new Money(await budgetBlocks(context));
  const inPrivate = new PrivateItems(keeping);
  const corrections = new Corrections(await goneSince(context), scope.since !== undefined);
  const findings = new Findings(keeping);
  const takers = [tally, attention, decisions, procurement, money, inPrivate, corrections, findings];

  let done = 0;
  for await (const placed of placedEntries(context)) {
    for (const taker of takers) taker.take(placed);
    onProgress?.(++done);
  }

  const changes = await whoDecides(context);
  const sections: readonly Unnumbered[] = [
    attention.section(),
    decisions.section(),
    procurement.section(),
    money.section(),
    inPrivate.section(),
    changes.section,
    await committeeMatters(context),
    await forwardLook(context),
    corrections.section(),
    findings.section(),
    method(scope),
  ];
  return {
    head: headOf(scope, tally.figures(), corrections.changes(), attention.found),
    sections: sections.map((section, at) => ({ ...section, number: at + 1 })),
    companions: { delegations: changes.delegations, appointments: changes.appointments, corrections: corrections.rows },
  };
}

/** The decisions of a log, one page of them in memory at a time. */
export async function* entriesOf(source: LogSource, scope: Scope): AsyncGenerator<DecisionEntry, void> {
  for await (const { entry } of placedEntries(contextOf(source, scope))) yield entry;
}

/** Every entry of the log, in its order, one page of decisions in memory at a time. */
async function* placedEntries({ source, scope, names }: LogContext): AsyncGenerator<PlacedEntry, void> {
  let place = 0;
  for await (const page of decisionsOf(source.register, scope)) {
    const before = await statesBefore(source, scope, page);
    const materials: Material[] = [];
    const disclosures = await source.disclose(
      page.map(({ shown }) => shown),
      scope.reader,
    );
    for (const dated of page) {
      const { id, subject } = dated.shown;
      const disclosure = disclosures.get(id);
      if (!disclosure || disclosure.kind === 'absent') continue;
      const read =
        disclosure.kind === 'full' ? await recordingsOf(source, subject, scope.basis.position) : { events: [] };
      const veil = disclosure.kind === 'full' ? disclosure.veil : undefined;
      const decision = { ...dated, shown: disclosure.shown };
      const recordings = { ...read, ...(veil && { veil }) };
      materials.push({ decision, disclosure, recordings, ...(before && { before: { state: before.get(id) } }) });
    }
    const placed = await names.tell((lookups) => materials.map((material) => placedEntry(material, lookups, scope)));
    for (const one of placed.toSorted(inLogOrder)) yield { ...one, entry: { ...one.entry, place: ++place } };
  }
}

/** The decisions of a page as the log before had them. */
async function statesBefore(
  { register }: LogSource,
  { since, basis, period }: Scope,
  page: readonly DatedDecision[],
): Promise<ReadonlyMap<string, DecisionView> | undefined> {
  if (since === undefined) return undefined;
  const ids = page.map(({ shown }) => shown.id);
  const states = new Map<string, DecisionView>();
  const answers = await register.pointMany<DecisionView>('decision', ids, { asAt: basis.asAt, position: since });
  for (const [id, then] of answers) {
    const answer =
      then.kind === 'not-yet-begun'
        ? await register.point<DecisionView>('decision', id, { asAt: then.from, position: since })
        : then;
    if (answer.kind !== 'found') continue;
    const { datedOn } = answer.state;
    if (datedOn !== undefined && datedOn >= period.from && datedOn <= period.to) states.set(id, answer.state);
  }
  return states;
}

async function undatedLines({ source, scope }: LogContext) {
  const undated = await undatedDecisions(source.register, scope);
  return [...(await source.disclose(undated, scope.reader)).values()].flatMap((disclosure) => {
    if (disclosure.kind === 'absent') return [];
    const { id, state } = disclosure.shown;
    return [line(`${inShort(state.reference ?? id)}: ${inShort(state.title)}`)];
  });
}
