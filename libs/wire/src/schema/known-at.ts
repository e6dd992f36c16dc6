import { Refusal, isCivilDate, type Position } from '#kernel';

/** How a position is written where it could be anything else. */
const MARKED = /^p(\d{1,15})$/;
const DIGITS = /^\d{1,15}$/;

/** A text that is a year, a year and a month, or a day without its hyphens, of years that people ask about. */
const YEAR = /^(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])?$/;
const DAY = /^((?:19|20|21)\d{2})(\d{2})(\d{2})$/;

/** The position as a moment of knowledge is shown and asked for: `p2025`. */
export const markedPosition = (position: Position): string => `p${position}`;

/**
 * The position that a text names: `p2025` always, digits where they could be nothing else. Undefined for a text that is
 * no position.
 *
 * @throws Refusal `YEAR_OR_POSITION` where digits could as well be a year, a month or a day.
 */
export const positionIn = (text: string, field: string): Position | undefined => {
  const marked = MARKED.exec(text)?.[1];
  if (marked !== undefined) return Number(marked);
  if (!DIGITS.test(text)) return undefined;
  const day = dayOf(text);
  if (day === undefined) return Number(text);
  throw new Refusal(
    'YEAR_OR_POSITION',
    `${field} could be a time or a position: found ${JSON.stringify(text)}, needed ${day} for the time, or ${markedPosition(Number(text))} for the position`,
    {
      field,
      rule: 'T6',
      remedy: 'write a time as a day (YYYY-MM-DD) or an instant, and a position with a p before it',
    },
  );
};

/** The last day of what the digits look like. */
function dayOf(text: string): string | undefined {
  const whole = text.replace(DAY, '$1-$2-$3');
  if (isCivilDate(whole)) return whole;
  if (!YEAR.test(text)) return undefined;
  const [year, month] = [Number(text.slice(0, 4)), text.length === 6 ? Number(text.slice(4)) : 12];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
