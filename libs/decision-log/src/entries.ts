import { bodyThatMet, Contradictions, contradictionTold, type DecisionView, type Shown } from '#register';
import { answered, decisionsOf, meetingsOf, onceBegun, type DatedDecision } from './dated.js';
import { inLogOrder, placedEntry, type PlacedEntry } from './entry.js';
import type { Material } from './facts.js';
import type { Scope } from './question.js';
import { recordingsOfMany, shownOf } from './recordings.js';
import type { LogContext } from './sections/section.js';
import type { Disclosure, LogSource } from './source.js';
import { belongingOf } from './whose.js';

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
  const before = await shownBefore(source, scope, page);
  const decisions = page.map(({ shown }) => shown);
  const disclosures = await source.disclose(decisions, scope.reader, scope.basis);
  const inFull = decisions.filter(({ id }) => disclosures.get(id)?.kind === 'full').map(({ subject }) => subject);
  const replaced = await replacedSince(source, scope, page, before, disclosures);
  const recordings = await recordingsOfMany(source, inFull, scope.basis.position);
  const contradicted = await Contradictions.over(source.store).asKnownAt(scope.basis.position);
  const days = new Map(page.map(({ shown, datedOn }) => [shown.id, datedOn]));
  const seen = [...disclosures.values()].flatMap((each) => (each.kind === 'absent' ? [] : [each.shown]));
  const meetings = await meetingsOf(source.register, seen, scope.basis);
  const asked = new Map(
    seen.map((shown) => [shown.id, answered(shown, days.get(shown.id) ?? scope.basis.asAt, meetings)]),
  );
  const answering = await belongingOf(source.register, scope).answering([...asked.values()]);
  return page.flatMap((dated): Material[] => {
    const { id, subject } = dated.shown;
    const disclosure = disclosures.get(id);
    if (!disclosure || disclosure.kind === 'absent') return [];
    // A stub does not show at which meeting it was taken.
    if (disclosure.kind === 'stub' && (dated.byMeeting || dated.onlyMet)) return [];
    const veilOf = disclosure.kind === 'full' ? disclosure.veilOf : undefined;
    const one = asked.get(id);
    const met = one && bodyThatMet(one);
    const read = recordings.get(subject) ?? { events: [] };
    return [
      {
        decision: { ...dated, shown: disclosure.shown },
        disclosure,
        recordings: shownOf(read, veilOf),
        contradicted: (contradicted.get(subject) ?? []).map(contradictionTold),
        answering: (answering.get(id) ?? []).map(({ organisation }) => organisation),
        ...(met !== undefined && { met }),
        ...(before && { before: { state: before.get(id)?.state, isReplacedSince: replaced.has(id) } }),
      },
    ];
  });
}

/** The decisions of a page as the log before had them. */
async function shownBefore(
  { register }: LogSource,
  { since, basis, period }: Scope,
  page: readonly DatedDecision[],
): Promise<ReadonlyMap<string, Shown<DecisionView>> | undefined> {
  if (since === undefined) return undefined;
  const ids = page.map(({ shown }) => shown.id);
  const place = { asAt: basis.asAt, position: since };
  const answers = await register.pointMany<DecisionView>('decision', ids, place);
  const begun = await onceBegun(register, answers, since);
  const found = [...answers].flatMap(([id, then]) => begun.get(id) ?? (then.kind === 'found' ? [then] : []));
  const held = await meetingsOf(register, found, place);
  const dated = found.filter(({ state }) => {
    const datedOn = state.datedOn ?? held.get(state.meeting ?? '')?.heldOn;
    return datedOn !== undefined && datedOn >= period.from && datedOn <= period.to;
  });
  return new Map(dated.map((shown) => [shown.id, shown]));
}

/** Of which the log before did not say by what they are replaced: that is recorded of another decision. */
async function replacedSince(
  source: LogSource,
  { since, basis, reader }: Scope,
  page: readonly DatedDecision[],
  before: ReadonlyMap<string, Shown<DecisionView>> | undefined,
  disclosures: ReadonlyMap<string, Disclosure>,
): Promise<ReadonlySet<string>> {
  if (since === undefined || !before) return new Set();
  const laterOf = (disclosure: Disclosure | undefined): string | undefined =>
    disclosure?.kind === 'full' ? disclosure.shown.state.supersededBy : undefined;
  const changed = page.flatMap(({ shown: { id } }) => {
    const was = before.get(id);
    return was && laterOf(disclosures.get(id)) !== was.state.supersededBy ? [was] : [];
  });
  const then = await source.disclose(changed, reader, { asAt: basis.asAt, position: since });
  return new Set(changed.map(({ id }) => id).filter((id) => laterOf(disclosures.get(id)) !== laterOf(then.get(id))));
}
