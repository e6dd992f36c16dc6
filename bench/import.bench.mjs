// Rows a second through `register import`: read, mapped, validated, judged, appended durably, and the views brought up.
// Beside: the same file read and parsed by the same CSV library, and nothing else.
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { commandLineActor } from '../dist/apps/cli/src/command-line-actor.js';
import { importFiles } from '../dist/apps/cli/src/import/import.js';
import { SqliteEventStore } from '../dist/libs/event-store/src/index.js';
import { median } from './appends.bench.mjs';

const SETS = {
  'uk-commons-decisions': ['decisions'],
  'uk-ministers': ['organisation', 'organisation_link', 'post', 'person', 'appointment', 'appointment_characteristics'],
};

const parsed = async (file) => {
  let rows = 0;
  const parser = createReadStream(file)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
  for await (const row of parser) if (row) rows += 1;
  return rows;
};

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir }) => {
  const rows = [];
  for (const [set, names] of Object.entries(SETS)) {
    const folder = new URL(`../examples/${set}/`, import.meta.url).pathname;
    const files = names.map((name) => join(folder, `${name}.csv.gz`));
    const mappings = names.map((name) => join(folder, `${name}.yaml`));
    readFileSync(mappings[0]);
    const ours = [];
    const bare = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
      const store = await SqliteEventStore.open({ file: join(own, 'log.sqlite') });
      const start = performance.now();
      const { total } = await importFiles(store, commandLineActor(), { files, mappings });
      ours.push((total.rows * 1000) / (performance.now() - start));
      await store.close();
      rmSync(own, { recursive: true });
      const from = performance.now();
      let read = 0;
      for (const file of files) read += await parsed(file);
      bare.push((read * 1000) / (performance.now() - from));
    }
    rows.push({
      name: `import of ${set}`,
      unit: 'rows/s',
      value: median(ours),
      baseline: median(bare),
      ratio: median(ours) / median(bare),
      note: 'durable, without the views; baseline: gunzip and parse only',
    });
  }
  return rows;
};
