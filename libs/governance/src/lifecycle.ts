import { Refusal, type Reference } from '#kernel';

/** What the rules of most rooms must remember of a subject: whether it has begun, and whether it has ended since. */
export interface Life {
  readonly begun: boolean;
  readonly ended: boolean;
}

export const UNBORN: Life = { begun: false, ended: false };

/** What an event does to the life of its subject. */
export type Part = 'begins' | 'goes on' | 'ends';

/**
 * What an event cannot be understood without (T8): something that is changed or ended has begun by then, and has not
 * ended already; something that begins is not there yet. A subject that has ended may begin again.
 * A change after the end is irregular, not impossible: it stands.
 *
 * @param noun what the subject is called in a sentence, `organisation`.
 */
export const standsInLife = (life: Life, part: Part, noun: string): Refusal | undefined => {
  const rule = 'T8';
  if (part === 'begins') {
    if (!life.begun || life.ended) return undefined;
    return new Refusal('ALREADY_BEGUN', `the ${noun} has begun already and has not ended since`, {
      rule,
      remedy: 'correct the first recording, or record what changed',
    });
  }
  if (!life.begun) {
    return part === 'ends'
      ? new Refusal('ENDS_BEFORE_START', `the ${noun} would end before it starts`, {
          field: 'effectiveOn',
          rule,
          remedy: 'give an end on or after the start; one that ends on the day it starts covers no day',
        })
      : new Refusal('NOT_BEGUN', `the ${noun} has not begun by that day`, {
          field: 'effectiveOn',
          rule,
          remedy: 'record its beginning first, or give a later day',
        });
  }
  if (part === 'ends' && life.ended) {
    return new Refusal('ALREADY_ENDED', `the ${noun} has ended already`, {
      rule,
      remedy: 'correct the end that is recorded',
    });
  }
  return undefined;
};

export const lifeAfter = (life: Life, part: Part): Life => {
  if (part === 'goes on') return life;
  const next = { begun: true, ended: part === 'ends' };
  return next.begun === life.begun && next.ended === life.ended ? life : next;
};

/** One reference, or none where the field is not given or taken away. */
export const refersTo = (aggregate: string, id: string | null | undefined, field: string): readonly Reference[] =>
  id === undefined || id === null ? [] : [{ aggregate, id, field }];

/** One reference for each of several ids. */
export const refersToEach = (
  aggregate: string,
  ids: readonly string[] | null | undefined,
  field: string,
): readonly Reference[] => (ids ?? []).map((id, index) => ({ aggregate, id, field: `${field}[${index}]` }));
