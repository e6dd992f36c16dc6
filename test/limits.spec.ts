import { connect, type Socket } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ReceiptTokens } from '../apps/api/src/receipt-tokens.js';
import { readTrustedDocuments } from '../apps/api/src/trusted-documents.js';
import { runApi, type RunningApi } from './running-api.js';

const running: RunningApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});
const started = async (environment: Record<string, string>): Promise<RunningApi> => {
  const api = await runApi(environment);
  running.push(api);
  return api;
};

const NAME = '{"query":"{ register { name } }"}';
/** A receipt for something that has not come yet, as this register would give it. */
const RECEIPT_KEY = Buffer.alloc(32, 1).toString('base64');
const WAITS = `{"query":"{ register(afterReceipt: \\"${new ReceiptTokens(Buffer.alloc(32, 1)).sealed('p99999')}\\") { name } }"}`;
const post = (api: RunningApi, body = NAME, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

/** What comes over a socket of its own until the other side closes it, and whether it did. */
const overSocket = async (
  api: RunningApi,
  ms: number,
  ...parts: string[]
): Promise<{ text: string; closed: boolean }> => {
  const { hostname, port } = new URL(api.url);
  const seen = { text: '', closed: false };
  const socket: Socket = connect(Number(port), hostname);
  socket.on('data', (bytes) => (seen.text += bytes.toString()));
  socket.on('close', () => (seen.closed = true));
  socket.on('error', () => undefined);
  for (const part of parts) socket.write(part);
  for (const end = performance.now() + ms; performance.now() < end && !seen.closed;) await pause(20);
  socket.destroy();
  return { ...seen };
};
const HEAD = 'POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';

describe('a bill', () => {
  it('stands in every answer and refusal, by GET too, and has the budget of the role', async () => {
    const api = await started({ BUDGET_GOVERNANCE_OFFICER: '100', BUDGET_AUDITOR: '100', BUDGET_OPERATOR: '200' });
    expect((await api.ask('{ register { name } }')).extensions).toEqual({ cost: { requested: 3, limit: 200 } });
    expect((await api.ask('{ register { ')).extensions).toEqual({ cost: { requested: 0, limit: 200 } });
    const dear = await api.ask('{ people(first: 100) { totalCount edges { node { appointments { totalCount } } } } }');
    expect(dear).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(
            /^the question costs \d+ points and may cost 200; dearest is people\.edges\.node/,
          ),
          extensions: {
            code: 'QUESTION_TOO_DEAR',
            field: expect.stringMatching(/^people\.edges\.node/),
            remedy: expect.stringMatching(/^ask for fewer entries with "first" \(100 at people/),
          },
        },
      ],
      extensions: { cost: { limit: 200 } },
    });
    const address = `${api.url}/graphql?query=${encodeURIComponent('{ people(first: 100) { totalCount edges { node { id name gender } } } }')}`;
    const got = await fetch(address, { headers: { 'apollo-require-preflight': 'yes' } });
    expect([got.status, await got.json()]).toMatchObject([200, { extensions: { cost: { limit: 200 } } }]);
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toContain('register_refusals_total{code="QUESTION_TOO_DEAR"} 1');
  });

  it('comes before an answer that is too large, of which nothing is sent', async () => {
    const api = await started({ LIMIT_ANSWER_KB: '10' });
    const names = Array.from({ length: 400 }, (_, at) => `about${at}: about`).join(' ');
    const response = await post(api, JSON.stringify({ query: `{ register { ${names} } }` }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'the answer would be larger than 10 kB', extensions: { code: 'ANSWER_TOO_LARGE' } }],
      extensions: { cost: { limit: 10_000 } },
    });
  });
});

