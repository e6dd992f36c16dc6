import { classNow, recordedClasses, saysClass, type Classed } from '#governance';
import { londonDay } from '#kernel';
import type { Receipt } from './intent.js';
import type { SubjectLog } from './subject-log.js';

/**
 * A receipt, with what whoever makes a decision public is told of its earlier recordings that stay withheld: that the
 * decision is open opens nothing that was said before (ADR 21).
 */
export const noted = (receipt: Receipt, { stream, recorded, classing }: SubjectLog): Receipt => {
  const own = new Set(receipt.events.map(({ id }) => id));
  const today = londonDay(Date.now());
  if (classing.size === 0 || !recorded.some((event) => own.has(event.id) && saysClass(event))) return receipt;
  if (!isPublic(classNow(recorded, today))) return receipt;
  const annulments = new Set(recorded.flatMap(({ id, envelope }) => (envelope.annuls === undefined ? [] : [id])));
  const closed = recordedClasses(recorded, today).filter(
    ({ id, classed }) => !own.has(id) && !annulments.has(id) && !isPublic(classed),
  );
  if (closed.length === 0) return receipt;
  const standing = closed.filter(({ to }) => to === undefined).length;
  const gone = closed.length - standing;
  const how = [
    ...(standing > 0 ? [`${counted(standing)} in force, until classifying the decision as PUBLIC opens it`] : []),
    ...(gone > 0 ? [`${counted(gone)} corrected or annulled, which nothing opens`] : []),
  ];
  return {
    ...receipt,
    notes: [`${stream} is public now; what was recorded of it before stays withheld: ${how.join('; ')}`],
  };
};

const counted = (count: number): string => `${count} ${count === 1 ? 'recording' : 'recordings'}`;

const isPublic = ({ disclosure, withheldParts = [] }: Classed): boolean =>
  disclosure === 'PUBLIC' && withheldParts.length === 0;
