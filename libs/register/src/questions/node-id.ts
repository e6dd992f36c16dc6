import { isCivilDate, type CivilDate, type Position } from '#kernel';
import type { Basis } from './basis.js';

/** What an id says: the subject, and the day and the position that were asked about. */
export interface NodeId {
  readonly subject: string;
  readonly asAt?: CivilDate;
  readonly asKnownAt?: Position;
}

/** No key of a subject has it in it (`keyTrouble`). */
const MOMENT = /^(.*?)\?(?:asAt=(\d{4}-\d\d-\d\d)(?:&asKnownAt=p(\d{1,15}))?|asKnownAt=p(\d{1,15}))$/s;

/**
 * The id of a record on a basis (ADR 34). What was not asked about is not said: today and now are what a cache is to
 * overwrite with what is answered later; a day or a state of knowledge that was asked about is a record of its own.
 */
export const nodeIdOf = (subject: string, { asAt, isToday, asKnownAt, position }: Basis): string => {
  if (isToday && asKnownAt === null) return subject;
  const moment = [...(isToday ? [] : [`asAt=${asAt}`]), ...(asKnownAt === null ? [] : [`asKnownAt=p${position}`])];
  return `${subject}?${moment.join('&')}`;
};

/** The id of a record taken apart; a global id without a moment is one of today, as known now. */
export const nodeIdIn = (text: string): NodeId => {
  const [, subject, asAt, beside, alone] = MOMENT.exec(text) ?? [];
  if (subject === undefined || (asAt !== undefined && !isCivilDate(asAt))) return { subject: text };
  const position = beside ?? alone;
  return {
    subject,
    ...(asAt !== undefined && { asAt }),
    ...(position !== undefined && { asKnownAt: Number(position) }),
  };
};
