import { mkdirSync } from 'node:fs';
import { StoreFault } from './store-fault.js';

/** Makes a data directory if it is not there. @throws StoreFault `STORE_CANNOT_OPEN` where that cannot be done. */
export const makeDataDirectory = (dir: string): void => {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message = `the data directory ${dir} cannot be made (${code}); name a directory that this program may write to`;
    throw new StoreFault('STORE_CANNOT_OPEN', message, { cause });
  }
};
