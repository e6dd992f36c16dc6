import { statSync } from 'node:fs';
import { replacedFault, type StoreFault } from '../store-fault.js';

/**
 * The file that a log was opened from. A file that is put in its place is another one, and what is written to the old one
 * is gone when the program ends.
 */
export class OpenedFile {
  readonly #opened: string;

  constructor(private readonly file: string) {
    this.#opened = identityOf(file);
  }

  /** Undefined as long as the file of this name is the one that was opened. */
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
