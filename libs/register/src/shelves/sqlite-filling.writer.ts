import { parentPort, workerData } from 'node:worker_threads';

import type Database from 'better-sqlite3';

import type { SqlParameter, SqlRow, SqlValue } from './connection.js';
import { openToFill } from './sqlite-file.js';

/** What is asked of the thread that fills a file. It answers all but `rows`, in the order in which it was asked. */
export type FillingRequest =
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'close' }
  | { readonly kind: 'run'; readonly text: string; readonly parameters: readonly SqlParameter[] }
  /** Rows for a statement that takes one of them, one behind the other. A fault is told where the unit is committed. */
  | { readonly kind: 'rows'; readonly text: string; readonly width: number; readonly values: readonly SqlValue[] };

export type FillingAnswer =
  | { readonly kind: 'done'; readonly changed: number; readonly rows: readonly SqlRow[] }
  | { readonly kind: 'fault'; readonly code: string | undefined; readonly message: string };

const port = parentPort;
if (!port) throw new Error('the writer runs in a thread of its own');

const statements = new Map<string, Database.Statement<SqlParameter[], SqlRow>>();

let isInUnit = false;

/** Why nothing more of the unit under way is done: what came behind a fault would be written outside of any unit. */
let failed: FillingAnswer | undefined;

function done(changed = 0, rows: readonly SqlRow[] = []): FillingAnswer {
  return { kind: 'done', changed, rows };
}

function prepared(database: Database.Database, text: string): Database.Statement<SqlParameter[], SqlRow> {
  const statement = statements.get(text) ?? database.prepare<SqlParameter[], SqlRow>(text);
  statements.set(text, statement);
  return statement;
}

function carriedOut(database: Database.Database, request: FillingRequest): FillingAnswer {
  switch (request.kind) {
    case 'begin':
      database.exec('BEGIN');
      return done();
    case 'commit':
      database.exec('COMMIT');
      return done();
    case 'rollback':
      // A database that is full or failed has ended the transaction already.
      if (database.inTransaction) database.exec('ROLLBACK');
      return done();
    case 'run': {
      const statement = prepared(database, request.text);
      if (statement.reader) return done(0, statement.all(...request.parameters));
      return done(statement.run(...request.parameters).changes);
    }
    case 'rows': {
      const { text, width, values } = request;
      const statement = prepared(database, text);
      for (let at = 0; at < values.length; at += width) statement.run(...values.slice(at, at + width));
      return done();
    }
    case 'close':
      database.close();
      return done();
  }
}

function answerTo(database: Database.Database, request: FillingRequest): FillingAnswer {
  const endsAnyhow = request.kind === 'rollback' || request.kind === 'close';
  if (failed && !endsAnyhow) return failed;
  if (request.kind === 'begin') isInUnit = true;
  try {
    const answer = carriedOut(database, request);
    if (endsAnyhow || request.kind === 'commit') [isInUnit, failed] = [false, undefined];
    return answer;
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (isInUnit) failed = fault;
    return fault;
  }
}

function faultOf(thrown: unknown): FillingAnswer {
  const { code, message } = thrown as { readonly code?: unknown; readonly message?: unknown };
  return { kind: 'fault', code: typeof code === 'string' ? code : undefined, message: String(message ?? thrown) };
}

function open(): FillingAnswer {
  try {
    const database = openToFill(workerData as string);
    port?.on('message', (request: FillingRequest) => {
      const answer = answerTo(database, request);
      if (request.kind !== 'rows') port.postMessage(answer);
      if (request.kind === 'close') port.close();
    });
    return done();
  } catch (thrown) {
    return faultOf(thrown);
  }
}

port.postMessage(open());
