import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Programs, type Environment, type Program } from './programs.js';

const programs = new Programs();
afterEach(async () => programs.end());

/** Every subject twice: registered, and given another name from a later day on. */
const linesOf = (count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const common = { aggregate: 'organisation', id: `x:${index}` };
    return [
      {
        ...common,
        command: 'RegisterOrganisation',
        data: { name: `O ${index}`, kind: 'OTHER' },
        effectiveOn: '2020-01-01',
      },
      { ...common, command: 'ChangeOrganisation', data: { name: `N ${index}` }, effectiveOn: '2021-01-01' },
    ];
  })
    .flat()
    .map((line) => JSON.stringify(line))
    .join('\n');

interface Served {
  readonly environment: Environment;
  readonly server: Program;
  readonly ask: (query: string) => Promise<Readonly<Record<string, unknown>>>;
}

const served = async (dir?: string): Promise<Served> => {
  const DATA_DIR = dir ?? (await programs.folder());
  const environment = { DATA_DIR, PORT: '0', EVENT_STORE_URL: 'sqlite:', READ_MODEL_URL: 'sqlite:' };
  const server = programs.start('api', environment);
  const address = await server.address();
  const ask: Served['ask'] = async (query) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const { data, errors } = (await answer.json()) as { data?: Record<string, unknown>; errors?: unknown };
    expect(errors).toBeUndefined();
    return data ?? {};
  };
  return { environment, server, ask };
};

const fileIn = ({ environment }: Served, text: string): string => {
  const file = join(environment['DATA_DIR'] ?? '', 'commands.ndjson');
  writeFileSync(file, text);
  return file;
};

/** An import that has begun to record. */
const begun = async (at: Served, file: string): Promise<Program> => {
  const running = programs.start('cli', at.environment, ['import', file]);
  for (let tries = 0; tries < 400; tries++, await pause(25)) {
    const { register } = (await at.ask('{ register { position } }')) as { register: { position: number } };
    if (register.position > 50) return running;
  }
  throw new Error(`it did not begin: ${running.said.err}`);
};

describe('beside a running server', () => {
  it('imports through it, tells the same, and both record one subject after the other', async () => {
    const at = await served();
    const { environment, ask } = at;
    const first = await programs.register(environment, 'import', fileIn(at, linesOf(40)), '--json');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(first.out)).toMatchObject({ total: { rows: 80, recorded: 80, refused: 0 }, position: 80 });
    const held = '{ organisation(id: "x:7") { organisation { name } } }';
    expect(await ask(held)).toMatchObject({ organisation: { organisation: { name: 'N 7' } } });

    await ask(
      'mutation { changeOrganisation(id: "x:7", data: { name: "At the server" }, recording: { effectiveOn: "2022-01-01" }) { position } }',
    );
    const change = { aggregate: 'organisation', id: 'x:7', command: 'ChangeOrganisation', effectiveOn: '2023-01-01' };
    const file = fileIn(at, JSON.stringify({ ...change, data: { name: 'Beside it' } }));
    expect((await programs.register(environment, 'import', file)).code).toBe(0);
    expect(await ask(held)).toMatchObject({ organisation: { organisation: { name: 'Beside it' } } });
    // The server knows what came in beside it: the same once more changes nothing.
    const again = await ask(
      'mutation { changeOrganisation(id: "x:7", data: { name: "Once more" }, recording: { effectiveOn: "2024-01-01" }) { position } }',
    );
    expect(again).toMatchObject({ changeOrganisation: { position: 83 } });
    const replayed = await programs.register(environment, 'replay', '--as-at', '2025-01-01');
    expect(replayed).toMatchObject({ code: 0, out: expect.stringContaining('no difference') });
  }, 120_000);

  it('has the server make its views anew, and hears what differs', async () => {
    const at = await served();
    await programs.register(at.environment, 'import', fileIn(at, linesOf(40)));
    const { code, out } = await programs.register(at.environment, 'rebuild', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ position: 80, events: 81, wentOn: null });
    const { compared } = JSON.parse(out) as { compared: readonly { same: boolean }[] };
    expect(compared.length).toBeGreaterThan(10);
    expect(compared.every(({ same }) => same)).toBe(true);
    // It goes on following, in the views that were made.
    const more = fileIn(at, linesOf(50).split('\n').slice(80).join('\n'));
    expect((await programs.register(at.environment, 'import', more)).code).toBe(0);
    expect(await at.ask('{ organisations { totalCount } }')).toEqual({ organisations: { totalCount: 50 } });
  }, 120_000);

  it('leaves nothing half where the import is killed: repeated, it records the rest', async () => {
    const at = await served();
    const file = fileIn(at, linesOf(2_000));
    const running = await begun(at, file);
    running.child.kill('SIGKILL');
    await running.ended;
    const before = await programs.register(at.environment, 'status', '--json');
    const { position } = JSON.parse(before.out) as { position: number };
    expect(position).toBeLessThan(4_000);
    const again = await programs.register(at.environment, 'import', file, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ total: { rows: 4_000, refused: 0 }, position: 4_000 });
    expect(await at.ask('{ organisations { totalCount } }')).toEqual({ organisations: { totalCount: 2_000 } });
  }, 180_000);

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'says so where the server ends in the middle, by %s: repeated, it records the rest once',
    async (signal) => {
      const at = await served();
      const file = fileIn(at, linesOf(2_000));
      const running = await begun(at, file);
      at.server.child.kill(signal);
      expect(await running.ended).toBe(2);
      expect(running.said.err).toMatch(
        /^register: the log cannot be used: the server that holds the log has ended; what it acknowledged is kept: .*records nothing twice\n$/,
      );
      await at.server.ended;
      const next = await served(at.environment['DATA_DIR']);
      const again = await programs.register(next.environment, 'import', file, '--json');
      expect(JSON.parse(again.out)).toMatchObject({ total: { rows: 4_000, refused: 0 }, position: 4_000 });
      const replayed = await programs.register(next.environment, 'replay', '--as-at', '2025-01-01');
      expect(replayed).toMatchObject({ code: 0, out: expect.stringContaining('no difference') });
    },
    180_000,
  );

  it('refuses as ever where what holds the register is no server', async () => {
    const at = await served();
    const file = fileIn(at, linesOf(2_000));
    at.server.child.kill('SIGTERM');
    await at.server.ended;
    const running = programs.start('cli', at.environment, ['import', file]);
    for (let tries = 0; tries < 200; tries++, await pause(25)) {
      const { out } = await programs.register(at.environment, 'status', '--json');
      if ((JSON.parse(out) as { holder: unknown }).holder !== null) break;
    }
    const { code, err } = await programs.register(at.environment, 'rebuild');
    expect(code).toBe(2);
    expect(err).toContain('is held by register import');
    await running.ended;
  }, 120_000);
});
