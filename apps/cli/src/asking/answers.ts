import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import { Refusal } from '#kernel';

/** As whom the command line reads: as anybody may, or as officers to whom nothing is withheld. */
export type Reader = 'public' | 'officers';

/** @throws Refusal `LOG_READER_UNKNOWN` */
export const readerOf = (text: string): Reader => {
  if (text === 'public' || text === 'officers') return text;
  throw new Refusal('LOG_READER_UNKNOWN', `reader is ${JSON.stringify(text)}: needed public or officers`, {
    field: 'reader',
  });
};

/** One of the errors of an answer, as the API shows it (`docs/refusals.md`). */
export interface AnswerError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface ReadyMade {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AnswerError[];
}

/** The register did not answer as asked: it says why, in as many sentences as there are errors. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';

  constructor(readonly errors: readonly AnswerError[]) {
    super(errors.map(sentenceOf).join('\n'));
  }

  get code(): unknown {
    return this.errors[0]?.extensions?.['code'];
  }
}

/** True for one from any realm. */
export const isNotAnswered = (thrown: unknown): thrown is NotAnswered =>
  (thrown as { name?: unknown } | null)?.name === 'NotAnswered';

function sentenceOf({ message, extensions = {} }: AnswerError): string {
  const { remedy } = extensions;
  return typeof remedy === 'string' ? `${message} (${remedy.replace(/\.$/, '')})` : message;
}

/** How often a question is sent again that came at a busy time, and the pause before. */
const TIMES = 20;
const PAUSE_MS = 500;

const BUSY: ReadonlySet<unknown> = new Set(['BUSY', 'TOO_MANY_REQUESTS']);

/** Where questions go and answers come from. */
export interface Post {
  /** @throws Refusal in a sentence where nobody answers. */
  post(path: string, body: string): Promise<string>;
  get(path: string): Promise<string>;
}

/** Asks the register in GraphQL, wherever it is. */
export class Answers {
  private read: Promise<GraphQLSchema> | undefined;

  constructor(private readonly to: Post) {}

  /** @throws NotAnswered with what the register says; Refusal where nobody answers. */
  async ask(query: string, variables: object = {}): Promise<Readonly<Record<string, unknown>>> {
    for (let times = 1; ; times++) {
      const { data, errors } = JSON.parse(
        await this.to.post('/graphql', JSON.stringify({ query, variables })),
      ) as Answer;
      if (data && !errors?.length) return data;
      const why = new NotAnswered(errors ?? [{ message: 'the register gave no answer' }]);
      if (!BUSY.has(why.code) || times === TIMES) throw why;
      await pause(PAUSE_MS);
    }
  }

  /** What there is to ask for. */
  schema(): Promise<GraphQLSchema> {
    this.read ??= this.readSchema();
    return this.read;
  }

  /** The questions that the register has ready. */
  async ready(): Promise<readonly ReadyMade[]> {
    return JSON.parse(await this.to.get('/questions.json')) as readonly ReadyMade[];
  }

  private async readSchema(): Promise<GraphQLSchema> {
    const [text, { buildSchema }] = await Promise.all([this.to.get('/schema.graphql'), import('graphql')]);
    return buildSchema(text);
  }
}
