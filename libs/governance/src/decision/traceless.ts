import type { Envelope } from '#kernel';

interface Told {
  readonly id: string;
  readonly envelope: Envelope;
}

/**
 * Recordings without those that somebody is not to see, as if these had never been recorded: what corrects one of them,
 * or takes its place again, says so no more.
 */
export const traceless = <One extends Told>(
  recordings: readonly One[],
  isHidden: (eventId: string, of: One) => boolean,
): readonly One[] =>
  recordings
    .filter((one) => !isHidden(one.id, one))
    .map((one) => {
      const { corrects, annuls, again, why: _why, ...envelope } = one.envelope;
      const earlier = corrects ?? annuls ?? again;
      return earlier === undefined || !isHidden(earlier, one) ? one : { ...one, envelope };
    });
