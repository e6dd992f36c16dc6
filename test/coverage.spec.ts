import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const from = (prefix: string, first: number, last: number, digits: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => `${prefix}${String(first + at).padStart(digits, '0')}`);

/** Every row of the reference: seed systems, rules, questions, and what no other system has. */
const ROWS: readonly string[] = [
  ...[...from('S', 1, 99, 2), ...from('S', 100, 104, 3)],
  ...[...from('BR-', 1, 10, 3), ...from('BR-', 20, 37, 3), ...from('BR-', 50, 73, 3), ...from('BR-', 90, 103, 3)],
  ...[...from('BR-', 120, 138, 3), ...from('BR-', 150, 157, 3), ...from('BR-', 170, 175, 3)],
  ...from('Q', 1, 46, 2),
  ...from('N', 1, 22, 2),
];

interface Row {
  readonly id: string;
  readonly proved: string;
}

const rowsIn = (text: string): readonly Row[] =>
  text.split('\n').flatMap((line) => {
    const [, id, , proved] = line.split('|').map((cell) => cell.trim());
    return id !== undefined && proved !== undefined && /^(?:S|BR-|Q|N)\d/.test(id) ? [{ id, proved }] : [];
  });

/** `path`: title; several with a semicolon and a line break between. */
const testsIn = (proved: string): readonly (readonly [string, string])[] =>
  proved.split('<br>').map((one) => {
    const [, path = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(one.trim()) ?? [];
    return [path, title.trim()];
  });

const rows = rowsIn(readFileSync('docs/coverage.md', 'utf8'));

describe('the coverage page', () => {
  it('has every row of the reference, each once and in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(ROWS);
  });

  it.each(rows.filter(({ proved }) => proved !== 'not yet').map(({ id, proved }) => [id, proved] as const))(
    '%s names tests that there are',
    (_, proved) => {
      for (const [path, title] of testsIn(proved)) {
        const text = readFileSync(path, 'utf8');
        expect(text.includes(title) ? title : `${path} has no test called ${title}`).toBe(title);
      }
    },
  );

  it('says of few rows that nothing proves them, and of no fewer than is so', () => {
    const proved = rows.filter((row) => row.proved !== 'not yet').length;
    expect(proved).toBeGreaterThanOrEqual(30);
  });
});
