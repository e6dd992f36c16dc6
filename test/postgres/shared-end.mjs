// Jest's tear-down: stops the PostgreSQL server of this run, if a spec has started it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_MS = 10_000;

export default async () => {
  const folder = process.env.REGISTER_TEST_POSTGRES;
  if (!folder) return;
  const file = join(folder, 'server', 'server.json');
  if (existsSync(file)) {
    process.kill(JSON.parse(readFileSync(file, 'utf8')).pid, 'SIGTERM');
    for (const end = Date.now() + LONGEST_MS; existsSync(file) && Date.now() < end;) await pause(50);
  }
  rmSync(folder, { recursive: true, force: true });
};
