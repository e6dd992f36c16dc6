import { parentPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { isRefusal } from '#kernel';
import { type QueuedAppend, SqliteAppends, type WrittenAppend } from './sqlite-appends.js';
import { openToWrite, settingsOf, type StoreSettings } from './sqlite-file.js';
import { type StoreFaultCode, storeFaultOf } from './store-fault.js';

/** What the store asks of its writer thread. One message at a time: the next comes after the answer. */
export type WriterRequest =
  | { readonly kind: 'append'; readonly group: readonly QueuedAppend[] }
  | { readonly kind: 'settings' }
  /** Caps the file, in pages of 4,096 bytes. */
  | { readonly kind: 'cap'; readonly pages: number }
  | { readonly kind: 'close' };

export type WriterAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not opened'; readonly refusal: boolean; readonly code: string; readonly message: string }
  | { readonly kind: 'written'; readonly written: readonly WrittenAppend[] }
  | { readonly kind: 'settings'; readonly settings: StoreSettings };

export interface WriterData {
  readonly file: string;
}

const port = parentPort;
if (!port) throw new Error('the writer runs in a thread of its own');
const answer = (message: WriterAnswer): void => port.postMessage(message);

const { file } = workerData as WriterData;

function open(): Database.Database | undefined {
  try {
    return openToWrite(file);
  } catch (thrown) {
    const refusal = isRefusal(thrown);
    const { code, message }: { code: StoreFaultCode | string; message: string } = refusal
      ? thrown
      : storeFaultOf(thrown, file);
    answer({ kind: 'not opened', refusal, code, message });
    return undefined;
  }
}

function serve(db: Database.Database): void {
  const appends = new SqliteAppends(db);
  port?.on('message', (request: WriterRequest) => {
    switch (request.kind) {
      case 'append':
        return answer({ kind: 'written', written: appends.write(request.group) });
      case 'settings':
        return answer({ kind: 'settings', settings: settingsOf(db) });
      case 'cap':
        db.pragma(`max_page_count = ${Math.trunc(request.pages)}`);
        return answer({ kind: 'settings', settings: settingsOf(db) });
      case 'close':
        db.close();
        return port?.close();
    }
  });
  answer({ kind: 'ready' });
}

const db = open();
if (db) serve(db);
