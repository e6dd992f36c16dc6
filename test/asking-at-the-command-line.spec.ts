import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LocalServer, socketOf } from '#event-store';
import { historyCommand, type HistoryOptions } from '../apps/cli/src/asking/history-command.js';
import { queryCommand, type QueryOptions } from '../apps/cli/src/asking/query-command.js';
import { showCommand } from '../apps/cli/src/asking/show-command.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let dataDir: string;

const record = async (mutation: string): Promise<void> => {
  const answer = await api.ask(`mutation { ${mutation} { position } }`);
  expect(answer.errors).toBeUndefined();
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'register-asking-'));
  api = await runApi({ DATA_DIR: dataDir });
  await record(
    'registerOrganisation(id: "x:a", data: { name: "Old\\u001b[31m Board", kind: OTHER, identifiers: [{ scheme: "ods", value: "X01" }] }, recording: { effectiveOn: "2020-04-01", source: { system: "papers", document: "minutes.pdf", locator: "item 4" } })',
  );
  await record('changeOrganisation(id: "x:a", data: { name: "New Board" }, recording: { effectiveOn: "2021-04-01" })');
  await record(
    'changeOrganisation(id: "x:a", data: { note: "moved, \\"twice\\"" }, recording: { effectiveOn: "2021-04-01" })',
  );
  await record(
    'establishBody(id: "x:b", data: { name: "Committee", kind: ICB_COMMITTEE, owners: ["x:a"] }, recording: { effectiveOn: "2020-05-01" })',
  );
  await api.openLocalDoor();
});
afterAll(async () => api.close());

interface Heard {
  readonly out: string;
  readonly err: string;
  readonly code: string | number | null | undefined;
}

const heard = async (work: () => Promise<void>): Promise<Heard> => {
  const [out, err]: [string[], string[]] = [[], []];
  const streams = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0),
  ];
  try {
    await work();
    return { out: out.join(''), err: err.join(''), code: process.exitCode };
  } finally {
    for (const stream of streams) stream.mockRestore();
    process.exitCode = undefined;
  }
};

const usual = (): HistoryOptions & QueryOptions => ({
  dataDir,
  json: false,
  reader: 'public',
  format: 'table',
  var: [],
});

