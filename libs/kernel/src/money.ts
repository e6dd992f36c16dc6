/** An amount of money as it is recorded. */
export interface Money {
  /** Whole pence, from −£90 trillion to £90 trillion. */
  readonly pence: number;
  /** How its source writes it, where that says more than the figure: "c. £800k over two years". */
  readonly words?: string;
  /** Whether the figure stands in the source only because its form asks for one; not said where nobody looked. */
  readonly placeholder?: boolean;
}

/** What notices print as their value where there is none and the form refuses nought: £0.01. */
const FORM_FILLER = 1;

/** True for a figure that is no amount, and is added to none: said to be one, or £0.01 where nothing else is said. */
export const isPlaceholder = ({ pence, placeholder }: Money): boolean => placeholder ?? pence === FORM_FILLER;

/** Digits alone, or in threes from the right with commas or with spaces between, never both; then decimals behind a point. */
const NUMBER =
  /^(?<minus>[-−]?)\s?£?\s?(?<whole>\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00A0\u202F]\d{3})+)(?:\.(?<decimals>\d+))?$/;

/** A number as people write it, in its parts: digits only, and `-` or nothing. */
export interface Digits {
  readonly minus: '' | '-';
  readonly whole: string;
  readonly decimals: string;
}

/** Reads a number as people write it; undefined where a comma or a point is not in its place. */
export const digitsIn = (text: string): Digits | undefined => {
  const { minus, whole, decimals } = NUMBER.exec(text)?.groups ?? {};
  if (whole === undefined) return undefined;
  return { minus: minus === '' ? '' : '-', whole: whole.replaceAll(/\D/g, ''), decimals: decimals ?? '' };
};

/** Pounds with at most two decimals as pence; not a safe integer where there are too many of them. */
export const penceOf = ({ minus, whole, decimals }: Digits): number =>
  Number(`${minus}${whole}${decimals.padEnd(2, '0')}`) || 0;

/** Pounds as text, `£1,250.00` or `1250`, as pence; undefined where it is no such amount, or one beyond £90 trillion. */
export const penceIn = (text: string): number | undefined => {
  const digits = digitsIn(text);
  if (!digits || digits.decimals.length > 2) return undefined;
  const pence = penceOf(digits);
  return Number.isSafeInteger(pence) ? pence : undefined;
};

/** `-1234.50`: pounds, a full stop, no separators of thousands. */
export const plainPounds = (pence: number): string => {
  const whole = Math.abs(pence);
  return `${pence < 0 ? '-' : ''}${Math.trunc(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
};
