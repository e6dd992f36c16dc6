import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { everythingOf } from '../everything-asked.js';
import { openIssuer, type Issuer } from '../issuer.js';
import { runApi, type RunningApi } from '../running-api.js';
import { figure } from '../withheld-register.js';
import { madeLog, type MadeLog } from '../decision-log/made-log.js';
import { docxParts } from '../decision-log/read-back.js';
import { sha256Of } from '../decision-log/served-register.js';
import { HIDDEN_TEXTS, twinRegister } from '../decision-log/twin-registers.js';

/** Two registers that are the same to the public: only what is withheld from it differs. */
interface Twin {
  readonly folder: string;
  readonly logs: readonly MadeLog[];
  /** Ids of issued logs: for the public, and for officers. */
  readonly issued: readonly string[];
  readonly api: RunningApi;
}

const QUESTION = ['--for', 'board', '--from', '2024-01-01', '--to', '2024-12-31', '--as-at', '2024-12-31'];
/** As it is, in every format; and for organisations, as it was before most was classed, with a log before it. */
const LOGS = [
  [],
  [
    ...['--for', 'icb', '--about', 'icb', '--about', 'council', '--since', '12', '--format', 'html,csv,json'],
    ...['--known-at', '2024-03-20T09:00:00Z', '--as-at', '2024-03-15'],
  ],
];
const SUBJECTS = ['open', 'heir', 'lifted', 'parts', 'later', 'exempt', 'secret', 'became', 'future', 'gone'];

let issuer: Issuer;
let twins: readonly Twin[];
let schema: GraphQLSchema;

const opened = async (secrets: 'canaries' | 'others'): Promise<Twin> => {
  const folder = await twinRegister(secrets);
  const logs: MadeLog[] = [];
  for (const words of LOGS) logs.push(await madeLog(folder, [...QUESTION, ...words]));
  const issued: string[] = [];
  for (const reader of ['public', 'officers']) {
    const words = ['--known-at', '40', '--reader', reader, '--format', 'csv,json', '--issue', '--json'];
    const made = await madeLog(folder, [...QUESTION, ...words]);
    logs.push(...(reader === 'public' ? [made] : []));
    issued.push((JSON.parse(made.out) as { issued: string }).issued.replace('decisionLog/', ''));
  }
  return { folder, logs, issued, api: await runApi({ DATA_DIR: folder, ...issuer.environment }) };
};

beforeAll(async () => {
  issuer = await openIssuer();
  twins = await Promise.all([opened('canaries'), opened('others')]);
  const introspected = await asked(only(0).api, getIntrospectionQuery());
  const { data } = JSON.parse(introspected.slice(introspected.indexOf('\n'))) as { data: IntrospectionQuery };
  schema = buildClientSchema(data);
}, 120_000);
afterAll(async () => {
  for (const { api, folder, logs } of twins ?? []) {
    await api.close();
    for (const gone of [folder, ...logs.map((log) => log.folder)]) await rm(gone, { recursive: true, force: true });
  }
  await issuer.close();
});

const only = (at: 0 | 1): Twin => {
  const twin = twins[at];
  if (!twin) throw new Error('there are two registers');
  return twin;
};

/** Headers but those of the moment and the connection. */
const headersOf = (answer: Response): string =>
  JSON.stringify([...answer.headers].filter(([name]) => name !== 'date' && name !== 'keep-alive'));

const tokens = new Map<string, Promise<string>>();
const tokenOf = (role: string): Promise<string> => {
  const token = tokens.get(role) ?? issuer.tokenOf(`somebody who is ${role}`, [role]);
  tokens.set(role, token);
  return token;
};

