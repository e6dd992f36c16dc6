import {
  DISCLOSURE_CLASSES,
  type Classed,
  type DecisionPart,
  type DisclosureClass,
  type WithheldPart,
} from './disclosure.js';

/** In the order of strictness, the open one first. */
export const CLASSES = Object.keys(DISCLOSURE_CLASSES) as readonly DisclosureClass[];

/** The stricter of two classes. */
export const stricter = (one: DisclosureClass, other: DisclosureClass): DisclosureClass =>
  CLASSES.indexOf(one) >= CLASSES.indexOf(other) ? one : other;

/** What is classed as strictly as the strictest of several, whole and part by part. What comes first gives the reasons. */
export const strictest = (several: readonly Classed[]): Classed => {
  const disclosure = several.map((each) => each.disclosure).reduce(stricter, 'PUBLIC');
  const exemption = several.find((each) => each.disclosure === disclosure)?.exemption;
  const parts = new Map<DecisionPart, WithheldPart>();
  for (const part of several.flatMap(({ withheldParts }) => withheldParts ?? [])) {
    const known = parts.get(part.field);
    if (!known || stricter(known.disclosure, part.disclosure) !== known.disclosure) parts.set(part.field, part);
  }
  return { disclosure, ...(exemption && { exemption }), withheldParts: [...parts.values()] };
};
