import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Asked, asked, type Client } from './asked.js';
import { selfSigned } from './server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
const tls = selfSigned();
const tlsCAFile = join(folder, 'ca.pem');
writeFileSync(tlsCAFile, tls.cert);
afterAll(() => rmSync(folder, { recursive: true }));

const admin = { username: 'admin', password: 'p@ss:w/rd', groups: ['$admins'] };
const clerk = { username: 'clerk', password: 'secret', groups: ['registry'] };

const DENIED = 'access-denied';

/** What comes of it: 'done', or the client's word for the refusal. */
const outcomeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return 'done';
  } catch (thrown) {
    return (thrown as { type?: unknown }).type;
  }
};

const whole = async (read: AsyncIterable<unknown>): Promise<void> => {
  for await (const each of read) expect(each).toBeDefined();
};

/** What somebody may do with a stream. */
const rights = async (client: Client, stream: string): Promise<Readonly<Record<string, unknown>>> => {
  return {
    read: await outcomeOf(whole(client.readStream(stream, { maxCount: 1 }))),
    write: await outcomeOf(client.appendToStream(stream, jsonEvent({ type: 'x', data: {} }))),
    readMetadata: await outcomeOf(client.getStreamMetadata(stream)),
    writeMetadata: await outcomeOf(client.setStreamMetadata(`${stream}-other`, {})),
  };
};

const readAll = (client: Client): Promise<void> => whole(client.readAll({ maxCount: 1 }));

/** A server asks who somebody is only over TLS: one in EVENTSTORE_URL without it, or without a user there, says nothing here. */
const secured = asked.filter(([, url]) => url === undefined || (url.includes('@') && !/tls=false/i.test(url)));

describe.each(secured)('rights on %s', (_, real) => {
  let one: Asked;
  let nobody: Client;
  beforeEach(async () => {
    one = await Asked.at(real, { tls, users: [admin, clerk], query: { tlsCAFile } });
    nobody = one.other(one.url.replace(/\/\/.*@/, '//'));
    await one.append('no_stream', [1]);
  });
  afterEach(() => one.end());

  const grant = (acl: object, stream = one.stream): Promise<unknown> => {
    const event = jsonEvent({ type: '$metadata', data: { $acl: acl } });
    return one.client.appendToStream(`$$${stream}`, event);
  };
  /** A client of that name, where the server is ours to have users. */
  const known = (user: { username: string; password: string }): Client =>
    one.other(one.standIn?.url({ tlsCAFile }, user) ?? one.url);

  it('are everybody’s on a stream that says nothing, and the administrators’ on the log and on system streams', async () => {
    const all = { read: 'done', write: 'done', readMetadata: 'done', writeMetadata: 'done' };
    expect(await rights(nobody, one.stream)).toEqual(all);
    expect(await outcomeOf(readAll(nobody))).toBe(DENIED);
    expect(await outcomeOf(readAll(one.client))).toBe('done');
    expect(await outcomeOf(nobody.appendToStream('$spec', jsonEvent({ type: 'x', data: {} })))).toBe(DENIED);
    const subscription = nobody.subscribeToAll({ fromPosition: 'end' });
    expect(await new Promise((resolve) => subscription.once('error', resolve))).toMatchObject({ type: DENIED });
  });

  it.each([
    ['$r', 'read'],
    ['$w', 'write'],
    ['$mr', 'readMetadata'],
  ])('are what the metadata of a stream says: %s', async (right, what) => {
    await grant({ [right]: ['$admins'] });
    const all = { read: 'done', write: 'done', readMetadata: 'done', writeMetadata: 'done' };
    expect(await rights(nobody, one.stream)).toEqual({ ...all, [what]: DENIED });
    expect(await rights(one.client, one.stream)).toEqual(all);
    await grant({ [right]: '$all' });
    expect(await rights(nobody, one.stream)).toEqual(all);
  });

  it('to write metadata and to delete are asked for as well', async () => {
    await grant({ $mw: '$admins', $d: '$admins' });
    expect(await outcomeOf(nobody.setStreamMetadata(one.stream, {}))).toBe(DENIED);
    expect(await outcomeOf(nobody.deleteStream(one.stream))).toBe(DENIED);
    expect(await outcomeOf(nobody.tombstoneStream(one.stream))).toBe(DENIED);
    expect(await outcomeOf(one.client.deleteStream(one.stream))).toBe('done');
  });

  it('to read the log are given by the log’s own metadata', async () => {
    if (!one.standIn) return;
    await grant({ $r: ['registry'] }, '$all');
    expect(await outcomeOf(readAll(nobody))).toBe(DENIED);
    expect(await outcomeOf(readAll(known(clerk)))).toBe('done');
    await grant({ $r: ['clerk'] }, '$all');
    expect(await outcomeOf(readAll(known(clerk)))).toBe('done');
    await grant({ $r: ['somebody'] }, '$all');
    expect(await outcomeOf(readAll(known(clerk)))).toBe(DENIED);
  });

  it('are by default what the settings of the server say', async () => {
    if (!one.standIn) return;
    const data = { $userStreamAcl: { $w: 'clerk', $mr: '$admins' }, $systemStreamAcl: { $r: '$all' } };
    await one.client.appendToStream('$settings', jsonEvent({ type: '$settings', data }));
    expect(await rights(nobody, one.stream)).toMatchObject({ read: 'done', write: DENIED, readMetadata: DENIED });
    expect(await rights(known(clerk), one.stream)).toMatchObject({ read: 'done', write: 'done' });
    expect(await outcomeOf(readAll(nobody))).toBe('done');
  });

  it('are nobody’s who brings a wrong password', async () => {
    const wrong = one.other(one.url.replace(/\/\/.*@/, '//admin:wrong@'));
    expect(await outcomeOf(readAll(wrong))).toBe(DENIED);
    const thrown: unknown = await readAll(wrong).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 16 });
  });
});
