// A decision log of many decisions in each format: time and the most memory it took, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decisionLines } from './decision-log.facts.mjs';

const CLI = fileURLToPath(new URL('../dist/apps/cli/src/main.js', import.meta.url));
const ONE = fileURLToPath(new URL('decision-log.one.mjs', import.meta.url));

/** What was aimed for, of 1,000 decisions, in seconds. */
const AIMS = { html: 0.5, csv: 0.2, pdf: 2 };

const runNode = (dir, words) => {
  const done = spawnSync(process.execPath, words, {
    env: { ...process.env, DATA_DIR: dir, READ_MODEL_URL: '', EVENT_STORE_URL: '' },
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${String(done.stderr)}`);
  return String(done.stdout);
};

const rowOf = (format, count, data) => {
  const name = `${format} of ${count} decisions`;
  try {
    const answer = runNode(data, [ONE, data, format, 'board', '2025-01-01', '2025-12-31', 'icb']);
    const { seconds, itself, startUp, bytes, peak, whole } = JSON.parse(answer);
    const aim = count === 1_000 ? AIMS[format] : undefined;
    const said = [
      `${Math.round(peak)} MB above the process before it began (${Math.round(whole)} MB in all)`,
      `${(bytes / 1e6).toFixed(1)} MB written`,
      `start-up apart: ${startUp.toFixed(2)} s`,
      ...(format === 'csv' ? [`decisions.csv alone: ${itself.toFixed(2)} s`] : []),
      ...(aim ? [`aim ${aim} s`] : []),
    ];
    return {
      name,
      value: seconds,
      unit: 's',
      ...(aim && { baseline: aim, ratio: seconds / aim }),
      note: said.join('; '),
    };
  } catch (fault) {
    const [last] = String(fault.message).trim().split('\n').slice(-1);
    return { name, value: Number.NaN, unit: 's', note: last.slice(0, 120) };
  }
};

export const run = async ({ quick, dir }) => {
  const rows = [];
  for (const count of quick ? [1_000] : [1_000, 10_000]) {
    const folder = mkdtempSync(join(dir, 'bench-log-'));
    try {
      const data = join(folder, 'data');
      mkdirSync(data);
      const file = join(folder, 'facts.ndjson');
      writeFileSync(file, decisionLines(count));
      runNode(data, [CLI, 'import', file]);
      for (const format of ['html', 'csv', 'json', 'docx', 'pdf']) rows.push(rowOf(format, count, data));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
};
