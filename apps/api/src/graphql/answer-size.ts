import { Refusal } from '#kernel';
import type { Work } from '#register';

/** How large the answers of the works under way have become, in bytes and roughly, and how large they may. */
const SIZES = new WeakMap<Work, { bytes: number; readonly most: number }>();

/** Lets an answer grow to so many bytes. */
export const limitSize = (work: Work, most: number): void => void SIZES.set(work, { bytes: 0, most });

/** Counts a value that goes into the answer, and ends the work where that is too large. */
export const measured = (work: Work, name: string, value: unknown): void => {
  const size = SIZES.get(work);
  if (!size) return;
  size.bytes += name.length + 5 + lengthOf(value);
  if (size.bytes > size.most) work.end(tooLarge(size.most));
};

export const tooLarge = (most: number): Refusal =>
  new Refusal('ANSWER_TOO_LARGE', `the answer would be larger than ${most / 1000} kB`, {
    remedy: 'ask for fewer entries a page, or for fewer fields of each, and go on with "after"',
  });

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length < 32 ? value.length : Buffer.byteLength(value);
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + lengthOf(each) + 3, 0);
  return 6;
}
