import type { Figures } from './document.js';
import { isInPrivate, isPublishedLate, isRecordedLate, isUrgent, type PlacedEntry } from './entry.js';

/** Counts the entries of a log one by one; holds nothing of them. */
export class Tally {
  private readonly counts = {
    decisions: 0,
    withheld: 0,
    inPrivate: 0,
    urgent: 0,
    calledIn: 0,
    publishedLate: 0,
    recordedLate: 0,
    amountShown: 0,
    withAmount: 0,
  };

  take({ entry }: PlacedEntry): void {
    const { counts } = this;
    counts.decisions++;
    if (entry.kind === 'stub') {
      counts.withheld++;
      counts.inPrivate++;
      return;
    }
    const { facts, datedOn } = entry;
    if (isInPrivate(facts)) counts.inPrivate++;
    if (isUrgent(facts)) counts.urgent++;
    if (facts.status === 'CALLED_IN') counts.calledIn++;
    if (isPublishedLate(facts)) counts.publishedLate++;
    if (isRecordedLate(facts, datedOn)) counts.recordedLate++;
    if (facts.amount.kind === 'shown') {
      counts.withAmount++;
      counts.amountShown += facts.amount.pence;
    }
  }

  figures(): Figures {
    return { ...this.counts };
  }
}
