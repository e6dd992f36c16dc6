import { dayInWords, moneyInWords } from '#governance';
import { UNKNOWN_START, type CivilDate } from '#kernel';
import type { Amount, Detail, Line } from './document.js';

/** Longest text in a cell or a heading, in characters; the details below have the whole. */
const LONGEST = 200;

/**
 * Characters that nobody sees, or that turn round what others see: controls, directional overrides and isolates, zero
 * widths, the byte order mark. Line breaks and tabs stay.
 */
const UNSEEN = /(?![\n\t])[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu;

/** A text of letters, signs and spaces with nothing among them to be made visible: most are. */
const SEEN = /^[\n\t\u0020-\u007e\u00a0-\u061b\u2010-\u2027\u2030-\u205f]*$/;

/** A recorded text as people are shown it: what cannot be seen stands as its code point, `[U+202E]`. */
export const visible = (text: string): string =>
  SEEN.test(text)
    ? text
    : text
        .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
        .replaceAll(
          UNSEEN,
          (found) => `[U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
        );

/** White space that one line of text has not. */
const SPACING = /[^\S ]|  |^ | $/;

/** The same on one line. */
export const onOneLine = (text: string): string => {
  const shown = visible(text);
  return SPACING.test(shown) ? shown.replaceAll(/\s+/g, ' ').trim() : shown;
};

/** The same, cut where it is long. */
export const inShort = (text: string): string => {
  const whole = onOneLine(text);
  if (whole.length <= LONGEST) return whole;
  const characters = [...whole.slice(0, 2 * LONGEST + 2)];
  return characters.length <= LONGEST ? whole : `${characters.slice(0, LONGEST - 1).join('')}…`;
};

export const isCut = (text: string): boolean => inShort(text) !== onOneLine(text);

export const line = (text: string, href?: string): Line => (href === undefined ? { text } : { text, href });

/** An address as a link where it is one, `http` or `https`; else as text. */
export const address = (text: string): Line => {
  const shown = onOneLine(text);
  return /^https?:\/\/[^\s/]+/i.test(text) && URL.canParse(text) ? line(shown, new URL(text).href) : line(shown);
};

/** A detail with one text, or none where there is nothing to say. */
export const detail = (label: string, text: string | undefined): Detail[] =>
  text === undefined || text.trim() === '' ? [] : [{ label, values: [line(visible(text))] }];

export const dayOrNot = (day: CivilDate | null | undefined): string =>
  day === null || day === undefined || day === UNKNOWN_START ? 'not known' : dayInWords(day);

export const amountInWords = (amount: Amount): string => {
  switch (amount.kind) {
    case 'shown':
    case 'placeholder':
      return moneyInWords({ ...amount, placeholder: amount.kind === 'placeholder' });
    case 'withheld':
      return 'withheld';
    case 'none':
      return '';
  }
};

/** `1 decision`, `2 decisions`, `no decisions`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count === 0 ? 'no' : inThousands(count)} ${count === 1 ? one : many}`;

/** `8,848`. */
export const inThousands = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Order of texts that is the same on every machine: by UTF-16 code unit. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
