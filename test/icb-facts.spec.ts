import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { COMMANDS, commandNamed, validated } from '#wire';
import { isAggregate } from '#governance';
import { isCivilDate } from '#kernel';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface StepLine {
  readonly command: string;
  readonly data: Record<string, Json>;
  readonly effectiveOn?: string;
  readonly startKnown?: false;
  readonly corrects?: { readonly command: string; readonly index: number };
  readonly why?: { readonly kind: string; readonly reason: string; readonly evidence?: string };
}
interface Line extends Partial<StepLine> {
  readonly commandId: string;
  readonly aggregate: string;
  readonly id: string;
  readonly steps?: readonly StepLine[];
  readonly source: {
    readonly system: string;
    readonly document: string;
    readonly url?: string;
    readonly locator: string;
  };
}
type Fact = Record<string, Json>;
interface Facts {
  readonly meta: { readonly sources: Readonly<Record<string, string>> };
  readonly [section: string]: unknown;
}

const read = (name: string): string => readFileSync(new URL(`../examples/ics/${name}`, import.meta.url), 'utf8');
const linesOf = (name: string): readonly Line[] =>
  read(name)
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);
const stepsOf = (line: Line): readonly StepLine[] => line.steps ?? [line as StepLine];

const facts = JSON.parse(read('icb-facts.json')) as Facts;
const people = linesOf('icb-people.ndjson');
const lines = linesOf('icb-facts.ndjson');

const COUNTS = {
  organisations: 6,
  bodies: 11,
  meetings: 17,
  appointments: 14,
  decisions: 13,
  delegations: 8,
  sord_and_rules: 7,
  document_versions: 2,
  corrections_and_conflicts: 9,
  scrutiny: 6,
};
const every = Object.keys(COUNTS).flatMap((section) =>
  (facts[section] as readonly Fact[]).map((fact, index) => ({ fact, locator: `${section}[${index}]` })),
);

/** Ids of the source that stand for subjects of another file under another id. */
const RENAMED: Readonly<Record<string, string>> = {
  'glos-hosc': 'glos:772',
  'glos-hwb': 'glos:653',
  'glos-ghwp': 'glos:881',
};

/** Persons are kept by the id under which the first file registers them. */
const personNamed = (name: string): string | undefined =>
  people.find(({ aggregate, data }) => aggregate === 'person' && data?.['name'] === name)?.id;

const leaves = (value: unknown): readonly (string | number | boolean)[] => {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];
};

/** Everything a fact says: its scalars, and the keys that are words rather than names of fields. */
const sayings = (value: unknown): readonly (string | number | boolean)[] => {
  if (Array.isArray(value)) return value.flatMap(sayings);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => [...(key.includes(' ') ? [key] : []), ...sayings(inner)]);
  }
  return leaves(value);
};

const asWord = (text: string): RegExp =>
  new RegExp(`(?<!\\w)${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?!\\w)`);

/** Whether a line keeps what the fact says: in its words, or in another form listed here. */
const keeps = (line: Line, said: string | number | boolean): boolean => {
  const found = leaves({ steps: stepsOf(line), id: line.id, source: line.source.url });
  const inWords = (text: string): boolean => found.some((leaf) => typeof leaf === 'string' && asWord(text).test(leaf));
  if (typeof said === 'number')
    return found.includes(said) || found.includes(said * 100) /* pounds, in pence */ || inWords(String(said));
  const text = String(said);
  const forms = [
    text,
    RENAMED[text], // a committee under its council's number
    facts.meta.sources[text], // the key of a page, as its address
    personNamed(text),
  ];
  if (forms.some((form) => form !== undefined && inWords(form))) return true;
  return /^\d\d:\d\d-\d\d:\d\d$/.test(text) && text.split('-').every(inWords); // from and until, apart
};

describe('the facts about the Gloucestershire system as commands', () => {
  it('are 93, as many of each sort as the source has', () => {
    for (const [section, count] of Object.entries(COUNTS)) {
      expect([section, lines.filter(({ source }) => source.locator.startsWith(`${section}[`)).length]).toEqual([
        section,
        count,
      ]);
    }
    expect(lines).toHaveLength(93);
  });

  it('are one line for each fact, which names its place and its page', () => {
    expect(lines.map(({ source }) => source.locator).toSorted()).toEqual(
      every.map(({ locator }) => locator).toSorted(),
    );
    for (const { fact, locator } of every) {
      const line = lines.find(({ source }) => source.locator === locator);
      const [page] = (fact['sources'] ?? [fact['source']]) as readonly string[];
      const url = page && (facts.meta.sources[page] ?? (page.startsWith('http') ? page : undefined));
      expect([locator, line?.source.url]).toEqual([locator, url]);
      expect(line?.commandId).toBe(`icb-facts/${locator.replace('[', '/').replace(']', '')}`);
    }
  });

  it.each(every)('keep everything that $locator says', ({ fact, locator }) => {
    const line = lines.find(({ source }) => source.locator === locator) as Line;
    expect(sayings(fact).filter((said) => !keeps(line, said))).toEqual([]);
  });
});

describe.each([
  ['icb-people.ndjson', people],
  ['icb-facts.ndjson', lines],
])('%s', (_name, all) => {
  it.each(all.map((line) => [line.commandId, line] as const))('%s is taken by its input class', (_id, line) => {
    expect(isAggregate(line.aggregate)).toBe(true);
    for (const step of stepsOf(line)) {
      expect(COMMANDS[commandNamed(step.command)].aggregate).toBe(line.aggregate);
      expect(() => validated(step.command, step.data)).not.toThrow();
      expect(step.effectiveOn === undefined ? step.startKnown === false : isCivilDate(step.effectiveOn)).toBe(true);
    }
  });

  it('names every command once', () => {
    expect(new Set(all.map(({ commandId }) => commandId)).size).toBe(all.length);
  });
});

describe('a plan that moved', () => {
  const before = (line: Line): readonly Line[] => [...people, ...lines.slice(0, lines.indexOf(line))];
  const corrections = lines.flatMap((line) =>
    stepsOf(line).flatMap(({ corrects, why }) => (corrects ? [{ line, corrects, why }] : [])),
  );

  it('corrects what an earlier line recorded of the same subject, and says why', () => {
    expect(corrections.map(({ line }) => line.source.locator)).toEqual([
      'corrections_and_conflicts[7]',
      'corrections_and_conflicts[0]',
      'corrections_and_conflicts[6]',
    ]);
    for (const { line, corrects, why } of corrections) {
      const earlier = before(line).find(({ commandId }) => commandId === corrects.command);
      expect([earlier?.aggregate, earlier?.id]).toEqual([line.aggregate, line.id]);
      expect(stepsOf(earlier as Line)[corrects.index]).toBeDefined();
      expect([why?.kind, why?.reason]).toEqual(['cancelled-before-effect', expect.stringMatching(/moved/)]);
    }
  });
});
