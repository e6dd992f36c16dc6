import { existsSync, readFileSync } from 'node:fs';
import type { TypeNode } from 'graphql';
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
 * Variables as the command line gives them, for a document: what it declares as a text or an id is one as it stands, also
 * where it is made of digits; anything else that reads as JSON is JSON (a number, a list, true, null).
 *
 * @throws Refusal `USAGE` for what has no name, and for a name that the document does not declare.
 */
export const variablesIn = async (
  given: readonly string[],
  document: string,
): Promise<Readonly<Record<string, unknown>>> => {
  if (given.length === 0) return {};
  const declared = await declaredIn(document);
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^\$?([_A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw notGiven(text, 'name=value, for example --var asAt=2025-03-31');
      }
      if (declared && !declared.has(name)) {
        const names = [...declared.keys()].join(', ');
        throw notGiven(text, names === '' ? 'none, the question has no variables' : `one of ${names}`);
      }
      return [name, valueOf(value, declared?.get(name))];
    }),
  );
};

const notGiven = (text: string, needed: string): Refusal =>
  new Refusal('USAGE', `--var is ${JSON.stringify(text)}: needed ${needed}`, { field: 'var' });

/** Types of the variables that a document declares; undefined for what is no document, which the register says better. */
async function declaredIn(document: string): Promise<ReadonlyMap<string, TypeNode> | undefined> {
  const { parse, visit } = await import('graphql');
  const types = new Map<string, TypeNode>();
  try {
    visit(parse(document), { VariableDefinition: ({ variable, type }) => void types.set(variable.name.value, type) });
    return types;
  } catch {
    return undefined;
  }
}

const TEXTS: ReadonlySet<string> = new Set(['ID', 'String']);

function valueOf(text: string, declared: TypeNode | undefined): unknown {
  const type = declared?.kind === 'NonNullType' ? declared.type : declared;
  if (type?.kind === 'NamedType' && TEXTS.has(type.name.value) && text !== 'null') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
