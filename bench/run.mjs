// `npm run bench [-- --quick] [-- --only NAME]`: every bench in this folder, each beside its baseline in the same run.
// A quick one leaves out what takes minutes; `--only postgres` names it. JSON lines on stdout, then a table. Medians and ratios; nothing is asserted.
import { readdirSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { onOwnNode } from '../scripts/own-node.mjs';

await onOwnNode();

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    dir: { type: 'string', default: tmpdir() },
  },
});
/** Take minutes and need servers of their own: part of the full run, and of a quick one only where they are named. */
const LONG = ['decision-log', 'eventstoredb', 'growth', 'memory', 'postgres'];

const folder = new URL('.', import.meta.url);
const benches = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.mjs'))
  .filter((file) =>
    values.only ? file.startsWith(values.only) : !values.quick || !LONG.some((name) => file.startsWith(name)),
  )
  .toSorted();

console.error(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, files in ${values.dir}`);
const table = [];
for (const file of benches) {
  const { run } = await import(new URL(file, folder));
  const start = performance.now();
  for (const row of await run({ quick: values.quick, dir: values.dir })) {
    console.log(JSON.stringify({ bench: file.replace('.bench.mjs', ''), ...row }));
    table.push(row);
  }
  console.error(`${file}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

const shown = (number) => {
  if (number === undefined || number === null || Number.isNaN(number)) return '';
  return number >= 100 ? Math.round(number).toLocaleString('en-GB') : number.toPrecision(3);
};
const cells = table.map(({ name, value, unit, baseline, ratio, note }) => [
  name,
  `${shown(value)} ${unit}`,
  shown(baseline),
  shown(ratio),
  note ?? '',
]);
const head = ['what', 'measured', 'baseline', 'ratio', 'note'];
const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column].length)));
const line = (row) =>
  row
    .map((cell, column) =>
      column === 1 || column === 2 || column === 3 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
    )
    .join('  ');
console.log(['', line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)].join('\n'));
