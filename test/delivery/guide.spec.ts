import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer as createTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { delivererFrom, type Delivered, type Parcel } from '../../libs/decision-log/src/delivery/delivery.js';
import { FILES, PARCEL, hurried } from './parcel.js';
import { IDENTITY } from './web-server.js';

const guide = readFileSync(join(process.cwd(), 'docs/webhooks.md'), 'utf8');
const KEY = Buffer.alloc(32, 5);

describe('the receiver in docs/webhooks.md', () => {
  let folder: string;
  let program: ReturnType<typeof spawn>;
  let to: string;
  let before: Server;
  const said: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'receiver-'));
    const file = join(folder, 'receiver.mjs');
    await writeFile(file, /```js\n([^]*?)```/.exec(guide)?.[1] ?? '');
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    await once(free, 'close');
    // What speaks https before it, as the guide says.
    before = createTls(IDENTITY, (socket) => {
      const behind = connect(port, '127.0.0.1');
      socket.pipe(behind).pipe(socket);
      for (const side of [socket, behind]) side.on('error', () => [socket, behind].forEach((each) => each.destroy()));
    }).listen(0, '127.0.0.1');
    await once(before, 'listening');
    to = `https://127.0.0.1:${(before.address() as AddressInfo).port}/`;
    const environment = {
      PATH: process.env['PATH'],
      PORT: String(port),
      WEBHOOK_SECRET: `whsec_${KEY.toString('base64')}`,
    };
    program = spawn(process.execPath, [file], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: program.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => said.push(line));
    await once(lines, 'line');
  });
  afterAll(async () => {
    program.kill();
    before.close();
    await rm(folder, { recursive: true, force: true });
  });

  const deliver = (parcel: Parcel, key = KEY, circumstances = hurried()): Promise<Delivered> =>
    delivererFrom(
      { mailServer: undefined, mailSender: undefined, webhookKeys: [key], webhookAllow: ['127.0.0.1'] },
      ({ why }) => told.push(why),
      circumstances,
    ).deliver(parcel, { by: 'WEBHOOK', to });
  /** What whoever runs the register is told of a delivery that was not accepted. */
  const told: string[] = [];
  const toldOf = async (delivery: Promise<unknown>): Promise<string | undefined> => {
    await expect(delivery).rejects.toThrow('the receiver did not accept it');
    return told.at(-1);
  };

  it('takes what the register sends, every file, and takes it once', async () => {
    await expect(deliver(PARCEL)).resolves.toHaveProperty('receipt', 'HTTP 204 No Content');
    await expect(deliver(PARCEL)).resolves.toHaveProperty('receipt', 'HTTP 204 No Content');
    expect(said).toEqual(['listening', ...FILES.map(({ name, bytes }) => `${name} ${bytes.length}`)]);
  });

  it('fetches what is linked', async () => {
    const [{ bytes, ...rest } = { bytes: new Uint8Array(0), name: '', type: '', sha256: '' }] = FILES;
    const server = createServer((_request, response) => response.end(bytes)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const link = `http://127.0.0.1:${(server.address() as AddressInfo).port}/1.pdf`;
    const parcel = {
      ...PARCEL,
      id: 'HOSC-2025-02',
      files: [{ ...rest, bytes }],
      facts: { links: { [rest.name]: link } },
    };
    await expect(deliver(parcel)).resolves.toHaveProperty('receipt', 'HTTP 204 No Content');
    expect(said.at(-1)).toBe(`${rest.name} ${bytes.length}`);
    server.close();
  });

  it('takes nothing of anybody else, nothing old and nothing that is not whole', async () => {
    const parcel = { ...PARCEL, id: 'HOSC-2025-03' };
    expect(await toldOf(deliver(parcel, Buffer.alloc(32, 6)))).toContain('answered HTTP 401');
    const yesterday = { ...hurried(), now: () => Date.now() - 86_400_000 };
    expect(await toldOf(deliver(parcel, KEY, yesterday))).toContain('answered HTTP 401');
    const files = FILES.map((file) => ({ ...file, sha256: '0'.repeat(64) }));
    expect(await toldOf(deliver({ ...parcel, files }))).toContain('answered HTTP 422');
  });
});
