import { dayInWords } from '#governance';
import { epochMsOf, londonDay } from '#kernel';
import type { DecisionView } from '#register';
import { decisionsOf, meetingsOf } from '../dated.js';
import type { Block, ChangeMark, CorrectionRow, Line } from '../document.js';
import { correctionRow, type PlacedEntry } from '../entry.js';
import { byText, counted, line, onOneLine } from '../plain.js';
import { recordingsOf, shownOf } from '../recordings.js';
import { sectionOf, type DecisionSection, type LogContext, type Unnumbered } from './section.js';

/** How many corrections a log prints; the companion file has as many. */
const MOST = 2_000;

/** Section 9: what was put right about decisions of the log, since the log before where there is one. */
export class Corrections implements DecisionSection {
  private readonly found: CorrectionRow[] = [];
  private readonly marks = new Map<ChangeMark['kind'], number>();
  private more = 0;

  /** @param gone decisions of the log before that this one has no more. */
  constructor(
    private readonly gone: readonly CorrectionRow[],
    private readonly hasLogBefore: boolean,
  ) {}

  take({ entry, corrections }: PlacedEntry): void {
    if (entry.mark) this.marks.set(entry.mark.kind, (this.marks.get(entry.mark.kind) ?? 0) + 1);
    for (const row of corrections) {
      if (this.found.length < MOST) this.found.push(row);
      else this.more++;
    }
  }

  get rows(): readonly CorrectionRow[] {
    return [...this.found, ...this.gone].toSorted(
      (a, b) => a.position - b.position || byText(a.reference, b.reference),
    );
  }

  /** For the front page: what changed since the log before. @param beside what did, besides the decisions. */
  changes(beside: readonly string[]): readonly string[] {
    if (!this.hasLogBefore) return ['No earlier log is named for comparison, so nothing is marked as changed.'];
    const count = (kind: ChangeMark['kind']): number => this.marks.get(kind) ?? 0;
    const said: readonly (readonly [number, string])[] = [
      [count('new'), 'new to this log'],
      [count('corrected'), 'corrected'],
      [count('changed'), 'changed'],
      [count('now-public'), 'now public'],
      [this.gone.length, 'withdrawn or no longer in the period'],
    ];
    const sentences = said
      .filter(([many]) => many > 0)
      .map(([many, what]) => `${counted(many, 'decision')} ${many === 1 ? 'is' : 'are'} ${what}.`);
    const all = [...sentences, ...beside];
    return all.length > 0 ? all : ['Nothing has changed since the last log.'];
  }

  section(): Unnumbered {
    const rows = this.rows;
    const blocks: Block[] = [];
    if (rows.length > 0) {
      blocks.push({
        kind: 'table',
        caption: counted(rows.length, 'correction'),
        columns: [
          { title: 'Reference', heads: true, width: 4 },
          { title: 'Recorded on', width: 3 },
          { title: 'What was put right', width: 10 },
        ],
        rows: rows.map((row): Line[] => [
          line(row.reference),
          line(dayInWords(londonDay(epochMsOf(row.recordedAt)))),
          line(row.sentence),
        ]),
      });
    }
    if (this.more > 0)
      blocks.push({
        kind: 'paragraph',
        text: `${counted(this.more, 'more correction')} in the histories of the decisions.`,
      });
    return sectionOf(
      'corrections',
      'Corrections',
      this.hasLogBefore
        ? 'What was corrected or annulled since the last log, with the reason recorded.'
        : 'What was ever corrected or annulled about the decisions of this log, with the reason recorded.',
      blocks,
      this.hasLogBefore
        ? 'There is nothing to report: nothing has been corrected since the last log.'
        : 'There is nothing to report: nothing about these decisions has been corrected.',
    );
  }
}

/** Decisions that the log before had and this one has not: annulled, or dated in another period by now. */
export const goneSince = async ({ source, scope, names }: LogContext): Promise<readonly CorrectionRow[]> => {
  if (scope.since === undefined) return [];
  const { from, to } = scope.period;
  const before = { ...scope, basis: { ...scope.basis, position: scope.since } };
  const gone: CorrectionRow[] = [];
  for await (const page of decisionsOf(source.register, before)) {
    const disclosures = await source.disclose(
      page.map(({ shown }) => shown),
      scope.reader,
      before.basis,
    );
    const now = await source.register.pointMany<DecisionView>(
      'decision',
      page.map(({ shown }) => shown.id),
      scope.basis,
    );
    const found = [...now.values()].flatMap((answer) => (answer.kind === 'found' ? [answer] : []));
    const held = await meetingsOf(source.register, found, scope.basis);
    for (const { shown, byMeeting, onlyMet } of page) {
      const answer = now.get(shown.id);
      const day =
        answer?.kind === 'found' ? (answer.state.datedOn ?? held.get(answer.state.meeting ?? '')?.heldOn) : undefined;
      if (answer?.kind === 'not-yet-begun' || (day !== undefined && day >= from && day <= to)) continue;
      const disclosure = disclosures.get(shown.id);
      if (!disclosure || disclosure.kind === 'absent') continue;
      // A stub does not show at which meeting it was taken.
      if (disclosure.kind === 'stub' && (byMeeting || onlyMet)) continue;
      const reference = shown.state.reference ?? shown.id;
      const recordings = shownOf(
        await recordingsOf(source, shown.subject, scope.basis.position),
        disclosure.kind === 'full' ? disclosure.veilOf : undefined,
      );
      const last = recordings.events.at(-1);
      if (!last) continue;
      if (disclosure.kind === 'full')
        gone.push(await names.tell((lookups) => correctionRow(last, recordings, reference, lookups)));
      else {
        const sentence = onOneLine('Withdrawn, or no longer dated in the period.');
        gone.push({ reference, recordedAt: last.recordedAt, position: last.position, sentence, because: '' });
      }
    }
  }
  return gone;
};
