import { isNativeError } from 'node:util/types';

/** Options that every command takes. */
export interface Global {
  readonly dataDir: string;
  readonly json: boolean;
}

/** Prints an answer on standard output. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Says in a sentence on standard error why the program could not run. */
export const inform = async (thrown: unknown): Promise<void> => {
  const { message } = thrown as { message?: unknown };
  // Loaded only now: `--help` is to be there at once.
  const { startingSentence } = await import('#operations/starting');
  const text = startingSentence(thrown) ?? (typeof message === 'string' ? message : String(thrown));
  process.stderr.write(`register: ${text}\n`);
  if (process.env.REGISTER_DEBUG && isNativeError(thrown)) process.stderr.write(`${thrown.stack ?? ''}\n`);
};

/** The command is done, but something was refused or differs. */
export const doneWithTrouble = (): void => {
  process.exitCode = 1;
};
