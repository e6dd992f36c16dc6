import { describe, expect, it } from '@jest/globals';
import { CONFIGURATION_TABLE, isLoopback, readConfiguration } from './configuration.js';
import { DEVELOPMENT_ACTOR, signInMode } from './development.js';

const ISSUER = { OIDC_ISSUER: 'https://login.example.org/realms/ics', OIDC_AUDIENCE: 'register' };

describe('reading the configuration', () => {
  it('gives every default for an empty environment', () => {
    expect(readConfiguration({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDirectory: './data',
      eventStoreUrl: 'sqlite:',
      readModelUrl: 'sqlite:',
      follow: true,
      traceEndpoint: undefined,
      oidcIssuer: undefined,
      oidcAudience: undefined,
      oidcRolesClaim: 'roles',
      corsOrigins: [],
      webhookKeys: [],
      webhookAllow: [],
      logLevel: 'info',
      sample: true,
      production: false,
      limits: {
        budgets: {
          reader: 5_000,
          'scrutiny-officer': 7_500,
          'governance-officer': 10_000,
          auditor: 10_000,
          operator: 5_000,
        },
        costInFlight: 40_000,
        answerMs: 10_000,
        answerBytes: 4_000_000,
        inFlight: 128,
        perSubject: undefined,
        perAddress: undefined,
        headersMs: 10_000,
        requestMs: 20_000,
        connections: 4_000,
        trustedProxies: [],
        anyQuestion: true,
        trustedDocuments: undefined,
      },
    });
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(readConfiguration({ PORT: '', HOST: ' ' })).toMatchObject({ port: 3000, host: '127.0.0.1' });
  });

  it('limits rates where there is an issuer, unless told otherwise', () => {
    expect(readConfiguration(ISSUER).limits).toMatchObject({ perSubject: 1_200, perAddress: 6_000 });
    expect(readConfiguration({ ...ISSUER, LIMIT_PER_SUBJECT: 'off' }).limits.perSubject).toBeUndefined();
    expect(readConfiguration({ LIMIT_PER_SUBJECT: '60' }).limits.perSubject).toBe(60);
  });

  it('reads what each role may ask for', () => {
    const { budgets } = readConfiguration({ BUDGET_GOVERNANCE_OFFICER: '900', BUDGET_READER: '100' }).limits;
    expect(budgets).toMatchObject({ 'governance-officer': 900, reader: 100, auditor: 10_000 });
  });

  it('leaves the sample out where there is an issuer, unless told otherwise', () => {
    expect(readConfiguration(ISSUER).sample).toBe(false);
    expect(readConfiguration({ ...ISSUER, SAMPLE: 'on' }).sample).toBe(true);
    expect(readConfiguration({ SAMPLE: 'off' }).sample).toBe(false);
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['HOST', 'localhost/x'],
    ['EVENT_STORE_URL', 'postgres://localhost'],
    ['EVENT_STORE_URL', 'esdb://'],
    ['READ_MODEL_URL', 'data.sqlite'],
    ['READ_MODEL_URL', 'esdb://localhost:2113'],
    ['FOLLOW', 'no'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OIDC_ISSUER', 'login.example.org'],
    ['OIDC_ISSUER', 'http://login.example.org'],
    ['OIDC_ISSUER', 'https://login.example.org/?tenant=1'],
    ['OIDC_ROLES_CLAIM', 'a..b'],
    ['LOG_LEVEL', 'loud'],
    ['WEBHOOK_ALLOW', '10.0.0.0/33'],
    ['WEBHOOK_ALLOW', '10.0.0'],
    ['WEBHOOK_ALLOW', 'https://receiver.example.org'],
    ['WEBHOOK_ALLOW', '::1/129,receiver'],
    ['SMTP_URL', 'smtp.example.org'],
    ['SMTP_URL', 'http://smtp.example.org'],
    ['SMTP_URL', 'smtp://user@smtp.example.org'],
    ['SMTP_URL', 'smtp://user:pass%word@smtp.example.org'],
    ['SMTP_URL', 'smtp://smtp.example.org:0'],
    ['SMTP_URL', 'smtp://smtp.example.org/path'],
    ['SMTP_URL', 'smtp://smtp.example.org?tls=no'],
    ['SMTP_URL', 'smtp://smtp.example.org?requireTLS=no'],
    ['SMTP_URL', 'smtps://smtp.example.org?requireTLS=false'],
    ['SMTP_URL', 'smtp://user:password@smtp.example.org?requireTLS=false'],
    ['SMTP_FROM', 'register'],
    ['SMTP_FROM', 'Register register@example.org'],
    ['SMTP_FROM', 'Register <register@example.org>, Other <other@example.org>'],
    ['SMTP_FROM', 'Regis\tter <register@example.org>'],
    ['BUDGET_READER', '99'],
    ['BUDGET_SCRUTINY_OFFICER', '1e4'],
    ['LIMIT_IN_FLIGHT', '1'],
    ['LIMIT_ANSWER_SECONDS', '0'],
    ['LIMIT_ANSWER_KB', '-5'],
    ['LIMIT_PER_SUBJECT', 'none'],
    ['LIMIT_PER_ADDRESS', '0'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, proxy'],
    ['QUESTIONS', 'ready-made'],
    ['SAMPLE', 'yes'],
    ['NODE_ENV', 'prod'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'dashboard.example.org'],
    ['CORS_ORIGINS', 'http://dashboard.example.org'],
    ['CORS_ORIGINS', 'https://dashboard.example.org/'],
    ['CORS_ORIGINS', 'https://Dashboard.example.org'],
    ['CORS_ORIGINS', 'https://dashboard.example.org:443'],
    ['CORS_ORIGINS', 'https://a.example.org,,https://b.example.org'],
    ['CORS_ORIGINS', 'https://a.example.org,https://a.example.org'],
  ])('refuses %s=%s in one sentence with the variable, what was found and an example', (name, text) => {
    const read = () => readConfiguration({ [name]: text });
    expect(read).toThrow(expect.objectContaining({ code: 'CONFIGURATION', detail: { field: name } }));
    expect(read).toThrow(new RegExp(`^${name} is "[^\\n]*": needed [^\\n]*for example ${name}=`));
  });

  it('shows no password of a store it refuses', () => {
    const read = () => readConfiguration({ READ_MODEL_URL: 'mysql://register:hush@db/register' });
    expect(read).toThrow(/^READ_MODEL_URL is "mysql:\/\/register:…@db\/register": needed/);
  });

  it.each([
    'smtp://register:hu/sh@smtp.example.org/',
    'smtp://register:hush@smtp.example.org:587?requireTLS=false',
    'smtp://register:hu#sh?@smtp.example.org/',
    'smtp://register:hu@sh@smtp.example.org/x',
    'register:hush@smtp.example.org:587',
    'smtp:register:hush@smtp.example.org:587',
    'SMTP+X://register:hush@smtp.example.org:587',
  ])('shows no password of a mail server it refuses, however it is written: %s', (text) => {
    const read = () => readConfiguration({ SMTP_URL: text });
    expect(read).toThrow(/^SMTP_URL is "[^"]*:…@smtp\.example\.org[^"]*": needed/);
    expect(read).not.toThrow(/hu/);
  });

  it.each([
    'hush',
    'whsec_aHVzaA==',
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    `whsec_${'h'.repeat(33)}`,
    'whsec_bm90IGEgc2VjcmV0LCBtYWtlIG9uZSBvZiB5b3VyIG93bg== hush',
    `${'whsec_bm90IGEgc2VjcmV0LCBtYWtlIG9uZSBvZiB5b3VyIG93bg== '.repeat(3)}`,
  ])('shows nothing of a secret it refuses: %s', (text) => {
    const read = () => readConfiguration({ WEBHOOK_SECRET: text });
    expect(read).toThrow(
      /^WEBHOOK_SECRET is a text of \d+ characters that is not shown: needed whsec_ and [^\n]*for example WEBHOOK_SECRET=whsec_/,
    );
    expect(read).not.toThrow(/hush|aHVz|AAAA|hhhh/);
  });

  it.each([24, 32, 64])('takes a webhook secret of %d bytes', (length) => {
    const key = Buffer.alloc(length, 250);
    const padded = readConfiguration({ WEBHOOK_SECRET: `whsec_${key.toString('base64')}` }).webhookKeys;
    expect(padded.map((bytes) => Buffer.from(bytes).equals(key))).toEqual([true]);
    const two = `whsec_${key.toString('base64').replace(/=/g, '')}  whsec_${Buffer.alloc(24).toString('base64')}`;
    expect(readConfiguration({ WEBHOOK_SECRET: two }).webhookKeys).toHaveLength(2);
  });

  it.each([
    ['smtp://smtp.example.org', { host: 'smtp.example.org', port: 587, tls: 'STARTTLS' }],
    ['smtp://smtp.example.org:25?requireTLS=true', { port: 25, tls: 'STARTTLS' }],
    ['smtp://smtp.example.org:25?requireTLS=false', { port: 25, tls: 'IF_OFFERED' }],
    ['smtps://smtp.example.org', { port: 465, tls: 'AT_ONCE' }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'NEVER' }],
    ['smtp://[::1]:1025', { host: '::1', tls: 'NEVER' }],
    ['smtp://localhost?requireTLS=true', { host: 'localhost', port: 587, tls: 'STARTTLS' }],
    ['smtp://localhost.example.org', { tls: 'STARTTLS' }],
    ['smtp://a%40b:p%2Fw%20%3A@smtp.example.org', { login: { user: 'a@b', password: 'p/w :' }, tls: 'STARTTLS' }],
  ])('reads the mail server %s', (text, expected) => {
    expect(readConfiguration({ SMTP_URL: text, SMTP_FROM: 'register@example.org' }).mailServer).toMatchObject(expected);
  });

  it.each([
    ['register@example.org', undefined],
    ['<register@example.org>', undefined],
    ['Decision register <register@example.org>', 'Decision register'],
    ['"Register, the" <register@example.org>', 'Register, the'],
    ['Zoë’s register <register@example.org>', 'Zoë’s register'],
  ])('reads the sender %s', (text, name) => {
    expect(readConfiguration({ SMTP_FROM: text }).mailSender).toEqual({ name, address: 'register@example.org' });
  });

  it('refuses a mail server without a sender', () => {
    expect(() => readConfiguration({ SMTP_URL: 'smtps://smtp.example.org' })).toThrow(
      /^SMTP_FROM is not set though SMTP_URL is: needed [^\n]*for example SMTP_FROM=/,
    );
  });

  it('refuses to leave following to others where nobody else can follow', () => {
    expect(() => readConfiguration({ FOLLOW: 'off' })).toThrow(
      /^FOLLOW is off though READ_MODEL_URL is sqlite:[^\n]*for example READ_MODEL_URL=postgres:/,
    );
    expect(readConfiguration({ FOLLOW: 'off', READ_MODEL_URL: 'postgres://db/register' }).follow).toBe(false);
  });

  it('refuses an issuer without an audience', () => {
    expect(() => readConfiguration({ OIDC_ISSUER: ISSUER.OIDC_ISSUER })).toThrow(/^OIDC_AUDIENCE is not set though/);
  });

  it.each(['OIDC_ISUER', 'EVENT_STORE_URI', 'READ_MODEL_DIR', 'BUDGET_OFFICER', 'LIMIT_SECONDS'])(
    'refuses %s, which only looks like ours',
    (name) => {
      expect(() => readConfiguration({ [name]: 'x' })).toThrow(
        new RegExp(`^${name} is not a variable of the register`),
      );
    },
  );

  it('has a table whose examples are all readable', () => {
    for (const { name, example, parse, meaning } of CONFIGURATION_TABLE) {
      expect([name, parse(example)]).not.toEqual([name, undefined]);
      expect(meaning).not.toBe('');
    }
  });
});

describe('choosing how actors are known', () => {
  const combinations = ['127.0.0.1', '0.0.0.0'].flatMap((host) =>
    [undefined, ISSUER.OIDC_ISSUER].flatMap((oidcIssuer) =>
      [false, true].map((production) => ({ host, oidcIssuer, production })),
    ),
  );
  const outcome = (combination: (typeof combinations)[number]): string => {
    try {
      return signInMode(combination);
    } catch (refusal) {
      return (refusal as { code: string }).code;
    }
  };

  it('lets exactly one of the eight combinations into development mode', () => {
    expect(combinations.filter((each) => outcome(each) === 'development')).toEqual([
      { host: '127.0.0.1', oidcIssuer: undefined, production: false },
    ]);
  });

  it('refuses to start without an issuer in the three others', () => {
    expect(combinations.filter((each) => outcome(each) === 'CONFIGURATION')).toHaveLength(3);
    expect(combinations.filter((each) => outcome(each) === 'oidc')).toHaveLength(4);
  });

  it('marks what the development actor records', () => {
    expect(DEVELOPMENT_ACTOR.vouchedBy).toBe('development');
  });

  it.each(['localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]', 'LOCALHOST'])(
    'takes %s for a loopback address',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(['0.0.0.0', '::', '192.168.1.4', '127.0.0.1.example.org', 'localhost.example.org', ''])(
    'does not take %p for a loopback address',
    (host) => expect(isLoopback(host)).toBe(false),
  );
});
