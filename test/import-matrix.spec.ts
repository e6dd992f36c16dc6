import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECT_FOLDER } from '../apps/api/src/project.js';

interface Finding {
  readonly code: string;
  readonly filename: string;
}

/** What the linter says of a folder by the two rules that hold the house together. */
const findingsIn = (folder: string): Promise<readonly Finding[]> =>
  new Promise((resolve, reject) => {
    const linter = join(PROJECT_FOLDER, 'node_modules', 'oxlint', 'bin', 'oxlint');
    const options = { cwd: folder, maxBuffer: 50_000_000 };
    execFile(process.execPath, [linter, '--format', 'json', '.'], options, (_failed, output, complaint) => {
      if (!output.trimStart().startsWith('{'))
        return reject(new Error(`the linter did not run: ${output}${complaint}`));
      const { diagnostics } = JSON.parse(output) as { diagnostics: readonly Finding[] };
      const house = diagnostics.filter(({ code }) => /no-restricted-(imports|globals)/.test(code));
      return resolve(house.map(({ code, filename }) => ({ code, filename: filename.replaceAll('\\', '/') })));
    });
  });

/** Files with one forbidden thing each. */
const PLANTED: Readonly<Record<string, string>> = {
  'libs/kernel/src/a.ts': `import '#governance';`,
  'libs/kernel/src/b.ts': `import { join } from 'node:path';\njoin();`,
  'libs/kernel/src/c.ts': `import { Injectable } from '@nestjs/common';\nInjectable();`,
  'libs/kernel/src/d.spec.ts': `import '#register';`,
  'libs/governance/src/decision/a.ts': `import '#event-store';`,
  'libs/governance/src/decision/b.ts': `import Database from 'better-sqlite3';\nnew Database('a');`,
  'libs/governance/src/decision/c.ts': `import { GraphQLError } from 'graphql';\nGraphQLError();`,
  'libs/governance/src/decision/d.ts': `export const today = () => new Date();`,
  'libs/governance/src/decision/e.ts': `export const now = () => Date.now();`,
  'libs/governance/src/decision/f.ts': `export const load = () => import('#register');`,
  'libs/governance/src/decision/g.ts': `import '../../../kernel/src/index.js';`,
  'libs/governance/src/decision/h.ts': `import type { Logger } from 'pino';\nexport type A = Logger;`,
  'libs/governance/src/decision/i.ts': `export * from '#access';`,
  'libs/event-store/src/a.ts': `import '#governance';`,
  'libs/event-store/src/b.ts': `import '../../kernel/src/index.js';`,
  'libs/event-store/src/c.ts': `import { Injectable } from '@nestjs/common';\nInjectable();`,
  'libs/access/src/a.ts': `import '#event-store/contract';`,
  'libs/access/src/b.ts': `import '#command';`,
  'libs/register/src/a.ts': `import '#command';`,
  'libs/register/src/b.ts': `import '#access';`,
  'libs/register/src/rooms/body/body.view.ts': `export const project = () => Date.parse('2025-01-01');`,
  'libs/command/src/a.ts': `import '../../../apps/api/src/api.module.js';`,
  'libs/command/src/b.ts': `import '../../register/src/index.js';`,
  'libs/register/src/c.ts': `import '#operations';`,
  'libs/register/src/e.ts': `import '#wire';`,
  'libs/register/src/engine/a.ts': `import '../shelves/tables.js';`,
  'libs/register/src/shelves/a.ts': `import '../questions/register.js';`,
  'libs/register/src/rooms/body/e.ts': `import '../../shelves/tables.js';`,
  'libs/register/src/rooms/f.ts': `import '../questions/register.js';`,
  'libs/wire/src/a.ts': `import '#register';`,
  'libs/wire/src/inputs/b.ts': `import '#command';`,
  'libs/command/src/e.ts': `import '#register';`,
  'libs/governance/src/j.ts': `import '#schema';`,
  'libs/register/src/rooms/body/d.view.ts': `import { ObjectType } from '@nestjs/graphql';\nObjectType();`,
  'libs/command/src/c.ts': `import { InputType } from '@nestjs/graphql';\nInputType();`,
  'libs/command/src/d.ts': `import { CommandHandler } from '@nestjs/cqrs';\nCommandHandler();`,
  'libs/operations/src/a.ts': `import '#command';`,
  'libs/operations/src/b.ts': `import { Injectable } from '@nestjs/common';\nInjectable();`,
  'apps/cli/src/a.ts': `import '../../../libs/kernel/src/index.js';`,
};

/** The same places with what they may do. */
const ALLOWED: Readonly<Record<string, string>> = {
  'libs/kernel/src/ok.ts': `import './refusal.js';\nexport const at = () => new Date();`,
  'libs/kernel/src/ok.spec.ts': `import { it } from '@jest/globals';\nit('', () => {});`,
  'libs/governance/src/decision/ok.ts': `import '#kernel';\nimport '../aggregates.js';`,
  'libs/governance/src/decision/ok.spec.ts': `import '#testing';\nimport { it } from '@jest/globals';\nit('', () => void new Date());`,
  'libs/event-store/src/ok.ts': `import '#kernel';\nimport 'node:fs';\nexport const at = () => Date.now();`,
  'libs/access/src/ok.ts': `import '#kernel';\nimport '#governance';\nimport 'jose';`,
  'libs/register/src/rooms/body/ok.view.ts': `import '#kernel';\nimport '#governance';\nimport '#schema';\nimport '../../engine/view.js';`,
  'libs/register/src/questions/ok.ts': `import '../rooms/views.js';\nimport '../shelves/tables.js';`,
  'libs/register/src/ok.ts': `import '#event-store';\nimport 'better-sqlite3';\nexport const at = () => Date.now();`,
  'libs/command/src/ok.ts': `import '#access';\nimport '#event-store';\nimport '#wire';`,
  'libs/wire/src/ok.ts': `import '#access';\nimport '#schema';\nimport 'class-validator';`,
  'apps/api/src/ok.ts': `import '#command';\nimport '../../x.js';`,
};

describe('who may import whom', () => {
  let folder: string;
  let found: readonly Finding[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-matrix-'));
    await cp(join(PROJECT_FOLDER, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const [file, text] of Object.entries({ ...PLANTED, ...ALLOWED })) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), `${text}\n`);
    }
    found = await findingsIn(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const refused = (file: string): boolean => found.some(({ filename }) => filename.endsWith(file));

  it.each(Object.entries(PLANTED))('refuses in %s: %s', (file) => expect(refused(file)).toBe(true));
  it.each(Object.entries(ALLOWED))('allows in %s: %s', (file) => expect(refused(file)).toBe(false));

  it('is kept by the whole house', async () => {
    expect(await findingsIn(PROJECT_FOLDER)).toEqual([]);
  });
});
