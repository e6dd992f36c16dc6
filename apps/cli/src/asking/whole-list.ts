import { isNotAnswered, type Answers } from './answers.js';

interface Page {
  readonly edges: readonly { readonly node: unknown }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Entries of a page at most, as the API takes them. */
const LARGEST = 100;

const TOO_MUCH: ReadonlySet<unknown> = new Set(['QUESTION_TOO_DEAR', 'ANSWER_TOO_LARGE', 'ANSWER_TOO_LATE']);

/**
 * A list from its beginning to its end, page by page. Pages are made smaller where one would cost more than may be asked.
 *
 * @param query takes `$first` and `$after` and has one root field, a connection.
 */
export async function* wholeList<Entry>(
  answers: Answers,
  query: string,
  variables: object = {},
): AsyncGenerator<Entry, void> {
  let first = LARGEST;
  for (let after: string | null = null; ;) {
    let page: Page;
    try {
      const [answer] = Object.values(await answers.ask(query, { ...variables, first, after }));
      page = answer as Page;
    } catch (thrown) {
      if (!isNotAnswered(thrown) || !TOO_MUCH.has(thrown.code) || first === 1) throw thrown;
      first = Math.ceil(first / 2);
      continue;
    }
    for (const { node } of page.edges) yield node as Entry;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
}

export const allOf = async <Entry>(entries: AsyncIterable<Entry>): Promise<readonly Entry[]> => {
  const all: Entry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
};
