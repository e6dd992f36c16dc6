import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Submit, SubmitHandler, type Intent } from '#command';
import { LOG_FILE, openEventStore, SqliteEventStore } from '#event-store';
import type { Actor, CivilDate } from '#kernel';
import { filesIn } from '../importing.js';
import { Programs } from '../operations/programs.js';
import { dataOf, record, refusalOf, type Fact } from '../recorder.js';
import { runApi, type GraphQLAnswer } from '../running-api.js';

const programs = new Programs();
const mounts: string[] = [];

/** A disk of its own; undefined where this user may not mount any. */
const disk = (size: string): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'register-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  if (status === 0) mounts.push(folder);
  else rmSync(folder, { recursive: true });
  return status === 0 ? folder : undefined;
};
const [small, smaller] = [disk('16m'), disk('1m')];
if (!small) process.stderr.write('\nNO FULL DISK WAS TRIED: this user may not mount one.\n\n');

afterAll(async () => {
  await programs.end();
  for (const folder of mounts) {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

const fill = (folder: string): void => {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize));
};

const person = (id: string): Fact => ['RegisterPerson', id, '2024-01-01', { name: `Name of ${id}` }, { commandId: id }];

describe('a log that may not grow any further', () => {
  it('takes nothing of a command, and takes it whole when it may', async () => {
    const file = join(await programs.folder(), LOG_FILE);
    const store = await SqliteEventStore.open({ file });
    try {
      const door = new SubmitHandler(store);
      const actor: Actor = { id: 'a', roles: ['governance-officer'], vouchedBy: 'test' };
      const taken = (id: string, text: string): Intent => {
        const data = { title: 'T', text, referenceSeries: 'ICB-2025/26' };
        const step = { command: 'TakeDecision', effectiveOn: '2025-01-01' as CivilDate, data };
        return { aggregate: 'decision', id, commandId: `take ${id}`, steps: [step] };
      };
      await door.execute(new Submit(taken('first', 'short'), actor));
      // Position 0 opens the log; the rest is the first decision with its reference.
      const each = await store.head();
      await store.capPages(20);
      const large = taken('large', 'long '.repeat(3_500).trim());
      const refused = Array.from({ length: 8 }, (_, n) =>
        door.execute(new Submit({ ...large, id: `large-${n}`, commandId: `take ${n}` }, actor)),
      );
      const outcomes = await Promise.allSettled(refused);
      const full = outcomes.filter(({ status }) => status === 'rejected');
      expect(full.length).toBeGreaterThan(0);
      for (const outcome of full) expect(outcome).toMatchObject({ reason: { name: 'StoreFault', code: 'STORE_FULL' } });
      expect(await store.head()).toBe(each * (1 + outcomes.length - full.length));
      await store.capPages(100_000);
      expect(await door.execute(new Submit(large, actor))).toMatchObject({ alreadyRecorded: false });
    } finally {
      await store.close();
    }
  });
});

(small ? describe : describe.skip)('a disk that becomes full while the register runs', () => {
  it('refuses what cannot be recorded, answers what is asked, and records again when there is space', async () => {
    const folder = small as string;
    const api = await runApi({ DATA_DIR: folder });
    try {
      const first = await record(api, ...person('ada'));
      const name = async (id: string, more = ''): Promise<unknown> =>
        dataOf(await api.ask(`{ person(id: "${id}"${more}) { person { name } } }`))['person' as never];
      expect(await name('ada', `, afterReceipt: "${first.after}"`)).toEqual({ person: { name: 'Name of ada' } });

      fill(folder);
      // What is allocated already takes some more.
      let refused: Readonly<Record<string, unknown>> | undefined;
      let recorded = 0;
      for (let n = 0; !refused && n < 2_000; n++) {
        const answer = await api.ask(
          `mutation { registerPerson(id: "p${n}", recording: { effectiveOn: "2024-01-01" }, data: { name: "N" }) { position } }`,
        );
        if (answer.errors) refused = answer.errors[0]?.extensions;
        else recorded += 1;
      }
      expect(refused).toEqual({ code: 'STORE_FULL', remedy: expect.stringContaining('operator') });
      const head = await api.runtime.store.head();
      expect(head).toBe(first.position + recorded);
      const all = await Promise.all(['bob', 'cyd', 'dee'].map((id) => refusalOf(api, ...person(id))));
      for (const refusal of all) {
        expect(refusal).toMatchObject({
          code: 'STORE_FULL',
          message: 'the disk of the log is full: nothing was recorded; reading goes on',
        });
      }
      expect(JSON.stringify(all)).not.toMatch(/SQLITE|\/tmp/);
      expect(await api.runtime.store.head()).toBe(head);
      expect(await api.runtime.store.readStream('person/bob')).toEqual([]);
      expect(await name('ada')).toEqual({ person: { name: 'Name of ada' } });
      expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
      expect(await (await fetch(`${api.url}/metrics`)).text()).toMatch(
        /^register_refusals_total\{code="STORE_FULL"\} [1-9]/m,
      );

      rmSync(join(folder, 'ballast'));
      const later = await record(api, ...person('bob'));
      expect(later).toMatchObject({ position: head + 1, alreadyRecorded: false });
      expect(await name('bob', `, afterReceipt: "${later.after}"`)).toEqual({ person: { name: 'Name of bob' } });
    } finally {
      await api.close();
    }
  }, 60_000);

  it('ends an import with one sentence, with everything before it recorded, and the import goes on when there is space', async () => {
    const folder = smaller as string;
    const lines = Array.from({ length: 100 }, (_, n) =>
      JSON.stringify({
        aggregate: 'person',
        id: `p${n}`,
        command: 'RegisterPerson',
        effectiveOn: '2024-01-01',
        data: { name: `Name ${n}`, note: 'long '.repeat(3_000).trim() },
      }),
    );
    const { 'people.ndjson': file = '' } = filesIn({ 'people.ndjson': lines.join('\n') });
    const order = ['import', file];
    const cut = await programs.register({ DATA_DIR: folder }, ...order);
    expect([cut.code, cut.err]).toEqual([
      2,
      expect.stringMatching(/^(?:[^\n]*\r)*register: DATA_DIR [^\n]*no space left[^\n]*example DATA_DIR=[^\n]*\n$/),
    ]);
    const store = await openEventStore('sqlite:', folder, { readOnly: true });
    const head = await store.head();
    await store.close();
    expect(head).toBeGreaterThan(5);
    spawnSync('mount', ['-o', 'remount,size=64m', folder]);
    const whole = await programs.register({ DATA_DIR: folder }, ...order, '--json');
    expect(JSON.parse(whole.out)).toMatchObject({
      total: { rows: 100, recorded: 100 - head, unchanged: head },
      position: 100,
    });
    expect(await programs.register({ DATA_DIR: folder }, 'replay', '--as-at', '2020-01-01')).toMatchObject({ code: 0 });
  }, 60_000);
});

/** Lets a running program write no file beyond so many bytes: to the program, a disk that fails. */
const limit = (pid: number | undefined, bytes: number): number | null =>
  spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}`]).status;
const canLimit = spawnSync('prlimit', ['--version']).status === 0;

(canLimit ? describe : describe.skip)('a disk that fails while the register runs', () => {
  it('refuses every command from then on, answers what is asked, and has lost nothing once it is started again', async () => {
    const environment = { PORT: '0', DATA_DIR: await programs.folder() };
    const asked = async (url: string, query: string): Promise<GraphQLAnswer> => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return (await response.json()) as GraphQLAnswer;
    };
    const note = 'long '.repeat(3_000).trim();
    const registered = (url: string, id: string): Promise<GraphQLAnswer> =>
      asked(
        url,
        `mutation { receipt: registerPerson(id: "${id}", recording: { effectiveOn: "2024-01-01", commandId: "${id}" },
          data: { name: "Name of ${id}", note: "${note}" }) { position alreadyRecorded } }`,
      );
    const api = programs.start('api', environment);
    const url = await api.address();
    expect((await registered(url, 'p0')).errors).toBeUndefined();
    expect(limit(api.child.pid, 1_000_000)).toBe(0);
    const acknowledged = ['p0'];
    const codes: unknown[] = [];
    for (let n = 1; codes.length < 3 && n < 200; n++) {
      const { errors } = await registered(url, `p${n}`);
      if (errors) codes.push(errors[0]?.extensions?.['code']);
      else acknowledged.push(`p${n}`);
    }
    expect(codes).toEqual([expect.stringMatching(/^(OUTCOME_UNKNOWN|STORE_IO)$/), 'STORE_IO', 'STORE_IO']);
    const people = '{ people(first: 1) { edges { node { name } } } }';
    expect((await asked(url, people)).data).toEqual({ people: { edges: [{ node: { name: 'Name of p0' } }] } });

    api.child.kill('SIGTERM');
    await api.ended;
    const again = await programs.start('api', environment).address();
    for (const id of acknowledged) {
      expect((await registered(again, id)).data).toMatchObject({ receipt: { alreadyRecorded: true } });
    }
    expect((await registered(again, `p${acknowledged.length}`)).errors).toBeUndefined();
  }, 60_000);
});
