import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDatabase } from '#testing/postgres';
import { filesIn } from './importing.js';
import { Programs, type Environment } from './operations/programs.js';

const LINE =
  '{"aggregate":"person","id":"ada","command":"RegisterPerson","data":{"name":"Ada"},"effectiveOn":"2020-01-01"}';

const programs = new Programs();
let database: { readonly url: string; drop(): Promise<void> };
let environment: Environment;
beforeAll(async () => {
  database = await newDatabase();
  environment = { DATA_DIR: await programs.folder() };
  const { 'c.ndjson': file = '' } = filesIn({ 'c.ndjson': LINE });
  expect(await programs.register(environment, 'import', file)).toMatchObject({ code: 0 });
}, 60_000);
afterAll(async () => {
  await programs.end();
  await database?.drop();
});

describe('how the register stands', () => {
  it('is no trouble where nobody follows, where the views are behind, and where there are none yet', async () => {
    const stands = await programs.register(environment, 'status');
    expect(stands).toMatchObject({ code: 0, err: '', out: expect.stringContaining('views have come to position 1') });
    const { 'd.ndjson': file = '' } = filesIn({ 'd.ndjson': LINE.replace('"ada"', '"bob"') });
    expect(await programs.register(environment, 'import', file, '--no-views')).toMatchObject({ code: 0 });
    const behind = await programs.register(environment, 'status');
    expect(behind).toMatchObject({ code: 0, out: expect.stringMatching(/come to position 1, 1 events behind/) });
    const none = await programs.register({ ...environment, READ_MODEL_URL: database.url }, 'status');
    expect(none).toMatchObject({ code: 0, out: expect.stringMatching(/^views: [^\n]*start the register/m) });
  }, 60_000);

  it.each<readonly [string, (url: URL) => void, RegExp]>([
    ['whose password is wrong', (url) => (url.password = 'wrong-word'), /a user or password that PostgreSQL does not/],
    ['that is not there', (url) => (url.port = '9'), /an address where nothing listens/],
  ])(
    'cannot be said of a PostgreSQL %s: one sentence and exit code 2',
    async (_which, change, what) => {
      const url = new URL(database.url);
      change(url);
      const { code, out, err } = await programs.register({ ...environment, READ_MODEL_URL: url.href }, 'status');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^register: READ_MODEL_URL names [^\n]* for example READ_MODEL_URL=[^\n]*\n$/);
      expect(err).toMatch(what);
      expect(err).not.toContain('wrong-word');
    },
    60_000,
  );

  it('cannot be said where there is no log', async () => {
    const { code, err } = await programs.register({ DATA_DIR: await programs.folder() }, 'status');
    expect([code, err]).toEqual([2, expect.stringMatching(/^register: there is no log in [^\n]*\n$/)]);
  });
});
