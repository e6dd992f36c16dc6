import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isNoAnswer, LocalServer } from './call.js';
import { listenBeside, socketOf } from './socket.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'register-socket-'));

const listening = async (dir: string, says: string): ReturnType<typeof listenBeside> => {
  const server = createServer((_request, response) => response.end(says));
  servers.push(server);
  return listenBeside(server, dir);
};

const heard = async (dir: string): Promise<string> => {
  const client = new LocalServer(socketOf(dir));
  try {
    return (await client.text({ method: 'GET', path: '/' })).text;
  } finally {
    client.close();
  }
};

describe('the socket of a data directory', () => {
  it('is heard by its directory, and only its owner may open it, whatever the umask', async () => {
    const dir = folder();
    const before = process.umask(0);
    try {
      const { path } = await listening(dir, 'here');
      expect(path).toBe(join(dir, 'register.sock'));
      expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
      expect((process.umask() & 0o777).toString(8)).toBe('0');
      expect(await heard(dir)).toBe('here');
    } finally {
      process.umask(before);
    }
  });

  it.each([
    ['as long as a system takes', 100],
    ['a byte longer', 101],
    ['much longer', 240],
  ])('is heard where its path would be %s', async (_, bytes) => {
    const long = folder();
    const room = bytes - Buffer.byteLength(join(long, 'register.sock')) - 1;
    const dir = join(long, 'é'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2));
    mkdirSync(dir, { recursive: true });
    expect(Buffer.byteLength(join(dir, 'register.sock'))).toBe(bytes);
    const { path, remove } = await listening(dir, 'far');
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
    expect(dirname(path) === dir).toBe(bytes <= 100);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(await heard(dir)).toBe('far');
    if (bytes > 100) expect((statSync(dirname(path)).mode & 0o777).toString(8)).toBe('700');
    remove();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('takes the place of what a holder left that was killed, near or far', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'register.sock'), '');
    const elsewhere = join(mkdtempSync(join(tmpdir(), 'register-')), 'register.sock');
    writeFileSync(join(dir, 'register.socket.json'), JSON.stringify({ path: elsewhere }));
    expect(isNoAnswer(await heard(dir).catch((thrown: unknown) => thrown))).toBe(true);
    const { remove } = await listening(dir, 'next');
    expect(await heard(dir)).toBe('next');
    remove();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('says whether anything was sent where no answer comes', async () => {
    const dir = folder();
    expect(await heard(dir).catch((thrown: unknown) => thrown)).toMatchObject({ name: 'NoAnswer', wasSent: false });
    const server = createServer((request) => request.socket.destroy());
    servers.push(server);
    await listenBeside(server, dir);
    expect(await heard(dir).catch((thrown: unknown) => thrown)).toMatchObject({ name: 'NoAnswer', wasSent: true });
  });

  it('removes nothing that it did not make itself', async () => {
    const dir = folder();
    const other = folder();
    writeFileSync(join(other, 'kept.txt'), '');
    writeFileSync(join(dir, 'register.socket.json'), JSON.stringify({ path: join(other, 'kept.txt') }));
    await listening(dir, 'here');
    expect(readdirSync(other)).toEqual(['kept.txt']);
  });
});
