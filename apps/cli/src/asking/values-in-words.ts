import { getNamedType, getNullableType, isEnumType, isListType, isObjectType, type GraphQLOutputType } from 'graphql';
import { dayInWords } from '#governance';
import { isCivilDate } from '#kernel';

type Parts = Readonly<Record<string, unknown>>;

/** `parentBody` → `parent body`. */
export const fieldInWords = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();

/** A day that the register gave, as people write it. */
export const dayShown = (day: string): string => (isCivilDate(day) ? dayInWords(day) : day);

/** A value of a record as people say it; empty where there is none. */
export const valueInWords = (type: GraphQLOutputType, value: unknown): string => {
  if (value === null || value === undefined) return '';
  const open = getNullableType(type) as GraphQLOutputType;
  if (isListType(open)) {
    const of = open.ofType as GraphQLOutputType;
    return (value as readonly unknown[]).map((part) => valueInWords(of, part)).join('; ');
  }
  const named = getNamedType(open);
  if (isObjectType(named)) return partsInWords(named.name, value as Parts, (name) => named.getFields()[name]?.type);
  if (isEnumType(named)) return String(value).toLowerCase().replaceAll('_', ' ');
  if (named.name === 'Date') return dayShown(String(value));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value as string | number);
};

function partsInWords(type: string, parts: Parts, typeOf: (name: string) => GraphQLOutputType | undefined): string {
  if (type === 'Money') return moneyInWords(parts);
  const { subject, inWords, event: _, ...said } = parts;
  if (typeof inWords === 'string') return inWords;
  const told = Object.entries(said).flatMap(([name, part]) => {
    const of = typeOf(name);
    const words = of === undefined ? '' : valueInWords(of, part);
    return words === '' ? [] : [[name, words] as const];
  });
  if (subject !== undefined) {
    const called = told.map(([, words]) => words).join(', ');
    return called === '' ? String(subject as string) : `${called} (${String(subject as string)})`;
  }
  return told.map(([name, words]) => (told.length === 1 ? words : `${fieldInWords(name)} ${words}`)).join(', ');
}

function moneyInWords({ words, pounds, placeholder }: Parts): string {
  const amount = typeof words === 'string' ? words : `£${String(pounds as string)}`;
  return placeholder === true ? `${amount} (a placeholder)` : amount;
}
