import { isNativeError } from 'node:util/types';

/** Options that every command takes. */
export interface Global {
  readonly dataDir: string;
  readonly json: boolean;
}

/** Prints an answer on standard output. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * Says on standard error why the program could not run: in a sentence, or for programs as the API says it
 * (`docs/refusals.md`).
 */
export const inform = async (thrown: unknown, json = false): Promise<void> => {
  const { message } = thrown as { message?: unknown };
  // Loaded only now: `--help` is to be there at once.
  const [{ startingSentence }, { isRefusal }, { isStoreFault }] = await Promise.all([
    import('#operations/starting'),
    import('#kernel'),
    import('#event-store'),
  ]);
  if (json && (isRefusal(thrown) || isStoreFault(thrown))) {
    const { code } = thrown;
    const { field, rule, remedy } = isRefusal(thrown) ? thrown.detail : {};
    process.stderr.write(`${JSON.stringify({ message, extensions: { code, field, rule, remedy } })}\n`);
    return;
  }
  const text = startingSentence(thrown) ?? (typeof message === 'string' ? message : String(thrown));
  process.stderr.write(`register: ${text}\n`);
  if (process.env.REGISTER_DEBUG && isNativeError(thrown)) process.stderr.write(`${thrown.stack ?? ''}\n`);
};

/** The command is done, but something was refused or differs. */
export const doneWithTrouble = (): void => {
  process.exitCode = 1;
};
