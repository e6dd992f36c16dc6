/** What goes wrong with the next call of a kind: see `faults.mjs`. */
export type Fault =
  | { kind: 'lost request' | 'lost answer' | 'twice' | 'answered twice' | 'silent' }
  | { kind: 'late' | 'late answer'; ms: number }
  | { kind: 'dropped'; done?: boolean }
  | { kind: 'not leader'; leader: { host: string; port: number } }
  | { kind: 'status'; code: number; details?: string }
  | { kind: 'from before'; events: number }
  | { kind: 'ends'; after: number };

export type Call = 'append' | 'batchAppend' | 'read' | 'subscribe';

export interface LogRecord {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly commit: bigint;
  readonly prepare: bigint;
}

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export class Log {
  constructor(options?: { now?: () => number; file?: string; statsEvery?: number });
  readonly records: readonly LogRecord[];
  append(
    stream: string,
    expected: 'any' | 'no_stream' | 'stream_exists' | bigint,
    events: readonly Proposed[],
  ): unknown;
  softDelete(stream: string): unknown;
  tombstone(stream: string): unknown;
  close(): void;
}

export interface ServerOptions {
  log?: Log;
  port?: number;
  batchAppend?: boolean;
  caughtUp?: boolean;
  maxAppendSize?: number;
  tls?: { key: Buffer; cert: Buffer };
  user?: { username: string; password: string };
}

export class Server {
  static start(options?: ServerOptions): Promise<Server>;
  readonly log: Log;
  readonly port: number;
  readonly calls: string[];
  leader: { host: string; port: number } | undefined;
  members: readonly { host: string; port: number; state?: string; alive?: boolean }[] | undefined;
  readonly faults: { next(call: Call, fault: Fault, times?: number): void; clear(): void };
  url(query?: Record<string, string>): string;
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
}

export function selfSigned(): { key: Buffer; cert: Buffer };
