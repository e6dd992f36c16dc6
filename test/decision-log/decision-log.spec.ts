import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { JSON_SCHEMA, LogFiles, neutralised, settle } from '#decision-log';
import { isRefusal, londonDay } from '#kernel';
import { dataOf, recordAll, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';
import { logOf, questionOf, sourceOf, streamedOf, textOf, textsOf } from './log-of.js';

const HOSTILE = '<script>alert(1)</script> #set *x* =1+1 \u202Egnp.exe 👩‍⚕️ "quoted", & more';
const LONG = `=HYPERLINK("x") ${'long '.repeat(4_000)}`.slice(0, 20_000).trim();

const taken = (id: string, takenOn: string, data: object): Fact => [
  'TakeDecision',
  id,
  takenOn,
  { takenOn, organisation: 'icb', decidedBy: ['board'], reference: `R-${id}`, title: `Decision ${id}`, ...data },
];

let api: RunningApi;
let before: number;
let corrected: number;
beforeAll(async () => {
  api = await runApi();
  const first = await recordAll(
    api,
    [
      ['RegisterOrganisation', 'gcc', '1974-04-01', { name: 'County Council', kind: 'COUNCIL' }],
      [
        'RegisterOrganisation',
        'icb',
        '2022-07-01',
        { name: 'County ICB', kind: 'ICB', identifiers: [{ scheme: 'ods', value: 'QX1' }] },
      ],
      ['RegisterOrganisation', 'trust', '2022-07-01', { name: 'County Trust', kind: 'NHS_TRUST', system: 'QX1' }],
      ['RegisterOrganisation', 'other', '2022-07-01', { name: 'Another ICB', kind: 'ICB' }],
      ['EstablishBody', 'hosc', '2020-01-01', { name: 'Health Scrutiny Committee', kind: 'HOSC', owners: ['gcc'] }],
      ['EstablishBody', 'icp', '2022-07-01', { name: 'The Partnership', kind: 'ICP', owners: ['gcc', 'icb'] }],
      ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
      ['EstablishBody', 'exec', '2022-07-01', { name: 'Executive', kind: 'EXECUTIVE_GROUP', owners: ['icb'] }],
      taken('last-day', '2025-12-31', { amount: { pence: 10 } }),
      taken('first-day', '2025-01-01', { amount: { pence: 60_000_000 } }),
      taken('too-early', '2024-12-31', {}),
      taken('too-late', '2026-01-01', {}),
      taken('hostile', '2025-03-03', {
        title: HOSTILE,
        reasons: LONG,
        note: '</style></title>',
        amount: { pence: -123_456 },
      }),
      taken('long', '2025-03-03', { title: LONG.slice(0, 1000).trim(), website: 'javascript:alert(1)' }),
      taken('exec', '2025-03-03', {
        decidedBy: ['exec'],
        route: 'URGENT_CHAIR_CEO',
        website: 'https://example.org/a?b=1&c=2',
      }),
      taken('trust', '2025-05-05', { organisation: 'trust', decidedBy: undefined, decidedByName: 'The trust' }),
      taken('elsewhere', '2025-05-05', { organisation: 'other', decidedBy: undefined, decidedByName: 'Another' }),
      taken('partnership', '2025-06-06', { organisation: undefined, decidedBy: ['icp'] }),
      [
        'TakeDecision',
        'later',
        '2026-04-01',
        { title: 'Holds later', takenOn: '2025-11-11', organisation: 'icb', reference: 'R-later' },
      ],
      [
        'ProposeDecision',
        'proposal',
        '2025-10-10',
        { title: 'Only proposed', organisation: 'icb', dueOn: '2026-02-02' },
      ],
    ].map((fact) => fact as Fact),
  );
  before = first.position;
  const events = (await api.runtime.store.readStream('decision/last-day')).map(({ id }) => id);
  const [, , , data] = taken('last-day', '2025-12-31', { amount: { pence: 20 } });
  const last = await recordAll(api, [
    [
      'TakeDecision',
      'last-day',
      '2025-12-31',
      data,
      { corrects: events[0], why: { kind: 'ERROR', reason: 'The minutes say 20p.' } },
    ],
    taken('late', '2025-02-02', {}),
  ]);
  corrected = last.position;
  await api.runtime.register.waitFor(corrected, 10_000);
});
afterAll(() => api.close());

const references = [
  'R-first-day',
  'R-hostile',
  'R-long',
  'R-exec',
  'R-trust',
  'R-partnership',
  'R-later',
  'R-last-day',
];
const rowsOf = (csv: string) => parse(csv, { columns: true }) as Record<string, string>[];
const decisionsOf = (json: string) =>
  JSON.parse(json) as { head: { figures: Record<string, number> }; decisions: Record<string, unknown>[] };

describe('the log of a health scrutiny committee', () => {
  it('has the decisions of its system that are dated in the period, both edges in, in one order', async () => {
    const { csv } = await textsOf(await logOf(api, { asKnownAt: before }));
    expect(rowsOf(csv).map((row) => row['reference'])).toEqual(references);
  });

  it('says the same in HTML, CSV and JSON', async () => {
    const { html, csv, json } = await textsOf(await logOf(api));
    const rows = rowsOf(csv);
    const { decisions, head } = decisionsOf(json);
    const headings = [...html.matchAll(/<h4 id="[^"]+">([^<:]+):/g)].map((found) => found[1]);
    expect(decisions.map(({ reference }) => reference)).toEqual(rows.map(({ reference }) => reference));
    expect(headings.toSorted()).toEqual(rows.map(({ reference }) => reference).toSorted());
    expect(head.figures['decisions']).toBe(rows.length);
    const pounds = rows.reduce((sum, row) => sum + Math.round(Number(row['amount'] || 0) * 100), 0);
    expect(pounds).toBe(head.figures['amountShown']);
    expect(html).toContain(`together £${(pounds / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`);
  });

  it('is the same bytes streamed as gathered, and again', async () => {
    const { csv, json } = await textsOf(await logOf(api, { asKnownAt: corrected }));
    expect(await streamedOf(api, { asKnownAt: corrected })).toEqual({ csv, json });
    expect(await textsOf(await logOf(api, { asKnownAt: corrected }))).toMatchObject({ csv, json });
  });

  it('marks what has changed since an earlier log, and nothing else', async () => {
    const log = await logOf(api, { since: before });
    const marked = rowsOf((await textsOf(log)).csv).filter((row) => row['changed'] !== '');
    expect(marked.map((row) => [row['reference'], row['changed']])).toEqual([
      ['R-late', 'new'],
      ['R-last-day', 'corrected'],
    ]);
    expect(log.head.changes).toEqual(['1 decision is new to this log.', '1 decision is corrected.']);
    expect(log.companions.corrections.map(({ reference, because }) => [reference, because])).toEqual([
      ['R-last-day', 'The minutes say 20p.'],
    ]);
  });

  it('puts first what is large or urgent, and what is proposed in the forward look', async () => {
    const { sections } = await logOf(api);
    const rows = (id: string) =>
      sections
        .flatMap((section) => (section.id === id ? section.blocks : []))
        .flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows('attention').map(([reference, , , , , why]) => [reference?.text, why?.text])).toEqual([
      ['R-first-day', '£500,000 or more'],
      ['R-exec', 'urgent'],
    ]);
    expect(rows('forward-look').map(([when, what]) => `${when?.text} ${what?.text}`)).toEqual([
      '2 February 2026 Proposal proposal: Only proposed',
    ]);
    expect(sections.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('says of every section of an empty log that there is nothing to report', async () => {
    const log = await logOf(api, { from: '1999-01-01', to: '1999-01-01', asAt: '1999-01-01', about: ['other'] }).catch(
      (thrown) => thrown,
    );
    expect(isRefusal(log) && log.code).toBe('LOG_COMMITTEE_UNKNOWN');
    const empty = await logOf(api, { from: '2023-01-01', to: '2023-01-01', asAt: '2023-01-01', about: ['other'] });
    expect(empty.head.summary).toEqual(['No decision is dated in the period.']);
    for (const section of empty.sections.filter(({ id }) => id !== 'method' && id !== 'money')) {
      expect(section.nothing).toMatch(/^There is nothing to report/);
    }
    // Nobody is assured of what nobody has checked.
    const findings = empty.sections.find(({ id }) => id === 'findings');
    expect([findings?.lead, findings?.nothing].join(' ')).toMatch(
      /Not looked at: whether whoever decided had the authority/,
    );
    expect(JSON.stringify(findings)).not.toMatch(/no open finding/i);
    const { csv, json } = await textsOf(empty);
    expect(rowsOf(csv)).toEqual([]);
    expect(decisionsOf(json).decisions).toEqual([]);
  });
});

describe('hostile text in a log', () => {
  it('stands in HTML as text, with what cannot be seen by its code point', async () => {
    const { html } = await textsOf(await logOf(api));
    expect(html).not.toMatch(/<script|\u202e|<\/style><\/title>/i);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; #set *x* =1+1 [U+202E]gnp.exe 👩‍⚕️');
    expect(html).not.toMatch(/href="javascript:/);
    expect(html).toContain('href="https://example.org/a?b=1&amp;c=2"');
    expect(html).toContain(LONG.slice(-100));
  });

  it('comes back from CSV and JSON as it was recorded', async () => {
    const { csv, json } = await textsOf(await logOf(api));
    const row = rowsOf(csv).find(({ reference }) => reference === 'R-hostile');
    expect(row).toMatchObject({ title: HOSTILE, reasons: LONG, amount: '-1234.56' });
    expect(decisionsOf(json).decisions.find(({ reference }) => reference === 'R-hostile')).toMatchObject({
      title: HOSTILE,
    });
  });

  it.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', '|x', '%0A'])(
    'is no formula in a spreadsheet: %j',
    (text) => {
      expect(neutralised(text)).toBe(`'${text}`);
      expect(neutralised('a=1')).toBe('a=1');
    },
  );
});

describe('a log that cannot be made', () => {
  it.each([
    [{ for: 'nobody' }, 'LOG_COMMITTEE_UNKNOWN'],
    [{ from: '2025-12-31', to: '2025-01-01' }, 'LOG_PERIOD_BACKWARDS'],
    [{ to: '2025-02-30' }, 'NOT_A_DATE'],
    [{ asKnownAt: '2999-01-01' }, 'LOG_KNOWN_AT_AHEAD'],
    [{ asKnownAt: 99_999 }, 'BASIS_BEYOND_HEAD'],
    [{ about: ['nobody'] }, 'LOG_ORGANISATION_UNKNOWN'],
  ])('is refused: %j', async (question, code) => {
    await expect(logOf(api, question)).rejects.toMatchObject({ code });
  });
});

describe('an issued log', () => {
  it('is made again byte for byte, in part, or not at all where it is known; and says when it is withdrawn', async () => {
    const source = sourceOf(api);
    const scope = await settle(source, questionOf({ asKnownAt: corrected }));
    const files = await Promise.all(
      (['html', 'csv', 'json'] as const).map(async (format) => {
        const { name, content } = new LogFiles(source, scope).file(format);
        const text = await textOf(content);
        return { name, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
      }),
    );
    const id = await issue(corrected);
    expect(id.startsWith(scope.logId)).toBe(true);
    for (const [at, format] of (['html', 'csv', 'json'] as const).entries()) {
      const answer = await fetch(`${api.url}/decision-logs/${id}.${format}`);
      expect(answer.headers.get('etag')).toBe(`"${files[at]?.sha256}"`);
      expect(answer.headers.get('decision-log-as-issued')).toBe('true');
    }
    const address = `${api.url}/decision-logs/${scope.logId}`;
    const csv = await fetch(address, { headers: { accept: 'text/csv' } });
    const whole = await csv.text();
    const part = await fetch(`${address}.csv`, { headers: { range: 'bytes=0-9' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 0-9/${Buffer.byteLength(whole)}`]);
    expect(await part.text()).toBe(whole.slice(0, 10));
    const known = await fetch(`${address}.csv`, { headers: { 'if-none-match': csv.headers.get('etag') ?? '' } });
    expect(known.status).toBe(304);
    expect((await fetch(`${address}.csv`, { headers: { range: 'bytes=9999999-' } })).status).toBe(416);
    expect((await fetch(address, { headers: { accept: 'image/png' } })).status).toBe(422);

    const gone = await recordAll(api, [
      ['WithdrawDecisionLog', id, londonDay(Date.now()), { reason: 'Wrong committee.' }],
    ]);
    await api.runtime.register.waitFor(gone.position, 10_000);
    expect(await (await fetch(`${address}.html`)).text()).toContain('This log has been withdrawn: Wrong committee.');
    const exact = await fetch(`${address}.html?exactly=true`);
    expect(exact.headers.get('etag')).toBe(`"${files[0]?.sha256}"`);
  });
});

/** Issues the log of the year and waits until it can be fetched. */
async function issue(asKnownAt: number): Promise<string> {
  const query = `mutation { issueDecisionLog(for: "hosc", from: "2025-01-01", to: "2025-12-31", asAt: "2025-12-31",
    asKnownAt: ${asKnownAt}, formats: [HTML, CSV, JSON], recipient: "The clerk") { id } }`;
  const { issueDecisionLog } = dataOf<{ issueDecisionLog: { id: string } }>(await api.ask(query));
  return issueDecisionLog.id.slice('decisionLog/'.length);
}

describe('the JSON of a log', () => {
  it('has the fields that its schema requires, and no others', async () => {
    const { json } = await textsOf(await logOf(api));
    const schema = JSON_SCHEMA as {
      properties: { decisions: { items: { oneOf: { properties: object; required: string[] }[] } } };
    };
    const [full] = schema.properties.decisions.items.oneOf;
    for (const decision of decisionsOf(json).decisions) {
      const fields = Object.keys(decision);
      expect(fields.filter((field) => !(field in (full?.properties ?? {})))).toEqual([]);
      expect(full?.required.filter((field) => !fields.includes(field))).toEqual([]);
    }
  });
});

describe('documents over HTTP', () => {
  it('show a decision at its permanent address, and nothing at an unknown one', async () => {
    const answer = await fetch(`${api.url}/decisions/R-hostile`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await answer.text();
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain('History');
    expect(page).not.toContain('<script');
    expect((await fetch(`${api.url}/decisions/nope`)).status).toBe(404);
    expect((await fetch(`${api.url}/decision-logs/nope.html`)).status).toBe(404);
  });
});
