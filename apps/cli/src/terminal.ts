import { isNativeError } from 'node:util/types';

/** Options that every command takes. */
export interface Global {
  readonly dataDir: string;
  readonly json: boolean;
}

/** Prints an answer on standard output. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Says in a sentence on standard error why the program could not run. */
export const inform = (thrown: unknown): void => {
  const { message, detail } = thrown as { message?: unknown; detail?: { remedy?: string } };
  const text = typeof message === 'string' ? message : String(thrown);
  const remedy = detail?.remedy === undefined ? '' : ` (${detail.remedy.replace(/\.$/, '')})`;
  process.stderr.write(`register: ${text}${remedy}\n`);
  if (process.env.REGISTER_DEBUG && isNativeError(thrown)) process.stderr.write(`${thrown.stack ?? ''}\n`);
};

/** The command is done, but something was refused or differs. */
export const doneWithTrouble = (): void => {
  process.exitCode = 1;
};
