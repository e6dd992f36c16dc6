import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Name of the socket in a data directory. */
const SOCKET = 'register.sock';

/** Says where the socket is, where the path of the data directory is too long for one. */
const ELSEWHERE = 'register.socket.json';

/** How the folder begins that is made for it then. */
const NEAR = 'register-';

/** Longest path of a socket, in bytes: systems take 103 or 107, and cut off silently what is longer. */
const LONGEST = 100;

/** Only whoever runs the server may come in. */
const OWNER_ONLY = 0o177;

/** The socket of a server, while it listens there. */
export interface ListeningSocket {
  readonly path: string;
  /** Removes what was made for it. The server itself is closed by whoever made it. */
  remove(): void;
}

/**
 * Listens on the local socket of a data directory, which the caller holds: what an earlier holder left there is removed.
 * Other users of the machine cannot open it.
 */
export const listenBeside = async (server: Server, dir: string): Promise<ListeningSocket> => {
  const place = placeFor(dir);
  remove(dir);
  const path = place ?? elsewhere(dir);
  const listening = new Promise<void>((resolved, rejected) => {
    server.once('error', rejected);
    // The file is made by the call itself, so that it never stands there open to others.
    const before = process.umask(OWNER_ONLY);
    try {
      server.listen(path, () => {
        server.off('error', rejected);
        resolved();
      });
    } finally {
      process.umask(before);
    }
  });
  await listening;
  return { path, remove: () => remove(dir) };
};

/** Where a server that holds a data directory listens, if it does. */
export const socketOf = (dir: string): string => saidElsewhere(dir) ?? placeFor(dir) ?? join(resolve(dir), SOCKET);

/** The place that a holder wrote down because its own was too long; undefined for what is no such place. */
function saidElsewhere(dir: string): string | undefined {
  try {
    const { path } = JSON.parse(readFileSync(join(dir, ELSEWHERE), 'utf8')) as { path?: unknown };
    const isOurs = typeof path === 'string' && basename(path) === SOCKET && basename(dirname(path)).startsWith(NEAR);
    return isOurs ? path : undefined;
  } catch {
    // It is in the directory itself.
    return undefined;
  }
}

/** Undefined where the path is too long. */
function placeFor(dir: string): string | undefined {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(realpathSync(dir).toLowerCase()).digest('hex').slice(0, 32);
    return `\\\\.\\pipe\\register-${name}`;
  }
  const path = join(resolve(dir), SOCKET);
  return Buffer.byteLength(path) <= LONGEST ? path : undefined;
}

function elsewhere(dir: string): string {
  const near = join(tmpdir(), NEAR);
  // Six characters are put behind it, and the name of the socket.
  const fits = Buffer.byteLength(near) + 6 + SOCKET.length + 1 <= LONGEST;
  const path = join(mkdtempSync(fits ? near : `/tmp/${NEAR}`), SOCKET);
  writeFileSync(join(dir, ELSEWHERE), `${JSON.stringify({ path })}\n`, { mode: 0o600 });
  return path;
}

function remove(dir: string): void {
  if (process.platform === 'win32') return;
  const far = saidElsewhere(dir);
  if (far !== undefined) {
    rmSync(far, { force: true });
    try {
      rmdirSync(dirname(far));
    } catch {
      // It is gone already, or somebody keeps something there.
    }
  }
  rmSync(join(dir, ELSEWHERE), { force: true });
  rmSync(join(dir, SOCKET), { force: true });
}