describe('rates and places', () => {
  it('are 429 with Retry-After for the subject who sends too many; health and figures go on', async () => {
    const api = await started({ LIMIT_PER_SUBJECT: '3' });
    const statuses = [];
    for (let sent = 0; sent < 4; sent++) statuses.push((await post(api)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await post(api);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await refused.json()).toMatchObject({
      errors: [
        {
          extensions: {
            code: 'TOO_MANY_REQUESTS',
            remedy: expect.stringMatching(/^send the next one in \d+ seconds$/),
          },
        },
      ],
    });
    for (const path of ['/health/live', '/metrics']) expect((await fetch(`${api.url}${path}`)).status).toBe(200);
    expect((await fetch(`${api.url}/decisions/x`)).status).toBe(429);
  });

  it('count an address before anybody is asked for a token, behind a proxy that is trusted', async () => {
    const api = await started({
      ...{ OIDC_ISSUER: 'http://127.0.0.1:9/realm', OIDC_AUDIENCE: 'register' },
      ...{ LIMIT_PER_ADDRESS: '2', TRUSTED_PROXIES: '127.0.0.1' },
    });
    const from = async (address: string) => (await post(api, NAME, { 'x-forwarded-for': address })).status;
    expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1')]).toEqual([401, 401, 429]);
    expect(await from('192.0.2.2')).toBe(401);
    expect([await from('2001:db8::1'), await from('2001:db8::2'), await from('2001:db8:0:0:9::1')]).toEqual([
      401, 401, 429,
    ]);
  });

  it('are 503 with Retry-After where as many are answered as may be, and waiting for a receipt holds none', async () => {
    const api = await started({ LIMIT_IN_FLIGHT: '2', RECEIPT_KEY });
    const waiting = post(api, WAITS);
    await pause(100);
    expect((await post(api)).status).toBe(200);
    const second = await post(api, WAITS);
    expect(await second.json()).toMatchObject({ errors: [{ extensions: { code: 'BUSY' } }] });
    expect(await (await waiting).json()).toMatchObject({ errors: [{ extensions: { code: 'PENDING' } }] });
    const many = await Promise.all(Array.from({ length: 30 }, () => post(api)));
    const refused = many.filter(({ status }) => status === 503);
    expect(many.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    for (const { headers } of refused) expect(headers.get('retry-after')).toBe('1');
    expect((await post(api)).status).toBe(200);
  });
});

describe('a connection', () => {
  it('is closed after a 401 with a body that nobody reads', async () => {
    const api = await started({ OIDC_ISSUER: 'http://127.0.0.1:9/realm', OIDC_AUDIENCE: 'register' });
    const seen = await overSocket(api, 3_000, `${HEAD}Content-Length: 900000\r\n\r\n{"query":`);
    expect(seen).toMatchObject({
      closed: true,
      text: expect.stringMatching(/^HTTP\/1.1 401 [\s\S]*connection: close/i),
    });
  });

  it('is closed where head or body do not come in time', async () => {
    const api = await started({ LIMIT_HEADER_SECONDS: '1', LIMIT_REQUEST_SECONDS: '2' });
    const [silent, head, body] = await Promise.all([
      overSocket(api, 6_000),
      overSocket(api, 6_000, HEAD),
      overSocket(api, 6_000, `${HEAD}Content-Length: 100\r\n\r\n{"query":`),
    ]);
    expect([silent.closed, head.closed, body.closed]).toEqual([true, true, true]);
    expect(body.text).toMatch(/^HTTP\/1.1 408 /);
  });
});

describe('a receipt', () => {
  it('that somebody made up is refused at once, alike for what is there and what is not', async () => {
    const api = await started({});
    await api.ask(
      'mutation { registerOrganisation(id: "there", data: { name: "There", kind: OTHER }, recording: { effectiveOn: "2024-01-01" }) { after } }',
    );
    const codes = await Promise.all(
      ['r0.organisation/there', 'r0.organisation/nowhere', 'p1', 'p99999'].map(async (after) => {
        const { errors } = await api.ask('query ($after: String) { register(afterReceipt: $after) { name } }', {
          after,
        });
        return [errors?.[0]?.extensions?.['code'], errors?.[0]?.message];
      }),
    );
    expect(new Set(codes.map((code) => JSON.stringify(code))).size).toBe(1);
    expect(codes[0]?.[0]).toBe('NOT_A_RECEIPT');
  });
});

describe('a deadline', () => {
  it('is told to whoever asked, and ends the work', async () => {
    const api = await started({ LIMIT_ANSWER_SECONDS: '1', RECEIPT_KEY });
    const response = await post(api, WAITS);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('after 1 seconds'), extensions: { code: 'ANSWER_TOO_LATE' } }],
      extensions: { cost: { requested: 3 } },
    });
  });
});

describe('a register that answers trusted questions only', () => {
  it('answers the ready-made ones and those of its folder, however laid out, and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
    await writeFile(join(folder, 'name.graphql'), 'query Name { register { name } }');
    const api = await started({ QUESTIONS: 'trusted', TRUSTED_DOCUMENTS: folder });
    const questions = (await (await fetch(`${api.url}/questions.json`)).json()) as { name: string; query: string }[];
    const what = questions.find(({ name }) => name === 'what-is-this-register');
    expect((await api.ask(what?.query ?? '')).errors).toBeUndefined();
    expect((await api.ask('# mine\nquery Name {\n  register { name }\n}')).errors).toBeUndefined();
    for (const other of [
      '{ register { name } }',
      '{ __schema { queryType { name } } }',
      'query Name { register { name about } }',
    ]) {
      expect((await api.ask(other)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_A_TRUSTED_DOCUMENT' });
    }
    await writeFile(join(folder, 'two.graphql'), 'query A { register { name } } query B { register { name } }');
    expect(() => readTrustedDocuments(folder)).toThrow(
      /^TRUSTED_DOCUMENTS is a folder whose .*two\.graphql is not one operation: needed/,
    );
    await rm(folder, { recursive: true });
  });
});