describe('register show', () => {
  it.each(['organisation/x:a', 'organisation:x:a', 'X01', 'x:a'])(
    'says field by field what stands, since when, by which event and from which source: asked for as %s',
    async (named) => {
      const { out, code } = await heard(() => showCommand(named, usual()));
      expect(out).toContain('organisation/x:a as at ');
      expect(out).toMatch(/^name +New Board +2021-04-01 +p2$/m);
      expect(out).toMatch(/^note +moved, "twice" +2021-04-01 +p3$/m);
      expect(out).toMatch(/^kind +other +2020-04-01 +p1 +minutes\.pdf, item 4$/m);
      expect(code).toBeUndefined();
    },
  );

  it('answers as at a day and as known then, without what moves a terminal', async () => {
    const { out } = await heard(() => showCommand('x:a', { ...usual(), asAt: '2021-04-01', knownAt: 'p1' }));
    expect(out).toContain('as at 1 April 2021, as known at position 1');
    expect(out).toMatch(/^name +Old \[31m Board +2020-04-01 +p1/m);
    expect(out).not.toContain('\u001b');
  });

  it('is CSV and JSON for programs, with values as the register has them', async () => {
    const csv = await heard(() => showCommand('x:a', { ...usual(), format: 'csv' }));
    expect(csv.out).toContain('field,value,since,event,source\r\n');
    expect(csv.out).toContain('note,"moved, ""twice""",2021-04-01,p3,\r\n');
    expect(csv.out).toContain('openedOn,2020-04-01,');
    const json = await heard(() => showCommand('x:a', { ...usual(), json: true }));
    expect(JSON.parse(json.out)).toMatchObject({
      subject: 'organisation/x:a',
      absence: null,
      fields: expect.arrayContaining([
        expect.objectContaining({ field: 'name', value: 'New Board', since: '2021-04-01' }),
      ]),
    });
  });

  it('says why there is nothing, with exit code 1', async () => {
    const early = await heard(() => showCommand('organisation/x:a', { ...usual(), asAt: '2019-01-01' }));
    expect(early).toMatchObject({ out: '', code: 1, err: expect.stringContaining('it begins on 2020-04-01') });
    await expect(showCommand('nobody', usual())).rejects.toMatchObject({ code: 'UNKNOWN_SUBJECT' });
  });
});

describe('register history', () => {
  it('tells each recording in order, with day, instant, actor, source and position', async () => {
    const { out } = await heard(() => historyCommand('X01', usual()));
    expect(out.split('\n').map((line) => line.slice(0, 20).trim().split(/ +/).slice(0, 2))).toEqual([
      ['position', 'effective'],
      ['p1', '2020-04-01'],
      ['p2', '2021-04-01'],
      ['p3', '2021-04-01'],
      [''],
    ]);
    const json = await heard(() => historyCommand('organisation:x:a', { ...usual(), format: 'json', knownAt: 'p2' }));
    expect(JSON.parse(json.out)).toMatchObject([
      { position: 1, source: { document: 'minutes.pdf' }, status: 'IN_FORCE' },
      { position: 2, sentence: expect.stringContaining('New Board') },
    ]);
  });
});

describe('register query', () => {
  const bodies =
    '{ bodies(asAt: "2021-01-01") { totalCount edges { node { name owners { name } parentBody { name } } } } }';

  it('makes rows of the first list, with nested parts in dotted columns', async () => {
    const table = await heard(() => queryCommand(bodies, usual()));
    expect(table.out).toMatch(/^name +owners +parentBody\nCommittee +Old \[31m Board\n$/);
    const csv = await heard(() =>
      queryCommand('{ register { basis { position } name } }', { ...usual(), format: 'csv' }),
    );
    expect(csv.out).toBe('register.basis.position,register.name\r\n4,The decision register\r\n');
  });

  it('takes a file, variables, and ready-made questions by name', async () => {
    const file = join(dataDir, 'asked.graphql');
    writeFileSync(file, 'query ($id: ID!, $day: Date) { organisation(id: $id, asAt: $day) { organisation { name } } }');
    const asked = { ...usual(), var: ['id=x:a', 'day=2020-06-01'], format: 'json' };
    const { out } = await heard(() => queryCommand(file, asked));
    expect(JSON.parse(out)).toEqual({ organisation: { organisation: { name: 'Old\u001b[31m Board' } } });
    const ready = await heard(() => queryCommand('what-is-this-register', usual()));
    expect(ready.out).toContain('organisation');
    await expect(queryCommand('what-is-that', usual())).rejects.toMatchObject({
      code: 'FILE',
      message: expect.stringContaining('bodies-of-the-icb'),
    });
    await expect(queryCommand(bodies, { ...usual(), var: ['=1'] })).rejects.toMatchObject({ code: 'USAGE' });
    await expect(queryCommand(file, { ...usual(), var: ['ids=x:a'] })).rejects.toMatchObject({
      code: 'USAGE',
      message: '--var is "ids=x:a": needed one of id, day',
    });
  });

  it('takes digits for a text or an id where the question has one, and for a number elsewhere', async () => {
    const asked = 'query ($name: String, $first: Int) { bodies(search: $name, first: $first) { totalCount } }';
    const { out, code } = await heard(() =>
      queryCommand(asked, { ...usual(), var: ['name=772', 'first=3'], format: 'csv' }),
    );
    expect({ out, code }).toEqual({ out: 'bodies.totalCount\r\n0\r\n', code: undefined });
  });

  it('says each error in words, and for programs as the API says it: exit code 1', async () => {
    const twice = await heard(() => queryCommand('{ nope never }', usual()));
    expect(twice).toMatchObject({ out: '', code: 1 });
    expect(twice.err.split('\n').filter((line) => line.startsWith('register: Cannot query field'))).toHaveLength(2);
    const json = await heard(() =>
      queryCommand('{ bodies(asAt: "2021-13-01") { totalCount } }', { ...usual(), json: true }),
    );
    expect(json.code).toBe(1);
    expect(JSON.parse(json.err)).toMatchObject({ extensions: { code: expect.any(String) } });
  });

  it('asks over the network where an address is given', async () => {
    const { out } = await heard(() => queryCommand(bodies, { ...usual(), url: `${api.url}/graphql`, format: 'csv' }));
    expect(out).toContain('name,owners,parentBody\r\nCommittee,');
    await expect(queryCommand(bodies, { ...usual(), url: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await expect(queryCommand(bodies, { ...usual(), url: 'here' })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('records nothing', async () => {
    const mutation =
      'mutation { registerOrganisation(id: "x:c", data: { name: "C", kind: OTHER }, recording: { effectiveOn: "2020-04-01" }) { position } }';
    for (const reader of ['public', 'officers']) {
      const { err, code } = await heard(() => queryCommand(mutation, { ...usual(), reader }));
      expect(code).toBe(1);
      expect(err).toMatch(/you are .*; recording a fact about an organisation needs the role/);
    }
  });
});

describe('the local door', () => {
  it('lets nobody in as somebody it does not know', async () => {
    const door = new LocalServer(socketOf(dataDir));
    try {
      const body = JSON.stringify({ query: '{ register { name } }' });
      const ask = async (headers: Readonly<Record<string, string>>): Promise<string> =>
        (await door.text({ path: '/graphql', headers, body })).text;
      expect(await ask({})).toContain('The decision register');
      for (const reader of ['operator', 'constructor', '__proto__', '']) {
        expect(JSON.parse(await ask({ 'x-register-reader': reader }))).toMatchObject({
          errors: [{ extensions: { code: 'BAD_REQUEST' } }],
        });
      }
    } finally {
      door.close();
    }
  });

  it('is of no use over the network: its header says nothing there', async () => {
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-register-reader': 'operator' },
      body: JSON.stringify({ query: '{ register { name } }' }),
    });
    expect(answer.status).toBe(200);
  });
});
