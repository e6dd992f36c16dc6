import type { DecisionView } from '#register';
import { decisionsOf, onceBegun, type DatedDecision } from './dated.js';
import { inLogOrder, placedEntry, type Material, type PlacedEntry } from './entry.js';
import type { Scope } from './question.js';
import { recordingsOfMany, shownOf } from './recordings.js';
import type { LogContext } from './sections/section.js';
import type { LogSource } from './source.js';

/**
 * Every entry of the log, in its order, one page of decisions in memory at a time.
 *
 * @param printed whether they are to be printed; else they have no details, as machines read the facts.
 */
export async function* placedEntries(
  { source, scope, names }: LogContext,
  { printed }: { readonly printed: boolean },
): AsyncGenerator<PlacedEntry, void> {
  let place = 0;
  for await (const page of decisionsOf(source.register, scope)) {
    const materials = await materialsOf(source, scope, page);
    const { publicAddress, since } = scope;
    const placed = await names.tellEach(materials, (material, lookups) =>
      placedEntry(material, lookups, { publicAddress, since, printed }),
    );
    for (const one of placed.toSorted(inLogOrder)) yield { ...one, entry: { ...one.entry, place: ++place } };
  }
}

async function materialsOf(
  source: LogSource,
  scope: Scope,
  page: readonly DatedDecision[],
): Promise<readonly Material[]> {
  const before = await statesBefore(source, scope, page);
  const decisions = page.map(({ shown }) => shown);
  const disclosures = await source.disclose(decisions, scope.reader, scope.basis);
  const inFull = decisions.filter(({ id }) => disclosures.get(id)?.kind === 'full').map(({ subject }) => subject);
  const recordings = await recordingsOfMany(source, inFull, scope.basis.position);
  return page.flatMap((dated): Material[] => {
    const { id, subject } = dated.shown;
    const disclosure = disclosures.get(id);
    if (!disclosure || disclosure.kind === 'absent') return [];
    const veilOf = disclosure.kind === 'full' ? disclosure.veilOf : undefined;
    const read = recordings.get(subject) ?? { events: [] };
    return [
      {
        decision: { ...dated, shown: disclosure.shown },
        disclosure,
        recordings: shownOf(read, veilOf),
        ...(before && { before: { state: before.get(id) } }),
      },
    ];
  });
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
  const begun = await onceBegun(register, answers, since);
  for (const [id, then] of answers) {
    const answer = begun.get(id) ?? then;
    if (answer.kind !== 'found') continue;
    const { datedOn } = answer.state;
    if (datedOn !== undefined && datedOn >= period.from && datedOn <= period.to) states.set(id, answer.state);
  }
  return states;
}
