// Servers and clients of a bench, each a process of its own.
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));

/** The built register. */
export const REGISTER = join(here, '..', 'dist/apps/api/src/main.js');

/** Starts a program of Node that says where it listens. @returns its address and process. */
export const started = (args, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.on('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`)));
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const url = /(http:\/\/[^/\s]+)/.exec(said)?.[1];
      if (url) resolve({ url, child });
    });
  });

/** Ends a program, and waits until it has. */
export const stopped = (child) =>
  new Promise((resolve) => {
    child.removeAllListeners('exit').on('exit', resolve);
    child.kill();
  });

/** Processor time that a process has had, in milliseconds, where the system tells it: Linux. */
export const cpuOf = ({ pid }) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
};

/** The most memory that a process has held, in MB, where the system tells it: Linux. */
export const mostMemoryOf = ({ pid }) => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1e3;
  } catch {
    return Number.NaN;
  }
};

/**
 * Asks a server the same for so many milliseconds by so many clients.
 *
 * @returns answers a second, p50 and p99 in milliseconds, and the server's processor time in µs an answer.
 */
export const asked = async ({ url, child }, ms, query, clients = 8) => {
  const before = cpuOf(child);
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[join(here, 'page.client.mjs'), url, String(clients), String(ms), query],
  ]);
  const said = JSON.parse(stdout);
  return { ...said, cpu: ((cpuOf(child) - before) * 1000) / said.answers };
};
