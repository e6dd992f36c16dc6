import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventId, SqliteEventStore } from '#event-store';
import { backupCommand, restoreCommand } from '../apps/cli/src/backup-command.js';
import { checkBackup } from '../apps/cli/src/backup.js';

const EVENTS = 30;
const place = mkdtempSync(join(tmpdir(), 'register-backup-'));
const dataDir = join(place, 'data');
const to = join(place, 'backups');
const printed: string[] = [];
const write = process.stdout.write.bind(process.stdout);
const before = { EVENT_STORE_URL: process.env['EVENT_STORE_URL'], exitCode: process.exitCode };

const said = (at: number): Parameters<SqliteEventStore['append']>[0] => [
  {
    stream: 'body/a:1',
    expected: at === 0 ? 'no stream' : { revision: at - 1 },
    events: [{ id: eventId(`c${at}`, 0), type: 'Said', schemaVersion: 1, payload: '{}', envelope: '{}' }],
  },
];

/** Runs a command, and gives what it printed as JSON. */
const told = async (command: Promise<void>): Promise<Record<string, unknown>> => {
  await command;
  return JSON.parse(printed.splice(0).join('')) as Record<string, unknown>;
};

let store: SqliteEventStore;
beforeAll(async () => {
  process.env['EVENT_STORE_URL'] = 'sqlite:';
  process.stdout.write = (text) => printed.push(String(text)) > 0;
  const { makeDataDirectory } = await import('../libs/event-store/src/data-directory.js');
  makeDataDirectory(dataDir);
  store = await SqliteEventStore.open({ file: join(dataDir, 'log.sqlite') });
  for (let at = 0; at < EVENTS; at++) await store.append(said(at));
});
afterAll(() => {
  process.stdout.write = write;
  process.exitCode = before.exitCode;
  if (before.EVENT_STORE_URL === undefined) delete process.env['EVENT_STORE_URL'];
  else process.env['EVENT_STORE_URL'] = before.EVENT_STORE_URL;
  rmSync(place, { recursive: true });
});

describe('the restore drill of the operations guide', () => {
  let folder: string;

  it('takes a backup beside a log that is written to, with a manifest that says what is in it', async () => {
    const writing = (async () => {
      for (let at = EVENTS; at < 2 * EVENTS; at++) await store.append(said(at));
    })();
    const made = await told(backupCommand({ dataDir, json: true, to }));
    await writing;
    folder = String(made['folder']);
    expect(readdirSync(folder).toSorted()).toEqual(['log.sqlite', 'manifest.json']);
    const { position } = made['mark'] as { position: number };
    expect(made).toMatchObject({ events: position + 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(position).toBeGreaterThanOrEqual(EVENTS - 1);
    expect(readdirSync(to)).toHaveLength(1);
  });

  it('looks whether it is whole, and what the register knows beyond it', async () => {
    const { mark, wrong, lost } = await told(restoreCommand(folder, { dataDir, json: true, check: true }));
    expect(wrong).toEqual([]);
    const { position } = mark as { position: number };
    const missing = 2 * EVENTS - 1 - position;
    expect(lost).toEqual([
      expect.stringContaining(`${missing} events are not in the backup, positions ${position + 1} to`),
    ]);
  });

  it('puts it back: the log is what it was, the witness says what is missing, and what was there is kept', async () => {
    await store.close();
    const { aside } = await told(restoreCommand(folder, { dataDir, json: true, check: false }));
    const file = join(dataDir, 'log.sqlite');
    await expect(SqliteEventStore.open({ file })).rejects.toMatchObject({ code: 'LOG_OLDER_THAN_KNOWN' });
    const losses: unknown[] = [];
    const restored = await SqliteEventStore.open({ file, onLoss: (loss) => void losses.push(loss) });
    const { manifest } = await checkBackup(folder);
    expect(await restored.head()).toBe(manifest.mark?.position);
    expect(losses).toHaveLength(1);
    await restored.close();
    const kept = await SqliteEventStore.open({ file: String(aside), readOnly: true });
    expect(await kept.head()).toBe(2 * EVENTS - 1);
    await kept.close();
  });

  it.each([
    ['a byte of it', (file: string) => flipped(file), /has SHA-256 .*: its manifest says/],
    ['its end', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 8_192)), /has 8192 bytes/],
    ['the file', (file: string) => rmSync(file), /log\.sqlite is not there/],
  ])('says of a backup that %s was changed, and puts nothing back', async (_, change, sentence) => {
    const made = await told(backupCommand({ dataDir, json: true, to: join(place, 'others') }));
    const changed = String(made['folder']);
    change(join(changed, 'log.sqlite'));
    const { wrong } = await told(restoreCommand(changed, { dataDir, json: true, check: true }));
    expect((wrong as string[]).join('; ')).toMatch(sentence);
    expect(process.exitCode).toBe(1);
    const refused = restoreCommand(changed, { dataDir, json: true, check: false });
    await expect(refused).rejects.toMatchObject({ code: 'BACKUP_DIFFERS' });
    rmSync(changed, { recursive: true });
  });

  it('takes for no backup what has no manifest, and for no log of its own one on a server', async () => {
    const none = restoreCommand(dataDir, { dataDir, json: true, check: true });
    await expect(none).rejects.toMatchObject({
      code: 'BACKUP_DIFFERS',
      message: expect.stringContaining('manifest.json'),
    });
    const missing = backupCommand({ dataDir: join(place, 'nowhere'), json: true, to });
    await expect(missing).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    process.env['EVENT_STORE_URL'] = 'esdb://127.0.0.1:1?tls=false';
    await expect(backupCommand({ dataDir, json: true, to })).rejects.toMatchObject({ code: 'BACKUP_NOT_EMBEDDED' });
    process.env['EVENT_STORE_URL'] = 'sqlite:';
  });
});

const flipped = (file: string): void => {
  const bytes = readFileSync(file);
  bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
  writeFileSync(file, bytes);
};

describe('the register command', () => {
  const main = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');
  const ran = async (args: readonly string[], isRead: boolean): Promise<readonly unknown[]> => {
    const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, NODE_OPTIONS: '' } });
    const heard = { out: '', err: '' };
    child.stderr.on('data', (bytes: Buffer) => (heard.err += bytes.toString()));
    if (isRead) child.stdout.on('data', (bytes: Buffer) => (heard.out += bytes.toString()));
    else child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    return [code, heard.out, heard.err];
  };

  it('says its versions, and ends quietly where nobody reads what it prints', async () => {
    const version = expect.stringMatching(/^register \d+\.\d+\.\d+, log format \d+, views engine \d+, Node \d+/);
    expect(await ran(['--version'], true)).toEqual([0, version, '']);
    expect(await ran(['--help'], false)).toEqual([0, '', '']);
  }, 60_000);
});
