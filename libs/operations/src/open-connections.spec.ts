import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OpenConnections } from './open-connections.js';

const PATIENCE = { unasked: 100, unfinished: 800, untaken: 400 };
/** Longer than any patience here, shorter than what Node keeps a connection open for. */
const SOON_MS = 2_000;

let server: Server;
let connections: OpenConnections;
let agent: Agent;

const serve = async (listener: RequestListener): Promise<number> => {
  agent = new Agent({ keepAlive: true });
  server = createServer({ keepAliveTimeout: 60_000 }, listener);
  connections = new OpenConnections(server, PATIENCE);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Milliseconds until the server is closed. */
const closed = async (): Promise<number> => {
  const began = performance.now();
  await connections.endWhile(() => new Promise((resolve) => server.close(resolve).closeIdleConnections()));
  const took = performance.now() - began;
  // What is on its way to clients of this same process.
  await pause(50);
  return took;
};

const ask = (port: number, path = '/'): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request({ port, path, agent }, (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end();
  });

const raw = async (port: number, text: string): Promise<{ socket: Socket; said: () => string }> => {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (bytes: Buffer) => (said += bytes.toString())).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  await pause(30);
  return { socket, said: () => said };
};

const GET = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

describe('the connections of a server that closes', () => {
  it('are ended at once where they are idle', async () => {
    const port = await serve((_, response) => response.end('ok'));
    expect((await ask(port)).headers.connection).toBe('keep-alive');
    expect(await closed()).toBeLessThan(SOON_MS);
  });

  it('end with the last answer, which says so', async () => {
    const port = await serve((_, response) => void pause(300).then(() => response.end('ok')));
    const asked = ask(port);
    await pause(50);
    const closing = closed();
    const answer = await asked;
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    expect(await closing).toBeLessThan(SOON_MS);
  });

  it('end with an answer that was begun before', async () => {
    const port = await serve((_, response) => {
      response.write('begun ');
      void pause(300).then(() => response.end('ended'));
    });
    const { said } = await raw(port, GET);
    expect(said()).toContain('keep-alive');
    expect(await closed()).toBeLessThan(SOON_MS);
    expect(said()).toContain('ended');
  });

  it('say it of what is asked while it closes, and answered at once', async () => {
    const port = await serve((_, response) => response.end('ok'));
    const { socket, said } = await raw(port, 'GET / HT');
    const closing = closed();
    socket.write(GET.slice('GET / HT'.length));
    expect(await closing).toBeLessThan(SOON_MS);
    expect(said()).toMatch(/connection: close[^]*ok/i);
  });

  it('answer all that was asked ahead of answers, the last with the word', async () => {
    let count = 0;
    const port = await serve((_, response) => void pause(200).then(() => response.end(`answer ${(count += 1)}.`)));
    const { said } = await raw(port, GET.repeat(3));
    expect(await closed()).toBeLessThan(SOON_MS);
    expect(said().match(/answer \d\.|connection: [a-z-]+/gi)).toEqual([
      'Connection: keep-alive',
      'answer 1.',
      'Connection: keep-alive',
      'answer 2.',
      'Connection: close',
      'answer 3.',
    ]);
  });

  it('answer what is asked ahead while it closes', async () => {
    const port = await serve((_, response) => void pause(200).then(() => response.end('an answer.')));
    const { socket, said } = await raw(port, GET);
    const closing = closed();
    socket.write(GET);
    expect(await closing).toBeLessThan(SOON_MS);
    expect(said().match(/an answer\./g)).toHaveLength(2);
  });

  it.each([
    ['asked nothing', ''],
    ['began a line', 'GET / HT'],
    ['asked once and began another line', `${GET}GET /again HT`],
    ['never end a body', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf'],
  ])('are let go of, soon, where they %s', async (_, text) => {
    const port = await serve((asked, response) => void asked.resume().on('end', () => response.end('ok')));
    await raw(port, text);
    expect(await closed()).toBeLessThan(SOON_MS);
  });

  it('are let go of where nobody takes up an answer', async () => {
    const port = await serve((_, response) => response.end(Buffer.alloc(30_000_000)));
    const { socket } = await raw(port, GET);
    socket.pause();
    const took = await closed();
    expect(took).toBeGreaterThan(PATIENCE.untaken);
    expect(took).toBeLessThan(SOON_MS);
  });

  it('are waited for while an answer is taken up, slowly, and while a body comes in', async () => {
    const port = await serve(
      (asked, response) =>
        void asked.resume().on('end', () => void pause(PATIENCE.untaken * 2).then(() => response.end('whole'))),
    );
    const { socket, said } = await raw(port, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\nhalf');
    const closing = closed();
    await pause(PATIENCE.unfinished / 4);
    socket.write('half');
    expect(await closing).toBeLessThan(SOON_MS);
    expect(said()).toContain('whole');
  });
});
