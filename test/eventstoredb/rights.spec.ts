import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from './asked.js';
import { selfSigned, type Server } from './server.mjs';
import { said, Trial, write } from './trial.js';

const trial = new Trial();
const certificates = new Trial();
const tls = selfSigned();
const file = (name: string, content: string | Buffer): string => {
  const path = join(certificates.dir(), name);
  writeFileSync(path, content);
  return path;
};
const tlsCAFile = file('ca.pem', tls.cert);
afterEach(() => trial.end());
afterAll(() => certificates.end());

const admin = { username: 'admin', password: 'changeit', groups: ['$admins'] };
const clerk = { username: 'clerk', password: 'secret' };
const STREAM = 'register-main|a';

describe('a user who is no administrator', () => {
  let server: Server;
  let client: Client;
  beforeEach(async () => {
    server = await trial.server({ tls, users: [admin, clerk] });
    client = Client.to(server.url({ tlsCAFile }, admin));
    await grant('$all', { $r: ['clerk'] });
  });
  afterEach(() => client.close());

  const grant = (stream: string, acl: object): Promise<unknown> =>
    client.appendToStream(`$$${stream}`, jsonEvent({ type: '$metadata', data: { $acl: acl } }));
  const opened = (dir = trial.dir()) => trial.store(server.url({ tlsCAFile }, clerk), { dir });
  const records = (): number => server.log.records.filter(({ stream }) => !stream.startsWith('$')).length;

  it('needs what the guide says and no more, and trying it leaves no trace', async () => {
    const dir = trial.dir();
    const store = await opened(dir);
    expect(records()).toBe(0);
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended', positions: [0] });
    await grant(STREAM, { $r: 'clerk', $w: 'clerk', $mr: 'clerk', $mw: '$admins', $d: '$admins' });
    await store.close();
    expect(await (await opened(dir)).append(write('a', 0, said('c2')))).toMatchObject({ kind: 'appended' });
    expect(records()).toBe(2);
  });

  it.each([
    ['$all', { $r: '$admins' }, 'may not read $all'],
    [STREAM, { $r: '$admins' }, `may not read the stream ${STREAM}`],
    [STREAM, { $mr: '$admins' }, `may not read the metadata of the stream ${STREAM}`],
    [STREAM, { $w: '$admins' }, `may not write to the stream ${STREAM}`],
  ])('is told at the start which right is missing: %s %j', async (stream, acl, sentence) => {
    const dir = trial.dir();
    const store = await opened(dir);
    await store.append(write('a', -1, said('c1')));
    await store.close();
    await grant(stream, acl);
    await expect(opened(dir)).rejects.toMatchObject({
      code: 'CONFIG_EVENT_STORE_URL',
      message: expect.stringContaining(`lets the user "clerk" in, who ${sentence}:`),
    });
  });

  it('is told so by the settings of the server as well, with a new data directory', async () => {
    const data = { $userStreamAcl: { $w: '$admins' } };
    await client.appendToStream('$settings', jsonEvent({ type: '$settings', data }));
    await expect(opened()).rejects.toMatchObject({ message: expect.stringContaining('may not write to the stream') });
  });

  it('who may only read opens to read', async () => {
    const data = { $userStreamAcl: { $w: '$admins' } };
    await client.appendToStream('$settings', jsonEvent({ type: '$settings', data }));
    const store = await trial.store(server.url({ tlsCAFile }, clerk), { readOnly: true });
    expect(await store.head()).toBe(-1);
  });

  it('who loses a right while the program runs is no fault of the log, and gets it back', async () => {
    const store = await opened();
    await store.append(write('a', -1, said('c1')));
    await grant(STREAM, { $w: '$admins' });
    const denied = { code: 'STORE_ACCESS_DENIED' };
    await expect(store.append(write('a', 0, said('c2')))).rejects.toMatchObject(denied);
    await grant(STREAM, {});
    expect(await store.append(write('a', 0, said('c2')))).toMatchObject({ kind: 'appended' });
    await grant('$all', { $r: '$admins' });
    await expect(store.answers()).rejects.toMatchObject(denied);
    await grant('$all', { $r: 'clerk' });
    await store.answers();
  });
});

describe('a certificate that is not taken', () => {
  const refused = async (url: string): Promise<string> => {
    const begun = performance.now();
    const thrown: unknown = await trial.store(url, { connectMs: 10_000 }).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'CONFIG_EVENT_STORE_URL' });
    expect(performance.now() - begun).toBeLessThan(5_000);
    return (thrown as Error).message;
  };

  it('is told in four sentences that name tlsCAFile, within five seconds', async () => {
    const server = await trial.server({ tls, users: [admin] });
    const past = selfSigned(new Date(Date.now() - 86_400_000));
    const expired = await trial.server({ tls: past, users: [admin] });
    const [another, old, none] = [
      file('another.pem', selfSigned().cert),
      file('old.pem', past.cert),
      file('none.pem', 'nothing of the kind'),
    ];
    const sentences = [
      await refused(server.url()),
      await refused(server.url({ tlsCAFile: another })),
      await refused(expired.url({ tlsCAFile: old })),
      await refused(server.url({ tlsCAFile: none })),
    ];
    expect(sentences).toEqual([
      expect.stringMatching(
        /certificate is signed by an authority that is not known here \(.+\), and names no tlsCAFile/,
      ),
      expect.stringContaining(`the authority in tlsCAFile, ${another}, did not sign`),
      expect.stringMatching(/names .+old\.pem as tlsCAFile, whose certificate expired on /),
      expect.stringContaining(`names ${none} as tlsCAFile, which is no certificate in PEM`),
    ]);
    for (const sentence of sentences) expect(sentence).not.toContain('does not answer');
  });

  it('is one that expired at the server, too', async () => {
    const expired = await trial.server({ tls: selfSigned(new Date(Date.now() - 86_400_000)), users: [admin] });
    expect(await refused(expired.url({ tlsCAFile }))).toMatch(/whose certificate .*tlsCAFile/);
  });

  it('for a cluster, where every node that answers has it', async () => {
    const server = await trial.server({ tls, users: [admin] });
    const url = server.url().replace(`127.0.0.1:${server.port}`, `127.0.0.1:1,127.0.0.1:${server.port}`);
    expect(await refused(url)).toContain('names no tlsCAFile');
  });
});
