// Who may decide, traced over 10,000 delegations with chains to six and 3,000 variations: on SQLite and PostgreSQL, as known
// now and as known then, each in a process of its own. With five delegations to a committee up to two hundred chains lead to it,
// with one a single chain. Beside each, what the same store needs for one subject as at a day.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newDatabase, startPostgres } from '../dist/test/postgres/postgres.js';

const one = new URL('authority.one.mjs', import.meta.url).pathname;
const run1 = promisify(execFile);

export const run = async ({ quick, dir }) => {
  const root = mkdtempSync(join(dir, 'authority-'));
  const [delegations, traces] = quick ? [10_000, 1_000] : [10_000, 5_000];
  const server = await startPostgres();
  const rows = [];
  try {
    for (const [store, each] of ['SQLite', 'PostgreSQL'].flatMap((one) => [
      [one, 5],
      [one, 1],
    ])) {
      const database = store === 'PostgreSQL' ? await newDatabase(server.url) : undefined;
      const args = [
        one,
        join(root, String(each)),
        String(delegations),
        String(traces),
        String(each),
        database?.url ?? '',
      ];
      const { stdout } = await run1(process.execPath, args, { maxBuffer: 1e8 });
      const measured = JSON.parse(stdout.trim().split('\n').at(-1));
      for (const [when, { trace, point, hops, verdicts }] of Object.entries(measured)) {
        const note = `${store}, ${each} to a committee, p50 ${trace.p50.toFixed(2)} ms; baseline: one subject, p99; ${hops} links at most; ${verdicts}`;
        rows.push({
          ...{ name: `trace of authority as known ${when}, p99`, value: trace.p99, unit: 'ms' },
          ...{ baseline: point.p99, ratio: point.p99 / trace.p99, note },
        });
      }
      await database?.drop();
    }
  } finally {
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  }
  return rows;
};
