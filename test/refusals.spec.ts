import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSAL_CODES, RULES } from '#kernel';

const CODES: ReadonlySet<string> = new Set(REFUSAL_CODES);
const HOME = 'libs/kernel/src/refusal-codes.ts';

/** Sources of the product: no specs, no contracts of stores. */
const SOURCES = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|contract|d)\.ts$/.test(file))
    .map((file) => join(folder, file))
    .filter((file) => file !== HOME)
    .map((file) => [file, readFileSync(file, 'utf8')] as const),
);

/** What is thrown or answered as a refusal or as a store's fault, by the place where its code stands. */
const SAID = /(?:(?:new \w*(?:Refusal|Fault)|\brefusal|\brefuse)\(\s*|\bcode: )'([A-Z][A-Z_]+)'/g;

const headings = (file: string, level: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(new RegExp(`^${level} (\\S+)$`, 'gm'))].map(([, name]) => name as string);

/** What the system under Node calls its faults, which a library words as one of its own. */
const OF_THE_SYSTEM = new Set(['ETIMEDOUT']);

describe('The codes of refusals', () => {
  it('are all in one closed union, wherever they are said', () => {
    const strange = SOURCES.flatMap(([file, text]) =>
      [...text.matchAll(SAID)]
        .map(([, code]) => code as string)
        .filter((code) => !CODES.has(code) && !OF_THE_SYSTEM.has(code))
        .map((code) => `${file}: ${code}`),
    );
    expect(strange).toEqual([]);
  });

  it('are all said somewhere', () => {
    const whole = SOURCES.map(([, text]) => text).join('\n');
    expect(REFUSAL_CODES.filter((code) => !whole.includes(`'${code}'`))).toEqual([]);
  });

  it('are documented, each once, in the order of the union, with a meaning and a way out', () => {
    expect(headings('docs/refusals.md', '###')).toEqual([...REFUSAL_CODES]);
    const sections = readFileSync('docs/refusals.md', 'utf8').split(/^### /m).slice(1);
    const thin = sections.filter((section) => !/^\S+\n\n\S[^\n]+\.\n\n_What to do:_ \S[^\n]+\.\n/.test(section));
    expect(thin).toEqual([]);
  });

  it('cite rules that a reader can look up, and every rule is cited', () => {
    expect(headings('docs/rules.md', '##')).toEqual([...RULES]);
    // What is tested of authority names its rule beside what was found.
    const said = (file: string): RegExp =>
      file.startsWith('libs/governance/src/authority') ? /'(BR-\d+)'/g : /\brule(?: =|:) '([A-Z]+-?\d+)'/g;
    const cited = new Set(SOURCES.flatMap(([file, text]) => [...text.matchAll(said(file))].map(([, rule]) => rule)));
    expect([...cited].toSorted()).toEqual([...RULES].toSorted());
  });
});
