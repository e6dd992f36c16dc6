// `node scripts/check-coverage.mjs REPORT...`: whether every test that docs/coverage.md names ran and passed, by Jest's reports.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const passed = new Map();
for (const file of process.argv.slice(2)) {
  for (const { name, assertionResults } of JSON.parse(readFileSync(file, 'utf8')).testResults) {
    const titles = assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName);
    passed.set(relative(process.cwd(), name), titles);
  }
}

const named = readFileSync('docs/coverage.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, row, , proved = ''] = line.split('|').map((cell) => cell.trim());
    return [...proved.matchAll(/`([^`]+)`: ([^<]+)/g)].map(([, path, title]) => ({ row, path, title: title.trim() }));
  });
const missing = named.filter(({ path, title }) => !(passed.get(path) ?? []).some((full) => full.includes(title)));
for (const { row, path, title } of missing) console.error(`${row}: no test "${title}" passed in ${path}`);
console.log(`${named.length - missing.length} of ${named.length} tests that docs/coverage.md names ran and passed`);
process.exitCode = missing.length > 0 ? 1 : 0;