const asked = async (api: RunningApi, query: string, role = 'reader'): Promise<string> => {
  const answer = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(role)}` },
    body: JSON.stringify({ query }),
  });
  return `${answer.status} ${headersOf(answer)}\n${await answer.text()}`;
};

const fetched = async (api: RunningApi, path: string, more: object = {}, role = 'reader'): Promise<string> => {
  const answer = await fetch(`${api.url}${path}`, {
    headers: { authorization: `Bearer ${await tokenOf(role)}`, ...more },
  });
  return `${answer.status} ${headersOf(answer)}\n${Buffer.from(await answer.arrayBuffer()).toString('latin1')}`;
};

/** When the logs were issued: not at the same moment. */
const SINCE_ISSUED = /\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z/g;

/** What both registers answer. @throws where they differ, with the place */
const bothSay = (what: string, ...answers: readonly [string, string]): string => {
  const [one, other] = answers.map((answer) => answer.replaceAll(SINCE_ISSUED, '…')) as [string, string];
  if (one === other) return one;
  const at = [...one].findIndex((character, index) => character !== other[index]);
  throw new Error(
    `${what}: ${one.slice(Math.max(0, at - 200), at + 80)}\nand of the other: ${other.slice(at, at + 80)}`,
  );
};

const FIGURES = new RegExp([0, 1, 2, 3, 5, 6, 7].flatMap((nth) => [figure(nth, 0), figure(nth, 1)]).join('|'));

/** Everything that can be read in a file; a PDF is read back in `test/documents`. */
const readable = (name: string, bytes: Uint8Array): string =>
  name.endsWith('.docx') ? [...docxParts(bytes).values()].join('\n') : Buffer.from(bytes).toString('utf8');

describe('the files of a log for the public', () => {
  it('are byte for byte the same whatever is withheld, in every format, and so is what the command prints', () => {
    const [one, other] = [only(0), only(1)];
    for (const [at, made] of one.logs.entries()) {
      const twin = other.logs[at];
      const shas = ({ files }: MadeLog) => [...files].map(([name, bytes]) => [name, sha256Of(bytes)]);
      expect([at, twin && shas(twin)]).toEqual([at, shas(made)]);
      const said = ({ out, err, folder }: MadeLog) => `${out}${err}`.replaceAll(folder, '');
      expect(twin && said(twin)).toBe(said(made));
    }
    expect(only(1).issued[0]).toBe(only(0).issued[0]);
  });

  it('have no canary in them, in no part and in no metadata', () => {
    for (const { files, out, err } of only(0).logs) {
      for (const [name, bytes] of files) {
        expect([name, readable(name, bytes).match(HIDDEN_TEXTS), FIGURES.exec(readable(name, bytes))]).toEqual([
          name,
          null,
          null,
        ]);
      }
      expect(`${out}${err}`).not.toMatch(/canary/i);
    }
    // What is looked for is there to be found.
    expect(only(0).logs[0]?.text('decisions.csv')).toContain('CANARY-lifted-text');
  });
});

describe('what the public is answered over HTTP', () => {
  it('is the same whatever is withheld: documents, ETags, ranges, refusals', async () => {
    const [publicLog, officersLog] = only(0).issued;
    const paths = [
      ...['html', 'csv', 'json'].flatMap((format) => [
        `/decision-logs/${publicLog}.${format}`,
        `/decision-logs/${officersLog}.${format}`,
        `/decision-logs/${publicLog}.${format}?exactly=true`,
      ]),
      `/decision-logs/${publicLog}`,
      ...[
        ...SUBJECTS.map((id) => `REF-${id}`),
        ...SUBJECTS,
        'CANARY-secret-reference',
        'CANARY-exempt-identifier',
      ].flatMap((named) => [
        `/decisions/${named}`,
        `/decisions/${named}?asAt=2024-03-15&asKnownAt=2024-03-20T09:00:00Z`,
        `/decisions/${named}?asAt=2999-06-01`,
      ]),
    ];
    for (const path of paths) {
      const [one, other] = await Promise.all([fetched(only(0).api, path), fetched(only(1).api, path)]);
      const said = bothSay(path, one, other);
      // Whoever names something is told what they named.
      expect([path, said.replaceAll(path.split('/').at(-1) ?? '', '').match(HIDDEN_TEXTS)]).toEqual([path, null]);
    }
    for (const more of [{ range: 'bytes=0-99' }, { range: 'bytes=999999-' }, { accept: 'text/csv' }]) {
      const path = `/decision-logs/${publicLog}`;
      bothSay(JSON.stringify(more), await fetched(only(0).api, path, more), await fetched(only(1).api, path, more));
    }
    expect(await fetched(only(0).api, `/decision-logs/${officersLog}.csv`)).toMatch(/^403 /);
    expect(await fetched(only(0).api, `/decision-logs/${officersLog}.csv`, {}, 'governance-officer')).toMatch(/^200 /);
  });
});

describe('what the public is answered by GraphQL', () => {
  it('is the same whatever is withheld: lists, counts, cursors, histories, searches, logs that were issued', async () => {
    const page =
      '{ totalCount pageInfo { startCursor endCursor hasNextPage } edges { cursor node { id title reference } } }';
    const figures =
      '{ logId summary figures { decisions withheld inPrivate urgent calledIn amountShown withAmount } sections { key rows nothing } }';
    const [publicLog] = only(0).issued;
    const roots = Object.keys(schema.getQueryType()?.getFields() ?? {});
    const given = (root: string, more: Record<string, string>, depth = 2) =>
      everythingOf(schema, root, more, depth) ?? '{ __typename }';
    const queries = [
      ...roots.map((root) => given(root, { asAt: '"2024-03-15"', asKnownAt: '"2024-03-20T09:00:00Z"', first: '5' }, 1)),
      ...['decisions', 'decisionLogs', 'register'].map((root) => given(root, { first: '20' }, 2)),
      ...SUBJECTS.flatMap((id) => [
        given('decision', { id: `"${id}"` }),
        given('history', { of: `"decision/${id}"`, first: '50' }),
        given('timeline', { of: `"decision/${id}"`, first: '50' }),
      ]),
      given('changesBetween', { from: '0', first: '100' }),
      given('issuedDecisionLog', { id: `"${publicLog}"` }),
      ...['CANARY', 'ANOTHER', 'with more words', 'neutral', 'title'].map(
        (words) => `{ decisions(search: "${words}", first: 50) ${page} }`,
      ),
      ...[
        'officer: "ann"',
        'meeting: "m1"',
        'delegation: "scheme"',
        'body: "board"',
        'datedFrom: "2024-03-01"',
        'organisation: "icb"',
      ].map((narrowed) => `{ decisions(${narrowed}, first: 2) ${page} }`),
      `{ decisionLog(for: "board", from: "2024-01-01", to: "2024-12-31") ${figures} }`,
      `{ decisionLog(for: "board", from: "2024-01-01", to: "2024-12-31", asAt: "2024-03-15", asKnownAt: "2024-03-20T09:00:00Z") ${figures} }`,
      '{ decision(id: "CANARY-secret-reference", asAt: "2024-02-31") { absence { sentence } } }',
    ];
    for (const query of queries) {
      const [one, other] = await Promise.all([asked(only(0).api, query), asked(only(1).api, query)]);
      const said = bothSay(query, one, other);
      expect([query, said.replaceAll('CANARY-secret-reference', '').match(HIDDEN_TEXTS)]).toEqual([query, null]);
    }
  }, 120_000);

  it('is not the same for an officer', async () => {
    const query = given(schema);
    const [one, other] = await Promise.all([
      asked(only(0).api, query, 'governance-officer'),
      asked(only(1).api, query, 'governance-officer'),
    ]);
    expect(one).not.toBe(other);
    expect(one).toContain('CANARY-secret-text');
  });
});

const given = (of: GraphQLSchema): string => everythingOf(of, 'decision', { id: '"secret"' }, 1) ?? '';

describe('the lines that the server writes', () => {
  it('have no canary in them, whoever asked for what', async () => {
    const { api, issued } = only(0);
    for (const path of [
      `/decisions/${encodeURIComponent('CANARY-secret-reference')}`,
      `/decision-logs/${issued[1]}.html`,
    ])
      expect(await fetched(api, path, {}, 'governance-officer')).toMatch(/^200 /);
    const refused = `mutation { takeDecision(recording: {effectiveOn: "2024-03-01"}, data: {title: "CANARY-exempt-title", meeting: "CANARY-exempt-meeting", reference: "CANARY-secret-reference"}) { position } }`;
    expect(await asked(api, refused, 'governance-officer')).toContain('"errors"');
    expect(api.log.length).toBeGreaterThan(20);
    expect(JSON.stringify(api.log)).not.toMatch(/canary/i);
  });
});
