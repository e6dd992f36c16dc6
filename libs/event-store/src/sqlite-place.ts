import { statSync } from 'node:fs';
import { StoreFault } from './store-fault.js';

export const replacedFault = (how: string, file: string): StoreFault =>
  new StoreFault('STORE_REPLACED', `the log was replaced while this program had it open (${file}): ${how}`);

/**
 * The file that a log was opened from. A file that is put in its place is another one, and what is written to the old one
 * is gone when the program ends.
 */
export class LogPlace {
  readonly #opened: string;

  constructor(private readonly file: string) {
    this.#opened = identityOf(file);
  }

  /** Undefined as long as the file is the one that was opened. */
  trouble(): StoreFault | undefined {
    const now = identityOf(this.file);
    if (now === this.#opened) return undefined;
    return replacedFault(now === '' ? 'its file is gone' : 'its file is another one now', this.file);
  }
}

/** Which file stands there, by the file system; empty for none. */
function identityOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : '';
}
