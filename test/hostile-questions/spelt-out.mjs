// What a hostile question says in short, spelt out: `[text, times]` is a text that often, with its number for each `#`;
// in variables `{ times, of }` is a list, `{ nested }` lists inside lists, `{ text, times }` a long text.
import { readFileSync } from 'node:fs';

export const hostileQuestions = () =>
  JSON.parse(readFileSync(new URL('questions.json', import.meta.url), 'utf8')).map((question) => ({
    ...question,
    document: question.document.map(spelt).join(''),
    variables: Object.fromEntries(
      Object.entries(question.variables ?? {}).map(([name, value]) => [name, valueOf(value)]),
    ),
  }));

const numbered = (text, times) => Array.from({ length: times }, (_, index) => text.replaceAll('#', String(index)));

const spelt = (part) => {
  if (typeof part === 'string') return part;
  const [text, times] = part;
  return numbered(text, times).join('');
};

const valueOf = (value) => {
  if (typeof value !== 'object' || value === null) return value;
  if (value.text) return value.text.repeat(value.times);
  if (value.times) return numbered(value.of, value.times);
  if (value.nested) return JSON.parse('['.repeat(value.nested) + ']'.repeat(value.nested));
  return value;
};
