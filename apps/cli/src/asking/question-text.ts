import { existsSync, readFileSync } from 'node:fs';
import { Refusal } from '#kernel';
import type { Answers } from './answers.js';

/** A document with the variables that it has of itself. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What looks like a document rather than a name. */
const DOCUMENT = /[{}]/;

/**
 * What is meant by a word on the command line: GraphQL as it stands, a file of it, or the name of a ready-made question.
 *
 * @throws Refusal `FILE` naming the ready-made ones.
 */
export const questionIn = async (word: string, answers: Answers): Promise<Asked> => {
  if (DOCUMENT.test(word)) return { query: word, variables: {} };
  if (existsSync(word)) return { query: readFileSync(word, 'utf8'), variables: {} };
  const ready = await answers.ready();
  const named = ready.find(({ name }) => name === word);
  if (named) return named;
  throw new Refusal(
    'FILE',
    `${JSON.stringify(word)} is neither GraphQL, a file nor a ready-made question: needed for example ${ready.map(({ name }) => name).join(', ')}`,
    { field: 'question' },
  );
};

/**
 * Variables as the command line gives them: what reads as JSON is JSON (a number, a list, true), anything else is a text.
 *
 * @throws Refusal `USAGE` for what has no name.
 */
export const variablesIn = (given: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^\$?([_A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw new Refusal(
          'USAGE',
          `--var is ${JSON.stringify(text)}: needed name=value, for example --var asAt=2025-03-31`,
          {
            field: 'var',
          },
        );
      }
      return [name, valueOf(value)];
    }),
  );

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
