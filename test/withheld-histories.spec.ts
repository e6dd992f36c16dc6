import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { londonDay } from '#kernel';
import { toldOf } from './withheld-doors.js';
import { classOn, holdsOn, levelOf } from './withheld-oracle.js';
import { CANARIES, happened, stories, type Asked } from './withheld-stories.js';

const nthsIn = (text: string): readonly number[] => [...text.matchAll(CANARIES)].map(([, nth]) => Number(nth));

const asked = (does: Asked['does'], disclosure?: Asked['disclosure'], instead?: Asked['instead'], of = 0): Asked => ({
  ...{ does, disclosure, instead, of },
  ...{ id: 'd1', ahead: 0 },
});

/** Ways in which old words came to be told, beside those that chance finds. */
const HAPPENED: readonly (readonly Asked[])[] = [
  [asked('take', 'CONFIDENTIAL'), asked('annul'), asked('take', 'PUBLIC')],
  [asked('take', 'CONFIDENTIAL'), asked('annul'), asked('take', 'PUBLIC', 'again')],
  [asked('take', 'CONFIDENTIAL'), asked('take', 'PUBLIC', 'corrects')],
  [asked('take', 'EXEMPT'), asked('take', 'EXEMPT', 'corrects'), asked('lift')],
  [asked('take'), asked('classify', 'CONFIDENTIAL'), asked('take', 'CONFIDENTIAL', 'corrects'), asked('lift')],
  [
    asked('take'),
    asked('classify', 'EXEMPT'),
    asked('change', 'EXEMPT'),
    asked('annul', undefined, undefined, 2),
    asked('lift'),
  ],
  [asked('take'), asked('classify', 'EXEMPT'), asked('annul', undefined, undefined, 1)],
];

/** How an exemption was argued is for those who see what is withheld. */
const WITHOUT_WORDS: ReadonlySet<string> = new Set(['DecisionClassified', 'ExemptionLifted']);

describe('what was withheld', () => {
  it('stays withheld in random histories, by every door, on every basis, and what is open is told', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const log = await happened(story);
        const today = londonDay(log.now);
        const closed = new Set<number>();
        const open = new Set<number>();
        // When, and under which id, something was recorded of which nobody is to know.
        const unheard = new Set<string>();
        for (const events of log.events.values()) {
          const isPublic = classOn(events, today) === 0;
          const isGone = classOn(events, today) === 2 && holdsOn(events, today);
          const levels = new Map(events.map((event) => [event.id, levelOf(event, events, today)]));
          const isWhole = isPublic && holdsOn(events, today) && events.every(({ id }) => levels.get(id) === 0);
          for (const event of events) {
            const nth = Number(event.envelope.commandId.slice(1));
            if (levels.get(event.id) === 2 || isGone) unheard.add(event.id).add(event.recordedAt);
            if (levels.get(event.id) !== 0 || !isPublic) closed.add(nth);
            else if (isWhole && event.envelope.annuls === undefined && !WITHOUT_WORDS.has(event.type)) open.add(nth);
          }
        }
        const { told, counts } = await toldOf(log);
        for (const { by, text } of told) {
          expect({ by, told: [...unheard].filter((trace) => text.includes(trace)) }).toEqual({ by, told: [] });
        }
        for (const { by, text } of [...told, ...counts]) {
          expect({ by, told: nthsIn(text).filter((nth) => closed.has(nth)) }).toEqual({ by, told: [] });
        }
        const all = new Set(told.flatMap(({ text }) => nthsIn(text)));
        expect([...open].filter((nth) => !all.has(nth))).toEqual([]);
      }),
      { numRuns: 20, examples: HAPPENED.map((story) => [[...story]] as [Asked[]]) },
    );
  }, 120_000);
});
