import { charactersOf } from './font-coverage.js';
import type { Glyphs } from './printable.js';

/** A family as Typst knows it, and its files by weight; without a bold one, bold text is set in the regular. */
interface Family {
  readonly name: string;
  readonly regular: string;
  readonly bold?: string;
  /** What it is asked for first: the letters of its script. */
  readonly writes: RegExp;
  /** What it is asked for where the fonts of every document have no glyph: signs that scripts share. */
  readonly shares: RegExp;
}

/** Drawn in every document: what is read, and what fills its gaps last of all. */
const READ = { name: 'Liberation Sans', regular: 'LiberationSans-Regular.ttf', bold: 'LiberationSans-Bold.ttf' };
const GAPS = { name: 'DejaVu Sans', regular: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf' };

/** Scripts with a family of their own, in two weights. */
const SCRIPTS = [
  'Bengali',
  'Devanagari',
  'Gujarati',
  'Gurmukhi',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Oriya',
  'Sinhala',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Ethiopic',
  'Syriac',
] as const;

const CHINESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;
/** Punctuation, and letters and signs of full width, which belong to no script. */
const FULL_WIDTH = /[\p{scx=Han}\u3000-\u303f\u3200-\u33ff\ufe30-\ufe4f\uff00-\uffef]/u;

/**
 * Opened where a text asks for them, in the order in which Typst asks them. Chinese in its mainland forms, which also
 * draws Japanese; what is written in Hong Kong and Taiwan only fills its gaps. Arabic by a font in which a letter is one
 * glyph: one that draws its dots apart is read badly.
 */
const FAMILIES: readonly Family[] = [
  {
    name: 'Noto Naskh Arabic',
    regular: 'NotoNaskhArabic-Regular.ttf',
    bold: 'NotoNaskhArabic-Bold.ttf',
    writes: /\p{Script=Arabic}/u,
    shares: /\p{scx=Arabic}/u,
  },
  ...SCRIPTS.map((script) => ({
    name: `Noto Sans ${script}`,
    regular: `NotoSans${script}-Regular.ttf`,
    bold: `NotoSans${script}-Bold.ttf`,
    writes: new RegExp(`\\p{Script=${script}}`, 'u'),
    shares: new RegExp(`\\p{scx=${script}}`, 'u'),
  })),
  { name: 'Noto Sans KR', regular: 'NotoSansKR-Regular.ttf', writes: /\p{Script=Hangul}/u, shares: /\p{scx=Hangul}/u },
  { name: 'Noto Sans SC', regular: 'NotoSansSC-Regular.ttf', writes: CHINESE, shares: FULL_WIDTH },
  { name: 'Noto Sans HK', regular: 'NotoSansHK-Regular.ttf', writes: CHINESE, shares: FULL_WIDTH },
  {
    name: 'Noto Emoji',
    regular: 'NotoEmoji-Regular.ttf',
    writes: /[\p{Emoji_Presentation}\u20e3\ufe0e\ufe0f]|\p{Extended_Pictographic}.*\u200d/u,
    shares: /\p{Extended_Pictographic}/u,
  },
];

/**
 * The fonts of one document. Those that every document has are read at once; one for a script is read when the first
 * text in it comes, so that a document without such texts costs nothing more.
 */
export class Fonts implements Glyphs {
  readonly #everyDocument: readonly ReadonlySet<number>[];
  readonly #opened = new Map<Family, ReadonlySet<number>>();
  readonly #used = new Set<Family>();
  readonly #answers = new Map<string, boolean>();

  /** @param read the bytes of a file of the fonts' folder. */
  constructor(private readonly read: (file: string) => Buffer) {
    const weights = [
      [READ.regular, READ.bold],
      [GAPS.regular, GAPS.bold],
    ];
    this.#everyDocument = weights.map(([regular = '', bold = '']) => {
      const inBold = charactersOf(this.read(bold));
      return new Set([...charactersOf(this.read(regular))].filter((character) => inBold.has(character)));
    });
  }

  /** Whether one font draws the whole of a cluster; one that is opened for it stays in the document. */
  has(cluster: string): boolean {
    const known = this.#answers.get(cluster);
    if (known !== undefined) return known;
    const answer = this.#findsFontFor(cluster);
    this.#answers.set(cluster, answer);
    return answer;
  }

  /** Families in the order in which Typst asks them. */
  get families(): readonly string[] {
    return [READ, ...this.#inUse(), GAPS].map(({ name }) => name);
  }

  get files(): readonly Buffer[] {
    return [READ, ...this.#inUse(), GAPS]
      .flatMap(({ regular, bold }) => (bold === undefined ? [regular] : [regular, bold]))
      .map((file) => this.read(file));
  }

  #inUse(): readonly Family[] {
    return FAMILIES.filter((family) => this.#used.has(family));
  }

  #findsFontFor(cluster: string): boolean {
    const characters = Array.from(cluster, (character) => character.codePointAt(0) ?? 0);
    const drawnBy = (font: ReadonlySet<number>): boolean => characters.every((character) => font.has(character));
    const isIn = (family: Family): boolean => {
      if (!drawnBy(this.#charactersOf(family))) return false;
      this.#used.add(family);
      return true;
    };
    return (
      FAMILIES.some((family) => family.writes.test(cluster) && isIn(family)) ||
      this.#everyDocument.some(drawnBy) ||
      this.#inUse().some(isIn) ||
      FAMILIES.some((family) => family.shares.test(cluster) && isIn(family))
    );
  }

  #charactersOf(family: Family): ReadonlySet<number> {
    const opened = this.#opened.get(family) ?? charactersOf(this.read(family.regular));
    this.#opened.set(family, opened);
    return opened;
  }
}
