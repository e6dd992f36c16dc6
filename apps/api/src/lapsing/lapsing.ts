import type { CivilDate } from '#kernel';
import { subjectOf } from '#governance';
import {
  holdingWith,
  lapseInWords,
  type BoundDayView,
  type HoldingView,
  type Holding,
  type Lapse,
  type LapseView,
} from '#register';
import type { Lapses } from '../lapses.js';
import type { RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

/** Something that lasts, and hangs on others. */
export type Hanging = RecordOf<HoldingView>;

export const LAPSED = 'That it ended with what it hangs on; empty where nothing says so.';
/** What records of every kind say of having lapsed: their own fields, as others leave them. */
export class Lapsing {
  constructor(private readonly lapses: Lapses) {}

  /** What it has ended with, where its own record does not say that it had ended anyway. */
  async of(record: Hanging, context: RequestContext): Promise<Lapse | undefined> {
    return record.holds === 'NO' ? undefined : this.lapses.of(record, context);
  }

  async shown(record: Hanging, context: RequestContext): Promise<LapseView | null> {
    const lapse = await this.of(record, context);
    return lapse ? shownLapse(lapse, record.start.day) : null;
  }

  async holds(record: Hanging, context: RequestContext): Promise<Holding> {
    return holdingWith(record.holds, await this.of(record, context));
  }

  async inWords(record: Hanging, context: RequestContext): Promise<string> {
    const lapse = await this.of(record, context);
    const isSaid = lapse && (lapse.isKnown || record.holds === 'YES');
    return isSaid ? lapseInWords(lapse, record.start.day) : record.holdsInWords;
  }

  async end(record: Hanging, context: RequestContext): Promise<BoundDayView | null> {
    const lapse = await this.of(record, context);
    if (!lapse?.isKnown) return record.end;
    const { lastDay: day, event } = lapse;
    return { day, asSaid: day, notBefore: null, notAfter: null, event };
  }

  /** The last day of a record that has lapsed; undefined where it has not, or would have begun only after it. */
  async lastDay(record: Hanging, context: RequestContext): Promise<CivilDate | undefined> {
    const { isKnown, lastDay } = (await this.of(record, context)) ?? {};
    if (!isKnown || !lastDay || (record.start.day !== null && record.start.day > lastDay)) return undefined;
    return lastDay;
  }

  async hasLapsed(record: Hanging, context: RequestContext): Promise<boolean> {
    return (await this.of(record, context))?.isKnown === true;
  }
}

export const shownLapse = (lapse: Lapse, begins: CivilDate | null): LapseView => ({
  with: subjectOf(lapse.aggregate, lapse.id),
  name: lapse.name,
  lastDay: lapse.lastDay,
  event: lapse.event,
  isKnown: lapse.isKnown,
  inWords: lapseInWords(lapse, begins),
});
