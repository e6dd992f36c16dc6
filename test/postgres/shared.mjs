// Jest's set-up: a folder for the PostgreSQL server that the specs of this run share. Nothing is started until a spec
// asks for it (postgres.ts).
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default () => {
  const folder = mkdtempSync(join(tmpdir(), 'register-specs-'));
  // As root the server runs as another user, who has to get at its files.
  chmodSync(folder, 0o755);
  process.env.REGISTER_TEST_POSTGRES = folder;
  process.env.REGISTER_TEST_POSTGRES_FOR = String(process.pid);
};
