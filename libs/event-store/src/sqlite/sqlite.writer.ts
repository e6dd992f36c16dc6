import { parentPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { isRefusal, type RefusalCode } from '#kernel';
import { type LogLoss, lossRefusal } from '../log-mark.js';
import { SqliteAppends, type WrittenAppend } from './appends.js';
import { arrived, type Crossing } from './crossing.js';
import { openToWrite, settingsOf, type StoreSettings } from './file.js';
import { refuseMissing, type Wholeness, wholenessOf } from './wholeness.js';
import { readWitness, Witness, type WitnessState } from './witness.js';
import { storeFaultOf } from '../store-fault.js';

/** What the store asks of its writer thread. One message at a time: the next comes after the answer. */
export type WriterRequest =
  | {
      readonly kind: 'append';
      readonly group: Crossing;
      /** Where the witness is, if somebody else has brought it there since. */
      readonly witness: WitnessState | undefined;
    }
  | { readonly kind: 'settings' }
  /** Caps the file, in pages of 4,096 bytes. */
  | { readonly kind: 'cap'; readonly pages: number }
  | { readonly kind: 'close' };

export type WriterAnswer =
  | { readonly kind: 'ready'; readonly loss: LogLoss | undefined; readonly notes: readonly string[] }
  | {
      readonly kind: 'not opened';
      readonly refusal: boolean;
      readonly code: RefusalCode;
      readonly message: string;
      readonly remedy?: string | undefined;
    }
  | {
      readonly kind: 'written';
      /** JSON of `WrittenAppend[]`. */
      readonly written: string;
      readonly witness: WitnessState;
      /** What it took, in milliseconds. */
      readonly ms: number;
    }
  | { readonly kind: 'settings'; readonly settings: StoreSettings };

export interface WriterData {
  readonly file: string;
  /** Opens also where the witness knows more than the log has. */
  readonly acceptsLoss: boolean;
}

const port = parentPort;
if (!port) throw new Error('the writer runs in a thread of its own');
const answer = (message: WriterAnswer): void => port.postMessage(message);

const { file, acceptsLoss } = workerData as WriterData;

async function open(): Promise<{ readonly db: Database.Database; readonly whole: Wholeness } | undefined> {
  let db: Database.Database | undefined;
  try {
    const witnessed = readWitness(file);
    if (!acceptsLoss) refuseMissing(file, witnessed);
    db = openToWrite(file);
    const whole = await wholenessOf(db, file, witnessed);
    if (whole.loss && !acceptsLoss) throw lossRefusal(whole.loss);
    return { db, whole };
  } catch (thrown) {
    db?.close();
    const refusal = isRefusal(thrown);
    const { code, message }: { code: RefusalCode; message: string } = refusal ? thrown : storeFaultOf(thrown, file);
    answer({ kind: 'not opened', refusal, code, message, ...(refusal && { remedy: thrown.detail.remedy }) });
    return undefined;
  }
}

function serve(db: Database.Database, { mark, loss, notes }: Wholeness): void {
  const witness = new Witness(file, mark);
  // Where something was lost, the witness keeps what it knows until what comes next says that it was accepted.
  if (mark && !loss) witness.write(mark);
  const appends = new SqliteAppends(db, witness);
  port?.on('message', (request: WriterRequest) => {
    switch (request.kind) {
      case 'append': {
        if (request.witness) witness.goOnFrom(request.witness);
        const begun = performance.now();
        const written = JSON.stringify(appends.write(arrived(request.group)) satisfies WrittenAppend[]);
        return answer({ kind: 'written', written, witness: witness.state, ms: performance.now() - begun });
      }
      case 'settings':
        return answer({ kind: 'settings', settings: settingsOf(db) });
      case 'cap':
        db.pragma(`max_page_count = ${Math.trunc(request.pages)}`);
        return answer({ kind: 'settings', settings: settingsOf(db) });
      case 'close':
        db.close();
        witness.close();
        return port?.close();
    }
  });
  answer({ kind: 'ready', loss, notes });
}

const opened = await open();
if (opened) serve(opened.db, opened.whole);
