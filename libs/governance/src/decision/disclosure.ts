import { said, type CivilDate } from '#kernel';

/** Who may see a decision, or a part of one. In this order, the open one first. */
export const DISCLOSURE_CLASSES = {
  PUBLIC: 'Whoever reads the register sees it.',
  EXEMPT: 'May be withheld, on a ground and after weighing the public interest: others see that it is there, and why.',
  CONFIDENTIAL: 'May not be disclosed by law: others do not see that it is there.',
} as const;
export type DisclosureClass = keyof typeof DISCLOSURE_CLASSES;

/** On what ground something is withheld. LGA: Local Government Act 1972; FOIA: Freedom of Information Act 2000, Part II. */
export const EXEMPT_GROUNDS = {
  LGA_12A_1: 'Schedule 12A, paragraph 1: it is about an individual.',
  LGA_12A_2: 'Schedule 12A, paragraph 2: it is likely to reveal who an individual is.',
  LGA_12A_3: 'Schedule 12A, paragraph 3: the financial or business affairs of a particular person.',
  LGA_12A_4: 'Schedule 12A, paragraph 4: consultations or negotiations on labour relations.',
  LGA_12A_5: 'Schedule 12A, paragraph 5: legal professional privilege.',
  LGA_12A_6: 'Schedule 12A, paragraph 6: a notice, order or direction that is proposed.',
  LGA_12A_7: 'Schedule 12A, paragraph 7: preventing, investigating or prosecuting crime.',
  LGA_100A: 'Section 100A: confidential information, which may not be disclosed.',
  ACT_1960_CONFIDENTIAL_BUSINESS:
    'Public Bodies (Admission to Meetings) Act 1960: the confidential nature of the business.',
  ACT_1960_SPECIAL_REASON: 'Public Bodies (Admission to Meetings) Act 1960: another special reason that was stated.',
  FOIA_22: 'Section 22: it is going to be published.',
  FOIA_31: 'Section 31: law enforcement.',
  FOIA_36: 'Section 36: the effective conduct of public affairs.',
  FOIA_38: 'Section 38: health and safety.',
  FOIA_40: 'Section 40: personal information.',
  FOIA_41: 'Section 41: it was provided in confidence.',
  FOIA_42: 'Section 42: legal professional privilege.',
  FOIA_43: 'Section 43: commercial interests.',
  OTHER: 'Another ground; the reasoning says which.',
} as const;
export type ExemptGround = keyof typeof EXEMPT_GROUNDS;

/**
 * Parts that may be withheld of a decision that is public otherwise. What decisions are found, sorted and counted by
 * (reference, title, days, bodies, organisations, places, functions, officer and appointment, voters, meeting, delegation) is not among them: where one
 * of those has to be withheld, the whole is.
 */
export const DECISION_PARTS = {
  summary: 'What was proposed, in short.',
  outcome: 'The outcome.',
  method: 'How it was voted on.',
  text: 'The words of the decision.',
  reasons: 'The reasons given.',
  alternatives: 'Alternatives considered and rejected.',
  stage: 'Where it stands in its own process.',
  amount: 'The amount, whole, with what sort of money it is and whether tax is in it.',
  amountPerYear: 'The amount for each year.',
  amountNote: 'What else is said about the amount.',
  term: 'For how long.',
  legalBasis: 'The legal basis.',
  procurement: 'What it says about buying: route, supplier and provider, notice, standstill.',
  conditionsMet: 'How the conditions of a delegation were met.',
  tags: 'Words it is tagged with.',
  website: 'Its public page.',
  publishedWhere: 'Where it was published.',
  conflictInSource: 'In what the source contradicts itself.',
  note: 'What else the source says.',
  calledInBecause: 'Why it was called in, or released.',
  implementedNote: 'How it was carried out.',
  endedBecause: 'Why it was rescinded or lapsed.',
} as const;
export type DecisionPart = keyof typeof DECISION_PARTS;

/** Fields that say something of a part, and are withheld with it. */
const SAID_WITH: Partial<Readonly<Record<DecisionPart, readonly string[]>>> = {
  amount: ['spending', 'vat'],
  procurement: ['provider'],
};

/** The fields of a decision in which parts are said. */
export const fieldsSaying = (parts: readonly DecisionPart[]): readonly string[] =>
  parts.flatMap((part) => [part, ...(SAID_WITH[part] ?? [])]);

