import { doneWithTrouble, print } from '../terminal.js';
import { isNotAnswered } from './answers.js';
import { withAnswers, type Asking } from './asking.js';
import { rowsIn } from './flattened.js';
import { questionIn, variablesIn } from './question-text.js';
import { formatOf, printedAs } from './tables.js';

export interface QueryOptions extends Asking {
  readonly var: readonly string[];
  readonly format: string;
}

/** `register query`: any question, as the API takes it. */
export const queryCommand = async (question: string, options: QueryOptions): Promise<void> => {
  const format = formatOf(options.format, options.json);
  await answered(options, async () => {
    const data = await withAnswers(options, async (answers) => {
      const { query, variables } = await questionIn(question, answers);
      return answers.ask(query, { ...variables, ...(await variablesIn(options.var, query)) });
    });
    print(printedAs(format, rowsIn(data), data));
  });
};

/** What the register refuses is said in words, or for programs as the API says it: exit code 1. */
export const answered = async ({ json }: Pick<Asking, 'json'>, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (thrown) {
    if (!isNotAnswered(thrown)) throw thrown;
    const lines = json
      ? thrown.errors.map(({ message, extensions }) => JSON.stringify({ message, extensions }))
      : thrown.message.split('\n').map((line) => `register: ${line}`);
    process.stderr.write(`${lines.join('\n')}\n`);
    doneWithTrouble();
  }
};
