// A decision log of many decisions in each format: time and the most memory it took, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/apps/cli/src/main.js', import.meta.url));
/** Says at the end of a process how long it took and the most memory it had, in MB. */
const MEASURE = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => console.error(JSON.stringify({
    seconds: performance.now() / 1000, peak: process.resourceUsage().maxRSS / 1024 })));
`)}`;
const AIMS = { html: 0.5, csv: 0.2, pdf: 2 };

const run1 = (dir, words) => {
  const done = spawnSync(process.execPath, ['--import', MEASURE, CLI, ...words], {
    env: { ...process.env, DATA_DIR: dir, READ_MODEL_URL: '', EVENT_STORE_URL: '' },
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${String(done.stderr)}`);
  return JSON.parse(String(done.stderr).trim().split('\n').at(-1));
};

const lines = (count) => {
  const fact = (aggregate, id, command, effectiveOn, data) =>
    JSON.stringify({ aggregate, id, command, effectiveOn, data });
  const facts = [
    fact('organisation', 'icb', 'RegisterOrganisation', '2022-07-01', { name: 'County ICB', kind: 'ICB' }),
    fact('body', 'board', 'EstablishBody', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }),
  ];
  for (let at = 0; at < count; at++) {
    const day = new Date(Date.UTC(2025, 0, 1 + (at % 365))).toISOString().slice(0, 10);
    facts.push(
      fact('decision', `d${at}`, 'TakeDecision', day, {
        title: `Decision ${at}: community services in one of the places of the county`,
        reference: `ICB-${String(at).padStart(5, '0')}`,
        organisation: 'icb',
        decidedBy: ['board'],
        takenOn: day,
        kind: 'APPROVE',
        amount: at * 1_000,
        reasons: 'The reasons are those of the paper, which the board discussed and accepted. '.repeat(3),
      }),
    );
  }
  return facts.join('\n');
};

export const run = async ({ quick, dir }) => {
  const rows = [];
  for (const count of quick ? [1_000] : [1_000, 10_000]) {
    const folder = mkdtempSync(join(dir, 'bench-log-'));
    try {
      const data = join(folder, 'data');
      mkdirSync(data);
      const file = join(folder, 'facts.ndjson');
      writeFileSync(file, lines(count));
      run1(data, ['import', file]);
      const idle = run1(data, ['status']);
      for (const format of ['html', 'csv', 'json', 'docx', 'pdf']) {
        const out = join(folder, format);
        const question = ['--for', 'board', '--about', 'icb', '--from', '2025-01-01', '--to', '2025-12-31'];
        try {
          const { seconds, peak } = run1(data, ['log', ...question, '--format', format, '--out', out]);
          const note = `peak ${Math.round(peak)} MB; register status alone: ${Math.round(idle.peak)} MB${AIMS[format] && count === 1_000 ? `; aim ${AIMS[format]} s` : ''}`;
          rows.push({
            name: `${format} of ${count} decisions`,
            value: seconds,
            unit: 's',
            baseline: idle.seconds,
            ratio: seconds / idle.seconds,
            note,
          });
        } catch (fault) {
          rows.push({
            name: `${format} of ${count} decisions`,
            value: Number.NaN,
            unit: 's',
            note: String(fault.message).trim().split('\n').at(-1).slice(0, 120),
          });
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
};
