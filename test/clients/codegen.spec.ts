import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse, visit } from 'graphql';
import typescript from 'typescript';
import { recordAll } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';

/** What docs/clients.md shows: its configuration of the generator, and the program that asks. */
const [CONFIGURATION = '', SHOWN = ''] = [
  ...readFileSync('docs/clients.md', 'utf8').matchAll(/^```ts\n(.*?)^```/gms),
].map(([, text]) => text);
/** With pages so short that it has to read on. */
const PROGRAM = SHOWN.replace('first: 50', 'first: 1');
const SCHEMA = readFileSync('apps/api/schema.graphql', 'utf8');

interface Configured {
  readonly generates: Readonly<Record<string, { readonly config: Record<string, unknown> }>>;
}

let folder: string;
let api: RunningApi;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'register-client-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  write('package.json', '{ "type": "module" }');
  await generate();
  api = await runApi();
  await recordAll(api, [
    ['RegisterOrganisation', 'icb', '2020-01-01', { name: 'The board', kind: 'ICB' }],
    ...[1, 2].map(
      (n) =>
        [
          'TakeDecision',
          `d${n}`,
          `2025-0${n}-01`,
          { title: `Number ${n}`, takenOn: `2025-0${n}-01`, organisation: 'icb', amount: { pounds: '12.50' } },
        ] as const,
    ),
  ]);
}, 60_000);
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

const compiled = (text: string): string =>
  typescript.transpile(text, { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 });

/** Does what `npx graphql-codegen` does with the configuration of the page. */
async function generate(): Promise<void> {
  const { default: configuration } = (await import(
    pathToFileURL(write('codegen.mjs', compiled(CONFIGURATION))).href
  )) as { default: Configured };
  const [[baseOutputDir, { config }] = ['', { config: {} }]] = Object.entries(configuration.generates);
  const document = /graphql\(`(.*?)`\)/s.exec(PROGRAM)?.[1] ?? '';
  const made = await preset.buildGeneratesSection({
    baseOutputDir: join(folder, baseOutputDir, '/'),
    schema: parse(SCHEMA),
    schemaAst: buildSchema(SCHEMA),
    documents: [{ location: 'decisions.ts', document: parse(document), rawSDL: document }],
    config,
    presetConfig: {},
    plugins: [],
    pluginMap: {},
  } as Parameters<typeof preset.buildGeneratesSection>[0]);
  for (const file of made) {
    mkdirSync(dirname(file.filename), { recursive: true });
    writeFileSync(file.filename, await codegen(file));
  }
}

/** What the compiler says against each of some programs, by name. */
function against(programs: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const files = new Map(Object.entries(programs).map(([name, text]) => [name, write(`src/${name}.ts`, text)]));
  const program = typescript.createProgram([...files.values()], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: typescript.ModuleKind.NodeNext,
    target: typescript.ScriptTarget.ES2022,
    types: ['node'],
    typeRoots: [join(process.cwd(), 'node_modules/@types')],
  });
  const said = typescript.getPreEmitDiagnostics(program);
  const textOf = (file: string): string =>
    said
      .filter((diagnostic) => diagnostic.file === undefined || diagnostic.file.fileName === file)
      .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, ' '))
      .join(' ');
  return new Map([...files].map(([name, file]) => [name, textOf(file)]));
}

describe('types generated as docs/clients.md says', () => {
  it('let the program of the page compile, and no other', () => {
    expect(existsSync(join(folder, 'src/gql/graphql.ts'))).toBe(true);
    const said = against({
      decisions: PROGRAM,
      unasked: `${PROGRAM}\nfor await (const { rationale } of decidedBy('', '', '')) void rationale;`,
      added: `${PROGRAM}\nfor await (const { amount } of decidedBy('', '', '')) void (amount! * 2);`,
      unsaid: PROGRAM.replace('{ by, from, to, after }', '{ by, from }'),
    });
    expect(said.get('decisions')).toBe('');
    expect(said.get('unasked')).toContain("Property 'rationale' does not exist");
    expect(said.get('added')).toContain('arithmetic operation');
    expect(said.get('unsaid')).toContain("Property 'to' is missing");
  }, 60_000);

  it('of every scalar of the register', () => {
    const scalars: string[] = [];
    visit(parse(SCHEMA), { ScalarTypeDefinition: ({ name }) => void scalars.push(name.value) });
    expect(scalars.filter((name) => !new RegExp(`^ +${name}: `, 'm').test(CONFIGURATION))).toEqual([]);
  });

  it('of answers that the register gives', async () => {
    const program = PROGRAM.replaceAll('http://127.0.0.1:3000', api.url);
    for (const name of readdirSync(join(folder, 'src/gql'))) {
      write(`built/gql/${name.replace(/ts$/, 'js')}`, compiled(readFileSync(join(folder, 'src/gql', name), 'utf8')));
    }
    const { decidedBy } = (await import(pathToFileURL(write('built/decisions.js', compiled(program))).href)) as {
      decidedBy: (by: string, from: string, to: string) => AsyncIterable<{ readonly title: string }>;
    };
    const titles: string[] = [];
    for await (const { title } of decidedBy('icb', '2025-01-01', '2025-12-31')) titles.push(title);
    expect(titles).toEqual(['Number 1', 'Number 2']);
  });
});
