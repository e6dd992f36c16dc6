// A scheme of delegation of many entries, its map and what changed in it, in each format; aimed at: a scheme of 500 in all within 2 s.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemeLines } from './scheme.facts.mjs';

const CLI = fileURLToPath(new URL('../dist/apps/cli/src/main.js', import.meta.url));
const ONE = fileURLToPath(new URL('scheme.one.mjs', import.meta.url));

/** All formats of a scheme of 500 entries, in seconds. */
const AIM = 2;

const runNode = (dir, words) => {
  const env = { ...process.env, DATA_DIR: dir, READ_MODEL_URL: '', EVENT_STORE_URL: '' };
  const done = spawnSync(process.execPath, words, { env, maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${String(done.stderr)}`);
  return String(done.stdout);
};

export const run = async ({ quick, dir }) => {
  const rows = [];
  for (const count of quick ? [500] : [500, 5_000]) {
    const folder = mkdtempSync(join(dir, 'bench-scheme-'));
    try {
      const data = join(folder, 'data');
      mkdirSync(data);
      const file = join(folder, 'facts.ndjson');
      writeFileSync(file, schemeLines(count));
      runNode(data, [CLI, 'import', file]);
      const measured = JSON.parse(runNode(data, [ONE, data, 'icb']));
      for (const { name, gathered, formats, seconds, cpu } of measured) {
        const aim = name === 'scheme' && count === 500 ? AIM : undefined;
        const each = formats.map(
          (one) => `${one.format} ${one.seconds.toFixed(2)} s, ${(one.bytes / 1e6).toFixed(1)} MB`,
        );
        rows.push({
          ...{ name: `${name} of ${count} entries, all formats`, value: seconds, unit: 's' },
          ...(aim && { baseline: aim, ratio: seconds / aim }),
          note: [`${cpu.toFixed(2)} s of processors`, `gathering ${gathered.toFixed(2)} s`, ...each].join('; '),
        });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
};
