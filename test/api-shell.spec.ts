import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
});
afterAll(() => api.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('asking over HTTP', () => {
  it('answers what the register is', async () => {
    const { data, errors } = await api.ask('{ register { name signIn position } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ register: { name: 'The decision register', signIn: 'development', position: -1 } });
  });

  it('says where a query is not understood', async () => {
    const { errors } = await api.ask('{ register { nmae } }');
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('Did you mean "name"'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it('answers a document that is named by its hash as clients expect it where none are kept', async () => {
    const named = { extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } };
    const answer = await post(JSON.stringify(named));
    expect(await answer.json()).toMatchObject({
      errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
    });
    const whole = await post(JSON.stringify({ ...named, query: '{ register { name } }' }));
    expect(await whole.json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotSupported' }] });
  });

  it('lets a program read the schema by introspection', async () => {
    const { data } = await api.ask('{ __schema { queryType { name } } }');
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });

  it('refuses several queries in one request', async () => {
    const response = await post(
      JSON.stringify([{ query: '{ register { name } }' }, { query: '{ register { name } }' }]),
    );
    expect(response.status).toBe(400);
  });

  it('refuses a form that another site could send (CSRF)', async () => {
    const asText = await post('{"query":"{ register { name } }"}', { 'content-type': 'text/plain' });
    const asForm = await post('query=%7Bregister%7Bname%7D%7D', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const asAddress = await fetch(`${api.url}/graphql?query=%7Bregister%7Bname%7D%7D`);
    for (const response of [asText, asForm, asAddress]) {
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toContain('decision register');
    }
  });

  it('refuses a body of 5 MB with 413 and a sentence', async () => {
    const response = await post(JSON.stringify({ query: `{ register { name } } # ${'x'.repeat(5_000_000)}` }));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'the request is too large: needed at most 1000 kB',
          extensions: { code: 'REQUEST_TOO_LARGE', remedy: 'send several smaller ones' },
        },
      ],
    });
  });

  it('refuses a body that is not JSON, without a path, a stack or a package in the answer', async () => {
    const response = await post('{"query":');
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).not.toMatch(/node_modules|\bat \w|\.js|fastify/i);
  });

  it('refuses a document of more than 4,000 tokens and fragments that multiply', async () => {
    const long = await api.ask(`{ register { ${'name '.repeat(4_001)} } }`);
    expect(long.errors?.[0]?.extensions).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
    const fragments = Array.from({ length: 15 }, (_, n) => `fragment f${n} on Register { ...f${n + 1} ...f${n + 1} }`);
    const bomb = await api.ask(`{ register { ...f0 } } ${fragments.join(' ')} fragment f15 on Register { name }`);
    expect(bomb.errors?.[0]?.extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('refuses a page that reaches this machine under a name of its own', async () => {
    // fetch sets Host by itself; a socket says what it likes.
    const { connect } = await import('node:net');
    const { hostname, port } = new URL(api.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          'POST /graphql HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
        ),
      );
      socket.once('data', (bytes) => {
        socket.destroy();
        resolve(bytes.toString());
      });
    });
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });
});

describe('pages', () => {
  it('shows a person who opens /graphql the playground', async () => {
    const response = await fetch(`${api.url}/graphql`, { headers: { accept: 'text/html,*/*' }, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/playground']);
  });

  it('has a front page that leads on, with no script and a policy that allows none', async () => {
    const response = await fetch(`${api.url}/`);
    const html = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(html).not.toContain('<script');
    for (const link of [
      '/playground',
      '/playground?question=what-is-this-register',
      '/schema.graphql',
      '/health/ready',
    ]) {
      expect(html).toContain(`href="${link}"`);
      expect((await fetch(`${api.url}${link}`)).status).toBeLessThan(400);
    }
  });

  it('gives the questions as JSON and the schema as text', async () => {
    const questions = (await (await fetch(`${api.url}/questions.json`)).json()) as { name: string; query: string }[];
    expect(questions.map(({ name }) => name)).toContain('what-is-this-register');
    const schema = await fetch(`${api.url}/schema.graphql`);
    expect(schema.headers.get('content-type')).toContain('text/plain');
    expect(await schema.text()).toContain('type Query');
  });

  it('says plainly that there is nothing at another address', async () => {
    const response = await fetch(`${api.url}/nothing/here`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  it('names no product and takes no framing anywhere', async () => {
    for (const path of ['/', '/health/live', '/playground', '/nothing', '/questions.json']) {
      const { headers } = await fetch(`${api.url}${path}`);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('health', () => {
  it('is live while the process answers', async () => {
    expect(await (await fetch(`${api.url}/health/live`)).json()).toEqual({ status: 'live' });
  });

  it('is ready with the position of the log and of each follower', async () => {
    const response = await fetch(`${api.url}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'ready',
      store: { readable: true },
      followers: expect.anything(),
    });
  });
});

describe('the log', () => {
  it('has method, path and status of a request, and no header, query string or body', async () => {
    await fetch(`${api.url}/questions.json?secret-in-query=1`, { headers: { authorization: 'Bearer secret-token' } });
    await api.ask('{ register { name } } # secret-body');
    const text = JSON.stringify(api.log);
    expect(text).toContain('"path":"/questions.json"');
    expect(text).not.toMatch(/secret-(in-query|token|body)/);
  });
});

describe('web pages of elsewhere', () => {
  const asks = (from: RunningApi, origin: string, method: string) =>
    fetch(`${from.url}/graphql`, {
      method,
      headers: {
        origin,
        'content-type': 'application/json',
        ...(method === 'OPTIONS' && {
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        }),
      },
      ...(method === 'POST' && { body: '{"query":"{ register { name } }"}' }),
    });

  it('are not let in where no origins are set', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const answer = await asks(api, 'https://dashboard.example.org', method);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('are let in by their exact origin, and asked for no token before they may send one', async () => {
    const open = await runApi({ CORS_ORIGINS: 'https://dashboard.example.org' });
    try {
      const may = await asks(open, 'https://dashboard.example.org', 'OPTIONS');
      expect(may.status).toBe(204);
      expect(may.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
      expect(may.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST');
      const answer = await asks(open, 'https://dashboard.example.org', 'POST');
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://dashboard.example.org');
      expect(answer.headers.get('vary')).toContain('Origin');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      for (const other of ['https://dashboard.example.org.evil.example', 'http://dashboard.example.org', 'null']) {
        for (const method of ['OPTIONS', 'POST']) {
          const refused = await asks(open, other, method);
          expect(refused.headers.get('access-control-allow-origin')).toBeNull();
        }
      }
    } finally {
      await open.close();
    }
  });
});

describe('a register behind an issuer', () => {
  it('answers 401 without detail, and 503 while the keys cannot be had', async () => {
    const closed = await runApi({ OIDC_ISSUER: 'http://127.0.0.1:9/realm', OIDC_AUDIENCE: 'register' });
    const ask = (headers: Record<string, string>) =>
      fetch(`${closed.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ register { name } }"}',
      });
    const without = await ask({});
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await without.json()).toEqual({
      errors: [
        {
          message: 'a valid bearer token is needed',
          extensions: {
            code: 'UNAUTHENTICATED',
            remedy: 'send a bearer token of the issuer that has not run out',
          },
        },
      ],
    });
    const token = `${Buffer.from('{"alg":"RS256","kid":"a"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.AAAA`;
    const unreachable = await ask({ authorization: `Bearer ${token}` });
    expect([unreachable.status, unreachable.headers.get('retry-after')]).toEqual([503, '10']);
    expect((await fetch(`${closed.url}/nothing/here`)).status).toBe(401);
    expect((await fetch(`${closed.url}/`)).status).toBe(200);
    await closed.close();
  });
});
