import { isRefusal } from '#kernel';
import { FORMAT, openToRead } from './file.js';
import type { LogMark } from '../log-mark.js';
import { storeFaultOf } from '../store-fault.js';
import { wholenessOf } from './wholeness.js';

/** Version of the layout of the log's file. */
export const LOG_FORMAT = FORMAT;

/**
 * A copy of the log as it stands at one moment, in a new file, made beside whoever writes to it.
 *
 * @throws Refusal where the file is no log that this release reads; StoreFault for what the disk does.
 */
export const copyLog = (file: string, copy: string): void => {
  try {
    const db = openToRead(file);
    try {
      db.prepare('VACUUM INTO ?').run(copy);
    } finally {
      db.close();
    }
  } catch (thrown) {
    throw storeFaultUnlessRefused(thrown, file);
  }
};

/**
 * How far a log goes and the chain over all its events, read from its start; undefined for an empty one.
 *
 * @throws Refusal `LOG_HAS_GAPS`, or where the file is no log; StoreFault for one that is damaged.
 */
export const markOfLog = async (file: string): Promise<LogMark | undefined> => {
  try {
    const db = openToRead(file);
    try {
      return (await wholenessOf(db, file, undefined)).mark;
    } finally {
      db.close();
    }
  } catch (thrown) {
    throw storeFaultUnlessRefused(thrown, file);
  }
};

const storeFaultUnlessRefused = (thrown: unknown, file: string): unknown =>
  isRefusal(thrown) ? thrown : storeFaultOf(thrown, file);