/** Why something is withheld, and until when at least. */
export interface Withholding {
  readonly ground?: ExemptGround;
  /** The public interest as it was weighed. */
  readonly reasoning?: string;
  /** Who decided to withhold it, in words: a resolution, an officer. */
  readonly decidedBy?: string;
  /** The day by which it is looked at again. */
  readonly reviewOn?: CivilDate;
  /** A neutral title that was approved for publication, shown in the place of the title. */
  readonly publicTitle?: string;
}

/** That a decision, or parts of it, are of a disclosure class from a day on. */
export interface Classification extends Withholding {
  readonly disclosure: DisclosureClass;
  /** The parts; without them, the whole. */
  readonly fields?: readonly DecisionPart[];
}

export interface Lifting {
  readonly reason?: string;
  /** The parts; without them, the whole. */
  readonly fields?: readonly DecisionPart[];
}

/** A part that is withheld for itself. */
export interface WithheldPart extends Omit<Withholding, 'publicTitle'> {
  readonly field: DecisionPart;
  readonly disclosure: Exclude<DisclosureClass, 'PUBLIC'>;
}

/** How a decision stands between the public and those who may see more. */
export interface Classed {
  /** Of the whole. */
  readonly disclosure: DisclosureClass;
  /** Of the whole; only while it is not public. */
  readonly exemption?: Withholding;
  /** At most one for each part, by name of the part. Never empty. */
  readonly withheldParts?: readonly WithheldPart[];
}

export const classification = (data: Classification): Classification =>
  said({ disclosure: data.disclosure, ...withholding(data), fields: data.fields && [...data.fields] });

const withholding = ({ ground, reasoning, decidedBy, reviewOn, publicTitle }: Withholding): Withholding =>
  said({ ground, reasoning, decidedBy, reviewOn, publicTitle });

/** What is classed anew replaces what was; the whole and the parts go their own ways. */
export const classedAs = (before: Classed, data: Classification): Classed => {
  const { disclosure, fields } = data;
  if (fields === undefined) {
    const exemption = disclosure === 'PUBLIC' ? undefined : withholding(data);
    return said({ disclosure, exemption, withheldParts: before.withheldParts });
  }
  const { publicTitle: _title, ...why } = withholding(data);
  const added = disclosure === 'PUBLIC' ? [] : fields.map((field) => ({ field, disclosure, ...why }));
  return withParts(before, [...partsBut(before, fields), ...added]);
};

export const lifted = (before: Classed, { fields }: Lifting): Classed =>
  fields === undefined ? classedAs(before, { disclosure: 'PUBLIC' }) : withParts(before, partsBut(before, fields));

const partsBut = ({ withheldParts = [] }: Classed, fields: readonly DecisionPart[]): readonly WithheldPart[] =>
  withheldParts.filter(({ field }) => !fields.includes(field));

function withParts({ disclosure, exemption }: Classed, parts: readonly WithheldPart[]): Classed {
  const sorted = [...new Map(parts.map((part) => [part.field, part])).values()].toSorted((one, other) =>
    one.field < other.field ? -1 : 1,
  );
  return said({ disclosure, exemption, withheldParts: sorted.length === 0 ? undefined : sorted });
}

/** Where an event keeps a part under another name. */
const KEPT_AS: Readonly<Record<string, Readonly<Record<string, DecisionPart>>>> = {
  DecisionPublished: { where: 'publishedWhere' },
  DecisionCalledIn: { reason: 'calledInBecause' },
  DecisionReleased: { reason: 'calledInBecause' },
  DecisionImplemented: { note: 'implementedNote' },
  DecisionRescinded: { reason: 'endedBecause' },
  DecisionLapsed: { reason: 'endedBecause' },
};
/** Events whose fields are parts under their own names. */
const DETAILED: ReadonlySet<string> = new Set(['DecisionProposed', 'DecisionTaken', 'DecisionChanged']);

/** An event about a decision without some of the parts it says; the same object where it says none of them. */
export const eventWithout = <Event extends { readonly type: string; readonly data: unknown }>(
  event: Event,
  parts: readonly DecisionPart[],
): Event => {
  const data = Object.entries(event.data as object);
  const withheld = new Set<string | undefined>(fieldsSaying(parts));
  const isKept = ([key]: readonly [string, unknown]): boolean =>
    !withheld.has(DETAILED.has(event.type) ? key : KEPT_AS[event.type]?.[key]);
  return data.every(isKept) ? event : { ...event, data: Object.fromEntries(data.filter(isKept)) };
};
