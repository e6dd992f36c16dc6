/** What goes wrong with the next call of a kind: see `faults.mjs`. */
export type Fault =
  | { kind: 'lost request' | 'lost answer' | 'twice' | 'answered twice' | 'not understood' | 'silent' }
  | { kind: 'late' | 'late answer'; ms: number }
  | { kind: 'dropped'; done?: boolean }
  | { kind: 'not leader'; leader: { host: string; port: number } }
  | { kind: 'status'; code: number; details?: string }
  | { kind: 'from before'; events: number }
  | { kind: 'ends'; after: number; slow?: boolean };

export type Call = 'append' | 'batchAppend' | 'read' | 'subscribe';

export interface LogRecord {
  readonly stream: string;
  /** A bigint for a tombstone. */
  readonly revision: number | bigint;
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
  /** Bytes that the disk has for it. */
  room: number;
  softDelete(stream: string): unknown;
  tombstone(stream: string): unknown;
  /** Removes what metadata has let go, for good. @returns how many events that were. */
  scavenge(): number;
  /** As it is now, as a backup. */
  copy(): Log;
  close(): void;
}

export interface ServerOptions {
  log?: Log;
  port?: number;
  batchAppend?: boolean;
  caughtUp?: boolean;
  maxAppendSize?: number;
  tls?: { key: Buffer; cert: Buffer };
  users?: readonly User[];
  notReadyMs?: number;
}

export interface User {
  readonly username: string;
  readonly password: string;
  readonly groups?: readonly string[];
}

export class Server {
  static start(options?: ServerOptions): Promise<Server>;
  log: Log;
  readonly port: number;
  readonly calls: string[];
  leader: { host: string; port: number } | undefined;
  members: readonly { host: string; port: number; state?: string; alive?: boolean }[] | undefined;
  readonly faults: { next(call: Call, fault: Fault, times?: number): void; clear(): void };
  url(query?: Record<string, string>, user?: User): string;
  putBack(log: Log): Promise<void>;
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
}

/** @param until when it ends; default in a day. */
export function selfSigned(until?: Date): { key: Buffer; cert: Buffer };
