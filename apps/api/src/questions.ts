import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { QUESTIONS_FOLDER } from './project.js';

/** A question somebody asks often, ready to run: the menu of the playground and the list on the front page. */
export interface Question {
  /** File name without its ending: stands in addresses. */
  readonly name: string;
  /** The question in a person's words. */
  readonly title: string;
  readonly description: string;
  /** The GraphQL document, without the leading comments. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Reads every `.graphql` file of a folder, in the order of their names (a leading `10-` puts them in order and is not
 * part of the name). A file begins with comments `# title: …`, `# description: …` and, where it has variables,
 * `# variables: {…}`; each may go on over further comment lines.
 *
 * @throws Error naming the file and what it lacks: a fault of ours, found by a spec.
 */
export const readQuestions = (folder: string = QUESTIONS_FOLDER): readonly Question[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) =>
      readQuestion(basename(file, '.graphql').replace(/^\d+-/, ''), readFileSync(join(folder, file), 'utf8')),
    );

/** What the documents of the questions call themselves: names of operations that are known before anybody asks. */
export const operationNames = (questions: readonly Question[] = readQuestions()): ReadonlySet<string> =>
  new Set(questions.flatMap(({ query }) => /^\s*query\s+(\w+)/m.exec(query)?.[1] ?? []));

const readQuestion = (name: string, text: string): Question => {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const heading = new Map<string, string>();
  let key = '';
  for (const line of lines.slice(0, end)) {
    const words = line.slice(1).trim();
    const started = /^(title|description|variables):\s*(.*)$/.exec(words);
    if (started) key = started[1] ?? '';
    heading.set(key, `${heading.get(key) ?? ''} ${started ? started[2] : words}`.trim());
  }
  const part = (of: string): string => {
    const words = heading.get(of);
    if (!words) throw new Error(`question ${name}: no "# ${of}:" comment at its beginning`);
    return words;
  };
  return {
    name,
    title: part('title'),
    description: part('description'),
    query: lines.slice(end).join('\n').trim() + '\n',
    variables: heading.has('variables') ? (JSON.parse(part('variables')) as Record<string, unknown>) : {},
  };
};
