import type { EventStore } from '#event-store';
import { Contradictions, contradictionTold, type Basis } from '#register';

/** What the source of a subject says otherwise. */
export interface Contradicted {
  /** Global id. */
  readonly subject: string;
  readonly sentence: string;
}

/** As known at the position of a basis; of one subject where one is named. */
export const contradictedAt = async (
  store: Pick<EventStore, 'readStream'>,
  { position }: Pick<Basis, 'position'>,
  subject?: string,
): Promise<readonly Contradicted[]> => {
  const known = await Contradictions.over(store).asKnownAt(position);
  return [...known.values()]
    .flat()
    .filter((one) => subject === undefined || one.subject === subject)
    .map((one) => ({ subject: one.subject, sentence: contradictionTold(one) }));
};

/** Subjects that are named where many are contradicted. */
const NAMED = 20;

export const contradictedLines = (contradicted: readonly Contradicted[]): readonly string[] => {
  if (contradicted.length === 0) return [];
  const more = contradicted.length - NAMED;
  return [
    `contradicted by their source: ${contradicted.length}`,
    ...contradicted.slice(0, NAMED).map(({ subject, sentence }) => `  ${subject}: ${sentence}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
};
